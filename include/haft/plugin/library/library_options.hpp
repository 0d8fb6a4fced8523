// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_LIBRARY_LIBRARY_OPTIONS_HPP
#define HAFT_PLUGIN_LIBRARY_LIBRARY_OPTIONS_HPP

/// How plugins that are shared libraries are loaded.

#include <haft/plugin/library/open_library.hpp>
#include <haft/tool/log.hpp>

#include <chrono>
#include <filesystem>

namespace haft::inline v0 {

/// What becomes of a library whose plugin was torn down.
enum class library_unload : unsigned char {
    keep,   ///< it stays in memory, and is set up again if its plugin is loaded again
    close,  ///< it is taken out of memory, unless threads are in the midst of its code
};

struct library_options {
    library_trust trust = {};
    logger log = {};  ///< channel "plugins": what libraries tell outside of calls, and what is odd about them
    /// Whether a file that was replaced is loaded anew when its plugin is; otherwise, and where a file was written over in its place, what
    /// was loaded stays. What is loaded anew is a copy in memory, which finds no other libraries by $ORIGIN. [NX-14, fault 104]
    bool reload = false;
    /// `close` is for plugins that are known to bear it: what they have registered elsewhere (handlers of signals, of the end of the
    /// process, of other libraries) would lead nowhere.
    library_unload unload = library_unload::keep;
    /// How long tearing down waits for calls that still run, and for threads where the library is to be closed. [fault 95]
    std::chrono::milliseconds unload_wait{5000};
    /// Loading and setting up that takes longer is told as a warning, while it still does; 0: never. [fault 87]
    std::chrono::milliseconds slow{100};
    /// A folder for marks of what is being loaded: what has ended the host in the midst of it is not loaded again. "": no marks. [fault 88]
    std::filesystem::path crash_marks = {};
};

}  // namespace haft::inline v0

#endif  // HAFT_PLUGIN_LIBRARY_LIBRARY_OPTIONS_HPP
