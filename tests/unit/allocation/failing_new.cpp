// SPDX-License-Identifier: BSL-1.0
#include "failing_new.hpp"

#include <cstdlib>
#include <new>

namespace {

thread_local long left = 0;  // 0: none fails
thread_local bool failed = false;

void* allocate(std::size_t size) {
    if (left > 0 && --left == 0) {
        failed = true;
        throw std::bad_alloc();
    }
    if (void* const p = std::malloc(size ? size : 1)) return p;
    throw std::bad_alloc();
}

}  // namespace

namespace allocation_test {

failing_allocation::failing_allocation(long n) noexcept {
    left = n;
    failed = false;
}
failing_allocation::~failing_allocation() { left = 0; }
bool failing_allocation::has_failed() const noexcept { return failed; }

}  // namespace allocation_test

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }
