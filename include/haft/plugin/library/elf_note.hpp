// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_ELF_NOTE_HPP
#define HAFT_PLUGIN_LIBRARY_ELF_NOTE_HPP

/// Looks into the file of a shared library, of which nothing runs meanwhile: whether it is one for this machine and all there, and
/// what its note says (System V ABI, "Object Files"). Nothing in the file is believed: each place and size is held against the file's
/// own size before it is read. [fault 81]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/elf_machine.hpp>
#include <haft/plugin/library/file_bytes.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include <elf.h>
#include <link.h>

namespace haft::inline v0::detail {

/// The most bytes of notes that are read of one file.
inline constexpr std::size_t most_note_bytes = std::size_t{4} << 20;

/// A note's descriptor, taken apart.
struct elf_note {
    std::uint32_t abi_major = 0;
    std::uint32_t abi_minor = 0;
    std::string json;
};

/// Notes one behind the other; what is behind the last whole one is nobody's. `each(type, owner, descriptor)` ends it by true. Gives what
/// is broken, or "". Requires less than most_note_bytes.
template <class Each>
std::string_view walk_notes(std::string_view all, std::uint64_t alignment, Each each) {
    const std::size_t step = alignment == 8 ? 8 : 4;  // as readers of notes have it: 8 only where the segment says so
    const auto rounded = [&](std::size_t n) { return (n + step - 1) / step * step; };
    for (std::size_t i = 0; i <= all.size() && all.size() - i >= sizeof(ElfW(Nhdr));) {
        ElfW(Nhdr) note{};
        std::memcpy(&note, all.data() + i, sizeof note);
        i += sizeof note;
        // Sizes of 32 bits that were held against less than most_note_bytes don't overflow when they are rounded.
        if (note.n_namesz > all.size() - i) return "the name of one is longer than all of them";
        const std::string_view owner = all.substr(i, note.n_namesz);
        i = rounded(i + note.n_namesz);
        if (i > all.size() || note.n_descsz > all.size() - i) return "one is longer than all of them";
        if (each(note.n_type, owner, all.substr(i, note.n_descsz))) break;
        i = rounded(i + note.n_descsz);
    }
    return {};
}
inline bool is_plugin_note(std::uint32_t type, std::string_view owner) noexcept {
    return type == HAFT_NOTE_TYPE && owner == std::string_view(HAFT_NOTE_OWNER, sizeof HAFT_NOTE_OWNER);
}

class elf_note_reader {
public:
    /// `who` is the file's name for messages.
    elf_note_reader(const file_bytes& file, std::string_view who) : file_(file), who_(who) {}

    /// Errors: E0453, the file is no library that could be loaded here; E0454, it has no note of a plugin; E0456, a broken one.
    HAFT_COLD result<elf_note> read() {
        if (result<void> fits = read_header(); !fits) return std::move(fits.error());
        if (result<void> whole = look_at_segments(); !whole) return std::move(whole.error());
        for (const auto& way : {&elf_note_reader::look_in_segments, &elf_note_reader::look_in_sections}) {
            const search found = (this->*way)();
            if (found == search::found) return std::move(note_);
            if (found == search::broken) return refused(errc::bad_plugin_note, {"its notes can't be read: ", why_});
        }
        return refused(errc::no_plugin_note, {"it has no note of a plugin's (", HAFT_NOTE_SECTION,
                                              "); HAFT_PLUGIN_NOTE of plugin/abi.h puts one in"});
    }

private:
    enum class search : unsigned char { nothing, found, broken };
    using header = ElfW(Ehdr);
    using segment = ElfW(Phdr);
    using section = ElfW(Shdr);

    HAFT_COLD error refused(errc code, std::initializer_list<std::string_view> why) const {
        return {code, concat({"library ", who_, " is refused: ", concat(why)})};
    }
    HAFT_COLD error bad(std::initializer_list<std::string_view> why) const { return refused(errc::bad_library, why); }
    HAFT_COLD error cut(std::string_view what) const {
        return bad(
            {"it is cut off or broken: ", what, " would lie beyond its end; it has ", decimal(file_.size()), " bytes"});
    }

