// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ENROL_HPP
#define HAFT_TOOL_ENROL_HPP

/// `HAFT_TOOL(f, "what it does")` beside a function, and `haft::compiled_in()`: the set of all tools that were enrolled so.
/// Each module (a program, a shared library) has its own; what is explicit needs none of this, see haft::make.

#include <haft/core/config.hpp>
#include <haft/core/enrolment.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/tool/make.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// One HAFT_TOOL in one translation unit.
struct tool_enrolment {
    const tool* what = nullptr;
    haft::origin origin = {};
    const tool_enrolment* next = nullptr;
};

/// The function itself. Named after what is wrong where no one function stands, since compilers print that name.
template <class F>
#if HAFT_HAS_REFLECTION()
    requires(!std::same_as<F, std::meta::info>)
#endif
consteval F haft_E0118_this_is_not_the_name_of_one_function(F f) {
    return f;
}

#ifndef __clang__
/// haft::make, but after E0118 g++ has no second error for a template argument of a class.
template <auto F, const auto& Names>
struct maker {
    static consteval tool make(std::string_view description = {}) { return haft::make<F, Names>(description); }
    static consteval tool make(const about& words) { return haft::make<F, Names>(words); }
};
#endif

template <bool Given>
inline constexpr bool words_given = Given;

/// Whether a tool has words without any at the macro: from annotations. (What was refused has no name; one error is enough.)
constexpr bool says_itself([[maybe_unused]] const tool& t) noexcept {
    return HAFT_HAS_REFLECTION() && (!t.description.empty() || t.name.empty());
}

/// Whether two enrolments are one: the macro of a header, seen from two translation units.
inline bool same_enrolment(const tool_enrolment& a, const tool_enrolment& b) noexcept {
    const auto all = [](const tool_enrolment& e) {
        const tool& t = *e.what;
        return std::tuple(t.self, t.execute, t.name, t.description, t.title, t.effect, t.hints, t.group, t.category,
                          t.instructions, t.tags.text(), t.version, t.available, t.deferred, t.disabled_by_default);
    };
    return all(a) == all(b);
}

}  // namespace detail

/// The tools that HAFT_TOOL has enrolled in this module, sorted by name: the same set whatever the order of linking, however
/// many translation units have seen a macro. Two functions of one tool name are among the `refusals()`, both named with
/// file and line; the one of the first file (and line) stays. Any thread; before `main`, it lacks what comes later.
HAFT_HIDDEN inline toolset compiled_in() {
    const auto key = [](const detail::tool_enrolment& e) {
        return std::tuple(e.what->name, e.origin.file, e.origin.line, e.origin.name, e.what->description);
    };
    toolset tools;
    const detail::tool_enrolment* before = nullptr;
    for (const detail::tool_enrolment* e : detail::all_enrolled<detail::tool_enrolment>(key)) {
        if (before && detail::same_enrolment(*before, *e)) continue;
        before = e;
        tool t = *e->what;
        t.origin = &e->origin;
        tools.add(t);
    }
    return tools;
}

}  // namespace haft::inline v0

// The file's name without its folders, so that a program does not tell where it was built.
#ifdef __FILE_NAME__
#define HAFT_DETAIL_FILE __FILE_NAME__
#else
#define HAFT_DETAIL_FILE __FILE__
#endif

#ifdef __clang__  // whose make looks at the words with diagnose_if, which needs them first hand
#define HAFT_DETAIL_MAKE(f, names) ::haft::make<f, names>
#else
#define HAFT_DETAIL_MAKE(f, names) ::haft::detail::maker<f, names>::make
#endif

/// `HAFT_TOOL(f, "what it does");` or `HAFT_TOOL(f, {.description = "…", .effect = haft::read_only});` at namespace scope,
/// after the declaration of `f`: enrols haft::make<&f> of the same words in `compiled_in()` of its module. In a header, too:
/// it counts once. Costs no allocation and no destructor. An object file of a static library that nobody refers to is not
/// linked, macro and all: haft_add_plugin of haft's CMake package sees to that.
#define HAFT_TOOL(f, ...) HAFT_DETAIL_TOOL(__COUNTER__, f, ::haft::detail::no_names __VA_OPT__(, ) __VA_ARGS__)

/// The same for a function whose parameters' names stand beside it, in a constexpr array of haft::field:
/// `HAFT_TOOL_NAMED(f, names, "what it does");` is haft::make<&f, names>.
#define HAFT_TOOL_NAMED(f, names, ...) HAFT_DETAIL_TOOL(__COUNTER__, f, names __VA_OPT__(, ) __VA_ARGS__)
// The unnamed namespace makes it an error inside a function, where it would never run.
#define HAFT_DETAIL_TOOL(n, f, names, ...) HAFT_DETAIL_TOOL_OF(n, f, names, __VA_ARGS__)
#define HAFT_DETAIL_TOOL_OF(n, f, names, ...)                                                                     \
    namespace {                                                                                                   \
    static constexpr auto haft_function_##n = ::haft::detail::haft_E0118_this_is_not_the_name_of_one_function(f); \
    static constexpr ::haft::tool haft_tool_##n = HAFT_DETAIL_MAKE(haft_function_##n, names)(__VA_ARGS__);        \
    static constinit ::haft::detail::tool_enrolment haft_enrolment_##n{                                           \
        &haft_tool_##n, {::haft::reflect::qualified_name_of<haft_function_##n>, HAFT_DETAIL_FILE, __LINE__}};     \
    [[maybe_unused]] const bool haft_enrolled_##n = ::haft::detail::enrol(haft_enrolment_##n);                    \
    }                                                                                                             \
    static_assert(::haft::detail::words_given<::haft::detail::says_itself(haft_tool_##n) __VA_OPT__(|| true)>,    \
                  "haft: HAFT_TOOL wants the words for the tool; write HAFT_TOOL(f, \"what it does\") [haft-E0115]")

#endif  // HAFT_TOOL_ENROL_HPP
