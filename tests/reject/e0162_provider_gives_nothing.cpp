// SPDX-License-Identifier: BSL-1.0
// expect: [haft-E0162]
// expect: a provider is a function without parameters
// note: providers
#include <haft/tool.hpp>
#include <haft/tool/providers.hpp>

#ifdef HAFT_REJECT
void the_number();
#else
int& the_number();
#endif
int twice(haft::injected<int> n);
using host = haft::providers<&the_number>;
constexpr haft::tool t = host::make<&twice>("Twice");
