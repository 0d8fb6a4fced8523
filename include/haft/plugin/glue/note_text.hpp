// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_NOTE_TEXT_HPP
#define HAFT_PLUGIN_GLUE_NOTE_TEXT_HPP

/// The note of a library: what hosts read from its file before anything of it runs. Made by the compiler.

#include <haft/core/text_sink.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/glue/export_words.hpp>
#include <haft/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <version>

namespace haft::inline v0::detail::glue {

/// With what the library was built: for people who look for the reason of something. Nothing depends on it.
struct built_with_text {
    static constexpr void version(text_sink& sink, int major, int minor, int patch) {
        sink.put_integer(major), sink.put('.'), sink.put_integer(minor), sink.put('.'), sink.put_integer(patch);
    }
    static constexpr void write(text_sink& sink) {
        sink.put(R"({"compiler":")");
#if defined(__clang__)
        sink.put("clang "), version(sink, __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
        sink.put("gcc "), version(sink, __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
        sink.put(R"(","standard_library":")");
#if defined(_LIBCPP_VERSION)
        sink.put("libc++ "), sink.put_integer(_LIBCPP_VERSION);
#elif defined(__GLIBCXX__)
        sink.put("libstdc++ "), sink.put_integer(_GLIBCXX_RELEASE);
#else
        sink.put("another");
#endif
        sink.put(R"(","standard":"C++)"), sink.put_integer(__cplusplus / 100 % 100);
        sink.put(R"(","haft":")"), sink.put(HAFT_VERSION), sink.put(R"(","build":")");
#if defined(NDEBUG)
        sink.put("release");
#else
        sink.put("debug");
#endif
        sink.put(R"("})");
    }
};

template <class Exported>
struct note_text {
    static constexpr void member(text_sink& sink, std::string_view key, std::string_view text) {
        if (text.empty()) return;
        sink.put(','), sink.put_quoted(key), sink.put(':'), sink.put_quoted(text);
    }
    template <class List>
    static constexpr void member(text_sink& sink, std::string_view key, const List& texts) {
        if (texts.empty()) return;
        sink.put(','), sink.put_quoted(key), sink.put(":[");
        bool first = true;
        for (const std::string_view one : texts) {
            if (!first) sink.put(',');
            first = false;
            sink.put_quoted(one);
        }
        sink.put(']');
    }
    static constexpr void write(text_sink& sink) {
        const note_words words = Exported::words();
        const haft::manifest& m = words.manifest;
        sink.put("{\"name\":"), sink.put_quoted(words.name);
        member(sink, "version", m.version);
        member(sink, "description", m.description);
        member(sink, "author", m.author);
        member(sink, "dependencies", m.dependencies);
        member(sink, "plugin_deps", m.plugin_deps);
        member(sink, "optional_plugin_deps", m.optional_plugin_deps);
        member(sink, "required_config", m.required_config);
        member(sink, "min_host_version", m.min_host_version);
        member(sink, "homepage", m.homepage);
        member(sink, "license", m.license);
        if (!words.config_schema.empty()) sink.put(",\"config_schema\":"), sink.put(words.config_schema);
        sink.put(",\"built_with\":"), built_with_text::write(sink), sink.put('}');
    }
};

template <std::size_t Capacity>
struct note_bytes {
    HAFT_NOTE_STRUCT(Capacity) note;
};

/// The bytes of the section HAFT_NOTE_SECTION.
template <class Exported>
consteval auto note_of() {
    constexpr std::string_view text = static_text<note_text<Exported>>::view;
    // Notes stand at places that are multiples of four, so what is behind the last one would be a part of another.
    note_bytes<(text.size() + 3) / 4 * 4> out{};
    out.note.owner_size = sizeof(HAFT_NOTE_OWNER);
    out.note.size = static_cast<std::uint32_t>(8 + text.size());
    out.note.type = HAFT_NOTE_TYPE;
    for (std::size_t i = 0; i < sizeof(HAFT_NOTE_OWNER); ++i) out.note.owner[i] = HAFT_NOTE_OWNER[i];
    out.note.abi_major = HAFT_ABI_MAJOR;
    out.note.abi_minor = HAFT_ABI_MINOR;
    for (std::size_t i = 0; i < text.size(); ++i) out.note.json[i] = text[i];
    return out;
}

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_NOTE_TEXT_HPP
