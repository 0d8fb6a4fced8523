// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_EXPECT_HPP
#define HAFT_TESTING_EXPECT_HPP

/// One call of a tool in a test: it gives a result, or a certain error, or a certain fault of its arguments. [NX-15]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/testing/failure.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::testing {

/// What calls tools by their name: a toolset, a registry.
template <class T>
concept calls_tools = requires(const T& tools, std::string_view name, const call_options& options) {
    { tools.call(name, name, options) } -> std::same_as<result<std::string>>;
};

namespace detail {

HAFT_COLD inline std::string result_of(std::string_view name, std::string_view arguments, result<std::string>&& got) {
    if (!got) detail::fail(name, arguments, "a result", got.error().text());
    return *std::move(got);
}
HAFT_COLD inline error error_of(std::string_view name, std::string_view arguments, result<std::string>&& got,
                                errc code) {
    const std::string wanted = concat({"error ", code_text(code)});
    if (got) detail::fail(name, arguments, wanted, concat({"the result ", shown(*got)}));
    if (got.error().code != code) detail::fail(name, arguments, wanted, got.error().text());
    return std::move(got.error());
}
HAFT_COLD inline fault fault_of(std::string_view name, std::string_view arguments, result<std::string>&& got, errc code,
                                std::string_view pointer) {
    const std::string wanted =
        concat({"fault ", code_text(code), " at ", pointer.empty() ? "the arguments themselves" : pointer});
    if (got) detail::fail(name, arguments, wanted, concat({"the result ", shown(*got)}));
    for (fault& one : got.error().faults)
        if (one.code == code && one.pointer == pointer) return std::move(one);
    detail::fail(name, arguments, wanted, got.error().text());
}

}  // namespace detail

/// Calls a tool and gives its result as JSON text. Throws `failure` with the tool's error if it gives one.
template <calls_tools Tools>
std::string call(const Tools& tools, std::string_view name, std::string_view arguments,
                 const call_options& options = {}) {
    return detail::result_of(name, arguments, tools.call(name, arguments, options));
}
HAFT_COLD inline std::string call(const tool& t, std::string_view arguments, const call_options& options = {}) {
    return detail::result_of(t.name, arguments, t.call(arguments, options));
}

/// Calls a tool and gives the error of that code. Throws `failure` if there is a result, or another error. (The code of arguments
/// that have faults is errc::invalid_arguments, whatever the faults; see expect_fault.)
template <calls_tools Tools>
error expect_error(const Tools& tools, std::string_view name, std::string_view arguments, errc code,
                   const call_options& options = {}) {
    return detail::error_of(name, arguments, tools.call(name, arguments, options), code);
}
HAFT_COLD inline error expect_error(const tool& t, std::string_view arguments, errc code,
                                    const call_options& options = {}) {
    return detail::error_of(t.name, arguments, t.call(arguments, options), code);
}

/// Calls a tool and gives the fault of its arguments that has that code and stands at that JSON pointer, among others perhaps.
/// Throws `failure` if there is none.
template <calls_tools Tools>
fault expect_fault(const Tools& tools, std::string_view name, std::string_view arguments, errc code,
                   std::string_view pointer, const call_options& options = {}) {
    return detail::fault_of(name, arguments, tools.call(name, arguments, options), code, pointer);
}
HAFT_COLD inline fault expect_fault(const tool& t, std::string_view arguments, errc code, std::string_view pointer,
                                    const call_options& options = {}) {
    return detail::fault_of(t.name, arguments, t.call(arguments, options), code, pointer);
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_EXPECT_HPP
