// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_MAKE_OFFER_HPP
#define HAFT_REGISTRY_MAKE_OFFER_HPP

/// What becomes of an owner when it is exposed: it is initialised, its toolboxes are made, its tools are asked whether they can be
/// used. Nothing that an owner's code throws gets further.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/registry/owner.hpp>
#include <haft/registry/owner_record.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>
#include <haft/toolbox/toolbox_class.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail {

HAFT_COLD inline error owner_failed(const owner& o, std::string_view doing, std::string_view what) {
    return {errc::owner_failed, concat({"owner ", in_quotes(o.name), " was not exposed: ", doing, ": ", what})};
}

/// Runs something of an owner's, which gives a haft::result; an error or what it throws is the owner's failure.
template <class Run>
auto run_of_owner(const owner& o, std::string_view doing, Run run) -> decltype(run()) {
    try {
        auto given = run();
        if (!given) return owner_failed(o, doing, given.error().text());
        return given;
    } catch (...) { return owner_failed(o, doing, caught_text()); }
}

/// Whether an owner can be used here; the error says what to do about it, or that the question failed.
HAFT_COLD inline result<void> ask_availability(const owner& o) {
    if (!o.available) return {};
    result<bool> there =
        run_of_owner(o, "the question whether it is available", [&] { return result<bool>(o.available()); });
    if (!there) return std::move(there.error());
    if (*there) return {};
    return error{errc::not_available, concat({"owner ", in_quotes(o.name), " is not available here",
                                              o.available_hint.empty() ? "" : ": ", o.available_hint})};
}

/// The configuration of one of an owner's toolbox classes: all of it where the owner is nothing but this class, otherwise what
/// stands under the class's name.
HAFT_COLD inline std::string_view config_of(const owner& o, std::string_view config, std::string_view class_name) {
    if (o.toolboxes.size() == 1 && !o.initialize) return config;
    return json::value_of(json::members_of(config), class_name);
}

/// A key that is no class of an owner's whose configuration is nothing but that of its classes.
HAFT_COLD inline result<void> check_class_names(const owner& o, std::string_view config) {
    if (o.toolboxes.size() < 2 || o.initialize) return {};
    for (const json::member_piece& m : json::members_of(config)) {
        nearest_name nearest(m.name);
        bool known = false;
        for (const toolbox_class& c : o.toolboxes) {
            known = known || c.name == m.name;
            nearest.consider(c.name);
        }
        if (known) continue;
        std::string what = concat({in_quotes(m.name), " is none of its toolboxes"});
        append_did_you_mean(what, nearest.name());
        return owner_failed(o, "its configuration", what);
    }
    return {};
}

/// What keeps a tool from being used; null: nothing.
HAFT_COLD inline const availability* missing_for(const tool& t) noexcept {
    return t.available ? t.available->missing() : nullptr;
}
HAFT_COLD inline void ask(offered_tools& all) {
    for (std::size_t i = 0; i < all.tools.size(); ++i) all.missing[i] = missing_for(all.tools[i]);
}

/// Requires that `config` is a JSON object, or "" for none. `initialized`: the owner has been, and wants to be shut down.
HAFT_COLD inline result<std::shared_ptr<const offer>> make_offer(const owner& o, std::string_view config,
                                                                 bool& initialized) {
    if (result<void> known = check_class_names(o, config); !known) return std::move(known.error());
    auto out = std::make_shared<offer>();
    out->sets.emplace_back(o.tools);
    for (const toolset& more : o.versions) out->sets.emplace_back(more);
    if (o.initialize) {
        result<toolset> more =
            run_of_owner(o, "its initialize", [&] { return o.initialize(config.empty() ? "{}" : config); });
        if (!more) return std::move(more.error());
        initialized = true;  // even if there is no memory for what it gave
        out->sets.emplace_back(std::move(*more));
    }
    initialized = true;
    if (o.tools_now) {
        result<toolset> more = run_of_owner(o, "the question which tools it has now", [&] { return o.tools_now(); });
        if (!more) return std::move(more.error());
        out->coming_and_going = out->sets.size();
        out->sets.emplace_back(std::move(*more));
    }
    for (const toolbox_class& c : o.toolboxes) {
        result<toolbox> box = run_of_owner(o, c.name, [&] { return c.make(config_of(o, config, c.name)); });
        if (!box) return std::move(box.error());
        out->boxes.push_back(std::move(*box));
    }
    for (const toolbox& box : o.instances) out->boxes.push_back(box);
    for (toolbox& box : out->boxes) {
        result<toolset> tools = run_of_owner(o, box.name(), [&] { return box.tools(); });
        if (!tools) return std::move(tools.error());
        out->sets.emplace_back(std::move(*tools));
    }
    if (o.enrichment_only) out->sets.assign(1, {});  // its toolboxes live on, for its enrichers
    for (offered_tools& set : out->sets) ask(set);
    return std::shared_ptr<const offer>(std::move(out));
}

/// The same, as it and its toolboxes list their tools now, and as all answer now. Who fails keeps what it had.
HAFT_COLD inline offer asked_again(const owner& o, const offer& before) {
    offer out = before;
    if (o.tools_now && out.coming_and_going < out.sets.size()) {
        try {
            if (result<toolset> tools = o.tools_now()) out.sets[out.coming_and_going] = offered_tools(std::move(*tools));
        } catch (...) {}
    }
    const std::size_t first_box = out.sets.size() - out.boxes.size();
    for (std::size_t i = 0; i < out.boxes.size(); ++i) {
        try {
            if (result<toolset> tools = out.boxes[i].tools())
                out.sets[first_box + i] = offered_tools(std::move(*tools));
        } catch (...) {}
    }
    for (offered_tools& set : out.sets) ask(set);
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_REGISTRY_MAKE_OFFER_HPP