    HAFT_COLD result<void> read_header() {
        if (file_.size() == 0) return bad({"it is empty"});
        unsigned char start[EI_NIDENT]{};
        const std::size_t there = file_.size() < sizeof start ? static_cast<std::size_t>(file_.size()) : sizeof start;
        if (!file_.read(0, start, there)) return bad({"it can't be read"});
        if (there < SELFMAG || std::memcmp(start, ELFMAG, SELFMAG) != 0) {
            std::string begins;
            append_echo(begins, {reinterpret_cast<const char*>(start), there});
            return bad({"it is no ELF file; it begins with \"", begins, "\""});
        }
        // The first members are alike in both classes: the class decides only about what is behind them.
        std::uint16_t type_and_machine[2]{};
        if (there < sizeof start || !file_.read(EI_NIDENT, type_and_machine)) return cut("its header");
        if (start[EI_CLASS] != ELFCLASS32 && start[EI_CLASS] != ELFCLASS64)
            return bad({"its header is broken: it is neither of 32 nor of 64 bits"});
        if (start[EI_DATA] != ELFDATA2LSB && start[EI_DATA] != ELFDATA2MSB)
            return bad({"its header is broken: it has no order of bytes"});
        if (start[EI_DATA] != this_machine.order)
            for (std::uint16_t& one : type_and_machine) one = static_cast<std::uint16_t>(one >> 8 | one << 8);
        const elf_machine machine{start[EI_CLASS], start[EI_DATA], type_and_machine[1]};
        if (!runs_here(machine))
            return bad({"it was made for another machine, ", machine.text(), "; this is ", this_machine.text()});
        if (start[EI_VERSION] != EV_CURRENT) return bad({"its header is broken: it is of no known version of ELF"});
        if (type_and_machine[0] != ET_DYN) {
            const std::string_view what = type_and_machine[0] == ET_EXEC  ? "a program"
                                          : type_and_machine[0] == ET_REL ? "an object file"
                                                                          : "something else";
            return bad({"it is ", what, " and no shared library; link it with -shared"});
        }
        if (!file_.read(0, header_)) return cut("its header");
        if (header_.e_phnum == 0 || header_.e_phnum == PN_XNUM || header_.e_phentsize != sizeof(segment))
            return bad({"its header is broken: it has no list of segments"});
        if (!file_.holds(header_.e_phoff, std::uint64_t{header_.e_phnum} * sizeof(segment)))
            return cut("its list of segments");
        if (header_.e_shoff != 0 && header_.e_shnum != 0) {
            if (header_.e_shentsize != sizeof(section))
                return bad({"its header is broken: its sections have no known size"});
            if (!file_.holds(header_.e_shoff, std::uint64_t{header_.e_shnum} * sizeof(section)))
                return cut("its list of sections");
        }
        return {};
    }

    bool segment_at(unsigned i, segment& to) const { return file_.read(header_.e_phoff + i * sizeof(segment), to); }

    /// What would be mapped has to be there: who touches a page beyond the end of a file is killed.
    HAFT_COLD result<void> look_at_segments() const {
        bool loads = false;
        for (unsigned i = 0; i < header_.e_phnum; ++i) {
            segment one{};
            if (!segment_at(i, one)) return cut("its list of segments");
            if (one.p_type != PT_LOAD && one.p_type != PT_DYNAMIC && one.p_type != PT_TLS) continue;
            loads = loads || one.p_type == PT_LOAD;
            if (!file_.holds(one.p_offset, one.p_filesz)) return cut(concat({"segment ", decimal(i)}));
            if (one.p_type == PT_LOAD && one.p_filesz > one.p_memsz)
                return bad({"it is broken: segment ", decimal(i), " is larger in the file than in memory"});
        }
        if (!loads) return bad({"it is broken: it has no segment that is loaded"});
        return {};
    }

    HAFT_COLD search look_in_segments() {
        for (unsigned i = 0; i < header_.e_phnum; ++i) {
            segment one{};
            if (!segment_at(i, one) || one.p_type != PT_NOTE) continue;
            if (const search found = look_in(one.p_offset, one.p_filesz, one.p_align); found != search::nothing)
                return found;
        }
        return search::nothing;
    }
    HAFT_COLD search look_in_sections() {
        if (header_.e_shoff == 0) return search::nothing;
        for (unsigned i = 0; i < header_.e_shnum; ++i) {
            section one{};
            if (!file_.read(header_.e_shoff + i * sizeof(section), one) || one.sh_type != SHT_NOTE) continue;
            if (const search found = look_in(one.sh_offset, one.sh_size, one.sh_addralign); found != search::nothing)
                return found;
        }
        return search::nothing;
    }

    HAFT_COLD search broken(std::string why) {
        why_ = std::move(why);
        return search::broken;
    }
    HAFT_COLD search look_in(std::uint64_t at, std::uint64_t size, std::uint64_t alignment) {
        if (!file_.holds(at, size)) return broken("they would lie beyond its end");
        if (size > most_note_bytes - read_)
            return broken(concat({"they have more than ", decimal(most_note_bytes), " bytes"}));
        std::string all;
        if (!file_.read(at, static_cast<std::size_t>(size), all)) return broken("the file has become shorter");
        read_ += all.size();
        search out = search::nothing;
        const std::string_view wrong =
            walk_notes(all, alignment, [&](std::uint32_t type, std::string_view owner, std::string_view descriptor) {
                if (!is_plugin_note(type, owner)) return false;
                out = take(descriptor);
                return true;
            });
        return wrong.empty() ? out : broken(std::string(wrong));
    }
    HAFT_COLD search take(std::string_view descriptor) {
        if (descriptor.size() < 8) return broken("that of the plugin is too short");
        std::memcpy(&note_.abi_major, descriptor.data(), 4);
        std::memcpy(&note_.abi_minor, descriptor.data() + 4, 4);
        descriptor.remove_prefix(8);
        while (!descriptor.empty() && descriptor.back() == '\0') descriptor.remove_suffix(1);
        note_.json = descriptor;
        return search::found;
    }

    const file_bytes& file_;
    std::string_view who_;
    header header_{};
    std::size_t read_ = 0;
    std::string why_;
    elf_note note_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_ELF_NOTE_HPP
