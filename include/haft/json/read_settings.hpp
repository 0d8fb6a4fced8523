// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READ_SETTINGS_HPP
#define HAFT_JSON_READ_SETTINGS_HPP

/// Settings that a person wrote, as a struct: read as the arguments of a tool are, but that `x-…` keys are free, and that no secret
/// is repeated where something does not fit. The one way for sections of a configuration and for what plugins are given. [PM-08]
/// [fault 108] [fault 111]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/secret.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/follow_pointer.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/type.hpp>
#include <haft/json/value_faults.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Whether what stands at a JSON pointer is never shown for another reason than its key's name: it came from the environment.
using hidden_values = std::function<bool(std::string_view pointer)>;

namespace json {

/// The keys that are free for whoever writes a file.
constexpr bool is_extension(std::string_view key) noexcept { return key.starts_with("x-"); }

namespace detail {

/// Writes values of a document without their secrets.
class secret_hider {
public:
    secret_hider(const document& of, const hidden_values& is_hidden) : of_(of), is_hidden_(is_hidden) {}

    HAFT_COLD bool hides(std::string_view pointer) const {
        return leads_to_a_secret(pointer) || (is_hidden_ && is_hidden_(pointer));
    }
    /// Appends the value at `at`; true if something of it is hidden. As deep as the value.
    HAFT_COLD bool append(std::string& out, std::uint32_t at, std::string& pointer) const {
        if (hides(pointer)) return out += string_text(hidden_value), true;
        const value_node& v = of_[at];
        if (v.kind == value_kind::string) out += string_text(v.text);
        else if (v.kind != value_kind::object && v.kind != value_kind::array) out += v.text;
        else return append_parts(out, at, pointer);
        return false;
    }

private:
    bool append_parts(std::string& out, std::uint32_t at, std::string& pointer) const {
        const bool object = of_[at].kind == value_kind::object;
        const std::size_t size = pointer.size();
        bool hidden = false;
        out += object ? '{' : '[';
        for (std::uint32_t c = document::first_child(at); c < of_[at].behind; c = of_[c].behind) {
            if (of_[c].index) out += ',';
            if (object) append_all(out, {string_text(of_[c].key), ":"}), append_exact_key(pointer, of_[c].key);
            else append_pointer_index(pointer, of_[c].index);
            hidden = append(out, c, pointer) || hidden;
            pointer.resize(size);
        }
        out += object ? '}' : ']';
        return hidden;
    }

    const document& of_;
    const hidden_values& is_hidden_;
};

}  // namespace detail

/// Takes out of faults what must not be shown of the settings that they tell of. A value that nobody finds again (its key is
/// long or odd, and shortened in the fault) is hidden too.
HAFT_COLD inline void hide_secrets(std::vector<fault>& faults, std::string_view settings,
                                   const hidden_values& is_hidden = {}) {
    read_limits limits;
    limits.max_depth = hard_depth_limit;
    limits.max_bytes = limits.max_string_bytes = settings.size();
    limits.max_items = settings.size();
    document read;
    value_faults none;
    const bool known = read.read(settings, limits, none);
    const detail::secret_hider hider(read, is_hidden);
    for (fault& f : faults) {
        if (f.code == errc::not_json || f.code == errc::too_large)
            f.message = f.message.substr(0, f.message.find(", before "));  // a piece of the text, whatever stands there
        if (f.got.empty() && !hider.hides(f.pointer)) continue;
        if (f.code == errc::missing_parameter) continue;
        std::uint32_t at = 0;
        std::string pointer = f.pointer, shown;
        const bool found = known && follow_pointer(read, f.pointer, at);
        const bool meant = f.code == errc::unknown_parameter && names_a_secret(f.nearest);  // `api_kye`
        const bool hidden = !found || meant || hider.append(shown, at, pointer);
        const bool whole = !found || meant || hider.hides(f.pointer);
        const bool counted = !f.got.empty() && f.got[0] >= '0' && f.got[0] <= '9';  // `3 items`: says nothing of them
        if (!hidden || (counted && !whole)) continue;
        if (whole) f.got = hidden_value;
        else f.got = got_text(shown);
        if (f.code == errc::unknown_parameter) continue;  // says nothing of the value
        f.message = concat({"expected ", f.expected.empty() ? "another value" : f.expected, ", got ", f.got});
        f.nearest.clear();
    }
}

/// Reads an object as the struct that `type` is; "" is an empty one. Keys that begin with `x-` are passed over, any other unknown
/// key is a fault. The error (E0209, without a message) has every fault, by its pointer in the text, and no secret.
HAFT_COLD inline result<void> read_settings(std::string_view text, const type& type, void* to,
                                            const hidden_values& is_hidden = {}) {
    if (text.empty()) text = "{}";
    read_limits limits;
    limits.max_depth = hard_depth_limit;
    limits.max_bytes = limits.max_string_bytes = text.size();
    reader in(text, limits);
    in.pass_over_extensions();
    if (in.read_arguments(type, to)) return {};
    error e{errc::invalid_arguments, {}, in.take_faults(), in.more_faults()};
    for (fault& f : e.faults) {
        if (f.code != errc::unknown_parameter) continue;
        std::string names;  // (a struct's keys are what a tool would call its parameters)
        for (const std::string_view before : {"parameters are ", "parameter is "})
            if (const std::size_t at = f.message.find(before); names.empty() && at != std::string::npos)
                names = f.message.substr(at + before.size());
        const bool one = names.find(',') == std::string::npos;
        f.message = "no such key";
        append_did_you_mean(f.message, f.nearest);
        if (!names.empty())
            append_all(f.message, {f.nearest.empty() ? "; the key" : " The key", one ? " is " : "s are ", names});
    }
    hide_secrets(e.faults, text, is_hidden);
    return e;
}

}  // namespace json
}  // namespace haft::inline v0

#endif  // HAFT_JSON_READ_SETTINGS_HPP
