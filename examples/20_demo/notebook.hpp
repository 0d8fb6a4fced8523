// SPDX-License-Identifier: BSL-1.0
#ifndef DEMO_NOTEBOOK_HPP
#define DEMO_NOTEBOOK_HPP

/// State: a notebook that lives in a file and outlasts the program.

#include <haft/tool.hpp>

#include <boost/describe/enum.hpp>

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace demo {

enum class priority { low, normal, high };
BOOST_DESCRIBE_ENUM(priority, low, normal, high)

struct new_note {
    std::string text;
    demo::priority priority = priority::normal;
    std::vector<std::string> tags;

    static constexpr std::array haft_fields{
        haft::field{"text", "What to remember", haft::min_length(1), haft::max_length(2000)},
        haft::field{"priority", "How much it matters"},
        haft::field{"tags", "Words to find it by", haft::max_items(8), haft::not_required}};
};

struct note {
    int number;
    std::string text;
    demo::priority priority;
    std::vector<std::string> tags;
};

struct note_query {
    std::optional<std::string> tag;

    static constexpr std::array haft_fields{haft::field{"tag", "Only notes with this tag"}};
};

struct note_number {
    int number;

    static constexpr std::array haft_fields{haft::field{"number", "The note's number", haft::minimum(1)}};
};

/// Notes in a text file, one a line. The file is replaced whole at every change, so that a crash leaves the old notes
/// or the new. Safe to call from several threads, not from several processes.
class notebook {
public:
    explicit notebook(std::filesystem::path file);

    note add(const new_note& words);
    std::vector<note> read(const note_query& query) const;
    /// Throws std::out_of_range if there is no such note.
    void erase(const note_number& which);

private:
    void save(const std::vector<note>& notes) const;

    std::filesystem::path file_;
    mutable std::mutex guard_;
    std::vector<note> notes_;
};

}  // namespace demo

#endif  // DEMO_NOTEBOOK_HPP
