// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_RESULT_WRITER_HPP
#define HAFT_TOOL_RESULT_WRITER_HPP

/// Where a tool puts what it gives: one value, or an error.

#include <haft/core/error.hpp>
#include <haft/json/type.hpp>
#include <haft/json/writer.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// What kind of result stands in the writer's text.
enum class result_form : unsigned char { none, text, json };

/// How a result that is a string stands in the writer's text: as JSON, in quotes, or as the text that it is.
enum class string_results : unsigned char { as_json, as_text };

/// Takes the result of one call and writes it to the end of the caller's text.
class result_writer {
public:
    explicit result_writer(std::string& out, string_results strings = string_results::as_json) noexcept
        : out_(out), strings_(strings) {}

    /// A typed result, by its table.
    void value(const json::type& type, const void* from) {
        if (type.kind == json::kind::string && strings_ == string_results::as_text) {
            out_ += *static_cast<const std::string*>(from);
            form_ = result_form::text;
            return;
        }
        json::writer writer(out_);
        writer.value(type, from);
        form_ = result_form::json;
        if (writer.problem())
            fail({errc::bad_result, std::string("the result can't be given as JSON: it holds ") + writer.problem()});
    }

    /// No result, but a reason. Whatever was written is of no use then.
    void fail(error why) { error_ = std::move(why); }

    bool failed() const noexcept { return error_.has_value(); }
    /// Requires failed().
    haft::error& error() noexcept { return *error_; }
    result_form form() const noexcept { return form_; }

private:
    std::string& out_;
    string_results strings_;
    result_form form_ = result_form::none;
    std::optional<haft::error> error_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_RESULT_WRITER_HPP
