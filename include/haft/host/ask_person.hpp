// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_ASK_PERSON_HPP
#define HAFT_HOST_ASK_PERSON_HPP

/// Asks a person at a terminal whether a call may be made. [EX-12] [CM-07]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/host/line_source.hpp>
#include <haft/host/screen_text.hpp>
#include <haft/host/terminal.hpp>
#include <haft/rules/permission_reply.hpp>

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0::host {

namespace detail {
HAFT_COLD inline void show_line(std::string_view text) {
    const std::string line = concat({text, "\n"});
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}
}  // namespace detail

/// Asks until the answer is one. Nobody there any more is a no; so is Ctrl-C.
HAFT_COLD inline permission_reply ask_person(line_source& from, const terminal& to, const permission_question& q) {
    detail::show_line(concat({to.warn("The model wants to call "), on_screen(q.call.shown)}));
    if (!q.why.empty()) detail::show_line(to.dim(concat({"  ", on_screen(q.why)})));
    for (;;) {
        const read_line typed = from.read("May it? [y/n/always/never/?] ");
        if (typed.what == read_line::kind::end) return {permission_reply::kind::timeout, {}};
        if (typed.what == read_line::kind::interrupted) return {permission_reply::kind::deny, {}};
        if (std::optional<permission_reply> reply = read_permission_reply(typed.text)) return std::move(*reply);
        detail::show_line("  y, n      this call only\n"
                          "  always    and each further call of this tool in this chat (also: session)\n"
                          "  never     no, and none of this tool in this chat\n"
                          "  turn, all yes to every call, until the answer is complete or in this chat\n"
                          "  edit {…}  yes, with these arguments\n"
                          "  comment … no; the model is told the text");
    }
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_ASK_PERSON_HPP
