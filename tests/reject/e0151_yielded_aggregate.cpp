// SPDX-License-Identifier: BSL-1.0
// only: cxx20, because a g++ that has reflection has no such fault
// expect: [haft-E0151]
// expect: a g++ before 15 destroys an aggregate twice
#include <haft/hook.hpp>

haft::generator<haft::message> greet() {
#if defined(HAFT_REJECT) && !defined(__clang__) && __GNUC__ < 15
    co_yield haft::message{.text = "hello"};
#elif defined(HAFT_REJECT)
    static_assert(false, "haft: a g++ before 15 destroys an aggregate twice; this compiler does not [haft-E0151]");
#else
    co_yield haft::say("hello");
#endif
}
