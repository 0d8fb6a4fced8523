// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_ENTRY_HPP
#define HAFT_HOOK_HOOK_ENTRY_HPP

/// What is left of a hook, a point and an emission where types are no longer known: what a chain works with.

#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/hook/hook_monitor.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_point.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Shown the data of an emission as a JSON object, it replies: "" or `null` for nothing; where hooks return a hook_reply,
/// `{"messages":[{"role":"system","text":"…"}],"stop":true,"veto":"why","replace":"…"}`, each of them optional; elsewhere a value.
/// With `"session_complete":"why"` it ends the session, as who throws haft::session_complete does, and says nothing else.
/// An error is told as what a C++ hook throws.
using named_hook = std::function<result<std::string>(std::string_view data)>;

}  // namespace haft::inline v0

namespace haft::inline v0::detail {

struct emission;
class rest_of_hooks;

struct hook_entry {
    using function = void(hook_entry&, emission&, rest_of_hooks*);

    hook_options options;
    function* run = nullptr;
    bool wrapper = false;
    bool enabled = true;
    const void* object = nullptr;  // of which it is a member function, if it is known
    std::uint64_t id = 0;          // the chain's name for it
    std::uint64_t number = 0;      // where it stands among equals
    std::string_view point = {};

    hook_entry() = default;
    hook_entry(const hook_entry&) = delete;
    hook_entry& operator=(const hook_entry&) = delete;
    virtual ~hook_entry() = default;

    hook_error problem(errc code, std::string what, std::exception_ptr cause = nullptr) const {
        return {code, std::string(point), options.name, options.owner, std::move(what), std::move(cause)};
    }
    hook_row row() const {
        return {std::string(point), options.name,  options.owner, options.priority, options.order, enabled,
                options.async,      options.guard, wrapper};
    }
};

/// The arguments of an emission, owned: for hooks that are called when those are gone.
struct copied_call {
    copied_call() = default;
    copied_call(const copied_call&) = delete;
    copied_call& operator=(const copied_call&) = delete;
    virtual ~copied_call() = default;
    /// Calls a hook, and gives what it says, in words.
    virtual std::string run(hook_entry& hook) = 0;
};

/// What a chain has to know of its point.
struct point_facts {
    std::string_view name;
    std::string_view type;  // as the compiler spells it: two points of one name are told apart
    ties equal = ties::first_added;
    bool can_veto = false;
    bool historic = false;
    bool passes_exceptions = false;
    std::string_view deprecated = {};
    void (*refuse)(emission&, std::string reason) = nullptr;          // a veto; null: it can't be
    void (*show_final)(emission&) = nullptr;                          // what hooks see is what there is at last
    std::shared_ptr<copied_call> (*copy)(const emission&) = nullptr;  // null: its arguments can't be copied
    std::string (*data_text)(const emission&) = nullptr;              // its arguments as JSON
    std::shared_ptr<hook_entry> (*make_named)(std::shared_ptr<const named_hook>, hook_options) = nullptr;
};

/// One hook as it is called.
struct active_hook {
    hook_entry::function* run;
    hook_entry* hook;
};

/// The hooks of a chain at one moment, in the order in which they are called.
struct hook_snapshot {
    std::vector<active_hook> hooks;
    std::vector<active_hook> wrappers;  // the outermost first
    std::vector<active_hook> guards;    // those of `hooks` that have the last word
    std::vector<std::shared_ptr<hook_entry>> async;
    std::shared_ptr<const hook_monitors> watching;
    stop_token stop;    // whether the hooks are being shut down
    bool plain = true;  // nothing to be done but to call `hooks`
    std::vector<std::shared_ptr<hook_entry>> kept;
};

/// An emission that is going on.
struct emission {
    const hook_snapshot* hooks = nullptr;
    bool ended = false;                                 // no further hook is called
    bool vetoed = false;                                // it is not to happen, and that stays so
    bool other_text = false;                            // the text has changed, and that has not been noted yet
    std::size_t asked = 0;                              // so many guards have been asked
    std::size_t outdated = 0;                           // and of these so many about a text that is no longer so
    const std::vector<std::string>* without = nullptr;  // owners whose hooks are left out
};

/// A hook that says what is not for its point.
class unfit_reply : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// A wrapper that does not what it has to.
class wrapper_misuse : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_HOOK_ENTRY_HPP
