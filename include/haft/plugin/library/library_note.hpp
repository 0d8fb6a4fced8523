// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_NOTE_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_NOTE_HPP

/// What a shared library says of itself in its note, which is read from the file before anything of it runs. [DC-09]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/string_text.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/elf_note.hpp>
#include <haft/plugin/library/file_bytes.hpp>
#include <haft/plugin/manifest.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A note that was read, and is sound.
struct library_note {
    std::uint32_t abi_major = HAFT_ABI_MAJOR;
    std::uint32_t abi_minor = 0;     ///< may be newer than the host's: then it is served as far as the host knows
    kept_manifest manifest = {};     ///< its name may be ""
    std::string config_schema = {};  ///< "": it says nothing of its configuration
    std::string built_with = {};     ///< for people: compiler, standard library; never a reason to refuse
};

namespace detail {

/// The JSON: the members' names are the keys.
struct written_note {
    std::string name = {};
    std::string version = "0.1.0";
    std::string description = {};
    std::string author = {};
    std::vector<std::string> dependencies = {};
    std::vector<std::string> plugin_deps = {};
    std::vector<std::string> optional_plugin_deps = {};
    std::vector<std::string> required_config = {};
    std::string min_host_version = {};
    std::string homepage = {};
    std::string license = "MIT";
    json_text config_schema = {};
    json_text built_with = {};

    static constexpr std::array haft_fields{
        field{"name", "That of the plugin", not_required},
        field{"description", "What it is for", not_required},
        field{"author", "Who made it", not_required},
        field{"dependencies", "Programs that must be there", not_required},
        field{"plugin_deps", "Plugins that must be loaded before it", not_required},
        field{"optional_plugin_deps", "The same, where it can do without", not_required},
        field{"required_config", "Keys that its configuration must have", not_required},
        field{"min_host_version", "The oldest host that will do", not_required},
        field{"homepage", "Where to read more", not_required},
        field{"config_schema", "JSON Schema of its configuration, an object", not_required},
        field{"built_with", "The compiler and the standard library", not_required}};
};

/// JSON of a plugin's into a struct. With `lenient` keys that nobody knows are let pass, and are told in `notes`.
template <class T>
result<T> read_library_json(std::string_view text, bool lenient, errc code, std::string what,
                            std::vector<note>* notes = nullptr) {
    json::read_limits limits;
    limits.max_bytes = std::size_t{64} << 20;
    json::reader in(text, limits, lenient ? read_mode::lenient : read_mode::strict);
    T out;
    if (in.read_arguments(schema::type_of<T>, &out)) {
        if (notes) in.move_notes(*notes);
        return out;
    }
    error e{code, std::move(what), in.take_faults(), in.more_faults()};
    append_all(e.message, {" has ", json::fault_count(e)});
    return e;
}

HAFT_COLD inline result<library_note> note_of(elf_note&& raw, std::string_view who) {
    if (raw.abi_major != HAFT_ABI_MAJOR)
        return error{errc::other_abi,
                     concat({"library ", who, " is refused: it was built for version ", decimal(raw.abi_major), ".",
                             decimal(raw.abi_minor), " of the border to plugins; this host has version ",
                             decimal(HAFT_ABI_MAJOR), ".", decimal(HAFT_ABI_MINOR)})};
    result<written_note> read =
        read_library_json<written_note>(raw.json, raw.abi_minor > HAFT_ABI_MINOR, errc::bad_plugin_note,
                                        concat({"library ", who, " is refused: its note"}));
    if (!read) return std::move(read.error());
    library_note out{.abi_major = raw.abi_major, .abi_minor = raw.abi_minor};
    if (!read->name.empty() && !legal_plugin_name(read->name))
        return error{errc::bad_plugin_note,
                     concat({"library ", who, " is refused: no plugin can be named ", in_quotes(read->name),
                             ", as its note has it; 1 to 64 of A-Z a-z 0-9 _ - can"})};
    out.manifest = manifest_read(*read);
    if (read->config_schema.text != "null") out.config_schema = std::move(read->config_schema.text);
    if (read->built_with.text != "null")
        out.built_with = mended(read->built_with.text.starts_with('"') ? json::string_of(read->built_with.text)
                                                                       : read->built_with.text);
    return out;
}

/// Of an open file; `who` is its name for messages.
HAFT_COLD inline result<library_note> read_library_note(const file_bytes& file, std::string_view who) {
    result<elf_note> raw = elf_note_reader(file, who).read();
    if (!raw) return std::move(raw.error());
    return note_of(std::move(*raw), who);
}

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_NOTE_HPP
