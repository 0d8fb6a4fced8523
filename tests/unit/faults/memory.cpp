// SPDX-License-Identifier: BSL-1.0
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <new>

#include <pthread.h>
#include <unit/faults/memory.hpp>

namespace {

thread_local std::size_t held = 0;
thread_local std::size_t most = 0;
thread_local std::size_t all = 0;

// The size stands before each block, as far as the strictest type wants.
constexpr std::size_t head = alignof(std::max_align_t) > sizeof(std::size_t) ? alignof(std::max_align_t)
                                                                             : sizeof(std::size_t);

void* take(std::size_t bytes) {
    auto* const block = static_cast<char*>(std::malloc(bytes + head));
    if (!block) throw std::bad_alloc();
    *reinterpret_cast<std::size_t*>(block) = bytes;
    held += bytes;
    all += bytes;
    if (held > most) most = held;
    return block + head;
}

void give_back(void* at) noexcept {
    if (!at) return;
    char* const block = static_cast<char*>(at) - head;
    held -= *reinterpret_cast<std::size_t*>(block);
    std::free(block);
}

}  // namespace

void* operator new(std::size_t bytes) { return take(bytes); }
void* operator new[](std::size_t bytes) { return take(bytes); }
void operator delete(void* at) noexcept { give_back(at); }
void operator delete[](void* at) noexcept { give_back(at); }
void operator delete(void* at, std::size_t) noexcept { give_back(at); }
void operator delete[](void* at, std::size_t) noexcept { give_back(at); }

namespace faults_test {

std::size_t all_memory_of(const std::function<void()>& work) {
    const std::size_t before = all;
    work();
    return all - before;
}

std::size_t most_memory_of(const std::function<void()>& work) {
    const std::size_t before = held;
    most = held;
    work();
    return most - before;
}

void on_small_stack(const std::function<void()>& work, std::size_t bytes) {
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, bytes);
    pthread_t thread;
    const auto run = [](void* work_) -> void* {
        (*static_cast<const std::function<void()>*>(work_))();
        return nullptr;
    };
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): a C interface, given back as it was
    if (pthread_create(&thread, &attributes, run, const_cast<std::function<void()>*>(&work)) != 0) std::abort();
    pthread_join(thread, nullptr);
    pthread_attr_destroy(&attributes);
}

}  // namespace faults_test
