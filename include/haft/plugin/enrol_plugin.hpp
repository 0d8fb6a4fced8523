// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_ENROL_PLUGIN_HPP
#define HAFT_PLUGIN_ENROL_PLUGIN_HPP

/// `HAFT_PLUGIN(weather, weather_plugin);` beside a plugin, and `haft::compiled_in_plugins()`: all that were enrolled so.
/// Each module (a program, a shared library) has its own. [RG-01]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/enrolment.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/registry_of.hpp>
#include <haft/plugin/make_plugin.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/tool/enrol.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// The kind of HAFT_PLUGIN. Another is a type with such a name: `struct gc { static constexpr const char* kind_name = "gc";
/// };`
struct plugin_kind {
    static constexpr const char* kind_name = "plugin";
};

namespace detail {

/// One HAFT_PLUGIN in one translation unit.
struct plugin_enrolment {
    std::string_view name;
    std::string_view kind;
    result<plugin> (*make)(std::string_view name) = nullptr;
    std::optional<kept_manifest> (*manifest)() = nullptr;
    std::string_view file = {};
    unsigned line = 0;
    const plugin_enrolment* next = nullptr;
};

template <class Kind>
concept names_a_kind = requires { std::string_view(Kind::kind_name); };

/// What stands behind the macro's second argument: a class…
template <class Kind, class C>
consteval plugin_enrolment plugin_enrolled(std::string_view name, std::string_view file, unsigned line) {
    return {.name = name,
            .kind = kind_words<Kind>::name,
            .make = [](std::string_view) -> result<plugin> { return make_plugin<C>(); },
            .manifest = []() -> std::optional<kept_manifest> { return manifest_of<C>(); },
            .file = file,
            .line = line};
}
/// … or a plugin, a tool, a list of them, a function that gives one.
template <class Kind, auto& Thing>
consteval plugin_enrolment plugin_enrolled(std::string_view name, std::string_view file, unsigned line) {
    using thing = std::decay_t<decltype(Thing)>;
    if constexpr (explain_entry<thing>())
        return {.name = name,
                .kind = kind_words<Kind>::name,
                .make = [](std::string_view as) -> result<plugin> {
                    if constexpr (plugin_or_error<thing>) return plugin_of<thing>(std::string(as), Thing);
                    else return plugin_of<std::remove_cvref_t<decltype(Thing())>>(std::string(as), Thing());
                },
                .manifest = nullptr,
                .file = file,
                .line = line};
    else return {};
}

}  // namespace detail

/// The plugins that HAFT_PLUGIN has enrolled in this module, by name, then by file and line: the same whatever the order of
/// linking, however many translation units have seen a macro. None is made yet. Two of one name are both there, and a
/// loader takes the first. Any thread; before `main`, it lacks what comes later.
HAFT_HIDDEN HAFT_COLD inline std::vector<plugin_entry> compiled_in_plugins() {
    const auto key = [](const detail::plugin_enrolment& e) { return std::tuple(e.name, e.file, e.line); };
    std::vector<plugin_entry> out;
    const detail::plugin_enrolment* before = nullptr;
    for (const detail::plugin_enrolment* e : detail::all_enrolled<detail::plugin_enrolment>(key)) {
        if (before && key(*before) == key(*e)) continue;  // the macro of a header, seen from two translation units
        before = e;
        plugin_entry& entry = out.emplace_back();
        entry.name = e->name;
        entry.make = [e] { return e->make(e->name); };
        entry.source = concat({"compiled in (", e->file, ":", decimal(e->line), ")"});
        entry.kind = e->kind;
        if (e->manifest) entry.manifest = e->manifest();
    }
    return out;
}

/// Which of a module's plugins is meant by a name, such as that of its folder: the one of that name, or else the only one
/// there is. An error (E0419): there is none, or there are several. [DC-09]
HAFT_COLD inline result<plugin_entry> choose_plugin(const std::vector<plugin_entry>& of_module,
                                                    std::string_view wanted) {
    for (const plugin_entry& e : of_module)
        if (same_plugin_name(e.name, wanted)) return e;
    if (of_module.size() == 1) return of_module.front();
    error e{errc::unknown_plugin, concat({"no plugin of this module is named ", in_quotes(wanted)})};
    std::string_view before = of_module.empty() ? "; it has none" : ", and it has several: ";
    if (of_module.empty()) e.message += before;
    for (const plugin_entry& one : of_module) append_all(e.message, {before, one.name}), before = ", ";
    return e;
}

}  // namespace haft::inline v0

/// `HAFT_PLUGIN(weather, weather_plugin);` at namespace scope: enrols a plugin under a name (letters, digits, `_`). What
/// stands second is a class of which haft::make_plugin makes one; the name of a function without parameters that gives a
/// plugin, a tool or a list of tools; or of an object at namespace scope that is one of these. In a header, too: it counts
/// once. Runs nothing before main.
#define HAFT_PLUGIN(name, ...) HAFT_PLUGIN_OF(::haft::plugin_kind, name, __VA_ARGS__)
/// The same for a kind of the host's own, which is found by `discover("its name")` only. [DC-10]
#define HAFT_PLUGIN_OF(kind, name, ...) HAFT_DETAIL_PLUGIN(__COUNTER__, kind, name, __VA_ARGS__)
#define HAFT_DETAIL_PLUGIN(n, kind, name, ...) HAFT_DETAIL_PLUGIN_OF(n, kind, name, __VA_ARGS__)
#define HAFT_DETAIL_PLUGIN_OF(n, kind, name, ...)                                                                  \
    namespace {                                                                                                    \
    static_assert(::haft::detail::names_a_kind<kind>,                                                              \
                  "haft: a kind of plugins is a type with a static constexpr const char* kind_name [haft-E0165]"); \
    static_assert(::haft::legal_plugin_name(#name),                                                                \
                  "haft: a plugin's name has 1 to 64 of A-Z a-z 0-9 _ -, and no quotes [haft-E0168]");             \
    static constinit ::haft::detail::plugin_enrolment haft_plugin_enrolment_##n =                                  \
        ::haft::detail::plugin_enrolled<kind, __VA_ARGS__>(#name, HAFT_DETAIL_FILE, __LINE__);                     \
    [[maybe_unused]] const bool haft_plugin_enrolled_##n = ::haft::detail::enrol(haft_plugin_enrolment_##n);       \
    }                                                                                                              \
    static_assert(true)

#endif  // HAFT_PLUGIN_ENROL_PLUGIN_HPP
