// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_READER_HPP
#define HAFT_REGISTRY_REGISTRY_READER_HPP

/// The fast way to look tools up in a registry: a reader keeps the catalog, and asks a number whether there is a newer one.

#include <haft/core/result.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/registry.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/tool.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace haft::inline v0 {

/// For one thread, or one session. The registry must outlive it. What it holds on to of a catalog that is no longer the newest
/// goes with the next look-up.
class registry_reader {
public:
    explicit registry_reader(const registry& of) : registry_(of), catalog_(of.snapshot(generation_)) {}

    /// The newest catalog. Valid, with all that it points to, until the reader is asked again.
    const catalog& now() {
        if (generation_ != registry_.generation()) [[unlikely]]
            catalog_ = registry_.snapshot(generation_);
        return *catalog_;
    }
    /// The tool that is served under that name, or null. A tool may take itself out of the registry while it runs: call through
    /// `call`, or hold the snapshot.
    const tool* find(std::string_view name) { return now().find(name); }

    /// See catalog::call.
    result<std::string> call(std::string_view name, std::string_view arguments, const call_options& options = {}) {
        now();
        const std::shared_ptr<const catalog> held = catalog_;  // a tool may use this reader
        return held->call(name, arguments, options);
    }

private:
    const registry& registry_;
    std::uint64_t generation_ = 0;
    std::shared_ptr<const catalog> catalog_;
};

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_READER_HPP
