// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_TIMING_HPP
#define HAFT_RUN_TIMING_HPP

/// Ready-made middleware that looks and changes nothing: how long calls take, and lines for a log. [NX-09]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/text.hpp>
#include <haft/run/callbacks.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::layers {

/// The clock of a layer: the steady one, or a test's.
using clock_function = std::function<std::chrono::steady_clock::time_point()>;

/// Tells of each call how long everything within this layer took. `tell` may be called on several threads at a time.
HAFT_COLD inline middleware timing(
    std::function<void(const running_call&, const call_outcome&, std::chrono::nanoseconds)> tell,
    clock_function clock = &std::chrono::steady_clock::now) {
    return [tell = std::move(tell), clock = std::move(clock)](const running_call& c, const next_call& next) {
        const auto begin = clock();
        call_outcome out = next();
        tell(c, out, clock() - begin);
        return out;
    };
}

/// Two lines for each call: `call_7 get_weather {"city":"Stockholm"}`, then `call_7 get_weather: 214 bytes` or what went wrong. Arguments
/// are cut after `most` bytes. `line` may be called on several threads at a time.
HAFT_COLD inline middleware logging(std::function<void(std::string_view line)> line, std::size_t most = 200) {
    return [line = std::move(line), most](const running_call& c, const next_call& next) {
        std::string begin = concat({c.call.id, " ", c.tool->name, " ", cut_utf8(c.arguments, most)});
        if (c.arguments.size() > most) begin += "…";
        line(begin);
        call_outcome out = next();
        if (out.failed()) line(concat({c.call.id, " ", c.tool->name, ": ", out.problem->text()}));
        else
            line(concat({c.call.id, " ", c.tool->name, ": ", decimal(out.text.size()), " bytes",
                         out.blocks.empty() ? "" : " and ", out.blocks.empty() ? "" : decimal(out.blocks.size()),
                         out.blocks.empty()       ? ""
                         : out.blocks.size() == 1 ? " attachment"
                                                  : " attachments"}));
        return out;
    };
}

}  // namespace haft::inline v0::layers

#endif  // HAFT_RUN_TIMING_HPP
