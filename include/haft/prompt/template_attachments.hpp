// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_TEMPLATE_ATTACHMENTS_HPP
#define HAFT_PROMPT_TEMPLATE_ATTACHMENTS_HPP

/// The attachments that a template names. [TF-02, TF-04]

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/prompt/attachment.hpp>
#include <haft/prompt/prefix.hpp>
#include <haft/prompt/prompt_template.hpp>

#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Both lists, one after the other; nothing is read. An error (E0337): a template that is not trusted names a file, which would send
/// it to whoever the model's provider is.
HAFT_COLD inline result<std::vector<attachment>> template_attachments(const loaded_template& of) {
    std::vector<attachment> out;
    const auto add = [&](const std::string& value, const std::string& type) {
        attachment one{.type = type};
        (is_url(value) ? one.url : one.path) = value;
        out.push_back(std::move(one));
    };
    for (const std::string& value : of.what.attachments) add(value, {});
    for (const typed_attachment& typed : of.what.attachment_types) add(typed.value, typed.type);
    for (const attachment& one : out)
        if (!of.trusted && !one.path.empty())
            return detail::bad_attachment(
                one, "the template that names it is no file of your own, so no file is read for it");
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_TEMPLATE_ATTACHMENTS_HPP
