// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_SERVER_CALL_ANSWER_HPP
#define HAFT_MCP_SERVER_CALL_ANSWER_HPP

/// One call of a tool, and its answer.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/text_buffer.hpp>
#include <haft/mcp/asking/asking.hpp>
#include <haft/mcp/offer/listing.hpp>
#include <haft/mcp/wire/revision.hpp>
#include <haft/mcp/wire/rpc.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::mcp {

/// Which call it is, and how its answer is written.
struct call_form {
    std::string_view id;
    const tool& what;
    result_shape shape;
    revision r;
    std::string_view head;         ///< begins the result
    std::string_view before_text;  ///< what stands in an answer from its result on, before a text that is its only content
};

/// What has come of a run: `waits` and `cannot` leave nothing written.
enum class call_end : unsigned char {
    answered,
    waits,   ///< its client is to be asked something first
    cannot,  ///< its client lacks what it would have to be asked
};

namespace detail {

/// Of a call that has failed. Whatever the tool has made of the error of a question that waits, that is why.
HAFT_COLD inline call_end end_of_failed(const error& why, const asking& asks, revision r) {
    if (why.code != errc::cannot_ask) return asks.waits() ? call_end::waits : call_end::answered;
    return is_stateless(r) && asks.missing() ? call_end::cannot : call_end::answered;
}
inline call_end end_of(result_writer& writer, const asking& asks, revision r) {
    return writer.failed() ? detail::end_of_failed(writer.error(), asks, r) : call_end::answered;
}

/// Where the result stands as text only: it is written where it will stand, when the tool has run.
inline call_end append_answer_in_place(std::string& out, const call_form& form, call_options& how, const asking& asks,
                                       haft::detail::bound_call& ahead) {
    const text_before_result before{before_id, form.id, form.before_text};
    std::vector<note> notes;
    how.notes = &notes;
    result_writer writer(out, before, how);
    call_context context{form.what.name, how};
    haft::detail::guarded(context, writer, [&] { ahead.run(context, writer); });
    const bool has_text =
        !writer.failed() && (writer.form() == result_form::text || writer.form() == result_form::json);
    if (!has_text) {
        writer.take_back();
        if (const call_end end = detail::end_of(writer, asks, form.r); end != call_end::answered) return end;
    }
    json::text_buffer answer(out);
    if (!has_text) put_result_head(answer, form.id);
    if (writer.failed()) put_error(answer, writer.error(), notes, form.head);
    else if (has_text) put_rest_of_result(answer, form.r, writer.attachments(), notes);
    else put_result(answer, {}, form.r, writer.form(), {}, writer.attachments(), notes, form.head);
    answer.put_literal("}");
    answer.flush();
    return call_end::answered;
}

}  // namespace detail

/// Runs a tool and then appends its answer, whatever comes of it. `text` is room to work in; `ahead` is null or the call,
/// whose arguments were read.
inline call_end append_answer(std::string& out, const call_form& form, std::string_view arguments, call_options& how,
                              const asking& asks, std::string& text, haft::detail::bound_call* ahead) {
    if (ahead && !form.shape.structured) return detail::append_answer_in_place(out, form, how, asks, *ahead);
    text.clear();
    std::vector<note> notes;
    how.notes = &notes;
    result_writer writer(text, string_results::as_text, how);
    call_context context{form.what.name, how};
    if (ahead) haft::detail::guarded(context, writer, [&] { ahead->run(context, writer); });
    else haft::detail::guarded(context, writer, [&] { form.what.run(arguments, context, writer); });  // one written by hand may throw
    if (const call_end end = detail::end_of(writer, asks, form.r); end != call_end::answered) return end;
    json::text_buffer answer(out);
    put_result_head(answer, form.id);
    if (writer.failed()) put_error(answer, writer.error(), notes, form.head);
    else put_result(answer, form.shape, form.r, writer.form(), text, writer.attachments(), notes, form.head);
    answer.put_literal("}");
    answer.flush();
    return call_end::answered;
}

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_SERVER_CALL_ANSWER_HPP
