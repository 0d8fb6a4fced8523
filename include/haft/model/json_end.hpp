// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_JSON_END_HPP
#define HAFT_MODEL_JSON_END_HPP

/// Whether a JSON text that comes in pieces is whole, without reading all of it again at each piece.

#include <haft/json/pieces.hpp>

#include <cstddef>
#include <string_view>

namespace haft::inline v0::detail {

/// Shown every piece once, in order. Time O(text) for all questions together: an object or array is read when its last bracket has
/// come, and not again; what is neither, only as long as it is short.
class json_end {
public:
    void look_at(std::string_view piece) noexcept {
        for (const char c : piece) {
            if (in_string_) {
                if (escaped_) escaped_ = false;
                else if (c == '\\') escaped_ = true;
                else if (c == '"') in_string_ = false;
            } else if (c == '"') {
                in_string_ = true;
            } else if (c == '{' || c == '[') {
                begun_ = true;
                ++depth_;
            } else if ((c == '}' || c == ']') && depth_ > 0) {
                --depth_;
            }
        }
    }
    /// Whether the text of all pieces is JSON.
    bool is_json(std::string_view all) {
        constexpr std::size_t short_text = 64;
        if (!begun_) return all.size() <= short_text && json::is_json(all);
        if (depth_ > 0 || in_string_) return false;
        if (!asked_) asked_ = true, is_json_ = json::is_json(all);
        return is_json_;  // if not: what goes wrong before its end is not mended by what comes behind it
    }

private:
    std::size_t depth_ = 0;
    bool in_string_ = false;
    bool escaped_ = false;
    bool begun_ = false;
    bool asked_ = false;
    bool is_json_ = false;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_MODEL_JSON_END_HPP
