// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TALK_CHAT_LINES_HPP
#define HAFT_TALK_CHAT_LINES_HPP

/// What a person types in a chat, line by line, until it is a message: `!multi … !end`, `!edit`, `!fragment`, `exit`. Text in, text out.
/// [CM-07, llm's chat]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What a line has come to.
struct chat_entry {
    enum class kind : unsigned char {
        more,     ///< nothing yet: the message goes on, or the line was blank
        message,  ///< `text`, behind `fragments`
        edit,     ///< the person's editor is wanted, with `text` in it; what it leaves is for `whole`
        end,      ///< the person wants to go
        wrong,    ///< `problem` says what is wrong with the line, which is dropped
    };
    kind what = kind::more;
    std::string text = {};
    std::vector<std::string> fragments = {};  ///< what `!fragment` has named, as load_fragments reads it
    error problem = {};                       ///< E0386
};

/// One word of the chat's own, for help and completion.
struct chat_word {
    std::string_view name;
    std::string_view about;
};
inline constexpr std::array<chat_word, 6> chat_words{{
    {"!edit", "write the message in your editor; what stands behind it is there already"},
    {"!end", "send the lines since !multi"},
    {"!fragment", "put fragments before the message: a file, or prefix:argument"},
    {"!multi", "begin a message of several lines; !multi WORD ends at !end WORD"},
    {"exit", "leave; so does quit"},
    {"quit", "leave"},
}};

/// Reads lines. One thread.
class chat_lines {
public:
    /// Takes the next line, without its line break.
    HAFT_COLD chat_entry take(std::string_view line) {
        const std::string_view said = trimmed(line);
        if (end_) return said == *end_ ? close() : go_on(line);
        const std::string_view word = said.substr(0, said.find_first_of(blanks));
        const std::string_view rest = trimmed(said.substr(word.size()));
        if (said == "exit" || said == "quit" || said == "!exit" || said == "!quit") return {.what = chat_entry::kind::end};
        if (word == "!multi") {
            end_ = concat({"!end", rest.empty() ? "" : " ", rest});
            return {};
        }
        if (word == "!edit") return {.what = chat_entry::kind::edit, .text = std::string(rest)};
        if (word == "!end") return wrong("!end ends what !multi begins, and no !multi is open");
        if (word != "!fragment" && word.starts_with('!')) {
            nearest_name nearest(word);
            for (const chat_word& one : chat_words) nearest.consider(one.name);
            if (!nearest.name().empty() && nearest.name().starts_with('!')) {  // else it is something to say
                std::string text = concat({"the chat has no command ", in_quotes(word)});
                append_did_you_mean(text, nearest.name());
                return wrong(std::move(text));
            }
        }
        return said.empty() ? chat_entry() : whole(line);
    }
    /// A whole message, as an editor leaves it: lines with `!fragment` name fragments, the others are the text. `more` for a blank one.
    HAFT_COLD chat_entry whole(std::string_view text) const {
        chat_entry out;
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            if (error problem; !add_line(out, text.substr(0, end), problem))
                return {.what = chat_entry::kind::wrong, .problem = std::move(problem)};
            text = end == text.npos ? std::string_view() : text.substr(end + 1);
        }
        while (out.text.ends_with('\n')) out.text.pop_back();
        if (trimmed(out.text).empty()) out.text.clear();
        if (!out.text.empty() || !out.fragments.empty()) out.what = chat_entry::kind::message;
        return out;
    }

    /// What ends the message that is open: `!end`, `!end WORD`; "" if none is.
    std::string_view ends_at() const noexcept { return end_ ? std::string_view(*end_) : std::string_view(); }
    /// Drops the message that is open.
    void forget() noexcept {
        end_.reset();
        lines_.clear();
    }

private:
    static constexpr std::string_view blanks = " \t\r\n";

    static std::string_view trimmed(std::string_view text) noexcept {
        const std::size_t first = text.find_first_not_of(blanks);
        if (first == text.npos) return {};
        return text.substr(first, text.find_last_not_of(blanks) + 1 - first);
    }
    static chat_entry wrong(std::string why) {
        return {.what = chat_entry::kind::wrong, .problem = error{errc::bad_chat_line, std::move(why)}};
    }
    HAFT_COLD chat_entry go_on(std::string_view line) {
        append_all(lines_, {line, "\n"});
        return {};
    }
    HAFT_COLD chat_entry close() {
        chat_entry out = whole(lines_);
        forget();
        return out;
    }
    /// False: `problem` says why not.
    HAFT_COLD static bool add_line(chat_entry& to, std::string_view line, error& problem) {
        const std::string_view said = trimmed(line);
        const std::string_view word = said.substr(0, said.find_first_of(blanks));
        if (word != "!fragment") {
            append_all(to.text, {line, "\n"});
            return true;
        }
        const std::size_t before = to.fragments.size();
        for (std::string_view rest = trimmed(said.substr(word.size())); !rest.empty();) {
            const std::size_t end = (std::min)(rest.find_first_of(blanks), rest.size());
            to.fragments.emplace_back(rest.substr(0, end));
            rest = trimmed(rest.substr(end));
        }
        if (to.fragments.size() != before) return true;
        problem = error{errc::bad_chat_line, "!fragment wants to know which: a file, or prefix:argument, several with blanks between"};
        return false;
    }

    std::optional<std::string> end_;
    std::string lines_;
};

}  // namespace haft::inline v0

#endif  // HAFT_TALK_CHAT_LINES_HPP
