// SPDX-License-Identifier: BSL-1.0
// That the SQL tool answers, and that no text makes it do anything but answer.
#include "query_docs.hpp"

#include "pages.hpp"
#include "sqlite.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace fs = std::filesystem;

namespace {

/// A folder with a few pages, gone at the end.
class project {
public:
    project() {
        std::string pattern = (fs::temp_directory_path() / "haft-demo-XXXXXX").string();
        if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
        root = pattern;
        write("README.md", "# Pens\n\nHow to write.\n");
        write("docs/errors/E0001.md",
              "# E0001: an ink blot\n\n## Wrong\n\n```sh\n# not a heading\n```\n\n## Right\n\nSlowly.\n\n## Why\n\nIt "
              "drips.\n");
        write("docs/errors/E0002.md", "# E0002: no paper\n\n## Why\n\nIt is used up.\n");
        write("docs/errors/README.md", "# All errors\n");
    }
    project(const project&) = delete;
    project& operator=(const project&) = delete;
    ~project() {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }
    void write(const std::string& name, std::string_view text) const {
        fs::create_directories((root / name).parent_path());
        std::ofstream(root / name, std::ios::binary) << text;
    }
    fs::path file() const { return root / "docs.sqlite"; }

    fs::path root;
};

using rows = std::vector<std::vector<std::string>>;

demo::docs_rows ask(const project& p, const std::string& sql, const std::vector<std::string>& values = {},
                    int limit = 50) {
    return demo::docs(p.root, p.file()).query({sql, values, limit});
}

std::string refusal(const project& p, const std::string& sql, const std::vector<std::string>& values = {}) {
    try {
        ask(p, sql, values);
    } catch (const std::exception& e) { return e.what(); }
    return "no refusal";
}

}  // namespace

TEST_CASE("the pages are tables") {
    const project p;
    const demo::docs_rows errors = ask(p, "SELECT * FROM errors ORDER BY code");
    CHECK(errors.columns == std::vector<std::string>{"code", "title", "wrong", "right", "why"});
    CHECK(errors.rows == rows{{"E0001", "an ink blot", "```sh\n# not a heading\n```", "Slowly.", "It drips."},
                              {"E0002", "no paper", "", "", "It is used up."}});
    CHECK_FALSE(errors.more);
    CHECK(ask(p, "SELECT page, heading FROM docs WHERE text LIKE 'How%'").rows == rows{{"README.md", "Pens"}});
    CHECK(ask(p, "SELECT count(*) AS n FROM docs").rows == rows{{"8"}});
    if (sqlite3_compileoption_used("ENABLE_FTS5"))
        CHECK(ask(p, "SELECT page FROM docs WHERE docs MATCH 'drips'").rows == rows{{"docs/errors/E0001.md"}});
}

TEST_CASE("values are bound, never part of the statement") {
    const project p;
    CHECK(ask(p, "SELECT code FROM errors WHERE title = ?", {"no paper"}).rows == rows{{"E0002"}});
    CHECK(ask(p, "SELECT code FROM errors WHERE title = ?", {"' OR 1 = 1 --"}).rows.empty());
    CHECK(refusal(p, "SELECT ?, ?", {"a"}).starts_with("the statement has 2 parameters and there are 1 values"));
}

TEST_CASE("rows end at the limit, and it is said") {
    const project p;
    CHECK(ask(p, "SELECT code FROM errors", {}, 1).rows.size() == 1);
    CHECK(ask(p, "SELECT code FROM errors", {}, 1).more);
    CHECK_FALSE(ask(p, "SELECT code FROM errors", {}, 2).more);
    const std::string many =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT printf('%.60000c', 'x') FROM n";
    CHECK(ask(p, many, {}, 200).rows.size() < 7);  // a quarter of a mebibyte
    CHECK(ask(p, many, {}, 200).more);
}

