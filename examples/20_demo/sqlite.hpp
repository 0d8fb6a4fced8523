// SPDX-License-Identifier: BSL-1.0
#ifndef DEMO_SQLITE_HPP
#define DEMO_SQLITE_HPP

/// What the demo wants of SQLite's C interface: connections and statements that close themselves, and errors as exceptions.

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace demo {

struct close_sqlite {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
    void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};
using sqlite_connection = std::unique_ptr<sqlite3, close_sqlite>;
using sqlite_statement = std::unique_ptr<sqlite3_stmt, close_sqlite>;

inline sqlite_connection open_sqlite(const std::filesystem::path& file, int flags) {
    sqlite3* db = nullptr;
    const int status = sqlite3_open_v2(file.c_str(), &db, flags, nullptr);
    sqlite_connection out(db);
    if (status != SQLITE_OK) throw std::runtime_error("can't open " + file.string() + ": " + sqlite3_errstr(status));
    return out;
}

/// The first statement of a text; null if there is none. `rest` is the text behind it.
inline sqlite_statement prepare(sqlite3* db, std::string_view sql, std::string_view* rest = nullptr) {
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v2(db, sql.data(), static_cast<int>(sql.size()), &statement, &tail) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db));
    if (rest) *rest = sql.substr(static_cast<std::size_t>(tail - sql.data()));
    return sqlite_statement(statement);
}

inline void bind_text(sqlite3_stmt* statement, int place, std::string_view text) {
    sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

inline std::string column_text(sqlite3_stmt* statement, int column) {
    const unsigned char* const text = sqlite3_column_text(statement, column);
    if (!text) return {};
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
}

}  // namespace demo

#endif  // DEMO_SQLITE_HPP
