// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_CALL_HPP
#define HAFT_FORMAT_CALL_HPP

/// How a call is answered, and what the readers of the providers' calls share.

#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/format/name.hpp>
#include <haft/json/pieces.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/tool_call.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::formats {

using call = tool_call;
using answer = tool_answer;

/// Runs a call and gives its answer, whatever comes of it: a tool that does not exist, arguments that don't fit and an
/// exception are answers with `is_error`, whose text the model can act on. Runs on this thread.
inline answer answer_call(const name_map& names, const call& c, const call_options& options = {}) {
    answer a;
    a.id = c.id;
    a.name = c.name;
    const auto failed = [&](const error& e) { a.text = "Error: " + e.text(), a.is_error = true; };
    const tool* const t = names.find(c.name);
    if (!t) return failed(names.no_such_tool(c.name)), a;
    result_writer writer(a.text, string_results::as_text, options);
    call_context context{t->name, options};
    t->run(c.arguments.empty() ? "{}" : std::string_view(c.arguments), context, writer);
    if (writer.failed()) return a.text.clear(), failed(writer.error()), a;
    if (writer.form() == result_form::none) a.text = "null";
    a.is_json = writer.form() == result_form::json || writer.form() == result_form::none;
    a.blocks = writer.take_attachments();
    return a;
}

namespace detail {

/// Reads the objects of one provider. The error says which provider's object it was, where in it, and what was there.
class call_reader {
public:
    explicit call_reader(const char* what) : what_(what) {}

    error fail(std::string_view where, std::string_view expected, std::string_view got) const {
        error e{errc::bad_call_object, std::string(what_) + ": "};
        e.message.append(where.empty() ? "" : std::string(where) + ": ").append("expected ").append(expected);
        if (got.empty()) return e.message += ", but it is missing", e;
        e.message += ", got ";
        append_echo(e.message, got);
        return e;
    }

    /// The members of an object; an error for anything else.
    result<std::vector<json::member_piece>> object(std::string_view where, std::string_view text) const {
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first == std::string_view::npos || text[first] != '{') return fail(where, "an object", text);
        return json::members_of(text);
    }
    /// A string member, which must be there and not be empty.
    result<std::string> string(const std::string& where, const std::vector<json::member_piece>& all,
                               std::string_view name) const {
        const std::string_view value = json::value_of(all, name);
        if (!value.starts_with('"') || value == "\"\"")
            return fail(where + "/" + std::string(name), "a string that is not empty", value);
        return json::string_of(value);
    }

    /// Reads a list of calls from an array, or from the member of that name of an object, which may be absent: no call.
    /// `one(text, where, out)` adds a call, or passes over what is none, or gives an error.
    template <class One>
    result<std::vector<call>> list(std::string_view text, std::string_view member, One one) const {
        return read(text, member, false, one);
    }
    /// The same where a text may stand in place of the list, as in `"content":"Hello"`: no call.
    template <class One>
    result<std::vector<call>> list_or_text(std::string_view text, std::string_view member, One one) const {
        return read(text, member, true, one);
    }

private:
    template <class One>
    result<std::vector<call>> read(std::string_view text, std::string_view member, bool may_be_text, One one) const {
        json::lexer in(text, json::hard_depth_limit);
        const char first = in.peek();
        if (!in.skip() || !in.expect_end())
            return error{errc::bad_call_object, std::string(what_) + ": not JSON: " + in.problem() + " at byte " +
                                                    std::to_string(in.offset())};
        std::string where;
        if (first == '{') {
            text = json::value_of(json::members_of(text), member);
            where = "/" + std::string(member);
            if (text.empty() || text == "null" || (may_be_text && text[0] == '"')) return std::vector<call>{};
            if (!text.starts_with('[')) return fail(where, "an array", text);
        } else if (first != '[') {
            return fail("", "an array of calls, or the object that holds it as \"" + std::string(member) + "\"", text);
        }
        std::vector<call> out;
        std::size_t n = 0;
        for (const std::string_view item : json::items_of(text))
            if (const result<void> read = one(item, where + "/" + std::to_string(n++), out); !read) return read.error();
        return out;
    }

    const char* what_;
};

}  // namespace detail
}  // namespace haft::inline v0::formats

#endif  // HAFT_FORMAT_CALL_HPP
