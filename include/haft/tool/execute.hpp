// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXECUTE_HPP
#define HAFT_TOOL_EXECUTE_HPP

/// One call from argument text to result: construct the parameters, read, call, write, destroy. No template: a tool
/// brings two tables and one small function.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/slot.hpp>
#include <haft/json/type.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>

#include <cstddef>
#include <exception>
#include <new>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// One call on its way through the function.
struct invocation {
    void* parameters;  ///< the object that the arguments were read into
    void* result;      ///< raw memory of the result type's size; null without one
    call_context& context;
    result_writer& out;
    bool has_result = false;  ///< an object stands in `result`

    /// The function says why it gives nothing.
    inline void fail(error&& why);
};

/// What the compiler leaves of one callable. A callable with state stands behind it in the same object.
struct binding {
    const json::type* parameters_type;  ///< an object
    const json::type* result_type;      ///< null where no value is given
    /// Calls the function with the parameters, and constructs what it gives.
    void (*invoke)(const binding& self, invocation& call);
};

namespace detail {

HAFT_COLD inline void refuse(json::reader& in, const call_context& context, result_writer& out) {
    error e;
    e.code = errc::invalid_arguments;
    e.faults = in.take_faults();
    e.more_faults = in.more_faults();
    const std::size_t n = e.faults.size() + e.more_faults;
    e.message = "tool \"";
    e.message.append(context.tool_name).append("\" was not called: ").append(std::to_string(n));
    e.message += n == 1 ? " fault in its arguments" : " faults in its arguments";
    out.fail(std::move(e));
}

HAFT_ABI_OF_EXCEPTIONS inline void call_bound(const binding& self, std::string_view arguments, call_context& context,
                                              result_writer& out) {
    json::slot parameters(*self.parameters_type);
    self.parameters_type->construct(parameters.get());
    parameters.constructed();
    const call_options& options = context.options;
    json::reader in(arguments, options.limits, options.mode, options.unwrap);  // views point into it: it lives on
    const bool fits = in.read_arguments(*self.parameters_type, parameters.get());
    if (options.notes) in.move_notes(*options.notes);
    if (!fits) return refuse(in, context, out);
    if (!self.result_type) {
        invocation call{parameters.get(), nullptr, context, out};
        return self.invoke(self, call);
    }
    json::slot result(*self.result_type);
    invocation call{parameters.get(), result.get(), context, out};
    self.invoke(self, call);
    if (!call.has_result) return;
    result.constructed();
    out.value(*self.result_type, result.get());
}

/// The most bytes of an exception's or an error's text that a caller is shown.
inline constexpr std::size_t most_exception_text = 4096;

/// An author's text as it may be shown: cut where a character ends, what is not UTF-8 or not visible replaced by U+FFFD.
HAFT_COLD inline std::string mended(std::string_view text) {
    std::size_t end = text.size();
    if (end > most_exception_text)
        for (end = most_exception_text; end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0u) == 0x80u;) --end;
    text = text.substr(0, end);
    std::string out;
    for (;;) {
        const std::size_t at = find_hidden(text, line_breaks::allowed);
        out.append(text.substr(0, at));
        if (at == std::string_view::npos) return out;
        const std::size_t n = utf8_length(text.data() + at, text.data() + text.size());
        out += "\xEF\xBF\xBD";
        text.remove_prefix(at + (n ? n : 1));
    }
}

#if HAFT_HAS_EXCEPTIONS()
/// Inside a handler: the exception becomes the call's error. `what` may be null: a std::exception may give that.
HAFT_COLD inline void threw(const call_context& context, result_writer& out, const char* what) noexcept {
    try {
        std::string message = !context.options.show_exceptions ? "the tool failed" : mended(what ? what : "");
        out.fail({errc::tool_failed, std::move(message), {}, 0, std::current_exception()});
    } catch (...) { out.fail({errc::tool_failed, "out of memory"}); }  // which needs none
}
#endif

}  // namespace detail

inline void invocation::fail(error&& why) {
    why.message = detail::mended(why.message);
    out.fail(std::move(why));
}

/// The `tool::execute` of every derived tool; `self` is a `const binding*`.
HAFT_ABI_OF_EXCEPTIONS inline void execute_binding(const void* self, std::string_view arguments, call_context& context,
                                                   result_writer& out) {
    const auto& bound = *static_cast<const binding*>(self);
#if HAFT_HAS_EXCEPTIONS()
    try {
        detail::call_bound(bound, arguments, context, out);
    } catch (const std::bad_alloc&) { detail::threw(context, out, "out of memory"); } catch (const std::exception& e) {
        detail::threw(context, out, e.what());
    } catch (...) { detail::threw(context, out, "an exception that is no std::exception"); }
#else
    detail::call_bound(bound, arguments, context, out);
#endif
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_EXECUTE_HPP
