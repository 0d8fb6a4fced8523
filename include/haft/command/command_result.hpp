// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_RESULT_HPP
#define HAFT_COMMAND_COMMAND_RESULT_HPP

/// What a command's function may return, and what the person is then told. [CM-03]

#include <haft/command/command_context.hpp>
#include <haft/core/result.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/message.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/returned.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

template <class R>
struct command_result {
    static constexpr bool may_fail = false;
    static constexpr bool may_lack = false;
    static constexpr bool is_text = std::is_convertible_v<const R&, std::string_view>;
    static constexpr bool usable = is_text || returned<R>::is_content || schema::usable<R>;
};
template <>
struct command_result<void> {
    static constexpr bool usable = true;
};
template <>
struct command_result<message> {
    static constexpr bool usable = true;
};
template <>
struct command_result<std::vector<message>> {
    static constexpr bool usable = true;
};
template <class T>
struct command_result<result<T>> {
    static constexpr bool may_fail = true;
    static constexpr bool usable = command_result<T>::usable;
};
template <class T>
struct command_result<std::optional<T>> {
    static constexpr bool may_fail = false;
    static constexpr bool may_lack = true;
    static constexpr bool usable = command_result<T>::usable;
};

/// void: nothing is said; a message or several: those; a text: a message of the system's; content: one with attachments; a
/// std::optional: maybe; anything else that a tool may give: its JSON. Of a haft::result the error is the command's.
template <class R>
void say_result(R&& given, invocation& call) {
    using plain = std::remove_cvref_t<R>;
    auto& context = static_cast<command_context&>(call.context);
    if constexpr (std::is_same_v<plain, message>) {
        context.say(std::forward<R>(given));
    } else if constexpr (std::is_same_v<plain, std::vector<message>>) {
        for (message& one : given) context.say(std::move(one));
    } else if constexpr (command_result<plain>::may_fail) {
        if (!given) return call.fail(std::move(given.error()));
        if constexpr (!std::is_void_v<typename plain::value_type>) detail::say_result(*std::move(given), call);
    } else if constexpr (command_result<plain>::may_lack) {
        if (given) detail::say_result(*std::move(given), call);
    } else if constexpr (command_result<plain>::is_text) {
        context.say(std::string(std::string_view(given)));
    } else if constexpr (returned<plain>::is_content) {
        message out{.role = role::system};
        if constexpr (std::is_same_v<plain, content>) out.attachments = std::forward<R>(given);
        else out.attachments.push_back(content_block(std::forward<R>(given)));
        context.say(std::move(out));
    } else {
        std::string text;
        result_writer written(text, string_results::as_text, call.context.options);
        written.value(schema::type_of<plain>, &given);
        if (written.failed()) return call.out.fail(std::move(written.error()));
        context.say(std::move(text));
    }
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_COMMAND_COMMAND_RESULT_HPP
