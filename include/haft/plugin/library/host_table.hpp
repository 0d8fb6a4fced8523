// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_HOST_TABLE_HPP
#define HAFT_PLUGIN_LIBRARY_HOST_TABLE_HPP

/// What a host is to a library: the table that haft_plugin_v1 is given.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/mended.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/abi_draft.h>
#include <haft/plugin/library/across.hpp>
#include <haft/plugin/library/host_call.hpp>
#include <haft/tool/log.hpp>
#include <haft/version.hpp>

#include <mutex>
#include <string>
#include <utility>

namespace haft::inline v0::detail {

/// The texts of a plugin's that are told are cut behind that many bytes.
class host_table {
public:
    explicit host_table(std::string plugin)
        : plugin_(std::move(plugin)), table_{sizeof(haft_host), HAFT_ABI_MAJOR,       HAFT_ABI_MINOR, this,
                                             across("haft"),    across(HAFT_VERSION), &tell,          &extension} {}
    host_table(const host_table&) = delete;
    host_table& operator=(const host_table&) = delete;

    const haft_host* get() const noexcept { return &table_; }
    /// Who is told from now on.
    HAFT_COLD void tells(logger to) {
        const std::lock_guard guard(mutex_);
        log_ = std::move(to);
    }

private:
    HAFT_COLD static void tell(const haft_host* host, int level, haft_text message) noexcept {
        try {
            const auto& own = *static_cast<const host_table*>(host->host);
            logger log;
            {
                const std::lock_guard guard(own.mutex_);
                log = own.log_;
            }
            log.tell(level_of(level), "plugins", concat({own.plugin_, ": ", mended(view_of(message))}));
        } catch (...) {}  // there is no memory to tell it
    }
    static const void* extension(const haft_host*, haft_text name) noexcept {
        return view_of(name) == HAFT_DRAFT_CALL_NAME ? host_call::draft() : nullptr;
    }

    const std::string plugin_;
    const haft_host table_;
    mutable std::mutex mutex_;
    logger log_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_HOST_TABLE_HPP
