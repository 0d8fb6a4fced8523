// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOLS_HAFT_LINE_READER_HPP
#define HAFT_TOOLS_HAFT_LINE_READER_HPP

/// Lines with editing, history and Tab, by libedit; where there is none (HAFT_COMMAND_EDITS is 0), or no terminal, lines as they come.

#include <haft/core/concat.hpp>
#include <haft/core/text.hpp>
#include <haft/host/line_source.hpp>

#include <memory>

#if HAFT_COMMAND_EDITS
#include <clocale>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cwchar>
#include <string>
#include <string_view>
#include <utility>

#include <histedit.h>
#include <langinfo.h>
#include <unistd.h>
#endif

namespace haft_command {

#if HAFT_COMMAND_EDITS
/// A terminal, and whoever types there. One at a time.
class edited_lines final : public haft::host::line_source {
public:
    edited_lines() : history_(::history_init()), edit_(::el_init("haft", stdin, stdout, stderr)) {
        HistEvent event{};
        constexpr int most = 1000;
        ::history(history_, &event, H_SETSIZE, most);
        ::history(history_, &event, H_SETUNIQUE, 1);
        ::el_set(edit_, EL_CLIENTDATA, this);
        ::el_set(edit_, EL_PROMPT, &prompt_of);
        ::el_set(edit_, EL_EDITOR, "emacs");
        ::el_set(edit_, EL_HIST, &::history, history_);
        ::el_set(edit_, EL_GETCFN, &next_character);
        ::el_set(edit_, EL_ADDFN, "haft-complete", "Complete what is before the cursor", &completed);
        ::el_set(edit_, EL_BIND, "^I", "haft-complete", nullptr);
        ::el_set(edit_, EL_BIND, "^R", "em-inc-search-prev", nullptr);
        ::el_source(edit_, nullptr);  // ~/.editrc
    }
    edited_lines(const edited_lines&) = delete;
    edited_lines& operator=(const edited_lines&) = delete;
    ~edited_lines() override {
        ::el_end(edit_);
        ::history_end(history_);
    }

    haft::host::read_line read(std::string_view prompt) override {
        using kind = haft::host::read_line::kind;
        prompt_ = prompt;
        const haft::host::interrupt_flag interrupted;
        interrupted_ = &interrupted;
        ::el_resize(edit_);
        ::el_set(edit_, EL_PREP_TERM, 1);  // before the prompt is there: what is typed at once is for the editor already
        int length = 0;
        const char* const text = ::el_gets(edit_, &length);
        interrupted_ = nullptr;
        if (interrupted.raised()) {
            ::el_reset(edit_);
            return {kind::interrupted, {}};
        }
        if (!text || length <= 0) return {kind::end, {}};
        std::string line(text);
        while (line.ends_with('\n') || line.ends_with('\r')) line.pop_back();
        return {kind::line, std::move(line)};
    }
    bool is_person() const noexcept override { return true; }
    void complete_by(haft::host::line_completer by) override { completer_ = std::move(by); }
    void remember(std::string_view line) override {
        HistEvent event{};
        ::history(history_, &event, H_ENTER, std::string(line).c_str());
    }

private:
    static edited_lines& of(EditLine* edit) {
        void* self = nullptr;
        ::el_get(edit, EL_CLIENTDATA, &self);
        return *static_cast<edited_lines*>(self);
    }
    static char* prompt_of(EditLine* edit) { return of(edit).prompt_.data(); }

    /// libedit's own would begin to read anew at the first Ctrl-C.
    static int next_character(EditLine* edit, wchar_t* to) {
        const edited_lines& self = of(edit);
        std::mbstate_t state{};
        for (;;) {
            char byte = 0;
            const int got = haft::host::next_byte(STDIN_FILENO, *self.interrupted_, byte);
            if (got <= 0) return got;
            const std::size_t n = std::mbrtowc(to, &byte, 1, &state);
            if (n <= 1) return 1;
            if (n == static_cast<std::size_t>(-1)) state = {};  // no character: it is passed over
        }
    }

    static unsigned char completed(EditLine* edit, int) {
        edited_lines& self = of(edit);
        if (!self.completer_) return CC_ERROR;
        const LineInfo* const now = ::el_line(edit);
        const std::string line(now->buffer, now->cursor);
        const haft::host::line_completions all = self.completer_(line);
        if (all.values.empty() || all.from > line.size()) return CC_ERROR;
        std::string common = all.values.front();
        for (const std::string& one : all.values)
            while (!one.starts_with(common)) common.pop_back();
        while (!common.empty() && !whole_characters(common)) common.pop_back();
        const std::string_view typed = std::string_view(line).substr(all.from);
        const bool is_one = all.values.size() == 1;
        if (common.size() > typed.size() || is_one) {
            if (is_one && !common.ends_with('/') && !common.ends_with(':')) common += ' ';
            std::size_t characters = 0;
            for (const char c : typed) characters += (static_cast<unsigned char>(c) & 0xC0u) != 0x80u ? 1 : 0;
            if (characters != 0) ::el_deletestr(edit, static_cast<int>(characters));
            return ::el_insertstr(edit, common.c_str()) == 0 ? CC_REFRESH : CC_ERROR;
        }
        std::string shown = "\n";
        for (const std::string& one : all.values) haft::append_all(shown, {one, "  "});
        shown += '\n';
        std::fwrite(shown.data(), 1, shown.size(), stdout);
        std::fflush(stdout);
        return CC_REDISPLAY;
    }
    /// Whether a beginning that several have in common ends behind a character, and not within it.
    static bool whole_characters(std::string_view text) {
        for (std::size_t i = 0; i < text.size();) {
            const std::size_t n = haft::utf8_length(text.data() + i, text.data() + text.size());
            if (n == 0) return false;
            i += n;
        }
        return true;
    }

    History* history_;
    EditLine* edit_;
    std::string prompt_;
    haft::host::line_completer completer_;
    const haft::host::interrupt_flag* interrupted_ = nullptr;
};

/// libedit reads characters as the locale has them: the user's, or else one with UTF-8.
inline void use_utf8() {
    const auto is_utf8 = [] { return std::string_view(::nl_langinfo(CODESET)) == "UTF-8"; };
    if (std::setlocale(LC_CTYPE, "") && is_utf8()) return;
    for (const char* const name : {"C.UTF-8", "en_US.UTF-8"})
        if (std::setlocale(LC_CTYPE, name) && is_utf8()) return;
}
#endif

/// Standard input, with editing where a person sits at a terminal that can.
inline std::unique_ptr<haft::host::line_source> standard_lines() {
#if HAFT_COMMAND_EDITS
    const char* const kind = std::getenv("TERM");
    const bool can = kind && *kind && std::string_view(kind) != "dumb";
    if (can && ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1) {
        use_utf8();
        return std::make_unique<edited_lines>();
    }
#endif
    return std::make_unique<haft::host::plain_lines>();
}

}  // namespace haft_command

#endif  // HAFT_TOOLS_HAFT_LINE_READER_HPP
