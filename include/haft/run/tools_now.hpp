// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_TOOLS_NOW_HPP
#define HAFT_RUN_TOOLS_NOW_HPP

/// Where a runner finds tools: a set, a catalog, or a registry, whose newest catalog it takes for each batch.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/format/name.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/explain.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <concepts>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// The tools of one moment, which stay as long as somebody holds this. Any thread.
class tools_now {
public:
    explicit tools_now(toolset tools) : own_(std::move(tools)), tools_(&own_) {}
    explicit tools_now(std::shared_ptr<const catalog> from) : served_(std::move(from)), tools_(&served_->tools()) {}
    tools_now(const tools_now&) = delete;
    tools_now& operator=(const tools_now&) = delete;

    const toolset& tools() const noexcept { return *tools_; }
    /// Null where they are a set.
    const catalog* served() const noexcept { return served_.get(); }
    /// In either spelling; null if there is none.
    const tool* find(std::string_view name) const {
        if (const tool* const t = tools_->find(name)) return t;
        return names().find(name);
    }
    /// The error for a name that `find` does not find: the nearest, or why a known one is not served.
    HAFT_COLD error no_such_tool(std::string_view name) const {
        if (served_)
            if (error e = served_->not_served(name); e.code != errc::unknown_tool) return e;
        return tools_->no_such_tool(name);
    }
    /// The spellings that providers are given. Made when first asked for.
    const formats::name_map& names() const {
        std::call_once(once_, [&] { names_.emplace(*tools_); });
        return *names_;
    }

private:
    toolset own_;
    std::shared_ptr<const catalog> served_;
    const toolset* tools_;
    mutable std::once_flag once_;
    mutable std::optional<formats::name_map> names_;
};

/// What has catalogs: a registry, which must outlive who reads it. (By what it can do, so that this needs not its whole header.)
template <class R>
concept catalog_source = requires(const R& of, std::uint64_t& generation) {
    { of.snapshot(generation) } -> std::same_as<std::shared_ptr<const catalog>>;
    { of.generation() } -> std::same_as<std::uint64_t>;
};

/// Gives the tools of this moment. Any thread.
class tool_source {
public:
    tool_source(toolset tools)  // NOLINT: implicit, what runs calls is made over tools
        : now_([all = std::make_shared<const tools_now>(std::move(tools))] { return all; }) {}
    tool_source(std::shared_ptr<const catalog> from)  // NOLINT
        : now_([all = std::make_shared<const tools_now>(std::move(from))] { return all; }) {}
    template <catalog_source Registry>
    tool_source(const Registry& of)  // NOLINT
        : now_([&of, kept = std::make_shared<newest>()] {
              const std::lock_guard guard(kept->mutex);
              if (!kept->tools || kept->generation != of.generation())
                  kept->tools = std::make_shared<const tools_now>(of.snapshot(kept->generation));
              return kept->tools;
          }) {}

    std::shared_ptr<const tools_now> now() const { return now_(); }

private:
    struct newest {
        std::mutex mutex;
        std::uint64_t generation = 0;
        std::shared_ptr<const tools_now> tools;
    };
    std::function<std::shared_ptr<const tools_now>()> now_;
};

}  // namespace haft::inline v0

#endif  // HAFT_RUN_TOOLS_NOW_HPP
