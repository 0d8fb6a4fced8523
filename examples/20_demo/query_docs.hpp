// SPDX-License-Identifier: BSL-1.0
#ifndef DEMO_QUERY_DOCS_HPP
#define DEMO_QUERY_DOCS_HPP

/// SQL from whoever calls, on a real database, and yet nothing can be changed: one SELECT, limited in time and size.

#include <haft/tool.hpp>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace demo {

struct docs_query {
    std::string sql;
    std::vector<std::string> values;
    int limit = 50;

    static constexpr std::array haft_fields{
        haft::field{"sql", "One SELECT statement, for example SELECT code, title FROM errors WHERE why LIKE '%null%'",
                    haft::min_length(1), haft::max_length(4000)},
        haft::field{"values", "A text for each ? in the statement", haft::max_items(20), haft::not_required},
        haft::field{"limit", "Most rows to give", haft::minimum(1), haft::maximum(200)}};
};

struct docs_rows {
    std::vector<std::string> columns;
    std::vector<std::vector<std::string>> rows;
    bool more;

    static constexpr std::array haft_fields{haft::field{"rows", "Values as text; NULL is an empty one"},
                                            haft::field{"more", "There are rows beyond the limit"}};
};

/// The pages of a project (see pages.hpp), made into `file` at the first query. Safe to call from several threads.
class docs {
public:
    docs(std::filesystem::path root, std::filesystem::path file) : root_(std::move(root)), file_(std::move(file)) {}

    /// Throws what SQLite says, with the tables and their columns, so that the caller can try again.
    docs_rows query(const docs_query& query);

private:
    void build();

    std::filesystem::path root_;
    std::filesystem::path file_;
    std::mutex guard_;
    bool built_ = false;
};

}  // namespace demo

#endif  // DEMO_QUERY_DOCS_HPP
