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
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/json/write_string.hpp>

#include <charconv>
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
        : out_(out), end_(max_bytes > out.max_size() - out.size() ? out.max_size() : out.size() + max_bytes) {}

    /// Whether more than `max_bytes` would have been written. What was is then of no use, and not much longer.
    bool full() const noexcept { return out_.size() > end_; }

    /// Empty if everything could be written.
    const std::string& problem() const noexcept { return problem_; }

    /// Appends the value. `from` is an object of the type.
    void value(const type& t, const void* from) {
        if (full()) return;
        switch (t.kind) {
            case kind::none:
            case kind::null: out_ += "null"; break;
            case kind::boolean: out_ += *static_cast<const bool*>(from) ? "true" : "false"; break;
            case kind::integer: integer(t, from); break;
            case kind::number: number(t, from); break;
            case kind::string: string(*static_cast<const std::string*>(from)); break;
            case kind::view: string(*static_cast<const std::string_view*>(from)); break;
            case kind::text: text(t, from); break;
            case kind::enumeration: enumeration(t, from); break;
            case kind::optional: {
                std::size_t n = 0;
                const void* inner = t.view(from, n);
                if (n) value(*t.element, inner);
                else out_ += "null";
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

private:
    void integer(const type& t, const void* from) {
        char digits[24];
        const std::uint64_t word = load(t, from);
        const auto [end, failed] = t.is_signed
                                       ? std::to_chars(digits, digits + sizeof digits, static_cast<std::int64_t>(word))
                                       : std::to_chars(digits, digits + sizeof digits, word);
        static_cast<void>(failed);  // 24 bytes hold every 64-bit integer
        out_.append(digits, static_cast<std::size_t>(end - digits));
    }

    void number(const type& t, const void* from) {
        if (t.size == sizeof(float)) {
            float v = 0;
            std::memcpy(&v, from, sizeof v);
            if (!is_finite(static_cast<double>(v))) return unfit("a number that is infinite or not a number");
            return append_number(out_, v);
        }
        double v = 0;
        std::memcpy(&v, from, sizeof v);
        if (!is_finite(v)) return unfit("a number that is infinite or not a number");
        append_number(out_, v);
    }

    void enumeration(const type& t, const void* from) {
        const auto v = static_cast<std::int64_t>(load(t, from));
        for (unsigned i = 0; i < t.count; ++i)
            if (t.enumerators[i].value == v) {
                append_string(out_, t.enumerators[i].name);
                return;
            }
        unfit("an enum value that has no name");
    }

    /// A text that can't fit is not copied to find out.
    void string(std::string_view text) {
        if (text.size() > end_ - out_.size()) out_.append(end_ - out_.size() + 1, ' ');
        else append_string(out_, text);
    }

    void text(const type& t, const void* from) {
        std::string text;
        std::string why;
        if (!t.codec->write(from, text, why)) return refused(t, why);
        append_string(out_, text);
    }

    void any(const type& t, const void* from) {
        const std::size_t before = out_.size();
        std::string why;
        if (t.codec->write(from, out_, why)) return;
        out_.resize(before);
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
        out_ += '[';
        if (t.view) {
            std::size_t n = 0;
            const auto* item = static_cast<const char*>(t.view(from, n));
            for (std::size_t i = 0; i < n && !full(); ++i, item += t.element->size) {
                if (i) out_ += ',';
                value(*t.element, item);
            }
        } else {
            visit level{*this, t};
            t.list->visit(from, &level, [](void* user, const void* element) {
                auto& here = *static_cast<visit*>(user);
                if (here.self.full()) return;
                if (!here.first) here.self.out_ += ',';
                here.first = false;
                here.self.value(*here.container.element, element);
            });
        }
        out_ += ']';
        --depth_;
    }

    void tuple(const type& t, const void* from) {
        if (!enter()) return;
        out_ += '[';
        for (std::size_t i = 0; i < t.count; ++i) {
            if (i) out_ += ',';
            value(t.element_at(i), t.at(const_cast<void*>(from), i));  // finds the place only
        }
        out_ += ']';
        --depth_;
    }

    void map(const type& t, const void* from) {
        if (!enter()) return;
        out_ += '{';
        visit level{*this, t};
        t.map->visit(from, &level, [](void* user, const void* key, const void* value) {
            auto& here = *static_cast<visit*>(user);
            if (here.self.full()) return;
            if (!here.first) here.self.out_ += ',';
            here.first = false;
            here.self.key(*here.container.map->key, key);
            here.self.out_ += ':';
            here.self.value(*here.container.element, value);
        });
        out_ += '}';
        --depth_;
    }

    /// An integer as a key stands in quotes; every other key is a string anyway.
    void key(const type& t, const void* from) {
        if (t.kind == kind::integer) out_ += '"';
        value(t, from);
        if (t.kind == kind::integer) out_ += '"';
    }

    void object(const type& t, const void* from) {
        if (!enter()) return;
        out_ += '{';
        bool first = true;
        for (std::size_t i = 0; i < t.count; ++i) {
            const member& m = t.members[i];
            const void* at = static_cast<const char*>(from) + m.offset;
            // An optional that holds nothing is left out: the schema does not require it, and has no null for it.
            if (m.of->kind == kind::optional) {
                std::size_t n = 0;
                static_cast<void>(m.of->view(at, n));
                if (!n) continue;
            }
            out_.append(t.keys + m.key + (first ? 1 : 0), m.key_length + (first ? 0u : 1u));
            first = false;
            value(*m.of, at);
        }
        out_ += '}';
        --depth_;
    }

    HAFT_COLD void refused(const type& t, const std::string& why) {
        unfit("a value that is no " + type_text(t) + (why.empty() ? "" : ": " + why));
    }
    HAFT_COLD void unfit(std::string what) {
        out_ += "null";
        if (problem_.empty()) problem_ = std::move(what);
    }

    std::string& out_;
    std::size_t end_;  // out_ may be so long
    std::string problem_;
    unsigned depth_ = 0;
    bool too_deep_ = false;
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_WRITER_HPP
