// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_TOOL_HPP
#define HAFT_TOOL_TOOL_HPP

/// The descriptor: all that is left of a function once the compiler has turned it into a tool.

#include <haft/core/result.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// A tool that a language model can call. A small value, no template, cheap to copy; it owns nothing, so what it points
/// to must live as long: forever for `haft::make`, as long as the toolset for `toolset.add`.
struct tool {
    std::string_view name;
    std::string_view description;
    std::string_view title;
    std::string_view input_schema;   ///< JSON Schema 2020-12 of the arguments, an object
    std::string_view output_schema;  ///< of the result; empty if there is none
    haft::effect effect = haft::effect::unspecified;
    haft::hints hints = haft::hints::none;

    /// How it runs: reads the arguments, calls, writes the result or the error. Never throws.
    using function = void(const void* self, std::string_view arguments, call_context&, result_writer&);
    function* execute = nullptr;
    const void* self = nullptr;

    /// Runs the tool on this thread; takes no lock.
    void run(std::string_view arguments, call_context& context, result_writer& out) const {
        execute(self, arguments, context, out);
    }

    /// Calls it with a JSON object of arguments, and gives the result as JSON text (`null` for void), or an error that
    /// holds every fault of the arguments. An exception of the function is an error that keeps it. Never throws, but
    /// std::bad_alloc when there is no memory for the result itself. Runs on this thread and takes no lock.
    result<std::string> call(std::string_view arguments, const call_options& options = {}) const {
        std::string out;
        call_context context{name, options};
        result_writer writer(out);
        run(arguments, context, writer);
        if (writer.failed()) return std::move(writer.error());
        if (writer.form() == result_form::none) out = "null";
        return out;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_TOOL_HPP
