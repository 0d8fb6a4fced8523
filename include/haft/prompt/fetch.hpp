// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROMPT_FETCH_HPP
#define HAFT_PROMPT_FETCH_HPP

/// What is fetched from a URL, by a function that the host brings: haft itself has no network here. [TF-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <exception>
#include <functional>
#include <string>

namespace haft::inline v0 {

struct fetched {
    std::string bytes = {};
    std::string content_type = {};  ///< the header, `text/html; charset=utf-8`; "" if there was none
};

/// Fetches an http or https URL; of more than `max_bytes` it needs to read no more than one byte. Where it may go is for the host
/// to say: a URL may come from a template of somebody else's, and lead into the host's own network.
using fetch_function = std::function<result<fetched>(const std::string& url, std::size_t max_bytes)>;

namespace detail {

/// The error's code is for the caller to choose; its message says what was wrong, without the URL.
HAFT_COLD inline result<fetched> fetch(const fetch_function& by, const std::string& url, std::size_t max_bytes) {
    if (!by) return error{.message = "nothing here fetches URLs: the host has brought no function for it"};
    result<fetched> out = fetched{};
    try {
        out = by(url, max_bytes);
    } catch (...) { return error{.message = caught_text(), .cause = std::current_exception()}; }
    if (out && out->bytes.size() > max_bytes)
        return error{.message = concat({"it is too long; at most ", decimal(max_bytes), " bytes are read"})};
    return out;
}

}  // namespace detail

}  // namespace haft::inline v0

#endif  // HAFT_PROMPT_FETCH_HPP
