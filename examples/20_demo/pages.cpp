// SPDX-License-Identifier: BSL-1.0
#include "pages.hpp"

#include "sqlite.hpp"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

namespace demo {

namespace fs = std::filesystem;

namespace {

struct page {
    std::string name;  // relative to the root
    std::string text;
};

struct section {
    std::string heading;
    std::string text;
};

std::vector<page> read_pages(const fs::path& root) {
    std::vector<fs::path> files;
    if (fs::is_regular_file(root / "README.md")) files.push_back(root / "README.md");
    if (fs::is_directory(root / "docs"))
        for (const auto& entry : fs::recursive_directory_iterator(root / "docs"))
            if (entry.is_regular_file() && entry.path().extension() == ".md") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<page> out;
    for (const fs::path& file : files) {
        std::ifstream in(file, std::ios::binary);
        out.push_back({file.lexically_relative(root).generic_string(),
                       {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
    }
    return out;
}

/// Which pages these are: FNV-1a over names and texts, as SQLite's user_version can hold it. Never 0.
std::int32_t mark_of(const std::vector<page>& pages) {
    std::uint32_t hash = 2166136261u;
    const auto add = [&](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
        hash = (hash ^ 0xFFu) * 16777619u;
    };
    for (const page& p : pages) add(p.name), add(p.text);
    return static_cast<std::int32_t>(hash >> 2 | 1u);
}

std::int32_t mark_of(const fs::path& file) {
    if (!fs::exists(file)) return 0;
    const sqlite_connection db = open_sqlite(file, SQLITE_OPEN_READONLY);
    const sqlite_statement statement = prepare(db.get(), "PRAGMA user_version");
    // What is no database fails here, and will be made anew.
    return sqlite3_step(statement.get()) == SQLITE_ROW ? sqlite3_column_int(statement.get(), 0) : 0;
}

/// A page from heading to heading; what looks like one within a block of code is none.
std::vector<section> sections_of(const std::string& text) {
    std::vector<section> out;
    bool code = false;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("```")) code = !code;
        const std::size_t level = line.find_first_not_of('#');
        if (!code && level != std::string::npos && level > 0 && level < 7 && line[level] == ' ')
            out.push_back({line.substr(level + 1), ""});
        else if (!out.empty()) out.back().text += line + '\n';
    }
    for (section& s : out) {
        const std::size_t first = s.text.find_first_not_of('\n');
        const std::size_t last = s.text.find_last_not_of('\n');
        s.text = first == std::string::npos ? "" : s.text.substr(first, last - first + 1);
    }
    return out;
}

void run(sqlite3* db, const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error(sqlite3_errmsg(db));
}

void insert(sqlite3* db, std::string_view sql, std::initializer_list<std::string_view> values) {
    const sqlite_statement statement = prepare(db, sql);
    int place = 0;
    for (const std::string_view value : values) bind_text(statement.get(), ++place, value);
    if (sqlite3_step(statement.get()) != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db));
}

/// `# E0202: a value of the wrong type` begins a page of errors.
bool is_error_page(const page& p, const std::vector<section>& sections) {
    return p.name.starts_with("docs/errors/E") && !sections.empty() &&
           sections[0].heading.find(": ") != std::string::npos;
}

void fill(sqlite3* db, const std::vector<page>& pages) {
    run(db, "CREATE TABLE errors(code TEXT PRIMARY KEY, title TEXT, wrong TEXT, right TEXT, why TEXT)");
    run(db, sqlite3_compileoption_used("ENABLE_FTS5") ? "CREATE VIRTUAL TABLE docs USING fts5(page, heading, text)"
                                                      : "CREATE TABLE docs(page TEXT, heading TEXT, text TEXT)");
    for (const page& p : pages) {
        const std::vector<section> sections = sections_of(p.text);
        for (const section& s : sections) insert(db, "INSERT INTO docs VALUES(?, ?, ?)", {p.name, s.heading, s.text});
        if (!is_error_page(p, sections)) continue;
        const auto part = [&](std::string_view heading) -> std::string_view {
            for (const section& s : sections)
                if (s.heading == heading) return s.text;
            return {};
        };
        const std::string_view first = sections[0].heading;
        const std::size_t colon = first.find(": ");
        insert(db, "INSERT OR REPLACE INTO errors VALUES(?, ?, ?, ?, ?)",
               {first.substr(0, colon), first.substr(colon + 2), part("Wrong"), part("Right"), part("Why")});
    }
}

}  // namespace

void build_pages(const fs::path& root, const fs::path& file) {
    const std::vector<page> pages = read_pages(root);
    const std::int32_t mark = mark_of(pages);
    if (mark_of(file) == mark) return;
    const fs::path fresh = file.string() + "." + std::to_string(::getpid());  // two first starts at once build two
    fs::remove(fresh);
    try {
        const sqlite_connection db = open_sqlite(fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        run(db.get(), "PRAGMA journal_mode = OFF; BEGIN");
        fill(db.get(), pages);
        run(db.get(), "PRAGMA user_version = " + std::to_string(mark) + "; COMMIT");
    } catch (...) {
        std::error_code ignored;
        fs::remove(fresh, ignored);
        throw;
    }
    fs::rename(fresh, file);
}

}  // namespace demo
