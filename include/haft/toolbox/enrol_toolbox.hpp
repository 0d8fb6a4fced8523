// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLBOX_ENROL_TOOLBOX_HPP
#define HAFT_TOOLBOX_ENROL_TOOLBOX_HPP

/// `HAFT_TOOLBOX(Memory);` beside a toolbox class, and `haft::compiled_in_toolboxes()`: all classes that were enrolled so in a
/// module. As HAFT_TOOL does it for functions, and what is said there holds.

#include <haft/core/config.hpp>
#include <haft/core/enrolment.hpp>
#include <haft/tool/enrol.hpp>
#include <haft/toolbox/class_of.hpp>
#include <haft/toolbox/toolbox.hpp>

#include <algorithm>
#include <string_view>
#include <tuple>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// One HAFT_TOOLBOX in one translation unit.
struct toolbox_enrolment {
    const toolbox_class* what = nullptr;
    std::string_view file = {};
    unsigned line = 0;
    const toolbox_enrolment* next = nullptr;
};

}  // namespace detail

/// The toolbox classes of this module, sorted by name; each once, however many translation units have seen its macro. Two classes
/// of one name are both there: whoever adds them by name finds out, as a registry does.
HAFT_HIDDEN HAFT_COLD inline std::vector<toolbox_class> compiled_in_toolboxes() {
    const auto key = [](const detail::toolbox_enrolment& e) { return std::tuple(e.what->name, e.file, e.line); };
    std::vector<toolbox_class> out;
    for (const detail::toolbox_enrolment* e : detail::all_enrolled<detail::toolbox_enrolment>(key))
        if (std::none_of(out.begin(), out.end(),
                         [&](const toolbox_class& c) { return c.construct == e->what->construct; }))
            out.push_back(*e->what);
    return out;
}

}  // namespace haft::inline v0

/// Enrols a toolbox class in `compiled_in_toolboxes()` of its module. At namespace scope, behind the class; in a header, too.
#define HAFT_TOOLBOX(...) HAFT_DETAIL_TOOLBOX(__COUNTER__, __VA_ARGS__)
#define HAFT_DETAIL_TOOLBOX(n, ...) HAFT_DETAIL_TOOLBOX_OF(n, __VA_ARGS__)
#define HAFT_DETAIL_TOOLBOX_OF(n, ...)                                                                         \
    namespace {                                                                                                \
    static constinit ::haft::detail::toolbox_enrolment haft_toolbox_enrolment_##n{                             \
        &::haft::toolbox_class_of<__VA_ARGS__>(), HAFT_DETAIL_FILE, __LINE__};                                 \
    [[maybe_unused]] const bool haft_toolbox_enrolled_##n = ::haft::detail::enrol(haft_toolbox_enrolment_##n); \
    }                                                                                                          \
    static_assert(true)

#endif  // HAFT_TOOLBOX_ENROL_TOOLBOX_HPP
