// SPDX-License-Identifier: BSL-1.0
#include "query_docs.hpp"

#include "pages.hpp"
#include "sqlite.hpp"

#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string_view>

namespace demo {

namespace {

using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_query{500};
constexpr int largest_value = 64 << 10;             // bytes of one value
constexpr std::size_t largest_answer = 256u << 10;  // bytes of all values

/// SQLite asks this about everything that a statement would do, before it runs.
int only_reading(void*, int action, const char* first, const char* second, const char*, const char*) {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE: return SQLITE_OK;
        case SQLITE_FUNCTION: return std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        // FTS5 asks for the version itself; table_info is how to look at a table.
        case SQLITE_PRAGMA:
            return std::string_view(first) == "data_version" || std::string_view(first) == "table_info" ? SQLITE_OK
                                                                                                        : SQLITE_DENY;
        default: return SQLITE_DENY;  // ATTACH, and whatever else there is or will be
    }
}

int beyond(void* deadline) { return clock::now() > *static_cast<const clock::time_point*>(deadline); }

/// `errors(code, title, …) and docs(page, …)`, from the database itself.
std::string tables(sqlite3* db) {
    const sqlite_statement statement = prepare(
        db,
        "SELECT m.name || '(' || group_concat(c.name, ', ') || ')' FROM sqlite_schema m, pragma_table_info(m.name) c "
        "WHERE m.type = 'table' AND m.name NOT LIKE 'docs!_%' ESCAPE '!' GROUP BY m.name ORDER BY min(m.rowid)");
    std::string out;
    while (sqlite3_step(statement.get()) == SQLITE_ROW)
        out += (out.empty() ? "" : " and ") + column_text(statement.get(), 0);
    return out;
}

/// A connection that can do nothing but read this one file.
sqlite_connection open_guarded(const std::filesystem::path& file, std::string& known_tables) {
    sqlite_connection db = open_sqlite(file, SQLITE_OPEN_READONLY);
    sqlite3_db_config(db.get(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(db.get(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(db.get(), SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(db.get(), SQLITE_LIMIT_LENGTH, largest_value);
    sqlite3_hard_heap_limit64(64 << 20);  // of the whole process; nothing else here uses SQLite
    known_tables = tables(db.get());
    sqlite3_set_authorizer(db.get(), only_reading, nullptr);
    return db;
}

sqlite_statement one_select(sqlite3* db, std::string_view sql) {
    std::string_view rest;
    sqlite_statement statement = prepare(db, sql, &rest);
    if (!statement) throw std::invalid_argument("there is no statement in it");
    if (rest.find_first_not_of(" \t\r\n;") != std::string_view::npos)
        throw std::invalid_argument("one statement at a time; there is text after the first");
    if (!sqlite3_stmt_readonly(statement.get()) || sqlite3_column_count(statement.get()) == 0)
        throw std::invalid_argument("only SELECT is allowed");
    return statement;
}

void bind_values(sqlite3_stmt* statement, const std::vector<std::string>& values) {
    const auto wanted = static_cast<std::size_t>(sqlite3_bind_parameter_count(statement));
    if (wanted != values.size())
        throw std::invalid_argument("the statement has " + std::to_string(wanted) + " parameters and there are " +
                                    std::to_string(values.size()) + " values");
    int place = 0;
    for (const std::string& value : values) bind_text(statement, ++place, value);
}

docs_rows collect(sqlite3* db, sqlite3_stmt* statement, std::size_t limit) {
    docs_rows out{};
    const int columns = sqlite3_column_count(statement);
    for (int i = 0; i < columns; ++i) out.columns.emplace_back(sqlite3_column_name(statement, i));
    std::size_t bytes = 0;
    for (;;) {
        const int status = sqlite3_step(statement);
        if (status == SQLITE_DONE) return out;
        if (status == SQLITE_INTERRUPT)
            throw std::runtime_error("stopped after " + std::to_string(longest_query.count()) +
                                     " ms; ask for less, or with a condition");
        if (status != SQLITE_ROW) throw std::runtime_error(sqlite3_errmsg(db));
        if (out.rows.size() == limit || bytes > largest_answer) {
            out.more = true;
            return out;
        }
        std::vector<std::string>& row = out.rows.emplace_back();
        for (int i = 0; i < columns; ++i) {
            row.push_back(column_text(statement, i));
            bytes += row.back().size();
        }
    }
}

}  // namespace

void docs::build() {
    const std::lock_guard lock(guard_);
    if (!built_) build_pages(root_, file_);
    built_ = true;
}

docs_rows docs::query(const docs_query& query) {
    build();
    std::string known_tables;
    const sqlite_connection db = open_guarded(file_, known_tables);
    clock::time_point deadline = clock::now() + longest_query;
    sqlite3_progress_handler(db.get(), 1000, beyond, &deadline);
    try {
        const sqlite_statement statement = one_select(db.get(), query.sql);
        bind_values(statement.get(), query.values);
        return collect(db.get(), statement.get(), static_cast<std::size_t>(query.limit));
    } catch (const std::exception& e) {
        throw std::runtime_error(std::string(e.what()) + ". The tables are " + known_tables);
    }
}

}  // namespace demo
