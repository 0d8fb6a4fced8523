// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_XML_CALLS_HPP
#define HAFT_FORMAT_XML_CALLS_HPP

/// The calls within one `<tool-use>` or `<function_calls>`. Models write it by hand, so this is not XML's grammar: a tag ends
/// where its closing one stands, and what is between them is a text. [IO-06]

#include <haft/core/config.hpp>
#include <haft/format/parsed_call.hpp>
#include <haft/format/written_arguments.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// One opening tag: `<save path="a b">`.
struct xml_tag {
    std::string_view name;
    std::vector<std::pair<std::string_view, std::string>> attributes = {};
    std::size_t end = 0;    // behind the `>`
    bool is_empty = false;  // `<name/>`
};

/// The five entities of XML; all else stays, so that `a && b` may be written as it is. What is in CDATA stays, too.
HAFT_COLD inline std::string xml_text(std::string_view raw) {
    constexpr std::string_view cdata = "<![CDATA[";
    if (const std::string_view inner = without_blanks(raw); inner.starts_with(cdata) && inner.ends_with("]]>"))
        return std::string(inner.substr(cdata.size(), inner.size() - cdata.size() - 3));
    constexpr std::array<std::pair<std::string_view, char>, 5> entities{
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};
    std::string out;
    while (!raw.empty()) {
        const std::size_t at = (std::min)(raw.find('&'), raw.size());
        out += raw.substr(0, at);
        raw.remove_prefix(at);
        bool known = false;
        for (const auto& [entity, meaning] : entities)
            if (!known && raw.starts_with(entity)) {
                out += meaning;
                raw.remove_prefix(entity.size());
                known = true;
            }
        if (!known && !raw.empty()) {
            out += '&';
            raw.remove_prefix(1);
        }
    }
    return out;
}

constexpr bool is_xml_name(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == ':';
}

/// The opening tag at a `<`; nothing if it is none, or it has more than 1024 bytes.
HAFT_COLD inline std::optional<xml_tag> read_xml_tag(std::string_view text, std::size_t at) {
    constexpr std::size_t most = 1024;
    const std::size_t first = at;
    const auto has = [&] { return at < text.size() && at - first < most; };
    const auto blanks = [&] {
        while (has() && call_blanks.find(text[at]) != text.npos) ++at;
    };
    const auto name = [&] {
        const std::size_t begin = at;
        while (has() && is_xml_name(text[at])) ++at;
        return text.substr(begin, at - begin);
    };
    if (!has() || text[at++] != '<') return {};
    xml_tag out{.name = name()};
    if (out.name.empty()) return {};
    for (;;) {
        blanks();
        if (!has()) return {};
        if (text[at] == '>') return out.end = at + 1, out;
        if (text.substr(at).starts_with("/>")) return out.is_empty = true, out.end = at + 2, out;
        const std::string_view key = name();
        blanks();
        if (key.empty() || !has() || text[at++] != '=') return {};
        blanks();
        if (!has() || (text[at] != '"' && text[at] != '\'')) return {};
        const char quote = text[at++];
        const std::size_t begin = at;
        while (has() && text[at] != quote) ++at;
        if (!has()) return {};
        out.attributes.emplace_back(key, xml_text(text.substr(begin, at++ - begin)));
    }
}

/// Reads the calls between `begin` and `end` of a text. Words between them are passed over where a closing tag says that all of
/// it belongs together (`closed`); else they end it.
class xml_calls {
public:
    HAFT_COLD xml_calls(std::string_view text, std::size_t begin, std::size_t end, bool closed, const toolset& tools,
                        bool invokes)
        : text_(text.substr(0, end)), at_(begin), closed_(closed), tools_(tools), invokes_(invokes) {}

