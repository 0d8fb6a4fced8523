// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_PATH_GRANTS_HPP
#define HAFT_REGISTRY_PATH_GRANTS_HPP

/// Where in the file system an owner's tools may go: what was allowed and denied, and by whom. It decides and touches no file;
/// links are for who opens (see the path types of schema/std/filesystem.hpp). [RG-12, jaato's path authorisations]

#include <haft/core/config.hpp>

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

enum class path_access : unsigned char { read, read_write };

/// Any thread.
class path_grants {
public:
    /// Allows a path and all below it, in the name of an owner. False of a path that is not absolute.
    HAFT_COLD bool allow(std::string_view owner, std::string_view path, path_access access) {
        return add({std::string(owner), normal(path), false, access});
    }
    /// Denies a path and all below it, whoever has allowed it and whoever will.
    HAFT_COLD bool deny(std::string_view owner, std::string_view path) {
        return add({std::string(owner), normal(path), true, path_access::read_write});
    }
    /// Whether some owner has allowed that access and none has denied the path. A path that is not absolute is not allowed.
    HAFT_COLD bool may(std::string_view path, path_access access) const {
        const std::string wanted = normal(path);
        if (wanted.empty()) return false;
        const std::lock_guard guard(mutex_);
        bool allowed = false;
        for (const rule& r : rules_) {
            if (!is_within(wanted, r.path)) continue;
            if (r.denies) return false;
            allowed = allowed || r.access >= access;
        }
        return allowed;
    }
    /// Forgets what was said in the name of an owner; gives how many rules that were.
    HAFT_COLD std::size_t forget(std::string_view owner) {
        const std::lock_guard guard(mutex_);
        return std::erase_if(rules_, [&](const rule& r) { return r.owner == owner; });
    }

private:
    struct rule {
        std::string owner;
        std::string path;  // normal
        bool denies;
        path_access access;
    };

    bool add(rule r) {
        if (r.path.empty()) return false;
        const std::lock_guard guard(mutex_);
        rules_.push_back(std::move(r));
        return true;
    }

    /// The path without `.`, `..` and doubled slashes; "" of one that is not absolute or holds a NUL.
    HAFT_COLD static std::string normal(std::string_view path) {
        std::string out;
        if (!path.starts_with('/') || path.find('\0') != std::string_view::npos) return out;
        for (std::size_t at = 0; at < path.size();) {
            const std::size_t end = path.find('/', at);
            const std::string_view part = path.substr(at, end - at);
            if (part == "..") out.resize(out.empty() ? 0 : out.rfind('/'));
            else if (!part.empty() && part != ".") out.append("/").append(part);
            if (end == std::string_view::npos) break;
            at = end + 1;
        }
        return out.empty() ? "/" : out;
    }
    static bool is_within(std::string_view path, std::string_view folder) noexcept {
        return folder == "/" ||
               (path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/'));
    }

    mutable std::mutex mutex_;
    std::vector<rule> rules_;
};

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_PATH_GRANTS_HPP
