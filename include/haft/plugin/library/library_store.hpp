// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_STORE_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_STORE_HPP

/// The libraries that this process has loaded, each of which is one plugin's at a time: its variables are there once.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/plugin/library/library_note.hpp>
#include <haft/plugin/library/loaded_library.hpp>
#include <haft/plugin/library/open_library.hpp>
#include <haft/plugin/library/private_copy.hpp>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <dlfcn.h>
#include <fcntl.h>

namespace haft::inline v0::detail {

/// Any thread.
class library_store {
public:
    /// The process's. It is never destroyed: code that it holds may run after main.
    HAFT_COLD static library_store& of_process() {
        static auto* const all = new library_store;
        return *all;
    }

    using taken = std::shared_ptr<loaded_library>;

    /// What was loaded before of that path in another state, and is to stay: the file has changed, and either nobody wants it anew, or
    /// it was written over where it lay, which nobody can tell from a copy that is half done.
    HAFT_COLD std::optional<library_note> kept(const open_library& file, bool reload) const {
        const std::lock_guard guard(mutex_);
        const taken* const known = older(file, reload);
        return known ? std::optional((*known)->note) : std::nullopt;
    }

    /// Loads it, or takes what is loaded already and nobody's; of what is somebody's a copy is loaded, so that two hosts in one process
    /// don't share a plugin. It is the caller's until `give_back`.
    HAFT_COLD result<taken> take(const open_library& file, library_note note, std::string_view plugin,
                                 std::string_view who, bool reload) {
        const std::lock_guard guard(mutex_);
        if (const taken* const known = older(file, reload); known && !(*known)->taken) return enter(*known, who);
        bool loaded = false;
        for (const taken& one : all_) {
            if (one->identity != file.identity) continue;
            if (!one->taken) return enter(one, who);
            loaded = true;
        }
        result<taken> out = loaded || is_loaded(file.path.string()) ? load_copy(file, std::move(note), plugin, who)
                                                                    : load_file(file, std::move(note), plugin, who);
        if (!out) return out;
        all_.push_back(*out);  // also if it turns out to be no plugin: its constructors have run
        return enter(*out, who);
    }
    HAFT_COLD void give_back(const taken& one) {
        const std::lock_guard guard(mutex_);
        one->taken = false;
    }
    /// Takes it out of memory. Requires that it is the caller's and that nothing of it runs.
    HAFT_COLD void close(const taken& one) {
        const std::lock_guard guard(mutex_);
        std::erase(all_, one);
        one->close();
    }

private:
    HAFT_COLD static result<taken> enter(const taken& one, std::string_view who) {
        if (one->table.size == 0)
            if (result<void> entered = one->enter(who); !entered) return std::move(entered.error());
        one->taken = true;
        return one;
    }
    HAFT_COLD static bool is_loaded(const std::string& path) {
        void* const known = ::dlopen(path.c_str(), RTLD_LAZY | RTLD_NOLOAD);
        ::dlerror();
        return known && ::dlclose(known) == 0;
    }
    HAFT_COLD const taken* older(const open_library& file, bool reload) const {
        const taken* newest = nullptr;
        for (const taken& one : all_) {
            if (one->path != file.path || one->table.size == 0) continue;
            if (one->identity == file.identity) return nullptr;
            newest = &one;
        }
        if (!newest || !reload) return newest;
        const file_identity& was = (*newest)->identity;
        return was.device == file.identity.device && was.number == file.identity.number ? newest : nullptr;
    }
    HAFT_COLD static result<taken> load_file(const open_library& file, library_note note, std::string_view plugin,
                                             std::string_view who) {
        result<taken> out = loaded_library::load(file.path.string(), file, std::move(note), plugin, who);
        // Only root and this user can have done that, so it is a slip and no attack.
        if (out && (!file.is_in_place() || !file.is_unchanged()))
            return error{errc::library_not_read,
                         concat({"library ", who, " was replaced while it was loaded; load it again"})};
        return out;
    }
    HAFT_COLD static result<taken> load_copy(const open_library& file, library_note note, std::string_view plugin,
                                             std::string_view who) {
        result<private_copy> copy = copy_library(file, who);
        if (!copy) return std::move(copy.error());
        result<taken> out = loaded_library::load(copy->name, file, std::move(note), plugin, who);
        // As long as it is open its number is no other file's.
        if (out) (*out)->source = descriptor(::fcntl(file.file.number(), F_DUPFD_CLOEXEC, 3));
        return out;
    }

    mutable std::mutex mutex_;
    std::vector<taken> all_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_STORE_HPP
