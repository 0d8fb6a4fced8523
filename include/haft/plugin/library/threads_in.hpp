// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_THREADS_IN_HPP
#define HAFT_PLUGIN_LIBRARY_THREADS_IN_HPP

/// Whether other threads of this process are in the midst of a library's code: it can't be taken from under their feet. [fault 78]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/os/descriptor.hpp>
#include <haft/plugin/library/loaded_objects.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace haft::inline v0::detail {

/// What is asked of the kernel, which knows of each thread that waits for something where its stack ends (proc(5),
/// /proc/pid/syscall). A word on it that leads to the library's code is the address that some function of it returns to, or where the
/// thread began.
class threads_in {
public:
    HAFT_COLD explicit threads_in(std::uintptr_t base)
        : base_(base), memory_(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC)) {}

    /// How many there may be. One that never waits says nothing of itself, and is counted: to be wrong that way costs some memory, the
    /// other way the process. This thread is not.
    HAFT_COLD std::size_t count() {
        std::size_t out = 0;
        std::error_code problem;
        const std::string own = decimal(static_cast<std::uint64_t>(::gettid()));
        for (std::filesystem::directory_iterator at("/proc/self/task", problem), end; !problem && at != end;
             at.increment(problem))
            if (at->path().filename() != own && may_be_in(at->path())) ++out;
        return problem ? out + 1 : out;
    }

private:
    struct range {
        std::uintptr_t begin = 0, end = 0;
    };

    HAFT_COLD bool may_be_in(const std::filesystem::path& thread) {
        for (int i = 0; i < 20; ++i) {
            std::ifstream in(thread / "syscall");
            std::string line;
            if (!std::getline(in, line)) return std::filesystem::exists(thread);  // it has ended, or nobody may ask
            if (line != "running") return uses(line);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return true;
    }
    /// `number arguments… stack-pointer program-counter`, or `-1 stack-pointer program-counter`.
    HAFT_COLD bool uses(const std::string& line) {
        const std::size_t last = line.rfind(' ');
        const std::size_t before = last == std::string::npos ? last : line.rfind(' ', last - 1);
        if (before == std::string::npos) return true;
        const auto number = [&](std::size_t from) {
            return static_cast<std::uintptr_t>(std::strtoull(line.c_str() + from, nullptr, 16));
        };
        if (objects_.belongs(base_, reinterpret_cast<const void*>(number(last + 1)))) return true;
        const range stack = mapping_of(number(before + 1));
        if (stack.end == 0) return true;
        std::vector<std::uintptr_t> words(512);
        for (std::uintptr_t at = number(before + 1) & ~(sizeof(std::uintptr_t) - 1); at < stack.end;) {
            const std::size_t most =
                (std::min)(words.size() * sizeof(std::uintptr_t), static_cast<std::size_t>(stack.end - at));
            const ssize_t n = ::pread(memory_.number(), words.data(), most, static_cast<off_t>(at));
            if (n < static_cast<ssize_t>(sizeof(std::uintptr_t))) return true;
            for (std::size_t i = 0; i < static_cast<std::size_t>(n) / sizeof(std::uintptr_t); ++i)
                if (objects_.runs_in(base_, reinterpret_cast<const void*>(words[i]))) return true;
            at += static_cast<std::uintptr_t>(n);
        }
        return false;
    }
    HAFT_COLD static range mapping_of(std::uintptr_t address) {
        std::ifstream in("/proc/self/maps");
        for (std::string line; std::getline(in, line);) {
            range one;
            char* rest = nullptr;
            one.begin = static_cast<std::uintptr_t>(std::strtoull(line.c_str(), &rest, 16));
            one.end = *rest == '-' ? static_cast<std::uintptr_t>(std::strtoull(rest + 1, nullptr, 16)) : 0;
            if (address >= one.begin && address < one.end) return one;
        }
        return {};
    }

    std::uintptr_t base_;
    descriptor memory_;
    loaded_objects objects_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_THREADS_IN_HPP
