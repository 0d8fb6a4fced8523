// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXECUTE_HPP
#define HAFT_TOOL_EXECUTE_HPP

/// One call from argument text to result: construct the parameters, read, call, write, destroy. No template: a tool
/// brings two tables and one small function.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/slot.hpp>
#include <haft/json/type.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/user_data.hpp>

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// An object for an injected parameter, and those that came before it.
struct provided_entry {
    user_data object;
    const provided_entry* before;
};

/// One call on its way through the function.
struct invocation {
    void* parameters;  ///< the object that the arguments were read into
    void* result;      ///< raw memory of the result type's size; null without one
    call_context& context;
    result_writer& out;
    bool has_result = false;                   ///< an object stands in `result`
    const provided_entry* provided = nullptr;  ///< the objects of injected parameters

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

/// The error for arguments that have faults.
HAFT_COLD inline error refused_arguments(std::string_view tool_name, std::vector<fault>&& faults, std::size_t more) {
    error e;
    e.code = errc::invalid_arguments;
    e.faults = std::move(faults);
    e.more_faults = more;
    e.message = concat({"tool \"", tool_name, "\" was not called: ", json::fault_count(e), " in its arguments"});
    return e;
}

/// A call in two steps: the arguments are read, then it runs. Between them a caller may read on in the text around the
/// arguments. What the parameters view must live until it has run.
class bound_call {
public:
    /// Of arguments that are a text of their own; see json::reader.
    bound_call(const binding& self, std::string_view arguments, const call_options& options)
        : self_(self),
          parameters_(*self.parameters_type),
          in_(arguments, options.limits, options.mode, options.unwrap) {
        parameters_.make();
    }
    /// Of arguments that stand in a longer text.
    bound_call(const binding& self, const json::lexer& around, const call_options& options)
        : self_(self), parameters_(*self.parameters_type), in_(options.limits, options.mode, around) {
        parameters_.make();
    }

    /// True if nothing is wrong with the arguments.
    HAFT_HOT bool read() { return in_.read_arguments(*self_.parameters_type, parameters_.get()); }
    /// The same within a longer text: on success `around` is behind the arguments, otherwise where it was.
    bool read_within(json::lexer& around) {
        return in_.read_arguments_within(around, *self_.parameters_type, parameters_.get());
    }

    /// Says what is wrong with the arguments.
    HAFT_COLD void refuse(const call_context& context, result_writer& out) {
        if (context.options.notes) in_.move_notes(*context.options.notes);
        out.fail(refused_arguments(context.tool_name, in_.take_faults(), in_.more_faults()));
    }

    /// Calls the function and writes what it gives. Requires that the arguments were read, and nothing wrong with them.
    HAFT_HOT void run(call_context& context, result_writer& out) {
        if (context.options.notes) in_.move_notes(*context.options.notes);
        run_with(self_, parameters_.get(), context, out);
    }

    /// What the arguments were read into. Requires that they were, and nothing wrong with them.
    void* parameters() noexcept { return parameters_.get(); }

    /// The same with parameters that come from elsewhere.
    HAFT_HOT static void run_with(const binding& self, void* parameters, call_context& context, result_writer& out) {
        if (!self.result_type) {
            invocation call{parameters, nullptr, context, out};
            return self.invoke(self, call);
        }
        json::slot result(*self.result_type);
        invocation call{parameters, result.get(), context, out};
        self.invoke(self, call);
        if (!call.has_result) return;
        result.constructed();
        out.value(*self.result_type, result.get());
    }

private:
    const binding& self_;
    json::slot<> parameters_;
    json::reader in_;  // views point into it: it lives on
};

#if HAFT_HAS_EXCEPTIONS()
/// Inside a handler: the exception becomes the call's error.
HAFT_COLD inline void threw(const call_context& context, result_writer& out) noexcept {
    try {
        out.fail({errc::tool_failed,
                  context.options.show_exceptions ? caught_text() : "the tool failed",
                  {},
                  0,
                  std::current_exception()});
    } catch (...) { out.fail({errc::tool_failed, "out of memory"}); }  // which needs none
}
#endif

}  // namespace detail

inline void invocation::fail(error&& why) {
    why.message = detail::mended(why.message);
    out.fail(std::move(why));
}

namespace detail {

/// Does a step of a call; what it throws becomes the call's error.
template <class Step>
HAFT_ABI_OF_EXCEPTIONS void guarded(const call_context& context, result_writer& out, Step step) {
#if HAFT_HAS_EXCEPTIONS()
    try {
        step();
    } catch (...) { threw(context, out); }
#else
    static_cast<void>(context), static_cast<void>(out);
    step();
#endif
}

}  // namespace detail

/// The `tool::execute` of every derived tool; `self` is a `const binding*`.
HAFT_ABI_OF_EXCEPTIONS HAFT_LARGE void execute_binding(const void* self, std::string_view arguments,
                                                       call_context& context, result_writer& out);

/// The `tool::validate` of every derived tool.
HAFT_ABI_OF_EXCEPTIONS HAFT_LARGE void validate_binding(const void* self, std::string_view arguments,
                                                        call_context& context, result_writer& out);

#if HAFT_DEFINES_LARGE()
HAFT_ABI_OF_EXCEPTIONS HAFT_LARGE void execute_binding(const void* self, std::string_view arguments,
                                                       call_context& context, result_writer& out) {
    detail::guarded(context, out, [&] {
        detail::bound_call call(*static_cast<const binding*>(self), arguments, context.options);
        if (call.read()) call.run(context, out);
        else call.refuse(context, out);
    });
}
HAFT_ABI_OF_EXCEPTIONS HAFT_LARGE void validate_binding(const void* self, std::string_view arguments,
                                                        call_context& context, result_writer& out) {
    detail::guarded(context, out, [&] {
        detail::bound_call call(*static_cast<const binding*>(self), arguments, context.options);
        if (!call.read()) call.refuse(context, out);
    });
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_EXECUTE_HPP
