// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_CALL_PARSER_HPP
#define HAFT_FORMAT_CALL_PARSER_HPP

/// Finds the calls in a model's text while it comes, piece by piece. [IO-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/format/parsed_call.hpp>
#include <haft/format/repair_json.hpp>
#include <haft/format/written_arguments.hpp>
#include <haft/format/xml_calls.hpp>
#include <haft/json/lexer.hpp>
#include <haft/schema/typed_parameter.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <array>
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
    parsed_text feed(std::string_view piece) {
        buffer_ += piece;
        scan(false);
        return take();
    }
    /// There is no more; gives the rest. A call that only lacks its last brackets or its last tag is one, any other that is
    /// not complete is text, and a problem (E0371). Afterwards the parser is as new.
    parsed_text finish() {
        scan(true);
        decide_text(buffer_.size());
        parsed_text out = take();
        *this = call_parser(*tools_, options_);
        return out;
    }

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

namespace detail {
inline constexpr std::array<std::string_view, 2> call_tags{"<tool-use>", "<function_calls>"};
inline constexpr std::array<std::string_view, 2> call_closing_tags{"</tool-use>", "</function_calls>"};
inline constexpr std::string_view think_tag = "<think>";
inline constexpr std::string_view think_closing_tag = "</think>";
}  // namespace detail

#if HAFT_DEFINES_LARGE()

HAFT_LARGE void call_parser::scan(bool final) {
    for (bool on = true; on;) {
        switch (where_) {
            case within::text: on = scan_text(final); break;
            case within::fence: on = scan_fence(final); break;
            case within::json: on = scan_json(final); break;
            case within::xml: on = scan_xml(final); break;
            case within::think: on = scan_think(final); break;
        }
    }
}

/// False: there is nothing to do before more comes. So of all of these.
HAFT_LARGE bool call_parser::scan_text(bool final) {
    while (at_ < buffer_.size()) {
        if (line_start_) {
            match opened = open_fence(final);
            if (opened == match::no) opened = open_json(final);
            if (opened == match::wait) return false;
            if (opened == match::yes) return true;
            line_start_ = false;
        }
        if (buffer_[at_] == '<') {
            const match opened = open_tag(final);
            if (opened == match::wait) return false;
            if (opened == match::yes) return true;
        }
        line_start_ = buffer_[at_] == '\n';
        resume_ = ++at_;
    }
    return false;
}

HAFT_LARGE call_parser::match call_parser::open_fence(bool final) {
    std::size_t mark = at_;
    while (mark < buffer_.size() && mark - at_ < 3 && buffer_[mark] == ' ') ++mark;
    if (mark == buffer_.size()) return final ? match::no : match::wait;
    const char c = buffer_[mark];
    if (c != '`' && c != '~') return match::no;
    for (std::size_t n = 0; n < 3; ++n) {
        if (mark + n == buffer_.size()) return final ? match::no : match::wait;
        if (buffer_[mark + n] != c) return match::no;
    }
    const std::size_t end = line_end(final);
    if (end == std::string::npos) return match::wait;
    const fence_line line = read_fence(all().substr(at_, end - at_));
    if (line.mark == '\0') return resume_ = at_, match::no;
    fences_.assign(1, {line.mark, line.length});
    const std::size_t word_end = (std::min)(line.info.find_first_of(" \t"), line.info.size());
    block_of_ = options_.code_blocks && more_calls() ? tools_->find(line.info.substr(0, word_end)) : nullptr;
    block_words_ = line.info.substr(word_end);
    body_ = line_ = resume_ = end;
    where_ = within::fence;
    return match::yes;
}

HAFT_LARGE bool call_parser::scan_fence(bool final) {
    while (line_ < buffer_.size()) {
        resume_ = (std::max)(resume_, line_);
        const std::size_t end = line_end(final);
        if (end == std::string::npos) return false;
        const fence_line line = read_fence(all().substr(line_, end - line_));
        if (line.mark != '\0') {
            if (!line.info.empty()) {
                if (fences_.size() < most_fences) fences_.push_back({line.mark, line.length});
            } else if (line.mark == fences_.back().mark && line.length >= fences_.back().length) {
                fences_.pop_back();
                if (fences_.empty()) {
                    // A line break that has come already does not tell of a line behind it: wait for the whole closing one.
                    end_fence(line_, end);
                    return true;
                }
            }
        }
        line_ = resume_ = end;
    }
    if (!final) return false;
    if (block_of_) problem(errc::call_cut_off, "a code block of a tool is never closed; it begins", at_);
    go_to(buffer_.size(), true);
    return false;
}

