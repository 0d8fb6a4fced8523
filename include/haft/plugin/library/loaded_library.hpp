// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LOADED_LIBRARY_HPP
#define HAFT_PLUGIN_LIBRARY_LOADED_LIBRARY_HPP

/// A shared library in memory: loaded by the dynamic linker, with its one function found and its table read.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/library/host_table.hpp>
#include <haft/plugin/library/library_note.hpp>
#include <haft/plugin/library/loaded_objects.hpp>
#include <haft/plugin/library/open_library.hpp>
#include <haft/plugin/library/plugin_table.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <dlfcn.h>
#include <link.h>

namespace haft::inline v0::detail {

/// Is never unloaded of itself: code of a library may still run, or be named by what outlives this, when nobody thinks so.
class loaded_library {
public:
    /// Runs the constructors of the library. `load_from` is what the dynamic linker is given; `who` is for messages. Errors: E0459 with
    /// the linker's words. [faults 101, 102]
    HAFT_COLD static result<std::shared_ptr<loaded_library>> load(const std::string& load_from,
                                                                  const open_library& what, library_note note,
                                                                  std::string_view plugin, std::string_view who) {
        ::dlerror();
        // All at once and for itself: what it lacks is told now, and its symbols are not those of other plugins.
        void* const handle = ::dlopen(load_from.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!handle) {
            const char* const why = ::dlerror();
            return error{errc::library_not_loaded,
                         concat({"library ", who, " can't be loaded: ", mended(why ? why : "nobody says why")})};
        }
        std::shared_ptr<loaded_library> out(new loaded_library(handle, std::string(plugin)));
        out->path = what.path;
        out->identity = what.identity;
        out->note = std::move(note);
        ::link_map* about = nullptr;
        if (::dlinfo(handle, RTLD_DI_LINKMAP, &about) == 0 && about) out->base_ = about->l_addr;
        return out;
    }
    loaded_library(const loaded_library&) = delete;
    loaded_library& operator=(const loaded_library&) = delete;

    /// Asks the library for its plugin. Errors: E0460, E0461, E0455, or E0411 with what it threw.
    HAFT_COLD result<void> enter(std::string_view who) {
        void* const at = ::dlsym(handle_, HAFT_PLUGIN_ENTRY_NAME);
        // It is looked for in what the library needs as well, and that of another plugin is none of ours.
        if (!at || !loaded_objects().belongs(base_, at))
            return error{errc::missing_entry, concat({"library ", who, " has no function ", HAFT_PLUGIN_ENTRY_NAME,
                                                      ", though its note says that it is a plugin; define it, with "
                                                      "HAFT_PLUGIN_EXPORT and in C++ as extern \"C\""})};
        const haft_plugin* given = nullptr;
        try {
            given = reinterpret_cast<haft_plugin_entry*>(at)(host.get());
        } catch (...) {
            return error{errc::plugin_failed, concat({"library ", who, ": ", HAFT_PLUGIN_ENTRY_NAME,
                                                      " threw, and nothing may cross the border: ", caught_text()})};
        }
        result<haft_plugin> read = read_plugin_table(given, base_, who);
        if (!read) return std::move(read.error());
        table = *read;
        return {};
    }

    /// Takes it out of memory, if nothing else holds it there. Nothing of it may be used afterwards.
    HAFT_COLD void close() noexcept {
        source.close();
        if (handle_) ::dlclose(std::exchange(handle_, nullptr));
    }
    /// Where it is loaded, which tells it from all others.
    std::uintptr_t base() const noexcept { return base_; }

    host_table host;
    haft_plugin table{};
    library_note note;
    std::filesystem::path path;  ///< of the file that it was loaded from, or copied from
    file_identity identity;
    descriptor source;   ///< of a copy, the file
    bool taken = false;  ///< by a plugin that is set up; guarded by who keeps the libraries

private:
    loaded_library(void* handle, std::string plugin) : host(std::move(plugin)), handle_(handle) {}

    void* handle_;
    std::uintptr_t base_ = 0;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LOADED_LIBRARY_HPP
