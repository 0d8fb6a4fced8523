// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_ELF_VIEW_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_ELF_VIEW_HPP

/// What the dynamic linker will find in the file of a library: its segments, its dynamic entries and its symbols (System V ABI, "Dynamic
/// Linking"). The file has been looked at by elf_note_reader before; still each place is held against its size.

#include <haft/core/config.hpp>
#include <haft/plugin/library/elf_note.hpp>
#include <haft/plugin/library/file_bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <elf.h>
#include <link.h>

namespace haft::inline v0::detail {

class elf_view {
public:
    using segment = ElfW(Phdr);
    struct symbol {
        std::string name;
        unsigned binding, type, visibility;
    };

    HAFT_COLD explicit elf_view(const file_bytes& file) : file_(file) {
        ElfW(Ehdr) header{};
        if (!file_.read(0, header)) return;
        for (unsigned i = 0; i < header.e_phnum; ++i) {
            segment one{};
            if (file_.read(header.e_phoff + i * sizeof one, one)) segments.push_back(one);
        }
        for (const segment& one : segments)
            if (one.p_type == PT_DYNAMIC) read_dynamic(one);
        for (unsigned i = 0; header.e_shoff != 0 && i < header.e_shnum; ++i) {
            ElfW(Shdr) one{};
            if (!file_.read(header.e_shoff + i * sizeof one, one)) break;
            if (one.sh_type == SHT_DYNSYM) read_symbols(header, one);
        }
    }

    std::vector<segment> segments;
    std::vector<ElfW(Dyn)> dynamic;
    /// Those that it defines and others may see.
    std::vector<symbol> exported;

    /// The value of the first entry of that kind; 0 if there is none.
    HAFT_COLD std::uint64_t value_of_entry(std::int64_t tag) const noexcept {
        for (const ElfW(Dyn) & one : dynamic)
            if (one.d_tag == tag) return one.d_un.d_val;
        return 0;
    }
    HAFT_COLD bool has_entry(std::int64_t tag) const noexcept {
        for (const ElfW(Dyn) & one : dynamic)
            if (one.d_tag == tag) return true;
        return false;
    }
    /// The texts of all entries of that kind.
    HAFT_COLD std::vector<std::string> texts_of_entries(std::int64_t tag) const {
        std::vector<std::string> out;
        for (const ElfW(Dyn) & one : dynamic)
            if (one.d_tag == tag) out.push_back(text_at(offset_of(value_of_entry(DT_STRTAB)) + one.d_un.d_val));
        return out;
    }
    /// How many notes of plugins there are.
    HAFT_COLD std::size_t plugin_notes() const {
        std::size_t found = 0;
        for (const segment& one : segments) {
            std::string all;
            if (one.p_type != PT_NOTE || one.p_filesz > most_note_bytes ||
                !file_.read(one.p_offset, static_cast<std::size_t>(one.p_filesz), all))
                continue;
            walk_notes(all, one.p_align, [&](std::uint32_t type, std::string_view owner, std::string_view) {
                found += is_plugin_note(type, owner);
                return false;
            });
        }
        return found;
    }

private:
    HAFT_COLD void read_dynamic(const segment& from) {
        for (std::uint64_t at = 0; at + sizeof(ElfW(Dyn)) <= from.p_filesz; at += sizeof(ElfW(Dyn))) {
            ElfW(Dyn) one{};
            if (!file_.read(from.p_offset + at, one) || one.d_tag == DT_NULL) return;
            dynamic.push_back(one);
        }
    }
    HAFT_COLD void read_symbols(const ElfW(Ehdr) & header, const ElfW(Shdr) & from) {
        ElfW(Shdr) names{};
        if (from.sh_link >= header.e_shnum || !file_.read(header.e_shoff + from.sh_link * sizeof names, names)) return;
        for (std::uint64_t at = sizeof(ElfW(Sym)); at + sizeof(ElfW(Sym)) <= from.sh_size; at += sizeof(ElfW(Sym))) {
            ElfW(Sym) one{};
            if (!file_.read(from.sh_offset + at, one)) return;
            const unsigned binding = one.st_info >> 4, visibility = one.st_other & 3u;
            if (one.st_shndx == SHN_UNDEF || binding == STB_LOCAL || visibility == STV_HIDDEN || visibility == STV_INTERNAL) continue;
            exported.push_back({text_at(names.sh_offset + one.st_name), binding, one.st_info & 15u, visibility});
        }
    }
    /// Where in the file stands what is loaded at that place.
    HAFT_COLD std::uint64_t offset_of(std::uint64_t address) const noexcept {
        for (const segment& one : segments)
            if (one.p_type == PT_LOAD && address >= one.p_vaddr && address - one.p_vaddr < one.p_filesz)
                return address - one.p_vaddr + one.p_offset;
        return file_.size();
    }
    HAFT_COLD std::string text_at(std::uint64_t at) const {
        std::string out;
        for (char c = 0; out.size() < 4096 && file_.read(at, c) && c != '\0'; ++at) out += c;
        return out;
    }

    const file_bytes& file_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_ELF_VIEW_HPP
