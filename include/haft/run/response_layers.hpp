// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RESPONSE_LAYERS_HPP
#define HAFT_RUN_RESPONSE_LAYERS_HPP

/// Ready-made middleware that changes what comes back: results that are too long, errors that should read otherwise. [NX-09]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/run/callbacks.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <utility>

namespace haft::inline v0::layers {

/// A text of more than `most` bytes is cut where a character ends, and says so; JSON, which can't be cut, is an error (E0208).
HAFT_COLD inline middleware response_size(std::size_t most) {
    return [most](const running_call& c, const next_call& next) {
        call_outcome out = next();
        if (out.failed() || out.text.size() <= most) return out;
        if (out.is_json)
            return failed_outcome({errc::too_large, concat({"the result of tool ", in_quotes(c.tool->name), " has ",
                                                            decimal(out.text.size()), " bytes; at most ", decimal(most),
                                                            " are handed on; ask for less"})});
        const std::size_t whole = out.text.size();
        out.text.resize(cut_utf8(out.text, most).size());
        append_all(out.text, {"\n[cut: ", decimal(out.text.size()), " of ", decimal(whole), " bytes]"});
        return out;
    };
}

/// Puts another error in place of one; `map` is not asked about calls that wait for somebody.
HAFT_COLD inline middleware map_errors(std::function<error(const running_call&, error)> map) {
    return [map = std::move(map)](const running_call& c, const next_call& next) {
        call_outcome out = next();
        if (out.failed() && !out.paused()) out.problem = map(c, std::move(*out.problem));
        return out;
    };
}

}  // namespace haft::inline v0::layers

#endif  // HAFT_RUN_RESPONSE_LAYERS_HPP
