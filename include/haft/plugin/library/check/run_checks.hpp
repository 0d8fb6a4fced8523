// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_RUN_CHECKS_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_RUN_CHECKS_HPP

/// Holds a library against the contract of plugins, each check in a process of its own: what crashes or hangs there is that check's
/// result. [fault 88]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/child_process.hpp>
#include <haft/plugin/library/check/check_bench.hpp>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/check_list.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace haft::inline v0 {

enum class check_status : unsigned char { passed, warned, failed, skipped };

/// `passed` …
constexpr std::string_view name_of(check_status status) noexcept {
    return status == check_status::passed   ? "passed"
           : status == check_status::warned ? "warning"
           : status == check_status::failed ? "failed"
                                            : "skipped";
}

struct checked_library_row {
    const library_check* what;
    check_status status = check_status::passed;
    std::string text = {};  ///< how the contract is broken, or why it was not looked at
    bool is_blocked = false;  ///< skipped, since one that it needs did not pass
};

struct library_check_request {
    std::filesystem::path file = {};
    /// What the plugin is set up with, a JSON object; nothing: a plain one that fits its schema.
    std::optional<std::string> config = {};
    /// A program that calls run_library_check with what stands behind these words: the id, the configuration ("" for nothing), the file.
    std::filesystem::path program = {};
    std::vector<std::string> words = {};
    std::chrono::milliseconds time_limit{10000};  ///< of one check
};

namespace detail {

/// What the process of one check says to the one that started it: a line for each step, and the finding last.
class check_report {
public:
    HAFT_COLD explicit check_report(int to) : to_(to) {}
    HAFT_COLD void step(std::string_view what) {
        const std::lock_guard guard(mutex_);
        if (what == last_ || told_ > most_steps) return;
        last_ = what;
        told_ += what.size();
        write(concat({"at ", what, "\n"}));
    }
    HAFT_COLD void end(const check_finding& found) {
        constexpr std::string_view kinds[] = {"fine", "broken", "not-looked"};
        write(concat({"is ", kinds[static_cast<std::size_t>(found.kind)], "\n", found.text}));
    }

private:
    static constexpr std::size_t most_steps = std::size_t{1} << 18;  // well below what is read
    HAFT_COLD void write(std::string_view text) const {
        while (!text.empty()) {
            const ssize_t n = ::write(to_, text.data(), text.size());
            if (n <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(n));
        }
    }

    int to_;
    std::mutex mutex_;
    std::string last_;
    std::size_t told_ = 0;
};

HAFT_COLD inline std::string words_for_signal(int number) {
    const char* const name = ::strsignal(number);
    return concat({"signal ", decimal(static_cast<unsigned>(number)), name ? " (" : "", name ? name : "", name ? ")" : ""});
}

/// What the process of a check has come to.
HAFT_COLD inline checked_library_row read_check(const library_check& what, const child_result& from, std::chrono::milliseconds limit) {
    checked_library_row out{&what};
    std::string step, kind, text;
    for (std::size_t i = 0; i < from.output.size();) {
        std::size_t end = (std::min)(from.output.find('\n', i), from.output.size());
        const std::string_view line = std::string_view(from.output).substr(i, end - i);
        if (line.starts_with("at ")) step = line.substr(3);
        if (line.starts_with("is ")) {
            kind = line.substr(3);
            text = from.output.substr((std::min)(end + 1, from.output.size()));
            break;
        }
        i = end + 1;
    }
    const auto bad = [&](std::string why) {
        out.status = what.is_warning ? check_status::warned : check_status::failed;
        out.text = mended(why);
    };
    const std::string when = step.empty() ? std::string() : concat({" when ", step});
    if (from.end == child_end::timed_out)
        bad(concat({"it has not come back after ", decimal(static_cast<std::uint64_t>(limit.count())), " ms", when}));
    else if (from.end == child_end::signalled) bad(concat({"it crashed with ", words_for_signal(from.signal), when}));
    else if (from.end != child_end::exited) bad("nobody knows how its process ended");
    else if (kind.empty() || from.exit_code != 0)
        bad(concat({"it ended the process with exit code ", decimal(static_cast<unsigned>(from.exit_code)), when}));
    else if (kind == "broken") bad(text);
    else if (kind == "not-looked") out.status = check_status::skipped, out.text = mended(text);
    return out;
}

/// The first check that is needed and stands in the way; "". What had nothing to look at stands in nobody's.
HAFT_COLD inline std::string_view lacking(const library_check& what, const std::vector<checked_library_row>& before) {
    for (std::string_view rest = what.needs; !rest.empty();) {
        const std::string_view id = rest.substr(0, rest.find(' '));
        for (const checked_library_row& row : before)
            if (row.what->id == id && (row.status == check_status::failed || row.status == check_status::warned || row.is_blocked)) return id;
        rest.remove_prefix((std::min)(id.size() + 1, rest.size()));
    }
    return {};
}

}  // namespace detail

/// One check, in this process, which is not to be used for anything else: for the program of a library_check_request, with what follows
/// its words. Gives the exit code. Where there is no such check it is 2.
HAFT_COLD inline int run_library_check(std::string_view id, std::string_view config, const std::filesystem::path& file) {
    // Standard output is for the report, and what the library writes there is none.
    const int report = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 100);
    if (report < 0) return 2;
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
    static auto& to = *new detail::check_report(report);  // until the last thread of the library has ended
    for (const library_check& one : library_checks()) {
        if (one.id != id) continue;
        static auto& bench = *new detail::check_bench(file, config.empty() ? std::nullopt : std::optional<std::string>(config),
                                               [](std::string_view step) { to.step(step); });
        detail::check_finding found;
        try {
            found = one.look(bench);
        } catch (const detail::check_obstacle& e) { found = {detail::finding_kind::not_looked, e.why}; }
        to.end(found);
        // Only those that look at it run what runs at the end of a process.
        if (!one.id.starts_with("unload.exit")) ::_exit(0);
        return 0;
    }
    return 2;
}

/// All checks, in their order. Those that need another one that did not pass are skipped. An error (E0441): the program can't be run.
/// Requires what run_child requires.
HAFT_COLD inline result<std::vector<checked_library_row>> check_library(const library_check_request& what) {
    std::vector<checked_library_row> out;
    std::error_code problem;
    const std::filesystem::path file = std::filesystem::absolute(what.file, problem);
    for (const library_check& one : library_checks()) {
        if (const std::string_view lacks = detail::lacking(one, out); !lacks.empty()) {
            out.push_back({&one, check_status::skipped, concat({"needs ", lacks}), true});
            continue;
        }
        child_request child{.program = what.program, .argv = what.words, .time_limit = what.time_limit};
        child.argv.insert(child.argv.end(), {std::string(one.id), what.config.value_or(std::string()), file.string()});
        child.grace = std::chrono::milliseconds(100);
        const result<child_result> done = run_child(child);
        if (!done) return done.error();
        out.push_back(detail::read_check(one, *done, what.time_limit));
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_RUN_CHECKS_HPP
