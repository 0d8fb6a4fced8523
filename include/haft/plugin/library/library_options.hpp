// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_OPTIONS_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_OPTIONS_HPP

/// How plugins that are shared libraries are loaded.

#include <haft/plugin/library/open_library.hpp>
#include <haft/tool/log.hpp>

#include <chrono>
#include <filesystem>

namespace haft::inline v0 {

struct library_options {
    library_trust trust = {};
    logger log = {};  ///< channel "plugins": what libraries tell outside of calls, and what is odd about them
    /// Whether a file that was replaced is loaded anew when its plugin is; otherwise, and where a file was written over in its place, what
    /// was loaded stays. What is loaded anew is a copy in memory, which finds no other libraries by $ORIGIN. [NX-14, fault 104]
    bool reload = false;
    /// How long tearing down waits for calls that still run. [fault 95]
    std::chrono::milliseconds unload_wait{5000};
    /// Loading and setting up that takes longer is told as a warning, while it still does; 0: never. [fault 87]
    std::chrono::milliseconds slow{100};
    /// A folder for marks of what is being loaded: what has ended the host in the midst of it is not loaded again. "": no marks. [fault 88]
    std::filesystem::path crash_marks = {};
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_OPTIONS_HPP
