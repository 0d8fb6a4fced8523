// SPDX-License-Identifier: BSL-1.0
#include "failing_new.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

thread_local long left = 0;  // 0: none fails
thread_local bool failed = false;
std::atomic<long> live = 0;

void* allocate(std::size_t size) {
    if (left > 0 && --left == 0) {
        failed = true;
        throw std::bad_alloc();
    }
    if (void* const p = std::malloc(size ? size : 1)) return ++live, p;
    throw std::bad_alloc();
}
void give_back(void* p) noexcept {
    if (p) --live;
    std::free(p);
}

}  // namespace

namespace allocation_test {

failing_allocation::failing_allocation(long n) noexcept {
    left = n;
    failed = false;
}
failing_allocation::~failing_allocation() { left = 0; }
bool failing_allocation::has_failed() const noexcept { return failed; }
long live_allocations() noexcept { return live; }

}  // namespace allocation_test

void* operator new(std::size_t size) { return allocate(size); }
void* operator new[](std::size_t size) { return allocate(size); }
void operator delete(void* p) noexcept { give_back(p); }
void operator delete[](void* p) noexcept { give_back(p); }
void operator delete(void* p, std::size_t) noexcept { give_back(p); }
void operator delete[](void* p, std::size_t) noexcept { give_back(p); }
