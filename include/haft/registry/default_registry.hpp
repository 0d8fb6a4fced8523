// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_DEFAULT_REGISTRY_HPP
#define HAFT_REGISTRY_DEFAULT_REGISTRY_HPP

/// A registry for programs that want just one and no object to pass around. What is explicit needs none of this.

#include <haft/registry/registry.hpp>

namespace haft::inline v0 {

/// The registry of this program. Made when it is first asked for, from any thread; never destroyed, so that static objects may
/// use it in their destructors, in whatever order these run. What is exposed then is not shut down by itself. [fault 160]
inline registry& default_registry() {
    static registry* const one = new registry;
    return *one;
}

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_DEFAULT_REGISTRY_HPP
