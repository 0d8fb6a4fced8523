// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_EDIT_TEXT_HPP
#define HAFT_HOST_EDIT_TEXT_HPP

/// A text that a person writes in an editor of their own. POSIX. [CM-07]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>

#include <sys/wait.h>
#include <unistd.h>

namespace haft::inline v0::host {

namespace detail {
/// A file that goes with this.
class temporary_file {
public:
    HAFT_COLD explicit temporary_file(std::string_view text) {
        const char* const folder = std::getenv("TMPDIR");
        name_ = concat({folder && *folder ? folder : "/tmp", "/haft-XXXXXX.md"});
        constexpr int suffix = 3;
        const int file = ::mkstemps(name_.data(), suffix);  // for nobody else to read
        problem_ = file < 0 ? errno : 0;
        while (problem_ == 0 && !text.empty()) {
            const ssize_t n = ::write(file, text.data(), text.size());
            if (n < 0 && errno != EINTR) problem_ = errno;
            else if (n > 0) text.remove_prefix(static_cast<std::size_t>(n));
        }
        if (file >= 0) ::close(file);
        else name_.clear();
    }
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    ~temporary_file() {
        if (!name_.empty()) ::unlink(name_.c_str());
    }
    const std::string& name() const noexcept { return name_; }
    int problem() const noexcept { return problem_; }

private:
    std::string name_;
    int problem_ = 0;
};
}  // namespace detail

/// The editor of $VISUAL or $EDITOR, or else vi.
HAFT_COLD inline std::string usual_editor() {
    for (const char* const variable : {"VISUAL", "EDITOR"})
        if (const char* const value = std::getenv(variable); value && *value) return value;
    return "vi";
}

/// What an editor, a command as a shell reads it, makes of a text; it has the terminal meanwhile. An error (E0388): it can't be started,
/// or ends with another code than 0, as `:cq` of vi does where somebody thinks better of it.
HAFT_COLD inline result<std::string> edit_text(std::string_view text, const std::string& editor) {
    const auto failed = [&](std::string_view why) {
        return error{errc::editor_failed, concat({"the editor ", in_quotes(editor), " ", why, "; EDITOR names another"})};
    };
    const detail::temporary_file file(text);
    if (file.problem() != 0)
        return error{errc::editor_failed, concat({"no file for an editor can be made: ", std::generic_category().message(file.problem()),
                                                  "; TMPDIR names the folder"})};
    std::string quoted = "'";
    for (const char c : file.name()) c == '\'' ? append_all(quoted, {"'\\''"}) : append_all(quoted, {std::string_view(&c, 1)});
    const int status = std::system(concat({editor, " ", quoted, "'"}).c_str());  // which leaves Ctrl-C to the editor
    constexpr int no_such_command = 127;
    if (status == -1 || (WIFEXITED(status) && WEXITSTATUS(status) == no_such_command)) return failed("can't be started");
    if (!WIFEXITED(status)) return failed("was ended by a signal");
    if (WEXITSTATUS(status) != 0) return failed(concat({"ended with ", decimal(static_cast<unsigned>(WEXITSTATUS(status))), ", so nothing is taken of it"}));
    std::string out, why;
    constexpr std::size_t most = std::size_t{4} << 20;
    if (!read_file(file.name(), most, out, why)) return failed(concat({"left a file that can't be read: ", why}));
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_EDIT_TEXT_HPP
