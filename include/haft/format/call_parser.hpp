// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_CALL_PARSER_HPP
#define HAFT_FORMAT_CALL_PARSER_HPP

/// Finds the calls in a model's text while it comes, piece by piece. [IO-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/format/call_parser_class.hpp>
#include <haft/format/parsed_call.hpp>
#include <haft/format/repair_json.hpp>
#include <haft/format/written_arguments.hpp>
#include <haft/format/xml_calls.hpp>
#include <haft/json/lexer.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#if HAFT_DEFINES_LARGE()

namespace haft::inline v0 {

namespace detail {
inline constexpr std::array<std::string_view, 2> call_tags{"<tool-use>", "<function_calls>"};
inline constexpr std::array<std::string_view, 2> call_closing_tags{"</tool-use>", "</function_calls>"};
inline constexpr std::string_view think_tag = "<think>";
inline constexpr std::string_view think_closing_tag = "</think>";
}  // namespace detail

HAFT_LARGE parsed_text call_parser::feed(std::string_view piece) {
    buffer_ += piece;
    scan(false);
    return take();
}
HAFT_LARGE parsed_text call_parser::finish() {
    scan(true);
    decide_text(buffer_.size());
    parsed_text out = take();
    *this = call_parser(*tools_, options_);
    return out;
}

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

}  // namespace haft::inline v0

#endif  // HAFT_DEFINES_LARGE()

#endif  // HAFT_FORMAT_CALL_PARSER_HPP
