// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_REDACTOR_HPP
#define HAFT_RULES_REDACTOR_HPP

/// Takes out of a text what a model, or a log, should not be told: keys, tokens, passwords, and whose home directory it is.
/// [EX-13]

#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Recognises secrets by their form, in one pass without backtracking: time O(text * words). What looks like none stays, so
/// that errors stay readable: "token expired", "the key 'name' is missing", a commit's hash.
///
/// - after `Bearer `, `Basic ` and `token ` of at least 16 characters that a token has, one of them a digit: `Bearer [redacted]`
/// - the prefixes of well-known keys (`known_prefixes`) with at least 16 such characters behind them
/// - what is assigned with `=` or `:` to a name that ends in one of `secret_names`: `api_key=[redacted]`, `"password": "[redacted]"`
/// - `scheme://user:password@host`: the password
/// - `-----BEGIN … PRIVATE KEY-----` up to its end
/// - `/home/<name>`, `/Users/<name>`, `/root`, `C:\Users\<name>`: `~`
/// - every one of `words`, wherever it stands, also as it is written in JSON and in JSON within JSON
class redactor {
public:
    std::vector<std::string> words = {};  ///< secrets that the host knows; those of less than 4 bytes don't count
    bool paths = true;                    ///< home directories become `~`

    static constexpr std::string_view mark = "[redacted]";
    static constexpr std::array<std::string_view, 13> known_prefixes{
        "sk-",         "pk-",    "rk_live_", "sk_live_", "ghp_", "gho_", "ghs_",
        "github_pat_", "glpat-", "xoxb-",    "xoxp-",    "AKIA", "AIza"};
    static constexpr std::array<std::string_view, 11> secret_names{
        "password", "passwd", "pwd",        "secret",      "api_key",      "apikey",
        "api-key",  "token",  "access_key", "private_key", "authorization"};

    HAFT_COLD std::string operator()(std::string_view text) const {
        std::string out;
        out.reserve(text.size());
        const std::vector<std::string> spelled = spelled_words();
        for (std::size_t at = 0; at < text.size();) {
            const replaced r = found_at(text, at, spelled);
            if (r.length == 0) {
                out += text[at++];
                continue;
            }
            out.append(text.substr(at, r.kept)).append(r.by);
            at += r.length;
        }
        return out;
    }

private:
    /// Of the text from a place on: `kept` bytes stay, and what follows up to `length` becomes `by`. Length 0: nothing.
    struct replaced {
        std::size_t length = 0;
        std::size_t kept = 0;
        std::string_view by = mark;
    };

    static constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
    static constexpr bool in_token(char c) noexcept {
        return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.' || c == '+' || c == '/' || c == '=' ||
               c == '~';
    }
    static constexpr bool in_word(char c) noexcept { return is_letter(c) || is_digit(c) || c == '_' || c == '-'; }
    static constexpr bool begins_word(std::string_view text, std::size_t at) noexcept {
        return at == 0 || !in_word(text[at - 1]);
    }
    static bool begins_with(std::string_view text, std::size_t at, std::string_view what) noexcept {
        if (text.size() - at < what.size()) return false;
        for (std::size_t i = 0; i < what.size(); ++i)
            if (lower(text[at + i]) != lower(what[i])) return false;
        return true;
    }
    /// Where a token ends that looks like a secret, or 0. What makes it look so stands in its first 512 bytes: whatever is read
    /// in vain is read at many places.
    static std::size_t secret_end(std::string_view text, std::size_t at) noexcept {
        std::size_t end = at;
        while (end < text.size() && end - at < 512 && in_token(text[end])) ++end;
        if (!looks_secret(text.substr(at, end - at))) return 0;
        while (end < text.size() && in_token(text[end])) ++end;
        return end;
    }
    /// Long enough, and nothing that somebody would write in a sentence.
    static bool looks_secret(std::string_view token) noexcept {
        if (token.size() < 16) return false;
        for (const char c : token)
            if (is_digit(c)) return true;
        return false;
    }

