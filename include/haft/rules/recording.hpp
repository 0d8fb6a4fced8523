// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RULES_RECORDING_HPP
#define HAFT_RULES_RECORDING_HPP

/// Calls and what came of them as JSON lines: written while they run, read again to be replayed. [NX-13]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/canonical.hpp>
#include <haft/json/document.hpp>
#include <haft/json/equal_values.hpp>
#include <haft/json/exact_number.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/string_text.hpp>
#include <haft/run/outcome.hpp>
#include <haft/tool/block_text.hpp>
#include <haft/tool/content.hpp>
#include <haft/tool/read_block.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// A call as it was recorded. Of an error the code and the message are kept, not its faults and its exception.
struct recorded_call {
    std::string tool;
    std::string arguments;  ///< canonical JSON
    call_outcome outcome;
};

/// One line, with its end: `{"tool":"add","arguments":{"a":1},"json":true,"text":"3"}`. The same call gives the same bytes.
HAFT_COLD inline std::string record_line(std::string_view tool, std::string_view arguments,
                                         const call_outcome& outcome) {
    const result<std::string> canonical = json::canonical(arguments.empty() ? "{}" : arguments);
    std::string out = concat({"{\"tool\":", json::string_text(tool),
                              ",\"arguments\":", canonical ? *canonical : json::string_text(arguments)});
    if (outcome.failed()) {
        std::string message = outcome.problem->message;
        for (const fault& f : outcome.problem->faults) append_all(message, {"\n- ", f.text()});
        append_all(out, {",\"error\":{\"code\":", decimal(static_cast<unsigned>(outcome.problem->code)),
                         ",\"message\":", json::string_text(message), "}"});
    } else {
        append_all(out,
                   {",\"json\":", outcome.is_json ? "true" : "false", ",\"text\":", json::string_text(outcome.text)});
        if (!outcome.blocks.empty()) {
            out += ",\"blocks\":";
            append_blocks(out, outcome.blocks);
        }
    }
    return out += "}\n";
}

namespace detail {

/// Reads the lines that record_line wrote.
class recording_reader {
public:
    explicit recording_reader(const json::document& line) : in_(line) {}

    HAFT_COLD bool read(recorded_call& out) {
        if (in_[0].kind != json::value_kind::object) return wrong("no object");
        if (!text_of(0, "tool", out.tool)) return wrong("no \"tool\"");
        const std::uint32_t arguments = in_.find(0, "arguments");
        if (!arguments) return wrong("no \"arguments\"");
        out.arguments = in_[arguments].kind == json::value_kind::string ? std::string(in_[arguments].text)
                                                                        : json::canonical_text(in_, arguments);
        if (const std::uint32_t problem = in_.find(0, "error")) return read_error(problem, out.outcome);
        const std::uint32_t json = in_.find(0, "json");
        if (!json || in_[json].kind != json::value_kind::boolean) return wrong("no \"json\"");
        out.outcome.is_json = in_[json].text == "true";
        if (!text_of(0, "text", out.outcome.text)) return wrong("neither \"text\" nor \"error\"");
        const std::uint32_t blocks = in_.find(0, "blocks");
        if (!blocks) return true;
        for (std::uint32_t c = json::document::first_child(blocks); c < in_[blocks].behind; c = in_[c].behind)
            if (!read_block(in_, c, out.outcome.blocks)) return wrong("a block that is none");
        return true;
    }
    const std::string& problem() const noexcept { return problem_; }

private:
    bool wrong(std::string_view what) {
        problem_ = what;
        return false;
    }
    bool text_of(std::uint32_t object, std::string_view name, std::string& out) const {
        return read_text_member(in_, object, name, out);
    }
    HAFT_COLD bool read_error(std::uint32_t at, call_outcome& out) {
        error e;
        const std::uint32_t code = in_[at].kind == json::value_kind::object ? in_.find(at, "code") : 0;
        if (!code || in_[code].kind != json::value_kind::number || !text_of(at, "message", e.message))
            return wrong("an \"error\" without code or message");
        e.code = static_cast<errc>(static_cast<unsigned short>(json::exact_number(in_[code].text).count() & 0xFFFFu));
        out.problem = std::move(e);
        return true;
    }
    const json::document& in_;
    std::string problem_;
};

}  // namespace detail

/// Reads a recording, line by line; empty lines don't count. The error (E0366) tells the line.
HAFT_COLD inline result<std::vector<recorded_call>> read_recording(std::string_view text) {
    std::vector<recorded_call> out;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = text.find('\n');
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const auto no = [&](std::string_view why) {
            return error{errc::bad_recording,
                         concat({"line ", decimal(number), " of the recording can't be read: ", why})};
        };
        json::read_limits limits;
        limits.max_bytes = limits.max_string_bytes = 64u << 20;
        json::document whole;
        if (result<void> read = json::read_document(whole, line, limits); !read) return no(read.error().text());
        detail::recording_reader reader(whole);
        if (!reader.read(out.emplace_back())) return no(reader.problem());
    }
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_RULES_RECORDING_HPP
