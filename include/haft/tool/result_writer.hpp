// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_RESULT_WRITER_HPP
#define HAFT_TOOL_RESULT_WRITER_HPP

/// Where a tool puts what it gives: one value, or parts of content, or an error.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/type.hpp>
#include <haft/json/writer.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/content.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// What kind of result stands in the writer's text: nothing (of a void function, or a std::optional without a value), a
/// text, JSON; `blocks`: nothing either, the result is the attachments.
enum class result_form : unsigned char { none, text, json, blocks };

/// How a result that is a string stands in the writer's text: as JSON, in quotes, or as the text that it is.
enum class string_results : unsigned char { as_json, as_text };

/// Of a result that is written into the string of a longer JSON text: what stands there before it, up to the quote. Nothing of
/// it is written before there is a result.
using text_before_result = std::array<std::string_view, 3>;

/// Takes the result of one call and writes it to the end of the caller's text. What exceeds the limits of the options is
/// an error (E0208), and is not copied.
class result_writer {
public:
    explicit result_writer(std::string& out, string_results strings = string_results::as_json,
                           const call_options& options = {}) noexcept
        : out_(out),
          strings_(strings),
          max_text_(options.max_result_bytes),
          max_binary_(options.max_attachment_bytes) {}

    /// Of a result between the quotes of a JSON string, after `before`, which must outlive the writer. Texts stand there as they are.
    result_writer(std::string& out, const text_before_result& before, const call_options& options) noexcept
        : result_writer(out, string_results::as_text, options) {
        before_ = &before;
    }

    /// A typed result, by its table.
    void value(const json::type& type, const void* from) {
        if (type.kind == json::kind::optional) {
            std::size_t n = 0;
            const void* const inner = type.view(from, n);
            if (n) value(*type.element, inner);  // and no message without a value [TD-13]
            return;
        }
        if (type.kind == json::kind::string || type.kind == json::kind::view) {
            const std::string_view whole = type.kind == json::kind::view
                                               ? *static_cast<const std::string_view*>(from)
                                               : std::string_view(*static_cast<const std::string*>(from));
            if (strings_ == string_results::as_text || whole.size() > max_text_) return text(whole);
        }
        if (before_) return value_within_string(type, from);
        json::writer writer(out_, max_text_);
        writer.write(type, from);
        wrote(writer);
    }

    /// A text for the model.
    void text(std::string_view text) {
        if (text.size() > max_text_) return too_large("the result has ", text.size());
        if (before_) text_within_string(text);
        else if (strings_ == string_results::as_text) out_ += text;
        else json::append_string(out_, text);
        form_ = strings_ == string_results::as_text ? result_form::text : result_form::json;
    }

    /// A part of the result beside the value.
    HAFT_COLD void attach(content_block block) {
        const block_size size = size_of(block);
        attached_text_ += size.text;
        attached_binary_ += size.binary;
        if (attached_text_ > max_text_) return too_large("the texts of the result have ", attached_text_);
        if (attached_binary_ > max_binary_)
            return too_large("the attachments of the result have ", attached_binary_, max_binary_);
        attachments_.push_back(std::move(block));
    }
    /// There is no value, the result is what was attached.
    void only_blocks() noexcept { form_ = result_form::blocks; }

    /// No result, but a reason. Whatever was written is of no use then. The first reason stays.
    void fail(error why) {
        if (!error_) error_ = std::move(why);
    }

    bool failed() const noexcept { return error_.has_value(); }
    /// Requires failed().
    haft::error& error() noexcept { return *error_; }
    result_form form() const noexcept { return form_; }
    const content& attachments() const noexcept { return attachments_; }
    content take_attachments() noexcept { return std::move(attachments_); }

    /// Of a result within a string: takes out again what was written, if anything was.
    void take_back() {
        if (written_from_ < out_.size()) out_.resize(written_from_);
    }

private:
    HAFT_HOT void wrote(const json::writer& writer) {
        form_ = result_form::json;
        if (writer.full() || !writer.problem().empty()) could_not_write(writer);
    }
    HAFT_COLD void could_not_write(const json::writer& writer) {
        if (writer.full()) too_large("the result has more than ", max_text_);
        else fail({errc::bad_result, "the result can't be given as JSON: it holds " + writer.problem()});
    }

    HAFT_APART void value_within_string(const json::type& type, const void* from) {
        written_from_ = out_.size();
        json::writer writer(out_, *before_, max_text_);
        writer.write(type, from);
        if (!writer.full()) return wrote(writer);
        // Backslashes don't count: what is too large is so without them.
        take_back();
        std::string plain;
        json::writer again(plain, max_text_);
        again.write(type, from);
        wrote(again);
        if (!failed()) text_within_string(plain);
    }
    void text_within_string(std::string_view text) {
        written_from_ = out_.size();
        json::text_buffer buffer(out_);
        for (const std::string_view part : *before_) buffer.put(part);
        json::put_string_content(buffer, text);
        buffer.flush();
    }

    void too_large(std::string_view what, std::size_t bytes) { too_large(what, bytes, max_text_); }
    HAFT_COLD void too_large(std::string_view what, std::size_t bytes, std::size_t most) {
        std::string message(what);
        message.append(std::to_string(bytes)).append(" bytes; ");
        if (bytes != most) message.append("at most ").append(std::to_string(most)).append(" are handed on; ");
        fail({errc::too_large, message + "ask for less, such as a part of it or fewer items"});
    }

    std::string& out_;
    const text_before_result* before_ = nullptr;
    std::size_t written_from_ = static_cast<std::size_t>(-1);  // with before_: in out_, if something was
    string_results strings_;
    result_form form_ = result_form::none;
    std::size_t max_text_;
    std::size_t max_binary_;
    std::size_t attached_text_ = 0;
    std::size_t attached_binary_ = 0;
    content attachments_;
    std::optional<haft::error> error_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_RESULT_WRITER_HPP