    /// The words as they may stand in a text, the longest spelling of each first.
    HAFT_COLD std::vector<std::string> spelled_words() const {
        std::vector<std::string> out;
        for (const std::string& word : words) {
            if (word.size() < 4) continue;
            const std::string in_json = inside(word), twice = inside(in_json);
            if (twice != in_json) out.push_back(twice);
            if (in_json != word) out.push_back(in_json);
            out.push_back(word);
        }
        return out;
    }
    /// What stands between the quotes of a JSON string.
    static std::string inside(const std::string& text) {
        const std::string quoted = json::string_text(text);
        return quoted.substr(1, quoted.size() - 2);
    }
    HAFT_COLD replaced found_at(std::string_view text, std::size_t at, const std::vector<std::string>& spelled) const {
        for (const std::string& word : spelled)
            if (text.substr(at).starts_with(word)) return {word.size(), 0};
        switch (text[at]) {
            case '-':
                if (const replaced r = private_key(text, at); r.length) return r;
                break;
            case ':': return password_of_url(text, at);
            case '/':
                if (paths) return home(text, at);
                break;
            default: break;
        }
        if (paths && is_letter(text[at]) && begins_word(text, at) && at + 1 < text.size() && text[at + 1] == ':')
            if (const replaced r = windows_home(text, at); r.length) return r;
        if (!begins_word(text, at) || (!is_letter(text[at]) && text[at] != '_')) return {};
        if (const replaced r = key_with_prefix(text, at); r.length) return r;
        if (const replaced r = after_scheme(text, at); r.length) return r;
        return assigned(text, at);
    }

    static replaced key_with_prefix(std::string_view text, std::size_t at) noexcept {
        for (const std::string_view prefix : known_prefixes)
            if (text.substr(at).starts_with(prefix)) {
                if (const std::size_t end = secret_end(text, at + prefix.size())) return {end - at, 0};
            }
        return {};
    }
    static replaced after_scheme(std::string_view text, std::size_t at) noexcept {
        for (const std::string_view scheme : {"bearer ", "basic ", "token "})
            if (begins_with(text, at, scheme)) {
                if (const std::size_t end = secret_end(text, at + scheme.size())) return {end - at, scheme.size()};
            }
        return {};
    }
    static bool is_secret_name(std::string_view name) noexcept {
        for (const std::string_view one : secret_names)
            if (name.size() >= one.size() && begins_with(name, name.size() - one.size(), one) &&
                (name.size() == one.size() || !is_letter(name[name.size() - one.size() - 1]) ||
                 is_capital(name[name.size() - one.size()])))
                return true;
        return false;
    }
    static constexpr bool is_capital(char c) noexcept { return c >= 'A' && c <= 'Z'; }

    /// The mark stands there, and nothing hangs on it.
    static bool is_marked(std::string_view text) noexcept {
        return text.starts_with(mark) &&
               (text.size() == mark.size() ||
                std::string_view(" \t\r\n,;&)}]\"'\\").find(text[mark.size()]) != std::string_view::npos);
    }
    /// `name = value`, `name: "value"`, `"name":"value"`; a value of more than one word only in quotes.
    static replaced assigned(std::string_view text, std::size_t at) noexcept {
        std::size_t end = at;
        while (end < text.size() && in_word(text[end])) ++end;
        if (!is_secret_name(text.substr(at, end - at))) return {};
        const auto skip = [&](std::string_view any, std::size_t most) {
            for (; most && end < text.size() && any.find(text[end]) != std::string_view::npos; --most) ++end;
        };
        if (end < text.size() && text[end] == '\\') ++end;  // JSON within a string
        skip("\"'", 1);
        skip(" ", 8);
        if (end >= text.size() || (text[end] != '=' && text[end] != ':')) return {};
        const bool is_assigned = text[end++] == '=';
        skip(" ", 8);
        for (const std::string_view scheme : {"bearer ", "basic "})
            if (begins_with(text, end, scheme)) end += scheme.size();
        if (end < text.size() && text[end] == '\\') ++end;
        const char quote = end < text.size() && (text[end] == '"' || text[end] == '\'') ? text[end] : '\0';
        if (quote) ++end;
        const std::size_t from = end;
        if (!quote && is_marked(text.substr(from))) return {};
        if (quote) {
            while (end < text.size() && text[end] != quote && text[end] != '\n')
                end += text[end] == '\\' && end + 1 < text.size() && text[end + 1] != quote ? 2u : 1u;
            if (end > text.size()) end = text.size();
            if (end > from && end < text.size() && text[end - 1] == '\\') --end;  // of the quote behind it
        } else {
            while (end < text.size() && std::string_view(" \t\r\n,;&)}]\"'").find(text[end]) == std::string_view::npos)
                ++end;
            // "token: expired" is a sentence; what is behind a colon has to look like more.
            if (!is_assigned && !looks_secret(text.substr(from, end - from)) && end - from < 8) return {};
        }
        if (end == from) return {};
        return {end - at, from - at};
    }