TEST_CASE("what SQLite refuses is told with the tables") {
    const project p;
    CHECK(refusal(p, "SELECT name FROM errors") ==
          "no such column: name. The tables are errors(code, title, wrong, right, why) and docs(page, heading, text)");
    CHECK(refusal(p, "SELECT 1 FROM error").starts_with("no such table: error. The tables are errors(code, "));
    CHECK(refusal(p, "SELEC 1").starts_with("near \"SELEC\": syntax error. The tables are"));
    CHECK(refusal(p, " -- nothing").starts_with("there is no statement in it"));
}

TEST_CASE("nothing but reading, one statement at a time") {
    const project p;
    ask(p, "SELECT 1");
    const auto before = fs::last_write_time(p.file());
    for (const char* sql : {"DELETE FROM errors",
                            "DROP TABLE errors",
                            "INSERT INTO errors VALUES(1, 2, 3, 4, 5)",
                            "UPDATE errors SET why = ''",
                            "CREATE TABLE t(x)",
                            "CREATE TEMP TABLE t(x)",
                            "CREATE TEMP VIEW v AS SELECT 1",
                            "ATTACH ':memory:' AS a",
                            "ATTACH 'other.sqlite' AS a",
                            "DETACH main",

                            "PRAGMA journal_mode = WAL",
                            "PRAGMA writable_schema = 1",
                            "PRAGMA user_version = 7",
                            "PRAGMA query_only = 0",
                            "BEGIN",
                            "COMMIT",
                            "REINDEX",
                            "ANALYZE",
                            "SELECT load_extension('libm.so')",
                            "INSERT INTO docs(docs) VALUES('optimize')",
                            "EXPLAIN DELETE FROM errors"}) {
        CAPTURE(sql);
        CHECK(refusal(p, sql).starts_with("not authorized"));
    }
    CHECK(refusal(p, "VACUUM INTO '" + (p.root / "copy.sqlite").string() + "'").starts_with("only SELECT is allowed"));
    CHECK(refusal(p, "SELECT 1; SELECT 2").starts_with("one statement at a time"));
    CHECK(refusal(p, "SELECT 1; DROP TABLE errors").starts_with("one statement at a time"));
    CHECK(ask(p, "SELECT 1 ; ").rows == rows{{"1"}});
    CHECK(ask(p, "SELECT count(*) FROM errors").rows == rows{{"2"}});
    CHECK((fs::last_write_time(p.file()) == before));  // libc++ has no text for its 128 bits
    CHECK_FALSE(fs::exists(p.root / "copy.sqlite"));
    CHECK(ask(p, "PRAGMA table_info(errors)").rows.size() == 5);
}

TEST_CASE("a query that would not end is stopped") {
    const project p;
    CHECK(refusal(p, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
              .starts_with("stopped after 500 ms"));
    CHECK(refusal(p, "SELECT randomblob(1000000000)").starts_with("string or blob too big"));
}

TEST_CASE("the database follows the pages, and is left alone while they stay") {
    const project p;
    demo::build_pages(p.root, p.file());
    const auto made = fs::last_write_time(p.file());
    demo::build_pages(p.root, p.file());
    CHECK((fs::last_write_time(p.file()) == made));
    p.write("docs/errors/E0003.md", "# E0003: a broken nib\n");
    CHECK(ask(p, "SELECT title FROM errors WHERE code = 'E0003'").rows == rows{{"a broken nib"}});
    p.write("docs/errors/E0003.md", "# E0003: a broken cap\n");
    CHECK(ask(p, "SELECT title FROM errors WHERE code = 'E0003'").rows == rows{{"a broken cap"}});
    for (const std::size_t bytes : {10u, 10'000u}) {
        std::ofstream(p.file(), std::ios::binary) << std::string(bytes, 'x');  // no database any more
        CHECK(ask(p, "SELECT count(*) FROM errors").rows == rows{{"3"}});
    }
}

TEST_CASE("a folder without pages has tables without rows") {
    const project p;
    fs::remove_all(p.root / "docs");
    fs::remove(p.root / "README.md");
    CHECK(ask(p, "SELECT * FROM errors").rows.empty());
    CHECK(ask(p, "SELECT * FROM docs").columns == std::vector<std::string>{"page", "heading", "text"});
}
