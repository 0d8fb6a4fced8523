// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CALL_CONTEXT_HPP
#define HAFT_TOOL_CALL_CONTEXT_HPP

/// What a caller may set for one call, and what travels with the call into the tool: a function with a parameter of type
/// `haft::call_context&`, anywhere among its parameters, is given it, and the model does not see it. [EX-10]

#include <haft/core/error.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/reflect/type_name.hpp>

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// The levels of RFC 5424, which MCP's logging has.
enum class log_level : unsigned char { debug, info, notice, warning, error, critical, alert, emergency };

/// How far a call is. `total` is 0 where nobody knows it.
struct progress {
    double done = 0;
    double total = 0;
    std::string_view message = {};
};

/// Hears what a running tool tells. Called on the tool's thread, any number of times, until the call has ended.
class call_listener {
public:
    virtual void on_progress(const progress&) {}
    virtual void on_log(log_level, std::string_view /*message*/) {}

protected:
    ~call_listener() = default;
};

/// Something of the host's that tools may use, known by its type. A type is one throughout the process, in whichever
/// shared library a tool lies; one without linkage (local, or of an unnamed namespace) only in its translation unit.
class user_data {
public:
    constexpr user_data() = default;
    template <class T>
    constexpr explicit user_data(T& object) noexcept : object_(std::addressof(object)), type_(&tag<T>) {}

    /// The object, or null if it is of another type. const objects are given as const T only.
    template <class T>
    constexpr T* get() const noexcept {
        const bool same = type_ == &tag<T> || (type_ && tag<T>.has_linkage && type_->spelling == tag<T>.spelling);
        return same ? const_cast<T*>(static_cast<const T*>(object_)) : nullptr;
    }

private:
    /// Shared libraries that hide their symbols have tags of their own, so that addresses alone don't tell.
    struct type_tag {
        std::string_view spelling;
        bool has_linkage;
    };
    template <class T>
    static constexpr type_tag tag = [] {
        const std::string_view text = reflect::spelled_type<T>;
        return type_tag{text, text.find_first_of("({") == text.npos && text.find("<unnamed") == text.npos};
    }();

    const void* object_ = nullptr;
    const type_tag* type_ = nullptr;
};

/// How to call. The default suits arguments that a model wrote.
struct call_options {
    json::read_limits limits = {};
    read_mode mode = read_mode::strict;
    bool unwrap = false;            ///< arguments may be JSON text in a string
    std::string_view call_id = {};  ///< as the caller knows the call
    stop_token stop = {};
    call_listener* listener = nullptr;  ///< must outlive the call
    user_data user = {};
    std::vector<note>* notes = nullptr;            ///< what was converted or dropped is appended here
    std::size_t max_result_bytes = 1u << 20;       ///< of text, which a model is to read
    std::size_t max_attachment_bytes = 16u << 20;  ///< of images, sounds and other bytes together
    bool show_exceptions = true;                   ///< an exception's text goes to the caller
};

/// Travels with one call from the caller to the tool. Lives on the caller's stack: a tool may use it while it runs, and
/// not keep it. For use on the thread that runs the tool.
class call_context {
public:
    call_context(std::string_view name, const call_options& how) noexcept : tool_name(name), options(how) {}
    call_context(const call_context&) = delete;
    call_context& operator=(const call_context&) = delete;

    const std::string_view tool_name;
    const call_options& options;

    /// The caller's name for this call; empty if it has none.
    std::string_view call_id() const noexcept { return options.call_id; }

    /// Whether the caller no longer wants the result. A tool that takes long asks this now and then, and returns.
    bool stop_requested() const noexcept { return options.stop.stop_requested(); }
    const haft::stop_token& stop_token() const noexcept { return options.stop; }

    /// Tells how far the call is; nothing happens if nobody listens. `done` should grow.
    void progress(double done, double total = 0, std::string_view message = {}) const {
        if (options.listener) options.listener->on_progress({done, total, message});
    }
    /// Tells people something that is not the result.
    void log(log_level level, std::string_view message) const {
        if (options.listener) options.listener->on_log(level, message);
    }

    /// The host's object of that type, or null if it gave none or another.
    template <class T>
    T* user() const noexcept {
        return options.user.get<T>();
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CALL_CONTEXT_HPP
