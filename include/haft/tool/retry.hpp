// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_RETRY_HPP
#define HAFT_TOOL_RETRY_HPP

/// Two ways for a tool to fail: so that the model mends the call and makes it again, and so that it does not. [NX-07]

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>

#include <exception>
#include <string>
#include <utility>

namespace haft::inline v0 {

/// `throw haft::retry_call("give the date as YYYY-MM-DD")`, or returned from a function that gives a haft::result: the model is
/// told how to mend the call, and may make it again as often as its budget allows (retry_budget).
class retry_call : public error, public std::exception {
public:
    explicit retry_call(std::string how_to_mend_it) : error{errc::retry_asked, std::move(how_to_mend_it)} {}
    const char* what() const noexcept override { return message.c_str(); }
};

/// The same for what no other arguments would mend: `throw haft::tool_failure("the printer is out of paper")`. The model is told
/// not to try again, and no budget is used.
class tool_failure : public error, public std::exception {
public:
    explicit tool_failure(std::string why) : error{errc::final_failure, std::move(why)} {}
    const char* what() const noexcept override { return message.c_str(); }
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_RETRY_HPP
