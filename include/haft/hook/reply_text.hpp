// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_REPLY_TEXT_HPP
#define HAFT_HOOK_REPLY_TEXT_HPP

/// Calls one typed hook with data in words, and gives its reply in words: what named_hook documents, seen from the other side.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/data_text.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/hook/named_hook.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/hook/read_data.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/writer.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/tool/message.hpp>

#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::detail {

HAFT_COLD inline error cannot_be_said(std::string_view what) {
    return {errc::cannot_cross, concat({"the reply of a hook holds ", what,
                                        ", which can't be said in words; say it in a text, or have the hook in the host"})};
}

/// "" if it says nothing.
HAFT_COLD inline result<std::string> reply_text(const hook_reply& said) {
    std::string out;
    const auto key = [&](std::string_view name) { append_all(out, {out.empty() ? "{\"" : ",\"", name, "\":"}); };
    for (const message& one : said.messages) {
        if (!one.attachments.empty()) return cannot_be_said("a message with attachments");
        if (!one.calls.empty() || !one.answers.empty()) return cannot_be_said("a message with calls or their answers");
        if (&one == said.messages.data()) key("messages"), out += '[';
        else out += ',';
        out += "{\"role\":";
        detail::write_text(out, one.role);
        append_all(out, {",\"text\":", json::string_text(one.text), "}"});
    }
    if (!said.messages.empty()) out += ']';
    if (said.stopped) key("stop"), out += "true";
    if (said.vetoed) key("veto"), out += json::string_text(*said.vetoed);
    if (said.replacement) key("replace"), out += json::string_text(*said.replacement);
    if (!out.empty()) out += '}';
    return out;
}

/// Whether what hooks of a point give can be said in words at all.
template <class Point>
consteval bool can_tell_result() {
    if constexpr (replies<Point> || std::is_void_v<hook_result<Point>>) return true;
    else return schema::usable<value_of_reply<hook_result<Point>>>;
}

template <class Point>
result<std::string> reply_text_of(const point_emission<Point>& e) {
    if constexpr (replies<Point>) {
        return detail::reply_text(e.result);
    } else if constexpr (std::is_void_v<hook_result<Point>>) {
        return std::string();
    } else {
        std::string out;
        const auto write = [&](const hook_result<Point>& value) { detail::write_text(out, value); };
        if constexpr (is_first_result<Point>()) {
            if (e.result) write(*e.result);
        } else {
            if (!e.result.empty()) write(e.result.front());
        }
        return out;
    }
}

/// Calls a hook of a point of which arguments_read is possible and can_tell_result holds. What it throws is an error.
template <class Point>
result<std::string> call_in_words(hook_entry& hook, std::string_view data, const stop_token& stop) {
    try {
        const auto read = read_data_of<Point>(data);
        if (!read) return error(read.error());
        return arguments_read<Point>::with_addresses(*read, [&](const auto*... given) -> result<std::string> {
            const typename point_emission<Point>::arguments arguments(given...);
            point_emission<Point> e(arguments);
            hook_snapshot alone;
            alone.stop = stop;
            e.hooks = &alone;
            hook.run(hook, e, nullptr);
            e.keep_veto();
            return detail::reply_text_of<Point>(e);
        });
    } catch (const session_complete& over) {
        if constexpr (replies<Point>) return concat({"{\"session_complete\":", json::string_text(over.what()), "}"});
        else return error{errc::cannot_cross, concat({"a hook ends the session (", over.what(), ") at ", Point::name,
                                                      ", where its reply has no word for that"})};
    } catch (...) { return error{errc::hook_failed, caught_text(), {}, 0, std::current_exception()}; }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_REPLY_TEXT_HPP
