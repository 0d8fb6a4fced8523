// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_SUBSTITUTE_HPP
#define HAFT_CONFIG_SUBSTITUTE_HPP

/// `${NAME}` in the texts of a configuration, replaced by the environment. [DC-11] [fault 111]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/os/variables.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// Whether that is a name of an environment variable: letters, digits and `_`, no digit in front.
HAFT_COLD inline bool is_variable_name(std::string_view name) {
    if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
    for (const char c : name)
        if (!((lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
    return true;
}

/// Walks a value and replaces. As deep as the value.
class substituter {
public:
    substituter(config_origins& origins, const environment_function& environment)
        : origins_(origins), environment_(environment) {}

    HAFT_COLD void run(nlohmann::json& value, std::string& pointer) {
        const std::size_t size = pointer.size();
        if (value.is_object()) {
            for (auto at = value.begin(); at != value.end(); ++at) {
                append_exact_key(pointer, at.key());
                if (at.key().find("${") != std::string::npos)
                    fail(pointer, "${…} stands in values only, and not in keys");
                run(at.value(), pointer);
                pointer.resize(size);
            }
        } else if (value.is_array()) {
            std::size_t index = 0;
            for (auto& item : value) {
                append_all(pointer, {"/", decimal(index++)});
                run(item, pointer);
                pointer.resize(size);
            }
        } else if (value.is_string()) {
            auto& text = value.get_ref<std::string&>();
            if (text.find("${") != std::string::npos) replace(text, pointer);
        }
    }

    std::vector<fault> faults;

private:
    void replace(std::string& text, const std::string& pointer) {
        std::string out;
        bool replaced = false;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = text.find("${", at);
            if (begin == std::string::npos) {
                out.append(text, at);
                break;
            }
            if (begin > at && text[begin - 1] == '$') {  // $${ is ${
                out.append(text, at, begin - 1 - at).append("${");
                at = begin + 2;
                continue;
            }
            out.append(text, at, begin - at);
            const std::size_t end = text.find('}', begin);
            if (end == std::string::npos)
                return fail(pointer, "${ without its }; write $${ for these characters themselves");
            const std::string_view inside = std::string_view(text).substr(begin + 2, end - begin - 2);
            if (inside.find("${") != std::string_view::npos)
                return fail(pointer, "${…} within ${…}, which is not replaced");
            const std::size_t dash = inside.find(":-");
            const std::string_view name = inside.substr(0, dash);
            if (!is_variable_name(name))
                return fail(pointer, concat({"expected a name of letters, digits and _ in ${…}, got ", in_quotes(name)}));
            std::optional<std::string> value = lookup(name, pointer);
            if (dash != std::string_view::npos && (!value || value->empty())) value = inside.substr(dash + 2);
            else replaced = true;
            if (!value)
                return fail(pointer, concat({"the environment variable ", name, " is not set; set it, or write ${", name,
                                             ":-default}"}));
            out += *value;
            at = end + 1;
        }
        text = std::move(out);
        if (replaced) origins_[pointer].hidden = true;
    }

    std::optional<std::string> lookup(std::string_view name, const std::string& pointer) {
        if (!environment_) return std::nullopt;
        try {
            return environment_(name);
        } catch (...) {
            fail(pointer, concat({"the host's environment function failed at ", name}));
            return std::string();
        }
    }

    void fail(const std::string& pointer, std::string_view what) {
        fault& f = faults.emplace_back();
        f.code = errc::bad_substitution;
        f.pointer = pointer;
        if (const auto at = origins_.find(pointer); at != origins_.end()) f.place = at->second.text();
        f.message = what;
    }

    config_origins& origins_;
    const environment_function& environment_;
};

}  // namespace detail

/// Replaces `${NAME}` in every string by what `environment` says, and `${NAME:-default}` where that is nothing or empty; `$${`
/// stands for `${`. What comes in is not looked through again, and is never shown: its origins are hidden. Errors (E0381, all at
/// once): a variable that is not set, `${…}` within another or in a key, what is no name. A null function knows no variable.
HAFT_COLD inline result<configuration> substitute_environment(const configuration& config,
                                                              const environment_function& environment) {
    nlohmann::json value = config.value();
    detail::config_origins origins = config.origins();
    detail::substituter substituter(origins, environment);
    std::string pointer;
    substituter.run(value, pointer);
    if (substituter.faults.empty()) return configuration(std::move(value), std::move(origins));
    error e{errc::bad_substitution, {}, std::move(substituter.faults)};
    e.message = concat({"${…} can't be replaced: ", json::fault_count(e)});
    return e;
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_SUBSTITUTE_HPP