HAFT_LARGE void call_parser::end_fence(std::size_t body_end, std::size_t end) {
    const std::size_t begin = at_;
    if (block_of_ && end - begin <= options_.most_call_bytes) {
        parsed_call one;
        one.begin = begin;
        one.end = end;
        one.call.name = block_of_->name;
        const std::string_view body = all().substr(body_, body_end - body_);
        detail::written_arguments arguments(block_of_);
        bool right = true;
        std::size_t at = 0;
        while (right && (at = block_words_.find_first_not_of(" \t", at)) != std::string::npos) {
            const std::size_t word_end = (std::min)(block_words_.find_first_of(" \t", at), block_words_.size());
            right = arguments.positional(std::string_view(block_words_).substr(at, word_end - at));
            at = word_end;
        }
        if (std::optional<repaired_json> object =
                detail::without_blanks(block_words_).empty() ? arguments.as_object(body) : std::nullopt) {
            one.call.arguments = std::move(object->text);
            one.repairs = std::move(object->repairs);
        } else if (right) {
            std::string_view text = body;
            if (text.ends_with('\n')) text.remove_suffix(1);
            if (text.ends_with('\r')) text.remove_suffix(1);
            right = arguments.content(text) || detail::without_blanks(text).empty();
            one.call.arguments = arguments.object();
        }
        if (right) {
            take_out(begin, end);
            found(std::move(one));
        }  // else it is an ordinary block in a language of that name
    } else if (block_of_) {
        problem(errc::call_too_large, "a code block of a tool is too large for a call; it begins", begin);
    }
    go_to(end, true);
}

/// `@name(id): {`
HAFT_LARGE call_parser::match call_parser::open_json(bool final) {
    if (buffer_[at_] != '@') return match::no;
    if (!options_.at_signs || !more_calls()) return match::no;
    const std::string_view text = all().substr(at_, most_header);
    const auto ends = [&](std::size_t at) {
        return at == text.size() && !final && text.size() < most_header ? match::wait : match::no;
    };
    const auto word = [](char c) { return detail::is_xml_name(c) && c != ':'; };
    std::size_t at = 1;
    while (at < text.size() && word(text[at])) ++at;
    const std::size_t name_end = at;
    if (at == text.size() || name_end == 1 || text[at] != '(') return ends(at);
    const std::size_t id = ++at;
    while (at < text.size() && word(text[at])) ++at;
    const std::size_t id_end = at;
    if (at == text.size() || text[at] != ')') return ends(at);
    if (++at == text.size() || text[at] != ':') return ends(at);
    ++at;
    while (at < text.size() && detail::call_blanks.find(text[at]) != std::string_view::npos) ++at;
    if (at == text.size() || text[at] != '{') return ends(at);
    if (!legal_tool_name(text.substr(1, name_end - 1))) return match::no;
    json_call_ = {};
    json_call_.form = call_form::at_sign;
    json_call_.begin = at_;
    json_call_.call.name = text.substr(1, name_end - 1);
    json_call_.call.id = text.substr(id, id_end - id);
    json_ = resume_ = at_ + at;
    brackets_.clear();
    quote_ = '\0';
    where_ = within::json;
    return match::yes;
}

HAFT_LARGE bool call_parser::scan_json(bool final) {
    while (resume_ < buffer_.size()) {
        if (resume_ - json_ > options_.most_call_bytes || brackets_.size() > json::hard_depth_limit) {
            no_call(errc::call_too_large, "the arguments of a call are too large; it begins", at_ + 1);
            return true;
        }
        const char c = buffer_[resume_];
        if (quote_ != '\0') {
            if (c == '\\') {
                if (resume_ + 1 == buffer_.size() && !final) return false;
                resume_ = (std::min)(resume_ + 2, buffer_.size());
                continue;
            }
            if (c == quote_) {
                bool unknown = false;
                if (quote_ == '"' || detail::json_repair::ends_before(buffer_, resume_ + 1, final, unknown))
                    quote_ = '\0';
                if (unknown) return false;
            }
            ++resume_;
            continue;
        }
        if (c == '"' || c == '\'') {
            quote_ = c;
        } else if (c == '{' || c == '[') {
            brackets_ += c;
        } else if (c == '}' || c == ']') {
            const char own = c == '}' ? '{' : '[';
            if (const std::size_t its = brackets_.rfind(own); its != std::string::npos) brackets_.resize(its);
            if (brackets_.empty()) {
                end_json(resume_ + 1);
                return true;
            }
        } else if (detail::call_blanks.find(c) == std::string_view::npos && !detail::is_xml_name(c) && c != ',' &&
                   c != '+') {
            // No JSON, however it is mended: the call has ended without its brackets, or was none.
            no_call(errc::call_cut_off, "the arguments of a call are not JSON, or cut off; it begins", at_ + 1);
            return true;
        }
        ++resume_;
    }
    if (!final) return false;
    if (quote_ == '\0' && !detail::without_blanks(all().substr(json_)).ends_with(':')) {
        if (repair_json(detail::without_blanks(all().substr(json_)))) {
            end_json(json_ + detail::without_blanks(all().substr(json_)).size());
            return true;
        }
    }
    no_call(errc::call_cut_off, "the text ends within the arguments of a call; it begins", at_ + 1);
    return true;
}

