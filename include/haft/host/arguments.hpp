// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_ARGUMENTS_HPP
#define HAFT_HOST_ARGUMENTS_HPP

/// The words of a command line, and the exit codes.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/selector.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace haft::inline v0::host {

/// The exit codes of `haft::run`.
enum : int { exit_ok = 0, exit_failed = 1, exit_usage = 2 };

/// What stands on the command line from some word on.
class words {
public:
    words(const char* const* first, const char* const* end) : first_(first), end_(end) {}
    std::size_t size() const { return static_cast<std::size_t>(end_ - first_); }
    bool empty() const { return first_ == end_; }
    std::string_view operator[](std::size_t i) const { return first_[i]; }
    words from(std::size_t i) const { return {first_ + i, end_}; }

    /// Whether the word at `i` is that option; then `value` is what stands behind it, `--name VALUE` or `--name=VALUE`, and `i`
    /// at its last word. Without a value there it is null.
    HAFT_COLD bool option(std::size_t& i, std::string_view name, const char*& value) const {
        const std::string_view word = first_[i];
        if (!word.starts_with(name)) return false;
        value = nullptr;
        if (word.size() > name.size()) {
            if (word[name.size()] != '=') return false;
            value = first_[i] + name.size() + 1;
        } else if (i + 1 < size()) {
            value = first_[++i];
        }
        return true;
    }

private:
    const char* const* first_;
    const char* const* end_;
};

/// `@FILE` is a file with one item in each line.
HAFT_COLD inline result<selector> read_selection(std::string_view text) {
    if (!text.starts_with('@')) return selector::parse(text);
    const std::string path(text.substr(1));
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (!file) return error{errc::bad_selection, concat({"can't read the selection from ", in_quotes(path)})};
    std::string lines;
    char part[4096];
    while (const std::size_t n = std::fread(part, 1, sizeof part, file)) lines.append(part, n);
    std::fclose(file);
    for (char& c : lines)
        if (c == '\n') c = ',';
    return selector::parse(lines);
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_ARGUMENTS_HPP
