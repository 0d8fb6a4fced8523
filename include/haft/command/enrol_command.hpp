// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_ENROL_COMMAND_HPP
#define HAFT_COMMAND_ENROL_COMMAND_HPP

/// `HAFT_COMMAND(f, {.aliases = {"w"}, .description = "…"})` beside a function, and `haft::compiled_in_commands()`: all that were
/// enrolled so. Each module (a program, a shared library) has its own. [CM-01]

#include <haft/command/command.hpp>
#include <haft/command/make_command.hpp>
#include <haft/core/config.hpp>
#include <haft/core/enrolment.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/enrol.hpp>
#include <haft/tool/tool.hpp>

#include <string_view>
#include <tuple>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// One HAFT_COMMAND in one translation unit.
struct command_enrolment {
    const command* what = nullptr;
    haft::origin origin = {};
    const command_enrolment* next = nullptr;
};

}  // namespace detail

/// The commands that HAFT_COMMAND has enrolled in this module, by name: the same whatever the order of linking, however many
/// translation units have seen a macro. Two of one name are both there, that of the first file (and line) first; the set to
/// which they are added decides. Any thread; before `main`, it lacks what comes later.
HAFT_HIDDEN inline std::vector<command> compiled_in_commands() {
    const auto key = [](const detail::command_enrolment& e) {
        const command& c = *e.what;
        return std::tuple(c.name, e.origin.file, e.origin.line, e.origin.name, c.description, c.self);
    };
    std::vector<command> all;
    const detail::command_enrolment* before = nullptr;
    for (const detail::command_enrolment* e : detail::all_enrolled<detail::command_enrolment>(key)) {
        if (before && key(*before) == key(*e)) continue;  // the macro of a header, seen from two translation units
        before = e;
        all.push_back(*e->what);
        all.back().origin = &e->origin;
    }
    return all;
}

}  // namespace haft::inline v0

/// `HAFT_COMMAND(f, "what it does");` or `HAFT_COMMAND(f, {.aliases = {"w"}, .description = "…"});` at namespace scope, after
/// the declaration of `f`: enrols haft::make_command<&f> of the same words in `compiled_in_commands()` of its module. In a
/// header, too: it counts once. Costs no allocation and no destructor.
#define HAFT_COMMAND(f, ...) HAFT_DETAIL_COMMAND(__COUNTER__, f, ::haft::detail::no_names __VA_OPT__(, ) __VA_ARGS__)

/// The same for a function whose parameters' names stand beside it, in a constexpr array of haft::field.
#define HAFT_COMMAND_NAMED(f, names, ...) HAFT_DETAIL_COMMAND(__COUNTER__, f, names __VA_OPT__(, ) __VA_ARGS__)
#define HAFT_DETAIL_COMMAND(n, f, names, ...) HAFT_DETAIL_COMMAND_OF(n, f, names, __VA_ARGS__)
#define HAFT_DETAIL_COMMAND_OF(n, f, names, ...)                                                               \
    namespace {                                                                                                \
    static constexpr auto haft_command_function_##n =                                                          \
        ::haft::detail::haft_E0118_this_is_not_the_name_of_one_function(f);                                    \
    static constexpr ::haft::command haft_command_##n =                                                        \
        ::haft::make_command<haft_command_function_##n, names>(__VA_ARGS__);                                   \
    static constinit ::haft::detail::command_enrolment haft_command_enrolment_##n{                             \
        &haft_command_##n,                                                                                     \
        {::haft::reflect::qualified_name_of<haft_command_function_##n>, HAFT_DETAIL_FILE, __LINE__}};          \
    [[maybe_unused]] const bool haft_command_enrolled_##n = ::haft::detail::enrol(haft_command_enrolment_##n); \
    }                                                                                                          \
    static_assert(true)

#endif  // HAFT_COMMAND_ENROL_COMMAND_HPP
