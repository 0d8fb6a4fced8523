// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_CALL_PARSER_CLASS_HPP
#define HAFT_FORMAT_CALL_PARSER_CLASS_HPP

/// The class call_parser. Include <haft/format/call_parser.hpp>, which knows how it finds what it finds.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/format/parsed_call.hpp>
#include <haft/format/written_arguments.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A walk over one text, which may come in pieces of any size: what it finds does not depend on where they end. Whatever the
/// bytes are, it throws nothing but std::bad_alloc, and takes a time that grows with the text and no faster.
///
/// A call is: a fenced code block whose first word is the name of one of the tools; a child of `<tool-use>`, an `<invoke>`
/// of `<function_calls>`; `@name(id): {…}` at the beginning of a line. What stands in any other fenced block, or in
/// `<think>`, is none. For use on one thread.
class call_parser {
public:
    /// `tools`, which must outlive the parser, tell which blocks are calls, and for which parameters their words are. A call
    /// in XML or with an @ may name others: whoever executes it says that there is no such tool.
    explicit call_parser(const toolset& tools, const parse_options& options = {}) : tools_(&tools), options_(options) {}
    call_parser(toolset&&, const parse_options& = {}) = delete;

    /// One more piece; gives what is decided by now.
    HAFT_LARGE parsed_text feed(std::string_view piece);
    /// There is no more; gives the rest. A call that only lacks its last brackets or its last tag is one, any other that is
    /// not complete is text, and a problem (E0371). Afterwards the parser is as new.
    HAFT_LARGE parsed_text finish();

private:
    enum class within : unsigned char { text, fence, json, xml, think };
    enum class match : unsigned char { no, yes, wait };

    struct fence_line {
        char mark = '\0';  // '\0': the line is none
        std::size_t length = 0;
        std::string_view info = {};
    };

    HAFT_LARGE void scan(bool final);
    HAFT_LARGE bool scan_text(bool final);
    HAFT_LARGE bool scan_fence(bool final);
    HAFT_LARGE bool scan_json(bool final);
    HAFT_LARGE bool scan_xml(bool final);
    HAFT_LARGE bool scan_think(bool final);
    HAFT_LARGE match open_fence(bool final);
    HAFT_LARGE match open_json(bool final);
    HAFT_LARGE match open_tag(bool final);
    HAFT_LARGE void end_fence(std::size_t body_end, std::size_t end);
    HAFT_LARGE void end_json(std::size_t end);

    std::string_view all() const noexcept { return buffer_; }
    bool more_calls() const noexcept { return call_count_ < options_.most_calls && broken_ < most_broken; }

    /// The end of the line that begins at `begin`, behind its break; npos if it has not come yet.
    std::size_t line_end(bool final) {
        const std::size_t found = buffer_.find('\n', resume_);
        if (found != std::string::npos) return found + 1;
        resume_ = buffer_.size();
        return final ? buffer_.size() : std::string::npos;
    }
    static fence_line read_fence(std::string_view line) noexcept {
        fence_line out;
        std::size_t at = 0;
        while (at < line.size() && at < 3 && line[at] == ' ') ++at;
        if (at == line.size() || (line[at] != '`' && line[at] != '~')) return out;
        const char mark = line[at];
        while (at < line.size() && line[at] == mark) ++at, ++out.length;
        out.info = detail::without_blanks(line.substr(at));
        if (out.length >= 3 && !(mark == '`' && out.info.find('`') != out.info.npos)) out.mark = mark;
        return out;
    }

    void go_to(std::size_t at, bool line_start) noexcept {
        at_ = resume_ = at;
        line_start_ = line_start;
        where_ = within::text;
    }
    /// Everything before that place is decided; what is not taken out is text.
    void decide_text(std::size_t until) {
        if (until > decided_) out_.text.append(buffer_, decided_, until - decided_);
        decided_ = (std::max)(until, decided_);
    }
    void take_out(std::size_t begin, std::size_t end) {
        decide_text(begin);
        decided_ = end;
    }
    void found(parsed_call one) {
        out_.calls.push_back(std::move(one));
        ++call_count_;
    }
    HAFT_COLD void problem(errc code, std::string_view what, std::size_t at) {
        out_.problems.push_back({code, concat({what, " at byte ", decimal(at)})});
    }
    /// What was begun at `at_` is no call; goes on behind its first byte or tag.
    HAFT_COLD void no_call(errc code, std::string_view what, std::size_t go_on) {
        problem(code, what, at_);
        if (++broken_ == most_broken)
            problem(errc::call_too_large, "too many calls came to nothing; what follows is taken for text", at_);
        go_to(go_on, false);
    }
    parsed_text take() {
        decide_text(at_);
        return std::exchange(out_, parsed_text());
    }

    static constexpr std::size_t most_broken = 16;  // each may have cost a look at all that is left
    static constexpr std::size_t most_header = 256;
    static constexpr std::size_t most_fences = 64;

    const toolset* tools_;
    parse_options options_;
    std::string buffer_;
    std::size_t decided_ = 0;  // before it is what was given
    std::size_t at_ = 0;       // where what is being looked at begins
    std::size_t resume_ = 0;   // how far that was looked at
    bool line_start_ = true;
    within where_ = within::text;
    std::size_t call_count_ = 0;
    std::size_t broken_ = 0;
    parsed_text out_;

    // within::fence
    struct fence {
        char mark;
        std::size_t length;
    };
    std::vector<fence> fences_;
    const tool* block_of_ = nullptr;
    std::string block_words_;
    std::size_t body_ = 0;
    std::size_t line_ = 0;
    // within::json
    parsed_call json_call_;
    std::size_t json_ = 0;
    std::string brackets_;
    char quote_ = '\0';
    // within::xml
    bool invokes_ = false;
};

}  // namespace haft::inline v0

#endif  // HAFT_FORMAT_CALL_PARSER_CLASS_HPP
