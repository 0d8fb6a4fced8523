// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_LIBRARY_REPORT_HPP
#define HAFT_HOST_LIBRARY_REPORT_HPP

/// What checks of a library have found, for people and for programs.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/host/table.hpp>
#include <haft/host/terminal.hpp>
#include <haft/json/string_text.hpp>
#include <haft/plugin/library/check/check_list.hpp>
#include <haft/plugin/library/check/run_checks.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

struct library_counts {
    std::size_t passed = 0, warned = 0, failed = 0, skipped = 0;
};
HAFT_COLD inline library_counts count_of(const std::vector<checked_library_row>& rows) {
    library_counts out;
    for (const checked_library_row& one : rows)
        ++(one.status == check_status::passed   ? out.passed
           : one.status == check_status::warned ? out.warned
           : one.status == check_status::failed ? out.failed
                                                : out.skipped);
    return out;
}

/// `101 passed, 1 failed, 2 skipped`
HAFT_COLD inline std::string counts_text(const library_counts& counts) {
    std::string out = concat({decimal(counts.passed), " passed"});
    if (counts.failed) append_all(out, {", ", decimal(counts.failed), " failed"});
    if (counts.warned) append_all(out, {", ", decimal(counts.warned), counts.warned == 1 ? " warning" : " warnings"});
    if (counts.skipped) append_all(out, {", ", decimal(counts.skipped), " skipped"});
    return out;
}

/// One line for each check that did not pass, or for each of `all`, and how many there are of which kind.
HAFT_COLD inline std::string library_text(const std::vector<checked_library_row>& rows, bool all, const terminal& to) {
    table lines({"check", "", "what is asked, and what is wrong"});
    bool any = false;
    for (const checked_library_row& one : rows) {
        if (!all && (one.status == check_status::passed || one.status == check_status::skipped)) continue;
        any = true;
        lines.row({one.what->id, name_of(one.status), one.text.empty() ? std::string(one.what->contract) : concat({one.what->contract, ": ", one.text})});
    }
    return concat({any ? lines.text(to) : std::string(), counts_text(count_of(rows))});
}

/// The same as JSON: `{"checks":[{"check":…,"status":"passed","contract":…,"source":…,"text":…}],"passed":…,…}`.
HAFT_COLD inline std::string library_json(const std::vector<checked_library_row>& rows) {
    std::string out = "{\"checks\":[";
    for (const checked_library_row& one : rows) {
        append_all(out, {&one == rows.data() ? "" : ",", "{\"check\":", json::string_text(one.what->id), ",\"status\":", json::string_text(name_of(one.status)),
                         ",\"contract\":", json::string_text(one.what->contract), ",\"source\":", json::string_text(one.what->source)});
        if (!one.text.empty()) append_all(out, {",\"text\":", json::string_text(one.text)});
        out += '}';
    }
    const library_counts counts = count_of(rows);
    append_all(out, {"],\"passed\":", decimal(counts.passed), ",\"failed\":", decimal(counts.failed), ",\"warnings\":", decimal(counts.warned),
                     ",\"skipped\":", decimal(counts.skipped), "}"});
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_LIBRARY_REPORT_HPP
