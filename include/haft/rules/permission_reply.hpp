// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_PERMISSION_REPLY_HPP
#define HAFT_RULES_PERMISSION_REPLY_HPP

/// What a person is asked about a call, and what they may answer. [EX-12]

#include <haft/core/config.hpp>
#include <haft/rules/call_signature.hpp>
#include <haft/tool/tool.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace haft::inline v0 {

struct permission_question {
    const haft::tool& tool;
    const call_signature& call;  ///< `call.shown` is for a screen
    std::string why;             ///< why somebody is asked; after an edit that can't be used, what is wrong with it
};

struct permission_reply {
    enum class kind : unsigned char {
        deny,        ///< no; `text` may say why, for the model
        allow,       ///< yes, to this call
        once,        ///< the same; who is asked about it again is asked
        session,     ///< yes, and to every call of this tool in this session
        never,       ///< no, and to every call of this tool in this session
        all,         ///< yes, and to whatever no list refuses, in this session
        turn,        ///< the same until the turn ends
        until_idle,  ///< the same until the model has nothing left to do
        edit,        ///< yes, but with the arguments in `text`
        comment,     ///< no; `text` tells the model what to do instead
        timeout,     ///< nobody answered in time
    };
    kind what = kind::deny;
    std::string text = {};

    bool operator==(const permission_reply&) const = default;
};

/// What somebody typed: `y` or `allow`, `n` or `deny`, `once`, `session` or `always`, `never`, `all`, `turn`, `until-idle`, and with a text
/// behind a blank `edit {…}` and `comment …` (`deny …` may have one). Nothing for anything else.
HAFT_COLD inline std::optional<permission_reply> read_permission_reply(std::string_view typed) {
    using kind = permission_reply::kind;
    struct word {
        std::string_view text;
        kind what;
        bool takes_text;
        bool needs_text;
    };
    static constexpr std::array<word, 17> words{{{"y", kind::allow, false, false},
                                                 {"yes", kind::allow, false, false},
                                                 {"allow", kind::allow, false, false},
                                                 {"n", kind::deny, false, false},
                                                 {"no", kind::deny, false, false},
                                                 {"deny", kind::deny, true, false},
                                                 {"once", kind::once, false, false},
                                                 {"session", kind::session, false, false},
                                                 {"always", kind::session, false, false},
                                                 {"never", kind::never, false, false},
                                                 {"all", kind::all, false, false},
                                                 {"turn", kind::turn, false, false},
                                                 {"until-idle", kind::until_idle, false, false},
                                                 {"until_idle", kind::until_idle, false, false},
                                                 {"edit", kind::edit, true, true},
                                                 {"comment", kind::comment, true, true},
                                                 {"timeout", kind::timeout, false, false}}};
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = typed.find_first_not_of(blanks);
    if (first == std::string_view::npos) return std::nullopt;
    typed = typed.substr(first, typed.find_last_not_of(blanks) + 1 - first);
    const std::size_t end = typed.find_first_of(blanks);
    const std::string_view said = typed.substr(0, end);
    std::string_view rest = end == std::string_view::npos ? std::string_view() : typed.substr(end);
    rest.remove_prefix(rest.empty() ? 0 : rest.find_first_not_of(blanks));
    for (const word& one : words)
        if (one.text == said) {
            if (rest.empty() ? one.needs_text : !one.takes_text) return std::nullopt;
            return permission_reply{one.what, std::string(rest)};
        }
    return std::nullopt;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_PERMISSION_REPLY_HPP
