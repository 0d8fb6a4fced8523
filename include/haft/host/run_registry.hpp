// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_RUN_REGISTRY_HPP
#define HAFT_HOST_RUN_REGISTRY_HPP

/// `haft::run(registry, argc, argv)`: the same program around what a registry serves, which knows whose each tool is and why
/// another is missing.

#include <haft/core/config.hpp>
#include <haft/host/run.hpp>
#include <haft/host/tool_sources.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/explain.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/tool.hpp>

#include <memory>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

namespace host {

/// Of a catalog, which must outlive it.
class catalog_sources final : public tool_sources {
public:
    explicit catalog_sources(const catalog& of) : catalog_(of) {}

    HAFT_COLD reasons explain(std::string_view name) const override {
        explanation why = haft::explain(catalog_, name);
        return {why.known, why.served, std::move(why.reasons)};
    }
    HAFT_COLD std::string_view owner_of(const tool& t) const override {
        const owner* const o = catalog_.owner_of(t.name);
        return o ? std::string_view(o->name) : std::string_view{};
    }

private:
    const catalog& catalog_;
};

}  // namespace host

/// What the registry serves at the beginning is what the program offers to its end.
HAFT_LARGE int run(const registry& of, int argc, const char* const* argv, const run_options& options = {});

#if HAFT_DEFINES_LARGE()
HAFT_LARGE int run(const registry& of, int argc, const char* const* argv, const run_options& options) {
    const std::shared_ptr<const catalog> now = of.snapshot();
    const host::catalog_sources sources(*now);
    const bool has_name = argc > 0;
    return host::detail::command_line(now->tools(), sources, options, has_name ? argv[0] : "haft")
        .run({has_name ? argv + 1 : argv, has_name ? argv + argc : argv});
}
#endif

}  // namespace haft::inline v0

#endif  // HAFT_HOST_RUN_REGISTRY_HPP
