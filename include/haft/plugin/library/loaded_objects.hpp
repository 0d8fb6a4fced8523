// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LOADED_OBJECTS_HPP
#define HAFT_PLUGIN_LIBRARY_LOADED_OBJECTS_HPP

/// Which memory belongs to which loaded library: a pointer that a plugin has given is held against it before anybody follows it.
/// [fault 84]

#include <haft/core/config.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

#include <link.h>

namespace haft::inline v0::detail {

/// Of the program and all libraries, as it was when this was made. Any thread.
class loaded_objects {
public:
    HAFT_COLD loaded_objects() {
        ::dl_iterate_phdr(
            [](::dl_phdr_info* about, std::size_t, void* self) {
                try {
                    static_cast<loaded_objects*>(self)->add(*about);
                    return 0;
                } catch (...) { return 1; }  // without memory for the list nothing is known, and nothing is believed
            },
            this);
    }

    /// Whether those bytes are the object's that is loaded at that base, and can be read.
    HAFT_COLD bool readable(std::uintptr_t base, const void* from, std::size_t size) const noexcept {
        return within(from, size, [&](const piece& one) { return one.base == base && (one.flags & PF_R) != 0; });
    }
    /// Whether there is code of whatever object.
    HAFT_COLD bool runs(const void* at) const noexcept {
        return within(at, 1, [](const piece& one) { return (one.flags & runnable) != 0; });
    }
    /// Whether there is code of the object that is loaded at that base.
    HAFT_COLD bool runs_in(std::uintptr_t base, const void* at) const noexcept {
        return within(at, 1, [&](const piece& one) { return one.base == base && (one.flags & PF_X) != 0; });
    }
    /// Whether there is something of the object that is loaded at that base.
    HAFT_COLD bool belongs(std::uintptr_t base, const void* at) const noexcept {
        return within(at, 1, [&](const piece& one) { return one.base == base; });
    }

private:
    // Where a pointer to a function leads to a description of it, that is data.
#if defined(__powerpc64__) && (!defined(_CALL_ELF) || _CALL_ELF == 1)
    static constexpr std::uint32_t runnable = PF_R;
#else
    static constexpr std::uint32_t runnable = PF_X;
#endif
    struct piece {
        std::uintptr_t base, begin, size;
        std::uint32_t flags;
    };

    HAFT_COLD void add(const ::dl_phdr_info& about) {
        for (unsigned i = 0; i < about.dlpi_phnum; ++i) {
            const auto& one = about.dlpi_phdr[i];
            if (one.p_type == PT_LOAD)
                pieces_.push_back({about.dlpi_addr, about.dlpi_addr + one.p_vaddr, one.p_memsz, one.p_flags});
        }
    }
    template <class Fits>
    bool within(const void* from, std::size_t size, Fits fits) const noexcept {
        const auto at = reinterpret_cast<std::uintptr_t>(from);
        for (const piece& one : pieces_)
            if (at >= one.begin && at - one.begin <= one.size && size <= one.size - (at - one.begin) && fits(one))
                return true;
        return false;
    }

    std::vector<piece> pieces_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LOADED_OBJECTS_HPP
