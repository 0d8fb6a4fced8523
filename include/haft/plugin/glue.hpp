// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_HPP
#define HAFT_PLUGIN_GLUE_HPP

/// `HAFT_EXPORT_PLUGIN(weather_plugin);` makes a shared library of a plugin: the note, which hosts read from the file, and the entry,
/// by which they call it. What is said between them stands in docs/guide/shared-libraries.md.

#include <haft/plugin/abi.h>
#include <haft/plugin/enrol_plugin.hpp>
#include <haft/plugin/glue/export_words.hpp>
#include <haft/plugin/glue/library_table.hpp>
#include <haft/plugin/glue/note_text.hpp>

#include <optional>
#include <string_view>

namespace haft::inline v0::detail::glue {

/// Of a plugin that is compiled in: what HAFT_PLUGIN makes, under the name of the manifest.
template <class Exported>
consteval plugin_enrolment export_enrolled(std::string_view file, unsigned line) {
    return {.name = Exported::words().name,
            .kind = kind_words<plugin_kind>::name,
            .make = [](std::string_view) { return Exported::make(); },
            .manifest = []() -> std::optional<kept_manifest> {
                kept_manifest out = keep(Exported::words().manifest);
                out.name = Exported::words().name;
                return out;
            },
            .file = file,
            .line = line};
}

}  // namespace haft::inline v0::detail::glue

/// Once in a library, at namespace scope. First stands
/// - a class of which haft::make_plugin makes a plugin; or
/// - the name of a function without parameters that gives a plugin, a tool or a list of tools, or of an object that is one; and then a
///   type with `static constexpr haft::manifest manifest`, whose name counts;
/// and then hook points other than haft's own, at which it has typed hooks.
///
/// Whatever can cross the border is offered: tools, methods and toolboxes, hooks, commands, enrichers. What can't is an error, of the
/// compiler's (E0170 to E0172) or of the setup (E0470). Where HAFT_PLUGIN_COMPILED_IN is defined (haft_add_plugin does so for OBJECT and
/// STATIC) it enrols the plugin in the program, as HAFT_PLUGIN does.
#if defined(HAFT_PLUGIN_COMPILED_IN)
#define HAFT_EXPORT_PLUGIN(...)                                                                                      \
    namespace {                                                                                                      \
    constinit ::haft::detail::plugin_enrolment haft_exported_plugin =                                                \
        ::haft::detail::glue::export_enrolled<decltype(::haft::detail::glue::exported<__VA_ARGS__>())>(HAFT_DETAIL_FILE, __LINE__); \
    [[maybe_unused]] const bool haft_plugin_is_enrolled = ::haft::detail::enrol(haft_exported_plugin);               \
    }                                                                                                                \
    static_assert(true)
#else
#define HAFT_EXPORT_PLUGIN(...)                                                                  \
    namespace {                                                                                  \
    using haft_exported_plugin = decltype(::haft::detail::glue::exported<__VA_ARGS__>());              \
    constinit const auto haft_plugin_note HAFT_NOTE_PLACE = ::haft::detail::glue::note_of<haft_exported_plugin>(); \
    }                                                                                            \
    extern "C" HAFT_PLUGIN_EXPORT const haft_plugin* haft_plugin_v1(const haft_host* host) {     \
        return ::haft::detail::glue::library<haft_exported_plugin>::enter(host);                       \
    }                                                                                            \
    static_assert(true)
#endif

#endif  // HAFT_PLUGIN_GLUE_HPP
