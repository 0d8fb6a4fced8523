// SPDX-License-Identifier: BSL-1.0
// A toolbox over a real SQLite file: opened once, read by SQL, its configuration recorded so that it can be opened again.
#include <haft/toolbox.hpp>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <sqlite3.h>
#include <unistd.h>

namespace fs = std::filesystem;

class SQLite {
public:
    struct config {
        std::string path;
        int most_rows = 100;
        static constexpr std::array haft_fields{haft::field{"path", "The database file", haft::min_length(1)},
                                                haft::field{"most_rows", "Rows in one answer", haft::minimum(1)}};
    };
    struct statement {
        std::string sql;
        static constexpr std::array haft_fields{haft::field{"sql", "One SELECT"}};
    };
    using rows = std::vector<std::vector<std::string>>;

    explicit SQLite(config c) : config_(std::move(c)) {}
    void prepare() {
        sqlite3* db = nullptr;
        const int status = sqlite3_open_v2(config_.path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr);
        db_.reset(db);
        if (status != SQLITE_OK) throw std::runtime_error("can't open " + config_.path + ": " + sqlite3_errstr(status));
        sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);  // else ATTACH would read any other database of this machine
    }

    rows query(const statement& s) const {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v2(db_.get(), s.sql.c_str(), -1, &made, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_.get()));
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> running(made, &sqlite3_finalize);
        rows out;
        int step = SQLITE_DONE;
        while ((step = sqlite3_step(running.get())) == SQLITE_ROW &&
               out.size() < static_cast<std::size_t>(config_.most_rows)) {
            std::vector<std::string>& row = out.emplace_back();
            for (int i = 0; i < sqlite3_column_count(running.get()); ++i) {
                const unsigned char* const text = sqlite3_column_text(running.get(), i);
                row.emplace_back(text ? reinterpret_cast<const char*>(text) : "NULL");
            }
        }
        if (step != SQLITE_ROW && step != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_.get()));
        return out;
    }
    rows schema() const { return query({"SELECT sql FROM sqlite_master ORDER BY name"}); }

    static consteval auto haft_toolbox() {
        return haft::toolbox_words(
            haft::about{.description = "A SQLite database", .effect = haft::read_only, .hints = haft::closed_world},
            haft::method<&SQLite::query>("Ask the database in SQL"),
            haft::method<&SQLite::schema>("How its tables were made"));
    }

private:
    config config_;
    std::unique_ptr<sqlite3, int (*)(sqlite3*)> db_{nullptr, &sqlite3_close_v2};
};

namespace {

void show(const haft::toolset& tools, std::string_view name, std::string_view arguments) {
    const haft::result<std::string> answer = tools.call(name, arguments);
    std::printf("%.*s %.*s\n  %s\n", static_cast<int>(name.size()), name.data(), static_cast<int>(arguments.size()),
                arguments.data(), (answer ? *answer : answer.error().text()).c_str());
}

}  // namespace

int main() {
    const fs::path folder = fs::temp_directory_path() / ("haft_sqlite_" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const std::string file = (folder / "ships.db").string();
    {
        sqlite3* db = nullptr;
        sqlite3_open(file.c_str(), &db);
        sqlite3_exec(db,
                     "CREATE TABLE ship(name TEXT, built INT); INSERT INTO ship "
                     "VALUES('Vasa',1628),('Kronan',1668),('Svea',NULL)",
                     nullptr, nullptr, nullptr);
        sqlite3_close(db);
    }
    const haft::result<haft::toolbox> ships = haft::make_toolbox<SQLite>({.path = file}, "ships");
    const haft::result<haft::toolset> tools = ships->tools();
    if (!tools) return std::fprintf(stderr, "%s\n", tools.error().text().c_str()), 1;
    show(*tools, "ships.schema", "{}");
    show(*tools, "ships.query", R"({"sql":"SELECT name, built FROM ship ORDER BY name"})");
    show(*tools, "ships.query", R"({"sql":"DELETE FROM ship"})");
    show(*tools, "ships.query", R"({"sql":"SELECT cargo FROM ship"})");
    show(*tools, "ships.query", R"({"sql":"ATTACH ':memory:' AS other"})");

    const haft::result<haft::toolbox> again = ships->of().make(ships->config(), "again");  // as from a log
    std::printf("opened again: %s\n",
                again->tools()->call("again.query", R"({"sql":"SELECT count(*) FROM ship"})")->c_str());
    fs::remove_all(folder);
}
