// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PLUGIN_GLUE_LIBRARY_TABLE_HPP
#define HAFT_PLUGIN_GLUE_LIBRARY_TABLE_HPP

/// The functions that a host calls. Nothing that is thrown leaves them.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/json/pieces.hpp>
#include <haft/plugin/abi.h>
#include <haft/plugin/glue/crossing_call.hpp>
#include <haft/plugin/glue/exported_plugin.hpp>
#include <haft/plugin/glue/points_in_words.hpp>
#include <haft/plugin/plugin.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::detail::glue {

/// All that a library knows while its plugin is not set up. Constant-initialised, and never destroyed: a host may end without a
/// teardown, and threads of its may still run then.
struct library_state {
    result<plugin> (*make)();
    std::span<const point_in_words> points;
    const haft_host* host = nullptr;
    std::atomic<exported_plugin*> now = nullptr;

    static library_state& of(void* state) noexcept { return *static_cast<library_state*>(state); }
};

/// Runs one of the functions; what it throws is its failure.
template <class Run>
int answer(haft_result* to, Run run) noexcept {
    try {
        try {
            result<void> done = run();
            if (done) return 0;
            give_error(*to, done.error());
        } catch (...) { give_error(*to, {errc::plugin_failed, caught_text()}); }
    } catch (...) {
        constexpr std::string_view why = "out of memory";
        to->fail(to, text_of(why));
    }
    return 1;
}
template <class Run>
int answer_of_plugin(void* state, haft_result* to, Run run) noexcept {
    return answer(to, [&]() -> result<void> {
        exported_plugin* const now = library_state::of(state).now.load(std::memory_order_acquire);
        if (!now) return error{errc::bad_library_call, "the plugin is not set up"};
        return run(*now);
    });
}

HAFT_COLD inline std::string_view config_in(const haft_text& text) noexcept {
    return text.size ? view_of(text) : std::string_view("{}");
}

HAFT_COLD inline int set_up_library(void* state, haft_text config, haft_result* to) {
    return answer(to, [&]() -> result<void> {
        library_state& s = library_state::of(state);
        if (s.now.load(std::memory_order_acquire)) return error{errc::bad_library_call, "the plugin is set up already"};
        result<plugin> made = s.make();
        if (!made) return std::move(made.error());
        auto fresh = std::make_unique<exported_plugin>(std::move(*made), *s.host);
        if (result<void> done = fresh->set_up(config_in(config), s.points); !done) return done;
        s.now.store(fresh.release(), std::memory_order_release);
        return {};
    });
}
HAFT_COLD inline void tear_down_library(void* state) noexcept {
    exported_plugin* const gone = library_state::of(state).now.exchange(nullptr, std::memory_order_acq_rel);
    if (!gone) return;
    try {
        gone->take_down();
    } catch (...) {}  // which has told the host what it could
    delete gone;
}
HAFT_COLD inline int describe_library(void* state, haft_result* to) {
    return answer_of_plugin(state, to, [&](exported_plugin& now) -> result<void> {
        to->json(to, text_of(now.describe()));
        return {};
    });
}
HAFT_COLD inline int initialize_library(void* state, haft_text config, haft_result* to) {
    return answer_of_plugin(state, to, [&](exported_plugin& now) -> result<void> {
        const result<std::string> given = now.initialize(config_in(config));
        if (!given) return error(given.error());
        if (*given != "{}") to->json(to, text_of(*given));
        return {};
    });
}
HAFT_COLD inline void shut_library_down(void* state) noexcept {
    try {
        if (exported_plugin* const now = library_state::of(state).now.load(std::memory_order_acquire)) now->shut_down();
    } catch (...) {}
}
inline int call_library(void* state, const haft_call* call, haft_result* to) {
    bool done = true;
    const int failed = answer_of_plugin(state, to, [&](exported_plugin& now) -> result<void> {
        done = now.call(*call, *to);
        return {};
    });
    return failed || !done ? 1 : 0;
}

/// What one HAFT_EXPORT_PLUGIN makes. Hidden: two libraries may export classes of one name.
template <class Exported>
struct HAFT_HIDDEN library {
    static constexpr std::span<const point_in_words> points() {
        if constexpr (Exported::sound) return points_of_library<typename Exported::points>::rows;
        else return {};
    }
    static inline constinit library_state state{&Exported::make, points()};
    static constexpr haft_plugin table{
        .size = sizeof(haft_plugin),
        .abi_major = HAFT_ABI_MAJOR,
        .abi_minor = HAFT_ABI_MINOR,
        .state = &state,
        .setup = &set_up_library,
        .teardown = &tear_down_library,
        .describe = &describe_library,
        .call = &call_library,
        .initialize = &initialize_library,
        .shutdown = &shut_library_down,
        .extension = nullptr,
    };

    static const haft_plugin* enter(const haft_host* host) noexcept {
        if (!host || host->abi_major != HAFT_ABI_MAJOR) return nullptr;
        state.host = host;
        return &table;
    }
};

}  // namespace haft::inline v0::detail::glue

#endif  // HAFT_PLUGIN_GLUE_LIBRARY_TABLE_HPP
