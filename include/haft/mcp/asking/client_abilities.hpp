// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_ASKING_CLIENT_ABILITIES_HPP
#define HAFT_MCP_ASKING_CLIENT_ABILITIES_HPP

/// What a client can be asked: its capabilities (schema, ClientCapabilities).

#include <haft/core/config.hpp>
#include <haft/json/pieces.hpp>
#include <haft/tool/asker.hpp>

#include <string_view>

namespace haft::inline v0::mcp {

struct client_abilities {
    bool form = false;
    bool url = false;
    bool sample = false;
    bool roots = false;

    constexpr bool can(question_kind k) const noexcept {
        switch (k) {
            case question_kind::form: return form;
            case question_kind::url: return url;
            case question_kind::sample: return sample;
            case question_kind::roots: return roots;
        }
        return false;
    }
};

/// Of the JSON text of capabilities. An elicitation without a mode is by form.
HAFT_COLD inline client_abilities read_abilities(std::string_view capabilities) {
    client_abilities out;
    for (const json::member_piece& m : json::members_of(capabilities)) {
        if (!m.value.starts_with('{')) continue;
        if (m.name == "sampling") out.sample = true;
        if (m.name == "roots") out.roots = true;
        if (m.name != "elicitation") continue;
        const auto modes = json::members_of(m.value);
        out.url = !json::value_of(modes, "url").empty();
        out.form = !out.url || !json::value_of(modes, "form").empty();
    }
    return out;
}

/// What a client has to declare to be asked that.
constexpr std::string_view capability_for(question_kind k) noexcept {
    switch (k) {
        case question_kind::form: return R"({"elicitation":{"form":{}}})";
        case question_kind::url: return R"({"elicitation":{"url":{}}})";
        case question_kind::sample: return R"({"sampling":{}})";
        case question_kind::roots: return R"({"roots":{}})";
    }
    return "{}";
}
constexpr std::string_view method_for(question_kind k) noexcept {
    switch (k) {
        case question_kind::form:
        case question_kind::url: return "elicitation/create";
        case question_kind::sample: return "sampling/createMessage";
        case question_kind::roots: return "roots/list";
    }
    return "";
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_ASKING_CLIENT_ABILITIES_HPP
