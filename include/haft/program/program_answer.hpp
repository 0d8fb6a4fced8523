// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROGRAM_PROGRAM_ANSWER_HPP
#define HAFT_PROGRAM_PROGRAM_ANSWER_HPP

/// What a program that was run has to say: its output, or why there is none.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/os/running_child.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// The last of what it complained of, on one line or several: the end is what tells.
HAFT_COLD inline std::string last_complaint(std::string_view errors) {
    constexpr std::size_t most = 2000;
    while (!errors.empty() && (errors.back() == '\n' || errors.back() == '\r' || errors.back() == ' '))
        errors.remove_suffix(1);
    if (errors.empty()) return {};
    const bool cut = errors.size() > most;
    if (cut) {
        errors.remove_prefix(errors.size() - most);
        while (!errors.empty() && (static_cast<unsigned char>(errors[0]) & 0xC0u) == 0x80u) errors.remove_prefix(1);
    }
    return concat({cut ? ": ..." : ": ", as_utf8(errors)});
}

/// Its standard output if it did well, and otherwise an error: E0445, E0446 (time), E0341 (stopped). `name` is for messages.
HAFT_COLD inline result<std::string> answer_of(child_result&& ran, std::string_view name,
                                               const std::vector<int>& success, std::chrono::milliseconds time_limit) {
    const auto failed = [&](errc code, std::string_view what) {
        return error{code, concat({"program ", in_quotes(name), " ", what, last_complaint(ran.errors)})};
    };
    switch (ran.end) {
        case child_end::exited: break;
        case child_end::signalled:
            return failed(errc::program_failed,
                          concat({"was ended by signal ", decimal(static_cast<unsigned>(ran.signal))}));
        case child_end::timed_out: {
            const auto ms = static_cast<std::uint64_t>(time_limit.count());
            return failed(errc::program_timed_out,
                          concat({"took longer than ", ms % 1000 ? decimal(ms) : decimal(ms / 1000),
                                  ms % 1000 ? " ms" : " s", " and was ended"}));
        }
        case child_end::stopped: return failed(errc::call_cancelled, "was stopped");
        case child_end::unknown:
            return failed(errc::program_failed, "is over, and how is not known: this host ignores SIGCHLD");
    }
    if (std::find(success.begin(), success.end(), ran.exit_code) == success.end()) {
        std::string what = concat({"failed with exit code ", decimal(static_cast<unsigned>(ran.exit_code))});
        return failed(errc::program_failed, what);
    }
    return std::move(ran.output);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PROGRAM_PROGRAM_ANSWER_HPP
