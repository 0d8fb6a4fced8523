// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_PLUGIN_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_PLUGIN_HPP

/// Plugins that are shared libraries: `loader.add(*haft::library_entry("weather.so"))`. plugin/abi.h is what they are written against.
/// [DC-09]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/plugin/library/library_life.hpp>
#include <haft/plugin/library/library_note.hpp>
#include <haft/plugin/library/library_options.hpp>
#include <haft/plugin/library/library_store.hpp>
#include <haft/plugin/library/open_library.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_entry.hpp>
#include <haft/plugin/written_config.hpp>
#include <haft/tool/log_level.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace detail {

/// A file whose note is sound.
struct looked_at_library {
    library_note note;
    file_identity identity;
    std::filesystem::path path;  ///< the real one
    bool is_kept = false;        ///< it has changed, and the note is of what stays loaded
};

/// The name for a library without one in its note: `libweather.so.1` is "weather".
HAFT_COLD inline std::string name_of_library(const std::filesystem::path& file) {
    std::string name = file.filename().string();
    name.resize((std::min)(name.find('.'), name.size()));
    if (name.starts_with("lib")) name.erase(0, 3);
    return name;
}

/// All that can be known before anything of it runs.
HAFT_COLD inline result<looked_at_library> look_at_library(const std::filesystem::path& given,
                                                           const library_options& options) {
    const std::string who = without_hidden(given.string(), line_breaks::none, 4096);
    result<open_library> file = library_opener(given, options.trust).open();
    if (!file) return std::move(file.error());
    looked_at_library out{.note = {}, .identity = file->identity, .path = file->path};
    if (std::optional<library_note> kept = library_store::of_process().kept(*file, options.reload)) {
        out.note = std::move(*kept);
        out.is_kept = true;
    } else {
        result<library_note> note = read_library_note(file->bytes(), who);
        if (!note) return std::move(note.error());
        if (!file->is_unchanged())
            return error{errc::library_not_read,
                         concat({"library ", who, " is refused: it has changed while it was read"})};
        out.note = std::move(*note);
    }
    if (out.note.manifest.name.empty()) out.note.manifest.name = name_of_library(out.path);
    if (!legal_plugin_name(out.note.manifest.name))
        return error{errc::bad_plugin_note,
                     concat({"library ", who, " is refused: its note has no name, and no plugin can be named ",
                             in_quotes(out.note.manifest.name), ", as its file is"})};
    return out;
}

HAFT_COLD inline result<plugin> plugin_of_library(const std::filesystem::path& given, const library_options& options) {
    const std::string who = without_hidden(given.string(), line_breaks::none, 4096);
    result<looked_at_library> found = look_at_library(given, options);
    if (!found) return std::move(found.error());
    plugin out{.name = found->note.manifest.name, .manifest = found->note.manifest};
    if (found->is_kept)
        options.log.tell(
            log_level::warning, "plugins",
            error{errc::library_kept,
                  concat({"library ", who, " has changed; what was loaded before stays until the host is started anew",
                          options.reload ? ", since it was written over and not replaced by another file" : ""})}
                .text());
    if (!found->note.config_schema.empty())
        if (result<void> taken = take_written_config(out, found->note.config_schema); !taken) {
            taken.error().message = concat(
                {"library ", who,
                 " is refused: the config_schema of its note can't be used: ", json::fault_count(taken.error())});
            taken.error().code = errc::bad_plugin_note;
            return std::move(taken.error());
        }
    const auto life =
        std::make_shared<library_life>(out.name, given, who, std::move(found->note), found->identity, options);
    out.setup = [life](std::string_view config) { return life->setup(config); };
    out.initialize = [life](std::string_view config) { return life->initialize(config); };
    out.shutdown = [life] { life->shutdown(); };
    out.teardown = [life] { return life->teardown(); };
    return out;
}

}  // namespace detail

/// An entry for a library: its file is opened and believed or not (E0457, E0458), it is a library for this machine (E0453), and its note
/// is read (E0454, E0455, E0456). Nothing of it runs before the loader has found that all is there that it needs, and that its
/// configuration fits. What can go wrong then is the plugin's problem in the loader: E0459 to E0462, E0465, and what it says itself.
///
/// Trusted is whoever wrote the file: native code can do whatever the host can. It is never taken out of memory, unless the options say so.
HAFT_COLD inline result<plugin_entry> library_entry(const std::filesystem::path& file, library_options options = {}) {
    result<plugin> looked_at = detail::plugin_of_library(file, options);
    if (!looked_at) return std::move(looked_at.error());
    plugin_entry out{
        .name = looked_at->name, .make = {}, .source = without_hidden(file.string(), line_breaks::none, 4096)};
    out.file = file;
    out.manifest = looked_at->manifest;
    out.make = [file, options = std::move(options)] { return detail::plugin_of_library(file, options); };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_PLUGIN_HPP
