// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_WRITER_HPP
#define HAFT_JSON_WRITER_HPP

/// C++ objects to JSON text, by the tables, in one pass. Compact, no locale, the same bytes everywhere.

#include <haft/core/config.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/fits.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/number.hpp>
#include <haft/json/slot.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/json/write_string.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::json {

/// Writes one value. JSON cannot hold every C++ value, and what is nested more deeply than any reader takes is none
/// either: `problem()` says what it could not; the text is then of no use.
class writer {
public:
    explicit writer(std::string& out, std::size_t max_bytes = static_cast<std::size_t>(-1)) noexcept
        : to_(out),
          out_(out),
          start_(out.size()),
          max_bytes_(max_bytes) {}
    /// Writes what stands between the quotes of a JSON string that holds the value's JSON text, after `before`.
    template <std::size_t Parts>
    writer(std::string& out, const std::array<std::string_view, Parts>& before, std::size_t max_bytes)
        : writer(out, max_bytes) {
        within_string_ = true;
        for (const std::string_view part : before) out_.put(part);
        start_ = out_.size();
    }

    /// Appends the value. `from` is an object of the type.
    HAFT_HOT void write(const type& t, const void* from) {
        if (t.kind == kind::object) object(t, from);
        else value(t, from);
        out_.flush();
    }

    /// Whether more than `max_bytes` would have been written. What was is then of no use, and not much longer.
    bool full() const noexcept { return too_long_ || written() > max_bytes_; }

    /// Empty if everything could be written.
    const std::string& problem() const noexcept { return problem_; }

private:
    std::size_t written() const noexcept { return out_.size() - start_; }

    HAFT_HOT void value(const type& t, const void* from) {
        switch (t.kind) {
            case kind::integer: return integer(t, from);
            case kind::number: return number(t, from);
            case kind::string: return string(*static_cast<const std::string*>(from));
            default: return other_value(t, from);
        }
    }
    HAFT_APART void other_value(const type& t, const void* from) {
        switch (t.kind) {
            case kind::integer:
            case kind::number:
            case kind::string: break;
            case kind::none:
            case kind::null: out_.put("null"); break;
            case kind::boolean: out_.put(*static_cast<const bool*>(from) ? "true" : "false"); break;
            case kind::view: string(*static_cast<const std::string_view*>(from)); break;
            case kind::text: text(t, from); break;
            case kind::enumeration: enumeration(t, from); break;
            case kind::optional: {
                std::size_t n = 0;
                const void* inner = t.view(from, n);
                if (n) value(*t.element, inner);
                else out_.put("null");
                break;
            }
            case kind::array: array(t, from); break;
            case kind::tuple: tuple(t, from); break;
            case kind::map: map(t, from); break;
            case kind::variant: {
                std::size_t at = 0;
                const void* inner = t.variant->active(from, at);
                if (inner) value(*t.elements[at], inner);
                else unfit("a variant that lost its value");
                break;
            }
            case kind::object: object(t, from); break;
            case kind::any: any(t, from); break;
            case kind::converted: converted(t, from); break;
        }
    }

    void integer(const type& t, const void* from) {
        const std::uint64_t word = load(t, from);
        char* const to = out_.room();
        out_.wrote_to(t.is_signed ? put_integer(to, static_cast<std::int64_t>(word)) : put_natural(to, word));
    }

    void number(const type& t, const void* from) {
        if (t.size == sizeof(float)) {
            float v = 0;
            std::memcpy(&v, from, sizeof v);
            if (!is_finite(static_cast<double>(v))) return not_finite();
            return out_.wrote_to(put_float(out_.room(), v));
        }
        double v = 0;
        std::memcpy(&v, from, sizeof v);
        if (char* const end = put_usual_double(out_.room(), v)) return out_.wrote_to(end);
        any_number(v);
    }
    HAFT_APART void any_number(double v) {
        if (!is_finite(v)) return not_finite();
        out_.wrote_to(detail::put_any_number(out_.room(), v));
    }

    void enumeration(const type& t, const void* from) {
        const auto v = static_cast<std::int64_t>(load(t, from));
        for (unsigned i = 0; i < t.count; ++i)
            if (t.enumerators[i].value == v) return string(t.enumerators[i].name);
        unfit("an enum value that has no name");
    }

    HAFT_HOT void string(std::string_view text) {
        if (!is_short(text)) long_string(text);
        else if (within_string_) put_string_within_string(out_, text);
        else put_string(out_, text);
    }
    /// A text that can't fit is not copied to find out.
    HAFT_APART void long_string(std::string_view text) {
        if (full() || text.size() > max_bytes_ - written()) too_long_ = true;
        else if (within_string_) put_string_within_string(out_, text);
        else put_string(out_, text);
    }

    void text(const type& t, const void* from) {
        std::string text;
        std::string why;
        if (!t.codec->write(from, text, why)) return refused(t, why);
        string(text);
    }

