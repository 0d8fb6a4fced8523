// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_CONFIGURATION_HPP
#define HAFT_CONFIG_CONFIGURATION_HPP

/// A configuration: a value of tables, lists and scalars, and where each of them was written. What files are parsed into,
/// what layers are merged into, and what sections are read from. [DC-05]

#include <haft/config/origin.hpp>
#include <haft/core/config.hpp>
#include <haft/core/result.hpp>
#include <haft/json/nlohmann_value_json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// A value; copies are independent of each other. Its root is a table. Reading it from several threads is safe.
class configuration {
public:
    /// An empty table that nobody wrote.
    configuration() : value_(nlohmann::json::object()) {}
    /// Requires a value that is an object, and the origins of its parts by JSON pointer; "" is the whole.
    configuration(nlohmann::json value, detail::config_origins origins)
        : value_(std::move(value)), origins_(std::move(origins)) {}

    const nlohmann::json& value() const noexcept { return value_; }
    const detail::config_origins& origins() const noexcept { return origins_; }

    /// What stands at a JSON pointer (RFC 6901; "" is the whole), or null.
    HAFT_COLD const nlohmann::json* find(std::string_view pointer) const {
        if (!pointer.empty() && pointer.front() != '/') return nullptr;
        const nlohmann::json* at = &value_;
        while (!pointer.empty()) {
            const std::string step = detail::take_step(pointer);
            if (at->is_object()) {
                const auto found = at->find(step);
                if (found == at->end()) return nullptr;
                at = &*found;
            } else {
                std::size_t index = 0;
                if (!at->is_array() || !index_of(step, index) || index >= at->size()) return nullptr;
                at = &(*at)[index];
            }
        }
        return at;
    }

    /// Where the value at a pointer was written; of one that is not there, the table that would have it.
    HAFT_COLD config_origin origin(std::string_view pointer) const {
        for (;;) {
            if (const auto found = origins_.find(pointer); found != origins_.end()) return found->second;
            if (pointer.empty() || pointer.find('/') == std::string_view::npos) return {};
            pointer = pointer.substr(0, pointer.rfind('/'));
        }
    }

    /// A section as a plain struct: see read_section.hpp, which has to be included where it is called.
    template <class T>
    result<T> read(std::string_view pointer) const;

private:
    static bool index_of(std::string_view step, std::size_t& index) noexcept {
        if (step.empty() || step.size() > 9 || (step.size() > 1 && step[0] == '0')) return false;
        for (const char c : step) {
            if (c < '0' || c > '9') return false;
            index = index * 10 + static_cast<std::size_t>(c - '0');
        }
        return true;
    }

    nlohmann::json value_;
    detail::config_origins origins_;
};

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_CONFIGURATION_HPP
