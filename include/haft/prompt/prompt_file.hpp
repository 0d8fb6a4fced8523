// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_PROMPT_FILE_HPP
#define HAFT_PROMPT_PROMPT_FILE_HPP

/// What plugins say for prompts, kept up in files that people write in, too: TOOLS.md, SOUL.md. [PM-10, PM-11]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/write_file.hpp>
#include <haft/prompt/prompt_sections.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace haft::inline v0 {

/// What is done where the file is not there.
enum class if_absent : unsigned char { leave, create };

namespace detail {

inline constexpr std::size_t most_of_prompt_file = std::size_t{16} << 20;

HAFT_COLD inline error prompt_file_error(const std::filesystem::path& file, std::string_view what) {
    return {errc::prompt_file, concat({"the file ", file.string(), " was left as it is: ", what})};
}

/// Reads a file; one that is not there is empty.
HAFT_COLD inline result<std::string> read_prompt_file(const std::filesystem::path& file) {
    std::string text, why;
    std::error_code problem;
    if (std::filesystem::exists(file, problem) && !read_file(file, most_of_prompt_file, text, why))
        return prompt_file_error(file, why);
    return text;
}

/// Puts a text in the place of a file, so that whoever reads it finds all of the one or all of the other. A link is followed.
HAFT_COLD inline result<void> replace_file(const std::filesystem::path& file, std::string_view text) {
    if (const result<void> done = write_file(file, text); !done) return prompt_file_error(file, done.error().message);
    return {};
}

/// Where a line that says exactly that stands, from `from` on, without its line break; npos if there is none.
HAFT_COLD inline std::size_t find_line(std::string_view text, std::string_view line, std::size_t from = 0) {
    for (std::size_t at = from; (at = text.find(line, at)) != std::string_view::npos; ++at) {
        const std::size_t end = at + line.size();
        const bool begins = at == 0 || text[at - 1] == '\n';
        const bool ends = end == text.size() || text[end] == '\n' || text.substr(end, 2) == "\r\n";
        if (begins && ends) return at;
    }
    return std::string_view::npos;
}

/// A text with another one behind it, a blank line between.
HAFT_COLD inline std::string appended(std::string_view before, std::string_view more) {
    const std::string_view gap = before.empty()             ? ""
                                 : before.ends_with("\n\n") ? ""
                                 : before.ends_with('\n')   ? "\n"
                                                            : "\n\n";
    return concat({before, gap, more, "\n"});
}

}  // namespace detail

/// Keeps a plugin's section of a file between two marks, which are comments of Markdown. It is put at the end, or in the
/// place of what stands between the marks; all else stays byte for byte, and of a section that says the same already
/// nothing is written. A section without text is taken out, marks and all. The file appears with its new text at once, or
/// stays. Gives whether it was written. Errors (E0421): the name is no plugin's, the text holds such a mark, one of the
/// marks stands alone, the file can't be read or replaced. [PM-10]
HAFT_COLD inline result<bool> write_prompt_section(const std::filesystem::path& file, const prompt_section& section,
                                                   if_absent absent = if_absent::create) {
    std::error_code problem;
    if (absent == if_absent::leave && !std::filesystem::exists(file, problem)) return false;
    if (!legal_plugin_name(section.plugin))
        return detail::prompt_file_error(file, concat({in_quotes(section.plugin), " is the name of no plugin"}));
    const std::string begin = concat({"<!-- haft: begin of ", section.plugin, " -->"});
    const std::string end = concat({"<!-- haft: end of ", section.plugin, " -->"});
    const std::string_view text = detail::without_blank_ends(section.text);
    if (text.find("<!-- haft: ") != std::string_view::npos)
        return detail::prompt_file_error(file,
                                         concat({"what plugin ", section.plugin, " says holds a mark of haft's"}));
    result<std::string> read = detail::read_prompt_file(file);
    if (!read) return std::move(read.error());
    const std::string& before = *read;

    const std::size_t first = detail::find_line(before, begin);
    const std::size_t last = detail::find_line(before, end, first == std::string::npos ? 0 : first);
    if ((first == std::string::npos) != (last == std::string::npos))
        return detail::prompt_file_error(file, concat({"the line ", in_quotes(first == std::string::npos ? end : begin),
                                                       " stands there without its other half"}));
    const std::string whole = concat({begin, "\n", text, "\n", end});
    std::string after;
    if (first == std::string::npos) {
        if (text.empty()) return false;
        after = detail::appended(before, whole);
    } else {
        std::size_t behind = last + end.size();
        if (text.empty())
            behind = before.find('\n', behind) == std::string::npos ? before.size() : before.find('\n', behind) + 1;
        after = concat({std::string_view(before).substr(0, first),
                        text.empty() ? std::string_view() : std::string_view(whole),
                        std::string_view(before).substr(behind)});
    }
    if (after == before) return false;
    if (result<void> done = detail::replace_file(file, after); !done) return std::move(done.error());
    return true;
}

/// Appends a text to a file unless a line of the file is the first line of the text that says something: then it is there
/// already, and who has changed the rest of it keeps it. The same promises as above. [PM-11]
HAFT_COLD inline result<bool> append_soul(const std::filesystem::path& file, std::string_view soul_append,
                                          if_absent absent = if_absent::leave) {
    std::error_code problem;
    if (absent == if_absent::leave && !std::filesystem::exists(file, problem)) return false;
    const std::string_view text = detail::without_blank_ends(soul_append);
    if (text.empty()) return false;
    result<std::string> read = detail::read_prompt_file(file);
    if (!read) return std::move(read.error());
    if (detail::find_line(*read, detail::telling_line(text)) != std::string::npos) return false;
    if (result<void> done = detail::replace_file(file, detail::appended(*read, text)); !done)
        return std::move(done.error());
    return true;
}

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_PROMPT_FILE_HPP
