// SPDX-License-Identifier: BSL-1.0
#ifndef DEMO_FILES_HPP
#define DEMO_FILES_HPP

/// Ordinary C++: a text search and a reader of line ranges over one folder of real files. Nothing here knows of haft but
/// the words that stand beside the members.

#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace demo {

enum class letter_case { ignore, match };
BOOST_DESCRIBE_ENUM(letter_case, ignore, match)

struct search_query {
    std::string text;
    std::string folder = ".";
    std::optional<std::string> extension;
    demo::letter_case letter_case = letter_case::ignore;
    int limit = 20;

    static constexpr std::array haft_fields{
        haft::field{"text", "Text to look for, as it stands in the file", haft::min_length(1), haft::max_length(200)},
        haft::field{"folder", "Folder to search, relative to the root"},
        haft::field{"extension", "Only files that end so, for example .hpp"},
        haft::field{"letter_case", "Whether upper and lower case differ"},
        haft::field{"limit", "Most matches to give", haft::minimum(1), haft::maximum(200)}};
};

struct text_match {
    std::string file;
    int line;
    std::string text;
};

struct search_result {
    std::vector<text_match> matches;
    int files_searched;
    bool more;  // there were matches beyond the limit

    static constexpr std::array haft_fields{haft::field{"more", "There are matches beyond the limit"}};
};

struct line_range {
    int first = 1;
    int last = 40;

    static constexpr std::array haft_fields{haft::field{"first", "First line, counted from 1", haft::minimum(1)},
                                            haft::field{"last", "Last line, itself included", haft::minimum(1)}};
};

struct read_query {
    std::string file;
    std::optional<line_range> lines;

    static constexpr std::array haft_fields{
        haft::field{"file", "File to read, relative to the root", haft::min_length(1)},
        haft::field{"lines", "Which lines; by default the first 40"}};
};

struct list_query {
    std::string folder = ".";
    std::optional<std::string> extension;

    static constexpr std::array haft_fields{haft::field{"folder", "Folder to list, relative to the root"},
                                            haft::field{"extension", "Only files that end so, for example .md"}};
};

struct file_entry {
    std::string file;
    std::size_t bytes;
};

/// Files under one root. No path leads out of it, symbolic links included.
class files {
public:
    explicit files(std::filesystem::path root) : root_(std::filesystem::canonical(root)) {}

    search_result search(const search_query& query) const;
    std::string read(const read_query& query) const;
    std::vector<file_entry> list(const list_query& query) const;

private:
    std::filesystem::path inside(const std::string& relative) const;
    std::vector<std::filesystem::path> collect(const std::string& folder,
                                               const std::optional<std::string>& extension) const;

    std::filesystem::path root_;
};

}  // namespace demo

#endif  // DEMO_FILES_HPP