    /// The calls, with places in the text. `behind()` is then behind the last of them.
    HAFT_COLD std::vector<parsed_call> read(std::size_t most) {
        std::vector<parsed_call> out;
        for (std::size_t failed = 0; failed < most_failed;) {
            const std::size_t next = (std::min)(text_.find('<', at_), text_.size());
            if (!closed_ && !without_blanks(text_.substr(at_, next - at_)).empty()) break;
            at_ = next;
            if (at_ == text_.size()) break;
            if (out.size() == most) {
                has_more_ = true;
                break;
            }
            const std::optional<xml_tag> tag = read_xml_tag(text_, at_);
            const std::size_t closing = !tag            ? text_.npos
                                        : tag->is_empty ? tag->end
                                                        : find_closing(tag->name, tag->end);
            if (closing == text_.npos) {
                if (!closed_) break;
                ++at_, ++failed;
                continue;
            }
            parsed_call one;
            one.form = call_form::xml;
            one.begin = at_;
            one.end = at_ = tag->is_empty ? closing : closing + tag->name.size() + 3;
            behind_ = at_;
            const std::string_view inner = text_.substr(tag->end, closing - tag->end);
            if (invokes_ ? invoke(*tag, inner, one) : element(*tag, inner, one)) out.push_back(std::move(one));
        }
        return out;
    }
    std::size_t behind() const noexcept { return behind_; }
    /// Whether it ended because there were enough.
    bool has_more() const noexcept { return has_more_; }

private:
    static constexpr std::size_t most_failed = 16;  // each may have cost a look at all that is left

    std::size_t find_closing(std::string_view name, std::size_t from) const {
        std::string closing = "</";
        closing.append(name) += '>';
        return text_.find(closing, from);
    }

    /// `<shell>ls</shell>`, `<save path="a.txt">…</save>`
    HAFT_COLD bool element(const xml_tag& tag, std::string_view inner, parsed_call& out) const {
        out.call.name = tag.name;
        if (!legal_tool_name(tag.name)) return false;
        written_arguments arguments(tools_.find(tag.name));
        const bool known = tools_.find(tag.name) != nullptr;
        for (const auto& [name, value] : tag.attributes)
            if (!known || arguments.has(name) || !arguments.positional(value)) arguments.named(name, value);
        finish(arguments, inner, out);
        return true;
    }

    /// `<invoke name="save"><parameter name="path">a.txt</parameter></invoke>`
    HAFT_COLD bool invoke(const xml_tag& tag, std::string_view inner, parsed_call& out) const {
        if (tag.name != "invoke") return false;
        for (const auto& [name, value] : tag.attributes) {
            if (name == "name") out.call.name = value;
            else if (name == "id") out.call.id = value;
        }
        if (!legal_tool_name(out.call.name)) return false;
        written_arguments arguments(tools_.find(out.call.name));
        bool any = false;
        for (std::size_t at = 0; (at = inner.find('<', at)) != inner.npos;) {
            const std::optional<xml_tag> parameter = read_xml_tag(inner, at);
            if (!parameter || parameter->name != "parameter" || parameter->is_empty || parameter->attributes.empty())
                break;
            const std::size_t end = inner.find("</parameter>", parameter->end);
            if (end == inner.npos) break;
            any = true;
            arguments.named(parameter->attributes[0].second,
                            xml_text(without_outer_breaks(inner.substr(parameter->end, end - parameter->end))));
            at = end + std::string_view("</parameter>").size();
        }
        if (any) out.call.arguments = arguments.object();
        else finish(arguments, inner, out);
        return true;
    }

    HAFT_COLD static void finish(written_arguments& arguments, std::string_view inner, parsed_call& out) {
        const std::string text = xml_text(without_outer_breaks(inner));
        if (!without_blanks(text).empty()) {
            if (std::optional<repaired_json> object = arguments.as_object(text)) {
                out.call.arguments = std::move(object->text);
                out.repairs = std::move(object->repairs);
                return;
            }
            if (!arguments.content(text)) arguments.named("content", text);  // which the reader refuses
        }
        out.call.arguments = arguments.object();
    }

    std::string_view text_;
    std::size_t at_;
    bool closed_;
    std::size_t behind_ = 0;
    bool has_more_ = false;
    const toolset& tools_;
    bool invokes_;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_FORMAT_XML_CALLS_HPP
