// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_OWNER_HPP
#define HAFT_REGISTRY_OWNER_HPP

/// The unit of a registry: a plain value with a name and what it offers. A plugin, a module's enrolled tools, a mounted server,
/// a handful of tools of the host's own: each is an owner.

#include <haft/core/result.hpp>
#include <haft/kind/part.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// What belongs together: it is added, exposed and removed as one.
struct owner {
    std::string name = {};  ///< 1 to 64 of A-Z a-z 0-9 _ -
    std::string description = {};
    std::string version = {};
    std::string source = {};  ///< where it comes from, for messages: "compiled in", a file
    int priority = 0;         ///< higher ones are listed first; equal ones by name
    bool core = false;        ///< the host's own: listed last, and its tools win over those of other owners [RG-05]
    /// Exposed, it takes part in the enrichment of texts and in nothing else: of its parts only the enrichers are put in, and it
    /// has no tools, commands or instructions. [EN-04]
    bool enrichment_only = false;
    std::string instructions = {};  ///< how its tools belong together, Markdown; for the model's instructions [EN-06]

    toolset tools = {};
    std::vector<toolset> versions = {};         ///< further versions of tools that stand in `tools` or here [NX-12]
    std::vector<toolbox_class> toolboxes = {};  ///< an instance of each is made when the owner is exposed [TB-04]
    std::vector<toolbox> instances = {};        ///< toolboxes that are there already
    /// Tools that come and go while it is exposed: asked then, and again whenever the registry is told to look again (refresh,
    /// reevaluate). It is asked while the registry is locked, so it waits for nobody. An error: it keeps those that it had.
    std::function<result<toolset>()> tools_now = {};
    /// What it offers beside tools: hooks, commands, models, … They are put into the registry's `kinds()` when the owner is
    /// exposed, after `initialize`, and taken out again before `shutdown`. One that can't be put in keeps the owner from being
    /// exposed.
    std::vector<part> parts = {};

    std::vector<std::string> models = {};  ///< globs, such as `gemini-*`; none: it suits every model [RG-10]
    std::vector<std::string> traits = {};  ///< what other parts of a host look for, such as `auth_provider` [RG-12]
    /// Its tools that may run without anybody being asked. The registry asks nobody: it hands the list to who does
    /// (views::require_approval, a client).
    selector auto_approved = {};

    /// Whether it can be used here; asked when it is exposed and when the registry is told to look again. Empty: always.
    /// The hint says what to do about it. [RG-08]
    std::function<bool()> available = {};
    std::string available_hint = {};

    /// Called with the configuration (a JSON object) when the owner is exposed, and may give more tools; an error, or what it
    /// throws, keeps the owner from being exposed. Called again, after `shutdown`, when it is exposed with another
    /// configuration. [RG-04, PM-05]
    std::function<result<toolset>(std::string_view config)> initialize = {};
    /// Called when it is exposed no longer and models are not served its tools any more, with nothing locked. Calls that still
    /// run go on meanwhile; it may wait for them. Also called when an owner has been initialised and is not exposed after all.
    std::function<void()> shutdown = {};
};

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_OWNER_HPP
