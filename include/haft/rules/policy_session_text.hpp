// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_POLICY_SESSION_TEXT_HPP
#define HAFT_RULES_POLICY_SESSION_TEXT_HPP

/// What people have decided in a session as JSON, so that it can go on in another process.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/document.hpp>
#include <haft/json/string_text.hpp>
#include <haft/rules/policy_session.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

inline constexpr std::array<std::string_view, 4> rule_kind_words{"tool", "call", "pattern", "argument"};
inline constexpr std::array<std::string_view, 3> lasting_words{"turn", "until_idle", "session"};

HAFT_COLD inline void append_entries(std::string& out, std::string_view name, const std::vector<session_entry>& list) {
    append_all(out, {"\"", name, "\":["});
    for (const session_entry& one : list) {
        append_all(out, {&one == list.data() ? "{\"" : ",{\"", rule_kind_words[static_cast<std::size_t>(one.rule.kind)],
                         "\":", json::string_text(one.rule.text)});
        if (one.rule.kind == rule_kind::argument)
            append_all(out, {",\"name\":", json::string_text(one.rule.argument),
                             ",\"prefix\":", json::string_text(one.rule.prefix)});
        if (!one.rule.identity.empty()) append_all(out, {",\"identity\":", json::string_text(one.rule.identity)});
        append_all(out, {",\"until\":\"", lasting_words[static_cast<std::size_t>(one.until)], "\"}"});
    }
    out += ']';
}

/// Reads what the writer wrote, and nothing else: a word that is not known might have been a refusal.
class session_reader {
public:
    explicit session_reader(const json::document& text) : in_(text) {}

    HAFT_COLD bool read(policy_session& out) {
        if (in_[0].kind != json::value_kind::object) return wrong(0, "expected an object");
        for (std::uint32_t c = json::document::first_child(0); c < in_[0].behind; c = in_[c].behind) {
            const std::string_view key = in_[c].key;
            if (key == "all") {
                lasting until{};
                if (!read_lasting(c, until)) return false;
                out.all = until;
            } else if (key == "blacklist" || key == "whitelist") {
                if (!read_list(c, key == "blacklist" ? out.blacklist : out.whitelist)) return false;
            } else {
                return unknown(c, nearest_of(key, {"all", "blacklist", "whitelist"}));
            }
        }
        return true;
    }
    error problem() const {
        return {errc::bad_policy_state, concat({"the decisions of a session can't be read: ", problem_})};
    }

private:
    HAFT_COLD bool wrong(std::uint32_t at, std::string_view what) {
        const std::string where = in_.pointer(at);
        problem_ = concat({where, where.empty() ? "" : ": ", what});
        return false;
    }
    HAFT_COLD bool unknown(std::uint32_t at, std::string_view nearest) {
        std::string what = concat({"the name ", in_quotes(in_[at].key), " is not known"});
        append_did_you_mean(what, nearest);
        return wrong(at, what);
    }
    HAFT_COLD bool read_text(std::uint32_t at, std::string& out) {
        if (in_[at].kind != json::value_kind::string) return wrong(at, "expected a string");
        out = in_[at].text;
        return true;
    }
    HAFT_COLD bool read_lasting(std::uint32_t at, lasting& out) {
        for (std::size_t i = 0; i < lasting_words.size(); ++i)
            if (in_[at].kind == json::value_kind::string && in_[at].text == lasting_words[i]) {
                out = static_cast<lasting>(i);
                return true;
            }
        return wrong(at, R"(expected "turn", "until_idle" or "session")");
    }
    HAFT_COLD bool read_list(std::uint32_t list, std::vector<session_entry>& out) {
        if (in_[list].kind != json::value_kind::array) return wrong(list, "expected an array");
        for (std::uint32_t c = json::document::first_child(list); c < in_[list].behind; c = in_[c].behind) {
            session_entry& one = out.emplace_back();
            if (!read_entry(c, one)) return false;
        }
        return true;
    }
    HAFT_COLD bool read_entry(std::uint32_t entry, session_entry& out) {
        if (in_[entry].kind != json::value_kind::object) return wrong(entry, "expected an object");
        bool has_kind = false, has_until = false, has_name = false, has_prefix = false;
        for (std::uint32_t c = json::document::first_child(entry); c < in_[entry].behind; c = in_[c].behind) {
            const std::string_view key = in_[c].key;
            std::size_t kind = 0;
            while (kind < rule_kind_words.size() && rule_kind_words[kind] != key) ++kind;
            if (kind < rule_kind_words.size()) {
                if (has_kind) return wrong(entry, "is of two kinds");
                out.rule.kind = static_cast<rule_kind>(kind);
                if (has_kind = true; !read_text(c, out.rule.text)) return false;
            } else if (key == "until") {
                if (has_until = true; !read_lasting(c, out.until)) return false;
            } else if (key == "name") {
                if (has_name = true; !read_text(c, out.rule.argument)) return false;
            } else if (key == "identity") {
                if (!read_text(c, out.rule.identity)) return false;
            } else if (key == "prefix") {
                if (has_prefix = true; !read_text(c, out.rule.prefix)) return false;
            } else {
                return unknown(
                    c, nearest_of(key, {"tool", "call", "pattern", "argument", "until", "name", "prefix", "identity"}));
            }
        }
        if (!has_kind) return wrong(entry, R"(has none of "tool", "call", "pattern", "argument")");
        if (!has_until) return wrong(entry, R"(has no "until")");
        const bool of_argument = out.rule.kind == rule_kind::argument;
        if (has_name != of_argument || has_prefix != of_argument)
            return wrong(entry, R"("name" and "prefix" belong to "argument")");
        return true;
    }

    const json::document& in_;
    std::string problem_;
};

}  // namespace detail

/// `{"blacklist":[…],"whitelist":[…]}`, the same text for the same decisions.
HAFT_COLD inline std::string to_json(const policy_session& of) {
    std::string out = "{";
    if (of.all) append_all(out, {"\"all\":\"", detail::lasting_words[static_cast<std::size_t>(*of.all)], "\","});
    detail::append_entries(out, "blacklist", of.blacklist);
    out += ',';
    detail::append_entries(out, "whitelist", of.whitelist);
    return out += '}';
}

/// What to_json wrote. Anything else is an error (E0363), also where only one word of it is not known: it might have been a
/// refusal.
HAFT_COLD inline result<policy_session> read_policy_session(std::string_view text) {
    json::document whole;
    if (result<void> read = json::read_document(whole, text); !read)
        return error{errc::bad_policy_state,
                     concat({"the decisions of a session can't be read: ", read.error().text()})};
    policy_session out;
    detail::session_reader reader(whole);
    if (!reader.read(out)) return reader.problem();
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_POLICY_SESSION_TEXT_HPP
