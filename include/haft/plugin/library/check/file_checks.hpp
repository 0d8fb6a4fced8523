// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_FILE_CHECKS_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_FILE_CHECKS_HPP

/// Checks of a library's file, its note and its symbols: nothing of it runs.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/plugin_name.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/os/file_owner.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/check/check_bench.hpp>
#include <haft/plugin/library/check/check_finding.hpp>
#include <haft/plugin/library/check/elf_view.hpp>
#include <haft/plugin/library/library_note.hpp>
#include <haft/plugin/library/open_library.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/written_config.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <elf.h>
#include <sys/stat.h>

namespace haft::inline v0::detail {

/// What one check does, and no more than that, has its id as its name: `note.name` is note_name.
namespace library_checks {

// --- file

HAFT_COLD inline check_finding file_readable(check_bench& b) {
    const result<open_library> open = b.open();
    return open ? fine() : broken({open.error().message});
}
HAFT_COLD inline check_finding file_owner(check_bench& b) {
    struct ::stat about {};
    std::string why;
    if (::fstat(b.opened().file.number(), &about) != 0) return not_looked({"it can't be looked at"});
    return owned_by_user(about, why, library_trust().owners) ? fine() : broken({why});
}
HAFT_COLD inline check_finding file_set_user_id(check_bench& b) {
    struct ::stat about {};
    if (::fstat(b.opened().file.number(), &about) != 0) return not_looked({"it can't be looked at"});
    return (about.st_mode & (S_ISUID | S_ISGID)) == 0 ? fine() : broken({"the bit is set; run chmod ug-s on it"});
}
HAFT_COLD inline check_finding file_links(check_bench& b) {
    std::error_code problem;
    const auto folder = std::filesystem::canonical(std::filesystem::absolute(b.path()).parent_path(), problem);
    if (b.opened().path.parent_path() != folder) return broken({"it is a link out of its folder, to ", b.opened().path.string()});
    struct ::stat about {};
    if (::fstat(b.opened().file.number(), &about) == 0 && about.st_nlink > 1 && about.st_uid != 0)
        return broken({"it has ", decimal(about.st_nlink), " names (hard links)"});
    return fine();
}
HAFT_COLD inline check_finding file_folders(check_bench& b) {
    std::string why;
    std::filesystem::path folder = b.opened().path.parent_path();
    for (bool own = true;; own = false) {
        struct ::stat about {};
        if (::lstat(folder.c_str(), &about) != 0) return not_looked({"the folder ", folder.string(), " can't be looked at"});
        if (!own && (about.st_mode & S_ISVTX) != 0) about.st_mode &= ~static_cast<::mode_t>(S_IWGRP | S_IWOTH);
        if (!owned_by_user(about, why, library_trust().owners)) return broken({"the folder ", folder.string(), ": ", why});
        if (folder == folder.parent_path()) return fine();
        folder = folder.parent_path();
    }
}
HAFT_COLD inline check_finding file_format(check_bench& b) {
    const result<elf_note> read = b.raw_note();
    if (!read && read.error().code == errc::bad_library) return broken({read.error().message});
    return fine();
}

// --- note

HAFT_COLD inline check_finding note_present(check_bench& b) {
    const result<elf_note> read = b.raw_note();
    return read ? fine() : broken({read.error().message});
}
HAFT_COLD inline check_finding note_once(check_bench& b) {
    const std::size_t found = b.elf().plugin_notes();
    return found <= 1 ? fine() : broken({"there are ", decimal(found), ", and only the first is read"});
}
HAFT_COLD inline check_finding note_version(check_bench& b) {
    const result<elf_note> read = b.raw_note();
    if (!read) return not_looked({read.error().message});
    if (read->abi_major == HAFT_ABI_MAJOR) return fine();
    return broken({"it is of version ", decimal(read->abi_major), ".", decimal(read->abi_minor), "; this host has ", decimal(HAFT_ABI_MAJOR), ".",
                   decimal(HAFT_ABI_MINOR)});
}
HAFT_COLD inline check_finding note_json(check_bench& b) {
    const result<elf_note> raw = b.raw_note();
    if (!raw) return not_looked({raw.error().message});
    const result<written_note> read =
        read_library_json<written_note>(raw->json, raw->abi_minor > HAFT_ABI_MINOR, errc::bad_plugin_note, "it");
    return read ? fine() : broken({read.error().message});
}
/// The JSON of the note, with keys that only newer ones have let pass.
HAFT_COLD inline written_note read_note(check_bench& b) {
    result<elf_note> raw = b.raw_note();
    if (!raw) throw check_obstacle{raw.error().message};
    result<written_note> read = read_library_json<written_note>(raw->json, true, errc::bad_plugin_note, "its note");
    if (!read) throw check_obstacle{read.error().message};
    return std::move(*read);
}
HAFT_COLD inline check_finding note_name(check_bench& b) {
    const written_note read = read_note(b);
    if (read.name.empty()) return broken({"there is none, so that the file's name is taken"});
    return legal_plugin_name(read.name) ? fine() : broken({"it is ", in_quotes(read.name)});
}
HAFT_COLD inline check_finding note_texts(check_bench& b) {
    const written_note read = read_note(b);
    for (const auto& [key, text] : {std::pair{"version", &read.version}, std::pair{"description", &read.description}, std::pair{"author", &read.author},
                                    std::pair{"homepage", &read.homepage}, std::pair{"license", &read.license}})
        if (find_hidden(*text, line_breaks::none) != std::string_view::npos) return broken({"its ", key, " has one: ", in_quotes(*text)});
    return fine();
}
HAFT_COLD inline check_finding note_config_schema(check_bench& b) {
    const written_note read = read_note(b);
    if (read.config_schema.text == "null") return fine();
    plugin holder{.name = "plugin"};
    const result<void> taken = take_written_config(holder, read.config_schema.text);
    return taken ? fine() : broken({taken.error().message, taken.error().faults.empty() ? "" : ": ",
                                    taken.error().faults.empty() ? "" : taken.error().faults.front().message});
}
HAFT_COLD inline check_finding note_description(check_bench& b) {
    return read_note(b).description.empty() ? broken({"there is none"}) : fine();
}

// --- symbols

HAFT_COLD inline check_finding symbols_entry(check_bench& b) {
    for (const elf_view::symbol& one : b.elf().exported)
        if (one.name == HAFT_PLUGIN_ENTRY_NAME)
            return one.type == STT_FUNC ? fine() : broken({"it is no function"});
    return broken({"there is none; define it with HAFT_PLUGIN_EXPORT, and in C++ as extern \"C\""});
}
HAFT_COLD inline check_finding symbols_exports(check_bench& b) {
    std::size_t more = 0;
    std::string first;
    for (const elf_view::symbol& one : b.elf().exported) {
        // What the linker itself puts there.
        if (one.name == HAFT_PLUGIN_ENTRY_NAME || one.type == STT_SECTION || one.name == "_init" || one.name == "_fini" ||
            one.binding == STB_GNU_UNIQUE || one.name == "__bss_start" || one.name == "_edata" || one.name == "_end")
            continue;
        if (more++ == 0) first = one.name;
    }
    if (more == 0) return fine();
    return broken({decimal(more), more == 1 ? " more is: " : " more are, the first: ", first, "; compile with -fvisibility=hidden"});
}
HAFT_COLD inline check_finding symbols_unique(check_bench& b) {
    for (const elf_view::symbol& one : b.elf().exported)
        if (one.binding == STB_GNU_UNIQUE) return broken({one.name, " is; compile with -fno-gnu-unique"});
    return fine();
}
HAFT_COLD inline check_finding symbols_needed(check_bench& b) {
    for (const std::string& one : b.elf().texts_of_entries(DT_NEEDED))
        if (one.find('/') != std::string::npos) return broken({"it needs ", one, "; link with -lNAME, or give that library a SONAME"});
    return fine();
}
HAFT_COLD inline check_finding symbols_rpath(check_bench& b) {
    for (const auto tag : {DT_RPATH, DT_RUNPATH})
        for (const std::string& all : b.elf().texts_of_entries(tag))
            for (std::size_t i = 0; i <= all.size();) {
                const std::size_t end = (std::min)(all.find(':', i), all.size());
                const std::string_view one = std::string_view(all).substr(i, end - i);
                if (!one.starts_with('/') && !one.starts_with("$ORIGIN") && !one.starts_with("${ORIGIN}"))
                    return broken({"the place ", in_quotes(one), " of its RPATH depends on where the host was started"});
                i = end + 1;
            }
    return fine();
}
HAFT_COLD inline check_finding symbols_text_relocations(check_bench& b) {
    const elf_view& elf = b.elf();
    return elf.has_entry(DT_TEXTREL) || (elf.value_of_entry(DT_FLAGS) & DF_TEXTREL) != 0 ? broken({"it has some (TEXTREL); compile with -fPIC"}) : fine();
}
HAFT_COLD inline check_finding symbols_stack(check_bench& b) {
    for (const elf_view::segment& one : b.elf().segments)
        if (one.p_type == PT_GNU_STACK) return (one.p_flags & PF_X) == 0 ? fine() : broken({"it wants one (GNU_STACK with the flag E); link with -z noexecstack"});
    return broken({"it does not say (no GNU_STACK), which means that it wants one; link with -z noexecstack"});
}
HAFT_COLD inline check_finding symbols_writable_code(check_bench& b) {
    for (const elf_view::segment& one : b.elf().segments)
        if (one.p_type == PT_LOAD && (one.p_flags & PF_W) != 0 && (one.p_flags & PF_X) != 0)
            return broken({"one of its segments is"});
    return fine();
}
HAFT_COLD inline check_finding symbols_no_delete(check_bench& b) {
    return (b.elf().value_of_entry(DT_FLAGS_1) & DF_1_NODELETE) == 0 ? fine() : broken({"it is marked to stay (NODELETE); link without -z nodelete"});
}
HAFT_COLD inline check_finding symbols_static_tls(check_bench& b) {
    return (b.elf().value_of_entry(DT_FLAGS) & DF_STATIC_TLS) == 0
               ? fine()
               : broken({"it uses that (STATIC_TLS), of which there is little for libraries that are loaded later; compile without -ftls-model=initial-exec"});
}

}  // namespace library_checks
}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_FILE_CHECKS_HPP
