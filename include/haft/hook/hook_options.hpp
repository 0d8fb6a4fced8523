// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_HOOK_OPTIONS_HPP
#define HAFT_HOOK_HOOK_OPTIONS_HPP

/// What goes with a hook when it is added, how it is listed, and what is told of one that failed.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>

#include <exception>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// Which hooks of a point are called first, before any priority is looked at. Wrappers have the same three, outside of all
/// hooks. [HK-11]
enum class hook_order : unsigned char { first, normal, last };

struct hook_options {
    /// At one point there is one hook of a name: `logger.pre`. A later one of the same owner replaces it.
    std::string name = {};
    int priority = 0;  ///< higher ones are called first [HK-03]
    hook_order order = hook_order::normal;
    std::string owner = {};  ///< whose hook it is: a plugin
    bool async = false;      ///< on a thread of its own set's, with copies; what it gives is only logged [HK-08]
    /// Not passed by: asked even if another has ended the emission, and again about another text. If it throws, that is a
    /// veto; others are let pass. [fault 145]
    bool guard = false;
};

/// One hook as a row of a table. [HK-15]
struct hook_row {
    std::string point;
    std::string hook;
    std::string owner;
    int priority = 0;
    hook_order order = hook_order::normal;
    bool enabled = true;
    bool async = false;
    bool guard = false;
    bool wrapper = false;

    bool operator==(const hook_row&) const = default;
};

/// Something that went wrong with a hook, and did not keep anybody else from going on. [HK-07]
struct hook_error {
    errc code = errc::hook_failed;
    std::string point;
    std::string hook;
    std::string owner;
    std::string what;
    std::exception_ptr cause = nullptr;  ///< what it threw, if it threw

    /// `hook "logger.pre" of plugin-a at tool_pre_execute: disk full [haft-E0290]`
    HAFT_COLD std::string text() const {
        std::string out = hook.empty() ? concat({"hooks at ", point}) : concat({"hook ", in_quotes(hook)});
        if (!owner.empty()) append_all(out, {" of ", owner});
        if (!hook.empty() && !point.empty()) append_all(out, {" at ", point});
        append_all(out, {": ", what, " [", code_text(code), "]"});
        return out;
    }
};

}  // namespace haft::inline v0

#endif  // HAFT_HOOK_HOOK_OPTIONS_HPP
