// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_VALUE_FAULTS_HPP
#define HAFT_JSON_VALUE_FAULTS_HPP

/// What is wrong with one free-form JSON value: the faults that a walk over it found, and where it stood when it ended.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/json/lexer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::json {

/// Filled by a walk over one value (`skip_unique`, `build_json`). Pointers are relative to that value; whoever walks the
/// text around it puts its own pointer in front.
struct value_faults {
    std::vector<fault> faults;
    std::size_t more = 0;        ///< faults beyond `room`, counted but not described
    std::size_t room = 32;       ///< `faults` grows to this
    std::string broken_pointer;  ///< where the walk stood if the text turned out not to be JSON

    bool empty() const noexcept { return faults.empty() && more == 0; }

    /// Whether there is no room left to describe a fault; then it is counted. To be asked before the words are made.
    bool only_counted() noexcept {
        if (faults.size() < room) return false;
        ++more;
        return true;
    }
    HAFT_COLD fault& add(errc code, std::string pointer, std::string message, std::size_t offset) {
        fault& f = faults.emplace_back();
        f.code = code;
        f.pointer = std::move(pointer);
        f.message = std::move(message);
        f.offset = offset;
        return f;
    }
};

/// The fault of a text that is no JSON, or too deep: what, at which byte, before what. Requires in.problem().
HAFT_COLD inline fault broken_text(const lexer& in, std::string_view text, unsigned max_depth, std::string pointer) {
    fault f;
    f.code = in.too_deep() ? errc::too_large : errc::not_json;
    f.pointer = std::move(pointer);
    f.offset = in.offset();
    f.message = concat({in.problem(), " at byte ", decimal(f.offset)});
    if (f.offset < text.size()) {
        f.message += ", before ";
        append_echo(f.message, text.substr(f.offset), 20);
    }
    if (in.too_deep())
        append_all(f.message, {"; at most ", decimal(max_depth < hard_depth_limit ? max_depth : hard_depth_limit),
                               " levels are read"});
    return f;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_VALUE_FAULTS_HPP