    void any(const type& t, const void* from) {
        std::string why;
        if (within_string_) {
            std::string text;
            if (!t.codec->write(from, text, why)) return refused(t, why);
            return put_string_content(out_, text);
        }
        out_.flush();
        const std::size_t before = to_.size();
        if (t.codec->write(from, to_, why)) return;
        to_.resize(before);
        refused(t, why);
    }

    void converted(const type& t, const void* from) {
        slot<128> via(*t.element);
        std::string why;
        if (!t.codec->write_to(from, via.make(), why)) return refused(t, why);
        value(*t.element, via.get());
    }

    /// Into a container. Pointers can make a value endless, but not one that is read.
    bool enter() {
        if (depth_ < hard_depth_limit && !too_deep_) return ++depth_, true;
        too_deep_ = true;
        return unfit("a value nested too deeply"), false;
    }

    // One level of a container that can only be visited.
    struct visit {
        writer& self;
        const type& container;
        bool first = true;
    };

    void array(const type& t, const void* from) {
        if (!enter()) return;
        out_.put('[');
        if (t.view) {
            std::size_t n = 0;
            const auto* item = static_cast<const char*>(t.view(from, n));
            for (std::size_t i = 0; i < n && !full(); ++i, item += t.element->size) {
                if (i) out_.put(',');
                value(*t.element, item);
            }
        } else {
            visit level{*this, t};
            t.list->visit(from, &level, [](void* user, const void* element) {
                auto& here = *static_cast<visit*>(user);
                if (here.self.full()) return;
                if (!here.first) here.self.out_.put(',');
                here.first = false;
                here.self.value(*here.container.element, element);
            });
        }
        out_.put(']');
        --depth_;
    }

    void tuple(const type& t, const void* from) {
        if (!enter()) return;
        out_.put('[');
        for (std::size_t i = 0; i < t.count; ++i) {
            if (i) out_.put(',');
            value(t.element_at(i), t.at(const_cast<void*>(from), i));  // finds the place only
        }
        out_.put(']');
        --depth_;
    }

    void map(const type& t, const void* from) {
        if (!enter()) return;
        out_.put('{');
        visit level{*this, t};
        t.map->visit(from, &level, [](void* user, const void* key, const void* value) {
            auto& here = *static_cast<visit*>(user);
            if (here.self.full()) return;
            if (!here.first) here.self.out_.put(',');
            here.first = false;
            here.self.key(*here.container.map->key, key);
            here.self.out_.put(':');
            here.self.value(*here.container.element, value);
        });
        out_.put('}');
        --depth_;
    }

    /// An integer as a key stands in quotes; every other key is a string anyway.
    void key(const type& t, const void* from) {
        const std::string_view quote = t.kind != kind::integer ? "" : within_string_ ? "\\\"" : "\"";
        out_.put(quote);
        value(t, from);
        out_.put(quote);
    }

    void object(const type& t, const void* from) {
        if (!enter()) return;
        char before = '{';  // a member; in the keys stands a comma
        for (std::size_t i = 0; i < t.count; ++i) {
            const member& m = t.members[i];
            const void* at = static_cast<const char*>(from) + m.offset;
            // An optional that holds nothing is left out: the schema does not require it, and has no null for it.
            if (m.of->kind == kind::optional) {
                std::size_t n = 0;
                static_cast<void>(m.of->view(at, n));
                if (!n) continue;
            }
            if (within_string_) put_key_within_string(before, t.keys + m.key, m);
            else out_.put_padded(before, t.keys + m.key, m.key_length + 1u);
            before = ',';
            value(*m.of, at);
        }
        if (before == '{') out_.put('{');
        out_.put('}');
        --depth_;
    }

    /// Of `,"name":` with another first character and backslashes.
    void put_key_within_string(char first, const char* key, const member& m) {
        const std::size_t size = m.key_length;
        if (size > 16 || !m.plain_key) return out_.put(first), put_string_content(out_, {key + 1, size});
        char* const to = out_.room();
        to[0] = first, to[1] = '\\';
        std::memcpy(to + 2, key + 1, 16);
        std::memcpy(to + size, "\\\":", 3);
        out_.wrote_to(to + size + 3);
    }

    HAFT_COLD void refused(const type& t, const std::string& why) {
        unfit((t.kind == kind::any ? "a value that is not JSON" : "a value that is no " + type_text(t)) +
              (why.empty() ? "" : ": " + why));
    }
    HAFT_COLD void not_finite() { unfit("a number that is infinite or not a number"); }
    HAFT_COLD void unfit(std::string what) {
        out_.put("null");
        if (problem_.empty()) problem_ = std::move(what);
    }

    std::string& to_;
    text_buffer out_;  // to the end of to_
    std::size_t start_;
    std::size_t max_bytes_;
    std::string problem_;
    unsigned depth_ = 0;
    bool too_deep_ = false;
    bool too_long_ = false;
    bool within_string_ = false;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITER_HPP
