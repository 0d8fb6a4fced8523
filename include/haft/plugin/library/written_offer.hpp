// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_WRITTEN_OFFER_HPP
#define HAFT_PLUGIN_LIBRARY_WRITTEN_OFFER_HPP

/// What a library says that it offers, as its `describe` gives it: the members' names are the keys. docs/guide/shared-libraries.md has
/// the words.

#include <haft/hook/hook_options.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/scalar.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>
#include <haft/tool/about.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::detail {

/// An empty text or list that nobody has to give.
template <class... Words>
constexpr field may(std::string_view name, Words... words) {
    return field{name, "", not_required, words...};
}

struct written_origin {
    std::string name = {};
    std::string file = {};
    std::uint32_t line = 0;
    std::string toolbox = {};

    static constexpr std::array haft_fields{may("name"), may("file"), may("toolbox")};
};

struct offered_tool {
    std::string name;
    std::string call_as = {};
    std::string title = {};
    std::string description = {};
    json_text inputSchema = {};
    json_text outputSchema = {};
    haft::effect effect = haft::effect::unspecified;
    std::vector<std::string> hints = {};
    std::string group = {};
    std::string category = {};
    std::string instructions = {};
    std::string tags = {};
    std::string version = {};
    bool deferred = false;
    bool disabled_by_default = false;
    bool needs_approval = false;
    std::uint8_t default_gap = 0;
    bool available = true;
    std::string available_hint = {};
    bool asks_available = false;  // nobody asks again for a single tool
    bool checks_arguments = false;
    bool validates = false;
    std::optional<written_origin> origin = {};

    static constexpr std::array haft_fields{field{"name", "Of the tool", required},
                                            may("call_as"),
                                            may("title"),
                                            may("description"),
                                            may("inputSchema"),
                                            may("outputSchema"),
                                            may("hints"),
                                            may("group"),
                                            may("category"),
                                            may("instructions"),
                                            may("tags"),
                                            may("version"),
                                            may("available_hint")};
};

struct offered_command {
    std::string name;
    std::string call_as = {};
    std::vector<std::string> aliases = {};
    std::string description = {};
    json_text inputSchema = {};
    bool share_with_model = false;
    bool auto_undo = true;
    bool takes_any_words = false;
    std::vector<std::string> completes = {};

    static constexpr std::array haft_fields{field{"name", "Of the command", required},
                                            may("call_as"),
                                            may("aliases", max_items(8)),
                                            may("description"),
                                            may("inputSchema"),
                                            may("completes")};
};

struct offered_hook {
    std::string name;
    std::string call_as = {};
    std::string point;
    std::int32_t priority = 0;
    hook_order order = hook_order::normal;
    bool async = false;
    bool guard = false;
    bool optional = false;

    static constexpr std::array haft_fields{field{"name", "Of the hook", required},
                                            field{"point", "Where it is called, such as session_start", required},
                                            may("call_as")};
};

struct offered_enricher {
    std::string name;
    std::string call_as = {};
    std::optional<std::int32_t> prompt = {};
    std::optional<std::int32_t> system_instructions = {};
    std::optional<std::int32_t> tool_result = {};

    static constexpr std::array haft_fields{field{"name", "Of the enricher", required}, may("call_as")};
};

struct written_problem {
    std::string code = {};
    std::string message = {};

    static constexpr std::array haft_fields{may("code"), may("message")};
};

struct written_offer {
    std::vector<offered_tool> tools = {};
    std::vector<offered_command> commands = {};
    std::vector<offered_hook> hooks = {};
    std::vector<offered_enricher> enrichers = {};
    std::string instructions = {};
    std::string tools_md = {};
    std::string soul_append = {};
    json_text config_schema = {};
    std::vector<std::string> models = {};
    std::vector<std::string> traits = {};
    std::string auto_approved = {};
    bool available = true;
    std::string available_hint = {};
    bool asks_available = false;
    std::int32_t priority = 0;
    bool enrichment_only = false;
    std::vector<written_problem> warnings = {};

    static constexpr std::array haft_fields{
        may("tools"),         may("commands"),       may("hooks"),         may("enrichers"), may("instructions"),
        may("tools_md"),      may("soul_append"),    may("config_schema"), may("models"),    may("traits"),
        may("auto_approved"), may("available_hint"), may("warnings")};
};

/// What `initialize` may give.
struct written_more_tools {
    std::vector<offered_tool> tools = {};

    static constexpr std::array haft_fields{may("tools")};
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_WRITTEN_OFFER_HPP
