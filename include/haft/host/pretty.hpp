// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_PRETTY_HPP
#define HAFT_HOST_PRETTY_HPP

/// JSON for people's eyes: over several lines, in colour where the terminal has any.

#include <haft/core/config.hpp>
#include <haft/host/terminal.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::host {

/// JSON over several lines; short objects and arrays stay on one. Requires JSON.
HAFT_COLD inline std::string pretty_json(std::string_view json, const terminal& t, std::size_t indent = 0) {
    // The end of the value that begins at i, and whether it fits on a line
    const auto end_of = [&](std::size_t i) {
        int depth = 0;
        for (bool quoted = false; i < json.size(); ++i) {
            const char c = json[i];
            if (quoted) {
                if (c == '\\') ++i;
                else if (c == '"') quoted = false;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                if (--depth == 0) return i + 1;
            }
        }
        return i;
    };
    std::string out(indent, ' ');
    std::size_t level = 0;
    std::size_t flat_until = 0;
    const auto line = [&] { out += '\n', out.append(indent + level * 2, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (c == '"') {
            std::size_t j = i + 1;
            for (; j < json.size() && json[j] != '"'; ++j)
                if (json[j] == '\\') ++j;
            const std::string_view text = json.substr(i, j + 1 - i);
            const bool key = j + 1 < json.size() && json[j + 1] == ':';
            out += key ? t.paint("36", text) : t.paint("32", text);
            i = j;
        } else if (i < flat_until) {
            out += c;
            if (c == ',' || c == ':') out += ' ';
        } else if (c == '{' || c == '[') {
            const std::size_t end = end_of(i);
            out += c;
            if (end - i <= 68 && indent + level * 2 + (end - i) <= t.width) {
                flat_until = end;
            } else {
                ++level;
                line();
            }
        } else if (c == '}' || c == ']') {
            --level;
            line();
            out += c;
        } else if (c == ',') {
            out += c;
            line();
        } else {
            out += c;
            if (c == ':') out += ' ';
        }
    }
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_PRETTY_HPP
