// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTING_GOLDEN_HPP
#define HAFT_TESTING_GOLDEN_HPP

/// What a model sees of a tool, kept in a file: a change that nobody meant shows in a test, one that somebody meant in a review.
/// [NX-15]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/read_file.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/os/variables.hpp>
#include <haft/os/write_file.hpp>
#include <haft/testing/failure.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

namespace haft::inline v0::testing {

/// The environment variable that has golden files written instead of compared, where it is `1`.
inline constexpr std::string_view update_variable = "HAFT_UPDATE_GOLDEN";

namespace detail {

HAFT_COLD inline bool has_parts(std::string_view value) {
    const auto begins = [](std::string_view one) { return one.starts_with('{') || one.starts_with('['); };
    for (const json::member_piece& m : json::members_of(value))
        if (begins(m.value)) return true;
    for (const std::string_view item : json::items_of(value))
        if (begins(item)) return true;
    return false;
}

/// Appends JSON as golden files have it: each member on a line of its own, but arrays of plain values on one.
HAFT_COLD inline void append_lines(std::string& out, std::string_view value, std::size_t level) {
    const bool object = value.starts_with('{');
    if (!object && (!value.starts_with('[') || !has_parts(value))) return json::append_compact(out, value);
    bool first = true;
    const auto line = [&] {
        out += first ? "\n" : ",\n";
        out.append(2 * level + 2, ' ');
        first = false;
    };
    out += object ? '{' : '[';
    for (const json::member_piece& m : json::members_of(value)) {
        line();
        append_all(out, {m.key, ": "});
        append_lines(out, m.value, level + 1);
    }
    for (const std::string_view item : json::items_of(value)) {
        line();
        append_lines(out, item, level + 1);
    }
    if (!first) out.append("\n").append(2 * level, ' ');
    out += object ? '}' : ']';
}

HAFT_COLD inline std::string in_lines(std::string_view json) {
    std::string out;
    append_lines(out, json, 0);
    return out += '\n';
}

/// What models are shown of a tool, and what hosts tell them of it.
HAFT_COLD inline std::string seen_of(const tool& t) {
    std::string out = concat({"{\"name\":", json::string_text(t.name)});
    const auto word = [&](std::string_view key, std::string_view text) {
        if (!text.empty()) append_all(out, {",\"", key, "\":", json::string_text(text)});
    };
    word("title", t.title);
    append_all(out, {",\"description\":", json::string_text(t.description)});
    std::string_view before = ",\"tags\":[";
    const auto tag = [&](std::string_view text) {
        append_all(out, {before, json::string_text(text)});
        before = ",";
    };
    for (const auto& known : effect_tags)
        if (t.effect == known.value) tag(known.tag);
    for (const auto& known : hint_tags)
        if (has(t.hints, known.value)) tag(known.tag);
    for (const std::string_view own : t.tags) tag(own);
    if (before == ",") out += ']';
    word("instructions", t.instructions);
    append_all(out, {",\"input_schema\":", t.input_schema});
    if (!t.output_schema.empty()) append_all(out, {",\"output_schema\":", t.output_schema});
    return out += '}';
}

/// The first line of two texts that differs, counted from 1, and what stands there.
struct differing_line {
    std::size_t number = 1;
    std::string_view expected, got;
    bool expected_ends = false, got_ends = false;
};
HAFT_COLD inline differing_line first_difference(std::string_view expected, std::string_view got) {
    differing_line out;
    for (;; ++out.number) {
        out.expected_ends = expected.empty(), out.got_ends = got.empty();
        const std::size_t a = expected.find('\n'), b = got.find('\n');
        out.expected = expected.substr(0, a), out.got = got.substr(0, b);
        if (out.expected != out.got || out.expected_ends != out.got_ends ||
            (a == std::string_view::npos) != (b == std::string_view::npos))
            return out;
        if (a == std::string_view::npos) return out;
        expected.remove_prefix(a + 1), got.remove_prefix(b + 1);
    }
}

}  // namespace detail

/// Compares a text with the file that says what it should be; throws `failure` with the first line that differs. Where the
/// environment has HAFT_UPDATE_GOLDEN=1 the file is written instead (and folders to it made). A relative path starts at the
/// working folder of the test.
HAFT_COLD inline void expect_golden(std::string_view text, const std::filesystem::path& file) {
    if (process_environment(update_variable) == "1") {
        std::error_code ignored;  // write_file will say it
        if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path(), ignored);
        if (const result<void> written = write_file(file, text); !written) throw failure(written.error().text());
        return;
    }
    const std::string update = concat({update_variable, "=1 in the environment has it written"});
    std::string expected, why;
    if (!read_file(file, 64u << 20, expected, why))
        throw failure(concat({"golden file ", file.string(), " can't be compared: ", why, "; ", update}));
    if (expected == text) return;
    const detail::differing_line line = detail::first_difference(expected, text);
    throw failure(concat({"golden file ", file.string(), ", line ", decimal(line.number), " differs",
                          "\n  expected:  ", line.expected_ends ? "the end of the file" : detail::shown(line.expected),
                          "\n  got:       ", line.got_ends ? "the end of the text" : detail::shown(line.got),
                          "\nIf that is meant: ", update}));
}

/// Compares all that a model sees of a tool (name, title, description, tags, instructions, schemas) with a golden file, as
/// expect_golden does.
HAFT_COLD inline void expect_schema(const tool& t, const std::filesystem::path& file) {
    expect_golden(detail::in_lines(detail::seen_of(t)), file);
}
/// The same for all tools of a set, in their order, in one file.
HAFT_COLD inline void expect_schemas(const toolset& tools, const std::filesystem::path& file) {
    std::string all;
    for (const tool& t : tools) append_all(all, {all.empty() ? "[" : ",", detail::seen_of(t)});
    expect_golden(detail::in_lines(all.empty() ? "[]" : concat({all, "]"})), file);
}

}  // namespace haft::inline v0::testing

#endif  // HAFT_TESTING_GOLDEN_HPP
