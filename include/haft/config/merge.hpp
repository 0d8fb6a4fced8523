// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_MERGE_HPP
#define HAFT_CONFIG_MERGE_HPP

/// One configuration over another: tables merge key by key, everything else replaces what is below. [DC-02] [DC-03] [fault 110]

#include <haft/config/configuration.hpp>
#include <haft/config/origin.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/nlohmann_value_json.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// The lists that are joined, the lower layer's items first, and not replaced: a user's list also holds in a project.
HAFT_COLD inline bool is_joined_list(std::string_view pointer) {
    return pointer == "/plugins/paths" || pointer == "/plugins/enabled" || pointer == "/plugins/disabled";
}

/// Puts one layer over another. As deep as the values.
class config_merger {
public:
    config_merger(nlohmann::json& value, config_origins& origins, const configuration& above)
        : value_(value), origins_(origins), above_(above) {}

    HAFT_COLD void run() {
        if (const auto at = above_.origins().find(""); at != above_.origins().end()) origins_.emplace(*at);
        std::string pointer;
        merge(value_, above_.value(), pointer);
    }

    std::vector<fault> faults;

private:
    void merge(nlohmann::json& below, const nlohmann::json& above, std::string& pointer) {
        const std::size_t size = pointer.size();
        for (auto at = above.begin(); at != above.end(); ++at) {
            append_exact_key(pointer, at.key());
            const auto found = below.find(at.key());
            if (found == below.end()) take(below[at.key()], at.value(), pointer);
            else if (found->is_object() != at->is_object()) conflict(*found, *at, pointer);
            else if (found->is_object()) merge(*found, *at, pointer);
            else if (found->is_array() && at->is_array() && is_joined_list(pointer)) join(*found, *at, pointer);
            else take(*found, at.value(), pointer);
            pointer.resize(size);
        }
    }

    /// Everything that stands at the pointer comes from above now.
    void take(nlohmann::json& to, const nlohmann::json& from, const std::string& pointer) {
        to = from;
        const auto below = [&](std::string_view other) {
            return other.starts_with(pointer) && (other.size() == pointer.size() || other[pointer.size()] == '/');
        };
        // Between those at and below it others may stand: "/a-b" comes before "/a/b".
        for (auto at = origins_.lower_bound(pointer); at != origins_.end() && at->first.starts_with(pointer);)
            at = below(at->first) ? origins_.erase(at) : std::next(at);
        const config_origins& from_above = above_.origins();
        for (auto at = from_above.lower_bound(pointer); at != from_above.end() && at->first.starts_with(pointer); ++at)
            if (below(at->first)) origins_.insert(*at);
    }

    void join(nlohmann::json& to, const nlohmann::json& from, const std::string& pointer) {
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (std::find(to.begin(), to.end(), from[i]) != to.end()) continue;
            origins_.insert_or_assign(concat({pointer, "/", decimal(to.size())}),
                                      above_.origin(concat({pointer, "/", decimal(i)})));
            to.push_back(from[i]);
        }
    }

    void conflict(const nlohmann::json& below, const nlohmann::json& above, const std::string& pointer) {
        const auto kind = [](const nlohmann::json& v) {
            return v.is_object() ? std::string_view("a table") : std::string_view(v.type_name());
        };
        config_origin under;
        if (const auto at = origins_.find(pointer); at != origins_.end()) under = at->second;
        fault& f = faults.emplace_back();
        f.code = errc::config_conflict;
        f.pointer = pointer;
        f.place = above_.origin(pointer).text();
        f.message = concat({kind(above), " here, but ", kind(below), " at ", under.source ? under.text() : "(defaults)",
                            "; a table and something else can't be merged"});
    }

    nlohmann::json& value_;
    config_origins& origins_;
    const configuration& above_;
};

}  // namespace detail

/// `above` over `below`. Tables merge key by key; lists and scalars replace, but for `/plugins/paths`, `/plugins/enabled` and
/// `/plugins/disabled`, which are joined, `below`'s first, each item once. A table against something else is an error (E0379)
/// that names both origins; all conflicts are told at once.
HAFT_COLD inline result<configuration> merge_config(const configuration& below, const configuration& above) {
    nlohmann::json value = below.value();
    detail::config_origins origins = below.origins();
    detail::config_merger merger(value, origins, above);
    merger.run();
    if (merger.faults.empty()) return configuration(std::move(value), std::move(origins));
    error e{errc::config_conflict, {}, std::move(merger.faults)};
    e.message = concat({"configurations can't be merged: ", json::fault_count(e)});
    return e;
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_MERGE_HPP