HAFT_LARGE void call_parser::end_json(std::size_t end) {
    parsed_call one = std::move(json_call_);
    one.end = end;
    const std::string_view written = all().substr(json_, end - json_);
    if (std::optional<repaired_json> mended = repair_json(written)) {
        one.call.arguments = std::move(mended->text);
        one.repairs = std::move(mended->repairs);
    } else if (tools_->find(one.call.name)) {
        one.call.arguments = written;
        one.problem = error{errc::call_not_json, concat({"the arguments of the call of ", in_quotes(one.call.name),
                                                         " are not JSON, and could not be mended"})};
    } else {
        no_call(errc::call_cut_off, "the arguments of a call are not JSON; it begins", at_ + 1);
        return;
    }
    take_out(one.begin, end);
    found(std::move(one));
    go_to(end, false);
}

HAFT_LARGE call_parser::match call_parser::open_tag(bool final) {
    const std::string_view text = all().substr(at_);
    const auto begins = [&](std::string_view tag) {
        if (text.starts_with(tag)) return match::yes;
        return !final && tag.starts_with(text) ? match::wait : match::no;
    };
    if (const match opened = begins(detail::think_tag); opened != match::no) {
        if (opened == match::yes) where_ = within::think, resume_ = at_ + detail::think_tag.size();
        return opened;
    }
    if (!options_.xml || !more_calls()) return match::no;
    for (std::size_t i = 0; i < detail::call_tags.size(); ++i) {
        const std::string_view tag = detail::call_tags[i];
        const match opened = begins(tag);
        if (opened == match::wait) return opened;
        if (opened == match::no) continue;
        // Somebody who writes about the tag goes on with a word, not with another tag.
        std::size_t next = at_ + tag.size();
        const std::size_t most = next + most_header;
        while (next < buffer_.size() && next < most &&
               detail::call_blanks.find(buffer_[next]) != std::string_view::npos)
            ++next;
        if (next == most) return match::no;
        if (next == buffer_.size()) return final ? match::no : match::wait;
        if (buffer_[next] != '<') return match::no;
        invokes_ = i == 1;
        resume_ = next;
        where_ = within::xml;
        return match::yes;
    }
    return match::no;
}

HAFT_LARGE bool call_parser::scan_xml(bool final) {
    const std::size_t which = invokes_ ? 1 : 0;
    const std::size_t inside = at_ + detail::call_tags[which].size();
    const std::string_view closing = detail::call_closing_tags[which];
    const std::size_t found_at = buffer_.find(closing, resume_);
    const bool closed = found_at != std::string::npos;
    // (Of a closing tag that has not come in full nothing counts, wherever the pieces end.)
    const std::size_t counted = closed ? found_at : buffer_.size() - (std::min)(buffer_.size(), closing.size() - 1);
    if (counted > at_ + options_.most_call_bytes) {
        no_call(errc::call_too_large, "a call in XML is too large; it begins", inside);
        return true;
    }
    if (!closed && !final) {
        resume_ = (std::max)(resume_, counted);
        return false;
    }
    detail::xml_calls inner(buffer_, inside, closed ? found_at : buffer_.size(), closed, *tools_, invokes_);
    std::vector<parsed_call> calls = inner.read(options_.most_calls - call_count_);
    if (calls.empty()) {
        no_call(errc::call_cut_off,
                closed ? "no call could be read in XML that begins" : "a call in XML is never closed; it begins",
                inside);
        return true;
    }
    if (!closed) calls.back().repairs.emplace_back(concat({"the closing tag ", closing, " was missing"}));
    const bool all_read = closed && !inner.has_more();
    const std::size_t end = all_read ? found_at + closing.size() : inner.behind();
    take_out(at_, end);
    for (parsed_call& one : calls) found(std::move(one));
    go_to(end, false);
    return true;
}

HAFT_LARGE bool call_parser::scan_think(bool final) {
    const std::size_t closing = buffer_.find(detail::think_closing_tag, resume_);
    if (closing != std::string::npos) {
        go_to(closing + detail::think_closing_tag.size(), false);
        return true;
    }
    const std::size_t tail = detail::think_closing_tag.size() - 1;
    resume_ = (std::max)(resume_, buffer_.size() - (std::min)(buffer_.size(), tail));
    if (final) go_to(buffer_.size(), false);
    return false;
}

#endif  // HAFT_DEFINES_LARGE()

}  // namespace haft::inline v0

#endif  // HAFT_FORMAT_CALL_PARSER_HPP
