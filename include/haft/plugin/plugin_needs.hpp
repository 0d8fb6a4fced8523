// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_PLUGIN_NEEDS_HPP
#define HAFT_PLUGIN_PLUGIN_NEEDS_HPP

/// Whether all is there that a plugin's manifest asks for: definitions of what plugin_loader.hpp declares.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/core/version_order.hpp>
#include <haft/plugin/find_dependency.hpp>
#include <haft/plugin/plugin_loader_class.hpp>
#include <haft/plugin/requirement.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

HAFT_COLD inline error plugin_error(errc code, std::string_view name, std::initializer_list<std::string_view> what) {
    return {code, concat({"plugin ", in_quotes(name), " ", concat(what)})};
}
/// Whether a code says more than that a plugin failed: those of loading one that is a library do.
constexpr bool is_of_library(errc code) noexcept { return code >= errc::bad_library && code <= errc::plugin_unloaded; }

/// A failure of a plugin's own code, with all that it said.
HAFT_COLD inline error failure_of(std::string_view name, std::string_view doing, error why) {
    why.message = concat({"plugin ", in_quotes(name), ": ", doing, " failed: ", mended(why.message)});
    if (why.faults.empty() && !is_of_library(why.code)) why.code = errc::plugin_failed;
    return why;
}

}  // namespace detail

HAFT_COLD inline result<void> plugin_loader::check_host(const record& r) const {
    const std::string& least = r.manifest->min_host_version;
    if (least.empty() || compare_versions(options_.host_version, least) >= 0) return {};
    return detail::plugin_error(errc::host_too_old, r.entry.name,
                                {"needs version ", least, " of its host, which is ", options_.host_version});
}

HAFT_COLD inline result<void> plugin_loader::check_needs(const record& r, load_report& report) {
    std::string lacks;
    const auto why_not = [&](const requirement& wanted) -> std::string {
        const record* const other = find(wanted.name);
        if (!other) {
            std::string out = "which nobody has added";
            nearest_name nearest(wanted.name);
            for (const record& one : records_)
                if (&one != &r) nearest.consider(one.entry.name);
            append_did_you_mean(out, nearest.name());
            return out;
        }
        if (other->state != plugin_state::loaded)
            return concat({"which is ", other->state == plugin_state::known ? "not loaded" : name_of(other->state),
                           other->problem.message.empty() ? "" : ": ", other->problem.message});
        if (!wanted.is_sound()) return concat({"but ", in_quotes(wanted.range), " says no versions"});
        if (!wanted.allows(other->manifest->version)) return concat({"which has version ", other->manifest->version});
        return {};
    };
    for (const std::string& one : r.manifest->plugin_deps)
        if (const std::string why = why_not(read_requirement(one)); !why.empty())
            append_all(lacks, {lacks.empty() ? "needs plugin " : "; and plugin ", in_quotes(one), ", ", why});
    for (const std::string& one : r.manifest->optional_plugin_deps) {
        const requirement wanted = read_requirement(one);
        const record* const other = find(wanted.name);
        if (!other || other->state != plugin_state::loaded) continue;
        if (const std::string why = why_not(wanted); !why.empty())
            report.warnings.push_back(detail::plugin_error(errc::missing_plugin, r.entry.name,
                                                           {"would use plugin ", in_quotes(one), ", ", why}));
    }
    if (lacks.empty()) return {};
    return detail::plugin_error(errc::missing_plugin, r.entry.name, {lacks});
}

HAFT_COLD inline result<void> plugin_loader::check_programs(const record& r, load_report& report) const {
    std::string lacks;
    for (const std::string& one : r.manifest->dependencies) {
        const requirement wanted = read_requirement(one);
        std::string why;
        try {
            const auto there = options_.find_dependency ? options_.find_dependency(wanted.name) : find_dependency(wanted.name);
            if (!there) why = "which is not there";
            else if (!wanted.is_sound()) why = concat({"but ", in_quotes(wanted.range), " says no versions"});
            else if (there->version.empty() && !wanted.range.empty())
                report.warnings.push_back(detail::plugin_error(
                    errc::missing_program, r.entry.name,
                    {"wants ", in_quotes(one), "; of ", there->path, " nobody has looked which version it is"}));
            else if (!there->version.empty() && !wanted.allows(there->version))
                why = concat({"and ", there->path, " has version ", there->version});
        } catch (...) { why = concat({"and looking for it failed: ", detail::caught_text()}); }
        if (!why.empty()) append_all(lacks, {lacks.empty() ? "needs " : "; and ", in_quotes(one), ", ", why});
    }
    if (lacks.empty()) return {};
    return detail::plugin_error(errc::missing_program, r.entry.name, {lacks});
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_PLUGIN_NEEDS_HPP
