// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_CHECK_GUARDED_TEXT_HPP
#define HAFT_PLUGIN_LIBRARY_CHECK_GUARDED_TEXT_HPP

/// A text right before memory that nobody may touch: who reads beyond its end, or after it is gone, ends the process there.

#include <haft/core/config.hpp>
#include <haft/plugin/library/check/check_finding.hpp>

#include <cstddef>
#include <cstring>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace haft::inline v0::detail {

/// Its memory is kept to the end of the process, so that nothing else comes to lie there.
class guarded_text {
public:
    HAFT_COLD explicit guarded_text(std::string_view text) {
        const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
        room_ = (text.size() + page - 1) / page * page + page;  // at least one page of text: that of "" has an address too
        void* const at = ::mmap(nullptr, room_ + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (at == MAP_FAILED) throw check_obstacle{"there is no memory"};
        begin_ = static_cast<char*>(at);
        char* const first = begin_ + room_ - text.size();
        if (!text.empty()) std::memcpy(first, text.data(), text.size());
        view_ = {first, text.size()};
        if (::mprotect(begin_ + room_, page, PROT_NONE) != 0) throw check_obstacle{"memory can't be guarded"};
    }
    guarded_text(const guarded_text&) = delete;
    guarded_text& operator=(const guarded_text&) = delete;

    std::string_view view() const noexcept { return view_; }
    /// From now on nobody may read it.
    HAFT_COLD void take_away() const {
        if (::mprotect(begin_, room_, PROT_NONE) != 0) throw check_obstacle{"memory can't be guarded"};
    }

private:
    char* begin_;
    std::size_t room_;
    std::string_view view_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_PLUGIN_LIBRARY_CHECK_GUARDED_TEXT_HPP
