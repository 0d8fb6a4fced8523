// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_CONFIG_TEXT_HPP
#define HAFT_CONFIG_CONFIG_TEXT_HPP

/// What the texts of configurations have in common, TOML or JSON: their encoding, their lines, their errors. [fault 112]

#include <haft/config/limits.hpp>
#include <haft/config/origin.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Walks on through a text and says at which line and character it is. Offsets may only grow (or it begins anew).
class line_counter {
public:
    explicit line_counter(std::string_view text) noexcept : text_(text) {}

    struct place {
        std::size_t line = 1;
        std::size_t column = 1;
    };
    HAFT_COLD place at(std::size_t offset) noexcept {
        if (offset < at_) at_ = 0, here_ = {};
        if (offset > text_.size()) offset = text_.size();
        for (; at_ < offset; ++at_) {
            if (text_[at_] == '\n') ++here_.line, here_.column = 1;
            else if ((static_cast<unsigned char>(text_[at_]) & 0xC0u) != 0x80u) ++here_.column;
        }
        return here_;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    place here_;
};

HAFT_COLD inline std::string place_text(std::string_view file, std::size_t line, std::size_t column) {
    return concat({file, ":", decimal(line), ":", decimal(column)});
}

/// `haft.toml:3:7: …`: what is wrong with the text of a file.
HAFT_COLD inline error bad_config_text(std::string_view file, line_counter::place at, std::string_view what) {
    return {errc::bad_config_text, concat({place_text(file, at.line, at.column), ": ", what})};
}

/// Several things that are wrong with one file, each a fault with its place.
HAFT_COLD inline error bad_config_values(std::string_view file, std::vector<fault>&& faults, std::size_t more) {
    error e{errc::bad_config_text, {}, std::move(faults), more};
    e.message = concat({file, " can't be used: ", json::fault_count(e)});
    return e;
}

/// Takes the byte order mark off a text. Refuses what is too long, and UTF-16 and UTF-32 by their names.
HAFT_COLD inline result<std::string_view> config_text(std::string_view text, std::string_view file,
                                                      const config_limits& limits) {
    const auto refused = [&](std::string_view what) { return error{errc::unread_config, concat({file, ":1:1: ", what})}; };
    if (text.size() > limits.max_bytes)
        return refused(concat({"a configuration of ", decimal(text.size()), " bytes; at most ",
                               decimal(limits.max_bytes), " are read"}));
    using namespace std::string_view_literals;
    if (text.starts_with("\xEF\xBB\xBF")) return text.substr(3);
    const bool wide = text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv);
    const bool marked = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    const bool unmarked = text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
    if (wide || marked || unmarked)
        return refused(concat({"expected UTF-8, got UTF-", wide ? "32" : "16", "; save the file as UTF-8"}));
    return text;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_CONFIG_CONFIG_TEXT_HPP
