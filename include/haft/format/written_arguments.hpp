// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_FORMAT_WRITTEN_ARGUMENTS_HPP
#define HAFT_FORMAT_WRITTEN_ARGUMENTS_HPP

/// The arguments of a call that was not written as JSON, but as a block of text with some words: which parameter each is for
/// the tool's schema tells. [IO-06]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/format/repair_json.hpp>
#include <haft/json/document.hpp>
#include <haft/json/write_string.hpp>
#include <haft/schema/typed_parameter.hpp>
#include <haft/tool/tool.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

constexpr std::string_view call_blanks = " \t\r\n";

constexpr std::string_view without_blanks(std::string_view text) noexcept {
    while (!text.empty() && call_blanks.find(text.front()) != text.npos) text.remove_prefix(1);
    while (!text.empty() && call_blanks.find(text.back()) != text.npos) text.remove_suffix(1);
    return text;
}
/// Without the one line break that stands between a tag and its content.
constexpr std::string_view without_outer_breaks(std::string_view text) noexcept {
    if (text.starts_with("\r\n")) text.remove_prefix(2);
    else if (text.starts_with('\n')) text.remove_prefix(1);
    if (text.ends_with("\r\n")) text.remove_suffix(2);
    else if (text.ends_with('\n')) text.remove_suffix(1);
    return text;
}

/// Collects the arguments of one call. `of` null: nobody knows the tool, and all values are texts.
class written_arguments {
public:
    HAFT_COLD explicit written_arguments(const tool* of) : known_(of != nullptr) {
        if (of) parameters_ = parameters_in(of->input_schema);
        values_.resize(parameters_.size());
        // The text of a block goes to the last text that the tool requires, or the last it knows.
        for (std::size_t i = 0; i < parameters_.size(); ++i) {
            const typed_parameter& one = parameters_[i];
            if (one.kind != word_kind::text || one.list || !one.values.empty()) continue;
            if (content_ == none || one.required || !parameters_[content_].required) content_ = i;
        }
    }

    bool takes_content() const noexcept { return content_ != none; }

    /// A value that was given by its name.
    HAFT_COLD void named(std::string_view name, std::string_view value) {
        const std::size_t i = place_of(name);
        if (i < parameters_.size()) return give(i, value);
        extra_.emplace_back(name, quoted(value));  // unknown: the reader says so
    }
    /// A value that was given without a name: for the next parameter that has none yet. False: there is none.
    HAFT_COLD bool positional(std::string_view value) {
        for (std::size_t i = 0; i < parameters_.size(); ++i)
            if (values_[i].empty() && i != content_) return give(i, value), true;
        return false;
    }
    bool has(std::string_view name) const { return place_of(name) < parameters_.size(); }
    /// The text of the block. False: there is no parameter that it could be for.
    HAFT_COLD bool content(std::string_view text) {
        if (!known_) return extra_.emplace_back("content", quoted(text)), true;
        if (content_ == none || !values_[content_].empty()) return false;
        values_[content_] = quoted(text);
        return true;
    }

    /// Where the text of a block is a JSON object of the tool's parameters, it is the arguments.
    HAFT_COLD std::optional<repaired_json> as_object(std::string_view text) const {
        text = without_blanks(text);
        if (!text.starts_with('{')) return {};
        std::optional<repaired_json> out = repair_json(text);
        if (!out) return {};
        json::document object;
        json::value_faults found;
        if (!object.read(out->text, json::read_limits{}, found)) return {};
        for (std::uint32_t m = json::document::first_child(0); m < object[0].behind; m = object[m].behind)
            if (known_ && !has(object[m].key)) return {};
        return out;
    }

    HAFT_COLD std::string object() const {
        std::string out = "{";
        const auto put = [&](std::string_view name, std::string_view value) {
            if (out.size() > 1) out += ',';
            json::append_string(out, name);
            append_all(out, {":", value});
        };
        for (std::size_t i = 0; i < values_.size(); ++i)
            if (!values_[i].empty()) put(parameters_[i].name, values_[i]);
        for (const auto& [name, value] : extra_) put(name, value);
        return out += '}';
    }

private:
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    HAFT_COLD static std::string quoted(std::string_view text) {
        std::string out;
        json::append_string(out, text);
        return out;
    }
    std::size_t place_of(std::string_view name) const noexcept {
        std::size_t i = 0;
        while (i < parameters_.size() && parameters_[i].name != name) ++i;
        return i;
    }
    HAFT_COLD void give(std::size_t i, std::string_view value) {
        const typed_parameter& one = parameters_[i];
        std::string& out = values_[i];
        out.clear();
        if (one.kind == word_kind::text && !one.list) return json::append_string(out, value);
        value = without_blanks(value);
        if (one.list || one.kind == word_kind::json) {
            if (!value.empty() && (value[0] == '[' || value[0] == '{'))
                if (std::optional<repaired_json> mended = repair_json(value))
                    return void(out = std::move(mended->text));
            if (one.list) {  // one item by itself
                out = '[';
                append_word(out, one, value);
                out += ']';
                return;
            }
        }
        append_word(out, one, value);
    }

    bool known_;
    std::vector<typed_parameter> parameters_;
    std::vector<std::string> values_;  // as JSON; "": not given
    std::vector<std::pair<std::string, std::string>> extra_;
    std::size_t content_ = none;
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_FORMAT_WRITTEN_ARGUMENTS_HPP
