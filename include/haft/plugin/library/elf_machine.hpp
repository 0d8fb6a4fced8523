// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_ELF_MACHINE_HPP
#define HAFT_PLUGIN_LIBRARY_ELF_MACHINE_HPP

/// For which machine an ELF file was made, and whether that is this one (System V ABI, "ELF Header").

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>

#include <string>
#include <string_view>

#include <elf.h>

namespace haft::inline v0::detail {

/// What of a file's header speaks of the machine.
struct elf_machine {
    unsigned char bits;   ///< ELFCLASS32, ELFCLASS64
    unsigned char order;  ///< ELFDATA2LSB, ELFDATA2MSB
    unsigned number;      ///< EM_X86_64 …; 0: nobody knows

    /// `64-bit x86-64`, `32-bit ARM, big-endian`
    HAFT_COLD std::string text() const {
        constexpr struct {
            unsigned number;
            std::string_view name;
        } names[]{{3, "x86"},  {8, "MIPS"},    {20, "PowerPC"},  {21, "PowerPC64"}, {22, "S/390"},
                  {40, "ARM"}, {62, "x86-64"}, {183, "AArch64"}, {243, "RISC-V"},   {258, "LoongArch"}};
        std::string name;
        for (const auto& one : names)
            if (one.number == number) name = one.name;
        if (name.empty()) name = concat({"machine ", decimal(number)});
        return concat({bits == ELFCLASS32 ? "32-bit " : "64-bit ", name,
                       order == ELFDATA2MSB && number != 22 ? ", big-endian" : ""});
    }
};

inline constexpr elf_machine this_machine{sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32,
                                          __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB,
#if defined(__x86_64__)
                                          62
#elif defined(__i386__)
                                          3
#elif defined(__aarch64__)
                                          183
#elif defined(__arm__)
                                          40
#elif defined(__riscv)
                                          243
#elif defined(__powerpc64__)
                                          21
#elif defined(__s390x__)
                                          22
#elif defined(__loongarch__)
                                          258
#else
                                          0
#endif
};

/// Whether a file for `that` can run here, as far as these say.
constexpr bool runs_here(const elf_machine& that) noexcept {
    return that.bits == this_machine.bits && that.order == this_machine.order &&
           (this_machine.number == 0 || that.number == this_machine.number);
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_ELF_MACHINE_HPP