    /// At the colon of a scheme: `://user:password@`.
    static replaced password_of_url(std::string_view text, std::size_t at) noexcept {
        if (!text.substr(at).starts_with("://")) return {};
        std::size_t colon = at + 3;
        constexpr std::string_view ends = " \t\r\n/?#\"'<>";
        while (colon < text.size() && text[colon] != ':' && text[colon] != '@' &&
               ends.find(text[colon]) == std::string_view::npos)
            ++colon;
        if (colon >= text.size() || text[colon] != ':') return {};
        std::size_t end = colon + 1;
        while (end < text.size() && text[end] != '@' && ends.find(text[end]) == std::string_view::npos) ++end;
        if (end >= text.size() || text[end] != '@' || end == colon + 1) return {};
        return {end - at, colon + 1 - at};
    }
    static replaced private_key(std::string_view text, std::size_t at) noexcept {
        constexpr std::string_view begin = "-----BEGIN ", key = "PRIVATE KEY-----";
        if (!text.substr(at).starts_with(begin)) return {};
        const std::size_t line = text.substr(at, 80).find(key);
        if (line == std::string_view::npos) return {};
        const std::size_t last = text.find(key, at + line + key.size());
        return {(last == std::string_view::npos ? text.size() : last + key.size()) - at, 0};
    }
    static constexpr bool in_file_name(char c) noexcept {
        return static_cast<unsigned char>(c) > ' ' &&
               std::string_view("/\\:;,\"'`()[]{}<>|*?").find(c) == std::string_view::npos;
    }
    static replaced home(std::string_view text, std::size_t at) noexcept {
        if (at > 0 && (in_word(text[at - 1]) || text[at - 1] == '.')) return {};  // within a longer path
        for (const std::string_view root : {"/home/", "/Users/"})
            if (text.substr(at).starts_with(root)) {
                std::size_t end = at + root.size();
                while (end < text.size() && in_file_name(text[end])) ++end;
                if (end > at + root.size()) return {end - at, 0, "~"};
            }
        constexpr std::string_view root = "/root";
        if (text.substr(at).starts_with(root) &&
            (at + root.size() == text.size() || !in_file_name(text[at + root.size()])))
            return {root.size(), 0, "~"};
        return {};
    }
    static replaced windows_home(std::string_view text, std::size_t at) noexcept {
        for (const std::string_view users : {":\\users\\", ":\\\\users\\\\", ":/users/"})
            if (begins_with(text, at + 1, users)) {
                std::size_t end = at + 1 + users.size();
                while (end < text.size() && in_file_name(text[end])) ++end;
                if (end > at + 1 + users.size()) return {end - at, 0, "~"};
            }
        return {};
    }
};

/// JSON without secrets: first what each of its strings says, names as well, however it is written (`pa\u0073s`); then the whole text,
/// for what is assigned to a name. Still JSON but for a secret across its strings. A text that is no JSON is redacted as it stands.
HAFT_COLD inline std::string redact_json(const redactor& redact, std::string_view text) {
    if (!json::is_json(text)) return redact(text);
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t begin = text.find('"');
        out.append(text.substr(0, begin));
        if (begin == std::string_view::npos) break;
        std::size_t end = begin + 1;
        while (text[end] != '"') end += text[end] == '\\' ? 2u : 1u;
        const std::string_view string = text.substr(begin, end + 1 - begin);
        const std::string said = json::string_of(string), clean = redact(said);
        if (clean == said) out.append(string);
        else out += json::string_text(clean);
        text.remove_prefix(end + 1);
    }
    return redact(out);
}

/// The most bytes of an error's text that a model is shown. (Qanot's)
inline constexpr std::size_t most_error_text = 500;

/// An error's text for a model: without secrets and home directories, and cut where a character ends. (Cut afterwards, or half a
/// key would stay.)
HAFT_COLD inline std::string error_text_for_model(std::string_view text, const redactor& redact = {},
                                                  std::size_t most = most_error_text) {
    std::string out = redact(text);
    if (out.size() <= most) return out;
    constexpr std::string_view more = "\xE2\x80\xA6";
    out.resize(cut_utf8(out, most > more.size() ? most - more.size() : 0).size());
    return out += more;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_REDACTOR_HPP
