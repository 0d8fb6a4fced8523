// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_RESULT_WRITER_HPP
#define HAFT_TOOL_RESULT_WRITER_HPP

/// Where a tool puts what it gives: one value, or parts of content, or an error.

#include <haft/core/error.hpp>
#include <haft/json/type.hpp>
#include <haft/json/writer.hpp>
#include <haft/tool/content.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// What kind of result stands in the writer's text.
enum class result_form : unsigned char { none, text, json, blocks };

/// How a result that is a string stands in the writer's text: as JSON, in quotes, or as the text that it is.
enum class string_results : unsigned char { as_json, as_text };

/// Takes the result of one call and writes it to the end of the caller's text.
class result_writer {
public:
    explicit result_writer(std::string& out, string_results strings = string_results::as_json) noexcept
        : out_(out), strings_(strings) {}

    /// A typed result, by its table.
    void value(const json::type& type, const void* from) {
        if (strings_ == string_results::as_text &&
            (type.kind == json::kind::string || type.kind == json::kind::view)) {
            if (type.kind == json::kind::view) out_ += *static_cast<const std::string_view*>(from);
            else out_ += *static_cast<const std::string*>(from);
            form_ = result_form::text;
            return;
        }
        json::writer writer(out_);
        writer.value(type, from);
        form_ = result_form::json;
        if (!writer.problem().empty())
            fail({errc::bad_result, "the result can't be given as JSON: it holds " + writer.problem()});
    }

    /// A part of the result beside the value.
    void attach(content_block block) { attachments_.push_back(std::move(block)); }
    /// There is no value, the result is what was attached.
    void only_blocks() noexcept { form_ = result_form::blocks; }

    /// No result, but a reason. Whatever was written is of no use then.
    void fail(error why) { error_ = std::move(why); }

    bool failed() const noexcept { return error_.has_value(); }
    /// Requires failed().
    haft::error& error() noexcept { return *error_; }
    result_form form() const noexcept { return form_; }
    const content& attachments() const noexcept { return attachments_; }

private:
    std::string& out_;
    string_results strings_;
    result_form form_ = result_form::none;
    content attachments_;
    std::optional<haft::error> error_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_RESULT_WRITER_HPP
