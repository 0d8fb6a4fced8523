// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_OFFERED_THINGS_HPP
#define HAFT_PLUGIN_GLUE_OFFERED_THINGS_HPP

/// What a plugin offers beside tools, taken out of its parts: they are put in where nobody looks, and what has come in is known then.

#include <haft/command/command_entry.hpp>
#include <haft/command/command_set.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/enrich/enricher.hpp>
#include <haft/enrich/enricher_part.hpp>
#include <haft/enrich/enrichment_set.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_points.hpp>
#include <haft/hook/hook_set.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/part.hpp>
#include <haft/plugin/glue/points_in_words.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail::glue {

/// Names for calls: each stands for one thing.
class call_names {
public:
    /// The name itself, or a longer one if another thing has that.
    HAFT_COLD std::string make(std::string_view name) {
        std::string out(name);
        for (std::size_t n = 2; !used_.emplace(out, true).second; ++n) out = concat({name, "#", decimal(n)});
        return out;
    }

private:
    std::map<std::string, bool, std::less<>> used_;
};

struct offered_hook {
    std::string called;
    std::string point;
    hook_options options;
    bool optional = false;
    std::shared_ptr<hook_entry> entry = {};          // of a point whose types are known here
    const point_in_words* by = nullptr;              // its point
    std::shared_ptr<const named_hook> words = {};    // or one that knows no types

    HAFT_COLD result<std::string> call(std::string_view data, const stop_token& stop) const {
        if (entry) return by->call(*entry, data, stop);
        try {
            return (*words)(data);
        } catch (...) { return error{errc::hook_failed, caught_text()}; }
    }
};
struct offered_command {
    std::string called;
    command_pointer entry;
};
struct offered_enricher {
    std::string called;
    std::shared_ptr<const enricher> what;
};

struct offered_things {
    kinds where;
    std::vector<enlistment> in;  // goes before it
    std::vector<offered_hook> hooks;
    std::vector<offered_command> commands;
    std::vector<offered_enricher> enrichers;

    /// Takes the parts of a plugin. An error (E0470): one can't cross the border, and which.
    HAFT_COLD result<void> take(const std::vector<part>& parts, std::string_view owner,
                                std::span<const point_in_words> points) {
        where.get<hook_set>();
        where.get<command_set>();
        where.get<enrichment_set>();
        const std::size_t known = where.size();
        for (const part& one : parts) {
            const auto refused = [&](std::string_view why) {
                return error{errc::cannot_cross, concat({"plugin ", in_quotes(owner), ": its ", one.kind.empty() ? "part" : one.kind,
                                                         " ", in_quotes(one.name), " ", why})};
            };
            if (one.kind != "hook" && one.kind != "command" && one.kind != enricher_kind)
                return refused("can't be reached from a shared library: tools, hooks, commands and enrichers can; "
                               "compile the plugin in, or leave it out");
            result<enlistment> put = error{errc::plugin_failed, "nobody says how it is put in"};
            try {
                if (one.enlist) put = one.enlist(where, owner);
            } catch (...) { put = error{errc::plugin_failed, caught_text()}; }
            if (!put) return error(put.error());
            in.push_back(std::move(*put));
            if (where.size() != known)
                return refused("puts something else in as well, which can't be reached from a shared library");
        }
        if (result<void> taken = take_hooks(owner, points); !taken) return taken;
        call_names names;
        for (const command_row& row : where.get<command_set>().rows())
            if (command_pointer found = where.get<command_set>().find(row.qualified))
                commands.push_back({names.make(found->what.name), std::move(found)});
        names = {};
        for (std::shared_ptr<const enricher>& one : where.get<enrichment_set>().all()) {
            std::string called = names.make(one->name);
            enrichers.push_back({std::move(called), std::move(one)});
        }
        return {};
    }

private:
    HAFT_COLD result<void> take_hooks(std::string_view owner, std::span<const point_in_words> points) {
        result<void> out;
        call_names names;
        const auto refused = [&](const hook_options& hook, std::string_view point, std::string_view why) {
            if (out)
                out = error{errc::cannot_cross, concat({"plugin ", in_quotes(owner), ": its hook ", in_quotes(hook.name),
                                                        " at ", point, " ", why})};
        };
        where.get<hook_set>().for_each_hook(
            [&](const point_facts& point, const std::shared_ptr<hook_entry>& hook) {
                if (hook->wrapper)
                    return refused(hook->options, point.name,
                                   "is a wrapper, around which a shared library can't reach; make it a hook, or compile "
                                   "the plugin in");
                for (const point_in_words& one : points)
                    if (one.name == point.name && one.type == point.type)
                        return hooks.push_back({names.make(hook->options.name), std::string(point.name), hook->options,
                                                false, hook, &one});
                refused(hook->options, point.name,
                        "is at a point whose data this library can't read; name the point in HAFT_EXPORT_PLUGIN, behind "
                        "the plugin");
            },
            [&](const waiting_hook& hook) {
                hooks.push_back({names.make(hook.options.name), hook.point, hook.options, hook.optional, nullptr, nullptr,
                                 hook.callable});
            });
        return out;
    }
};

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_OFFERED_THINGS_HPP
