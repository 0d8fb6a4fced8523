// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_CAPABILITIES_HPP
#define HAFT_MODEL_CAPABILITIES_HPP

/// Whether a model can do what a request asks of it, found out before anything is sent.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/model/model.hpp>
#include <haft/tool/content.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace haft::inline v0 {

/// The media type of what a model would have to see or hear; "" of what it can be told in words. The type of bytes that don't
/// say is `application/octet-stream`.
HAFT_COLD inline std::string_view attachment_type(const content_block& block) noexcept {
    const auto of_bytes = [](std::string_view type) { return type.empty() ? "application/octet-stream" : type; };
    if (const auto* picture = std::get_if<image>(&block)) return of_bytes(picture->mime_type);
    if (const auto* sound = std::get_if<audio>(&block)) return of_bytes(sound->mime_type);
    if (const auto* whole = std::get_if<resource>(&block); whole && whole->contents.index() == 1)
        return of_bytes(whole->mime_type);
    return {};
}

/// Whether `image/png` is among such as `image/png`, `image/*`, `*/*`. Case and parameters (`; charset=…`) count nothing.
HAFT_COLD inline bool allows_type(const std::vector<std::string>& allowed, std::string_view type) {
    const auto plain = [](std::string_view text) {
        std::string out(text.substr(0, text.find(';')));
        while (!out.empty() && out.back() == ' ') out.pop_back();
        for (char& c : out) c = lower(c);
        return out;
    };
    const std::string wanted = plain(type);
    return std::any_of(allowed.begin(), allowed.end(), [&](const std::string& one) {
        const std::string pattern = plain(one);
        if (pattern == "*/*" || pattern == wanted) return true;
        return pattern.ends_with("/*") && wanted.starts_with(std::string_view(pattern).substr(0, pattern.size() - 1));
    });
}

/// Whether a model of that kind can be asked that. Errors (E0316), one sentence each, which name what the model can do: tools,
/// a schema, a tool of its provider's, an attachment. [MP-04]
HAFT_COLD inline result<void> can_be_asked(const model_info& info, const model_request& request) {
    const auto cannot = [&](std::initializer_list<std::string_view> what) {
        return error{errc::model_cannot, concat({"model ", in_quotes(info.id), " ", concat(what)})};
    };
    const auto listed = [](const std::vector<std::string>& names) {
        std::string out;
        for (const std::string& name : names) append_all(out, {out.empty() ? "" : ", ", name});
        return out;
    };
    if (request.tools && !request.tools->tools().empty() && !info.supports_tools)
        return cannot({"can't call tools; send the request without, or ask another model"});
    if (!request.schema.empty() && !info.supports_schema)
        return cannot({"can't reply by a schema; send the request without, or ask another model"});
    for (const std::string& name : request.server_side_tools)
        if (std::find(info.server_side_tools.begin(), info.server_side_tools.end(), name) ==
            info.server_side_tools.end())
            return cannot({"has no server-side tool ", in_quotes(name),
                           info.server_side_tools.empty() ? "; it has none" : "; it has ",
                           listed(info.server_side_tools)});
    for (const message& m : request.messages)
        for (const content_block& block : m.attachments)
            if (const std::string_view type = attachment_type(block);
                !type.empty() && !allows_type(info.attachment_types, type))
                return cannot({"can't be shown ", in_quotes(type),
                               info.attachment_types.empty() ? "; it takes no attachments" : "; it takes ",
                               listed(info.attachment_types)});
    return {};
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_CAPABILITIES_HPP
