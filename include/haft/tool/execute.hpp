// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_EXECUTE_HPP
#define HAFT_TOOL_EXECUTE_HPP

/// One call from argument text to result: construct the parameters, read, call, write, destroy. No template: a tool
/// brings two tables and one small function.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/reader.hpp>
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

/// What the compiler leaves of one callable. A callable with state stands behind it in the same object.
struct binding {
    const json::type* parameters_type;  ///< an object
    const json::type* result_type;      ///< null for void
    /// Calls the function with the parameters, constructs what it gives in `result` (raw memory of its size).
    void (*invoke)(const binding& self, void* parameters, void* result);
};

namespace detail {

/// One object of a type that only its table knows, on the stack if it is small.
class typed_slot {
public:
    explicit typed_slot(const json::type& type)
        : type_(type), at_(type.size <= sizeof local_ ? local_ : ::operator new(type.size)) {}
    typed_slot(const typed_slot&) = delete;
    typed_slot& operator=(const typed_slot&) = delete;
    ~typed_slot() {
        if (alive_ && type_.destroy) type_.destroy(at_);
        if (at_ != local_) ::operator delete(at_);
    }
    void* get() noexcept { return at_; }
    void constructed() noexcept { alive_ = true; }

private:
    const json::type& type_;
    void* at_;
    bool alive_ = false;
    alignas(std::max_align_t) unsigned char local_[384];
};

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

inline void call_bound(const binding& self, std::string_view arguments, call_context& context, result_writer& out) {
    typed_slot parameters(*self.parameters_type);
    self.parameters_type->construct(parameters.get());
    parameters.constructed();
    json::reader in(arguments, context.options.limits);
    if (!in.read_arguments(*self.parameters_type, parameters.get())) return refuse(in, context, out);
    if (!self.result_type) return self.invoke(self, parameters.get(), nullptr);
    typed_slot result(*self.result_type);
    self.invoke(self, parameters.get(), result.get());
    result.constructed();
    out.value(*self.result_type, result.get());
}

#if HAFT_HAS_EXCEPTIONS()
/// The most bytes of an exception's text that a caller is shown.
inline constexpr std::size_t most_exception_text = 4096;

HAFT_COLD inline void threw(result_writer& out, const char* what) noexcept {
    try {
        out.fail({errc::tool_failed,
                  std::string(std::string_view(what).substr(0, most_exception_text)),
                  {},
                  0,
                  std::current_exception()});
    } catch (...) {  // no memory even for that: the code alone
        out.fail({});
    }
}
#endif

}  // namespace detail

/// The `tool::execute` of every derived tool; `self` is a `const binding*`.
inline void execute_binding(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
    const auto& bound = *static_cast<const binding*>(self);
#if HAFT_HAS_EXCEPTIONS()
    try {
        detail::call_bound(bound, arguments, context, out);
    } catch (const std::bad_alloc&) { detail::threw(out, "out of memory"); } catch (const std::exception& e) {
        detail::threw(out, e.what());
    } catch (...) { detail::threw(out, "an exception that is no std::exception"); }
#else
    detail::call_bound(bound, arguments, context, out);
#endif
}

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_EXECUTE_HPP
