// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_PROGRAM_PROGRAM_TOOL_HPP
#define HAFT_PROGRAM_PROGRAM_TOOL_HPP

/// A tool that runs a program, made of a description and no code. [DC-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/document.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/program/argv_template.hpp>
#include <haft/program/program_answer.hpp>
#include <haft/program/ready_program.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/written/written_tool.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What a program's output is.
enum class program_output : unsigned char { text, json };

/// A tool out of a description. The model's words are the schema's; the program's are `program.argv`.
struct program_tool {
    std::string name = {};
    std::string description = {};
    std::string title = {};
    std::string instructions = {};
    std::string parameters = {};  ///< JSON Schema, an object; closed unless it says otherwise. "": no parameters
    program_settings program = {};
    std::string input = {};  ///< the parameter that becomes the program's standard input; "": none does
    program_output output = program_output::text;
    haft::option_like option_like = haft::option_like::refuse;
    /// What a program does nobody can tell but who describes it, so the worst is said unless it says better.
    haft::effect effect = haft::effect::destructive;
    haft::hints hints = haft::hints::none;
    std::string tags = {};
};

namespace detail {

/// The parameters that a schema has, and what stands for those that are not given.
HAFT_COLD inline std::vector<argv_parameter> parameters_of_schema(std::string_view schema) {
    std::vector<argv_parameter> out;
    const std::vector<json::member_piece> members = json::members_of(schema);
    for (const json::member_piece& one : json::members_of(json::value_of(members, "properties")))
        out.push_back({one.name, std::string(json::value_of(json::members_of(one.value), "default"))});
    return out;
}

/// Closed, as tools of functions are, unless it says something of that itself.
HAFT_COLD inline std::string closed_schema(std::string_view schema) {
    if (schema.empty()) return R"({"type":"object","properties":{},"additionalProperties":false})";
    std::string out(schema);
    const std::vector<json::member_piece> members = json::members_of(schema);
    if (members.empty()) return out;
    for (const json::member_piece& one : members)
        if (one.name == "additionalProperties" || one.name == "unevaluatedProperties" || one.name == "$ref" ||
            one.name == "allOf")
            return out;
    out.insert(out.rfind('}'), R"(,"additionalProperties":false)");
    return out;
}

HAFT_COLD inline error bad_program_tool(std::string_view name, std::vector<fault> faults) {
    error e{errc::bad_program_tool, {}, std::move(faults)};
    e.message = concat({"tool ", in_quotes(name), " was not added: its description has ", json::fault_count(e)});
    return e;
}

/// What runs when the tool is called. Any number of threads.
struct program_handler {
    std::shared_ptr<const ready_program> program;
    std::string input;

    HAFT_COLD result<std::string> run(std::string_view arguments, const call_context& context, std::size_t* cut) const {
        json::document read;
        json::value_faults none;
        read.read(arguments, context.options.limits, none);  // they fit the schema, or nobody would have called
        std::string text;
        if (!input.empty())
            for (const std::string& word : argv_template::values_of(input, read, program->parameters()))
                append_all(text, {text.empty() ? "" : "\n", word});
        return program->run(context.tool_name, read, std::move(text), context.stop_token(), cut);
    }
};

}  // namespace detail

/// Adds a tool that runs a program. The schema is checked now and the arguments of each call against it; then each fills its
/// places in the command line, whole, as one word (an array as one word for each item), and where it was not given the place is
/// left out. There is no shell. Everything that is wrong with the description is told at once (E0443), by its member:
/// `/argv/2`. What a call may fail with: its arguments (E0444), the program (E0440, E0441, E0445), the time (E0446), a stop
/// (E0341), an output that is not the JSON that it was to be (E0214). Programs of several calls run side by side.
HAFT_COLD inline result<void> add_program_tool(toolset& to, program_tool what, program_surroundings around = {}) {
    const std::string schema = detail::closed_schema(what.parameters);
    auto program = std::make_shared<detail::ready_program>(
        std::move(what.program), detail::parameters_of_schema(schema), what.option_like, std::move(around));
    std::vector<fault> faults;
    const auto add = [&](std::string pointer, std::string message, std::string_view nearest = {}) {
        faults.push_back(
            {errc::bad_program_tool, std::move(pointer), std::move(message), {}, {}, std::string(nearest), 0});
    };
    if (what.description.empty())
        add("/description", "is missing: what the tool does and when to use it, for the model");
    for (const auto& one : program->argv().mistakes()) add(concat({"/argv", one.pointer}), one.message, one.nearest);
    bool input_known = what.input.empty();
    for (const detail::argv_parameter& one : program->parameters()) {
        if (one.name == what.input) input_known = true;
        else if (!one.used)
            add(concat({"/parameters/properties/", one.name}),
                concat(
                    {"is used nowhere; write \"{", one.name, "}\" into argv, or say input = ", in_quotes(one.name)}));
    }
    if (!input_known) {
        nearest_name nearest(what.input);
        for (const detail::argv_parameter& one : program->parameters()) nearest.consider(one.name);
        std::string message = concat({"no parameter is named ", in_quotes(what.input)});
        append_did_you_mean(message, nearest.name());
        add("/input", std::move(message), nearest.name());
    }
    if (result<written_schema> checked = written_schema::compile_for_tool(schema, schema::written::lint_of::parameters);
        !checked)
        for (fault& f : checked.error().faults) {
            f.pointer = concat({"/parameters", f.pointer});
            faults.push_back(std::move(f));
        }
    if (!faults.empty()) return to.refuse(detail::bad_program_tool(what.name, std::move(faults)));

    const about words{.description = what.description,
                      .title = what.title,
                      .effect = what.effect,
                      .hints = what.hints | hints::thread_safe,
                      .instructions = what.instructions,
                      .tags = std::string_view(what.tags)};
    const detail::program_handler handler{std::move(program), std::move(what.input)};
    if (what.output == program_output::text)
        return to.add(what.name, words, schema,
                      [handler](std::string_view arguments, call_context& context) -> result<std::string> {
                          std::size_t cut = 0;
                          result<std::string> said = handler.run(arguments, context, &cut);
                          if (!said) return said;
                          std::string text = detail::as_utf8(*said);
                          if (cut) append_all(text, {"\n[cut: ", decimal(cut), " bytes are missing; ask for less]"});
                          return text;
                      });
    return to.add(what.name, words, schema,
                  [handler](std::string_view arguments, call_context& context) -> result<json_text> {
                      std::size_t cut = 0;
                      result<std::string> said = handler.run(arguments, context, &cut);
                      if (!said) return std::move(said.error());
                      if (!cut && json::is_json(*said)) return json_text(std::move(*said));
                      return error{errc::bad_result,
                                   concat({"the program's output is no JSON",
                                           cut ? ", since it was too long and is cut: " : ": ", in_quotes(*said)})};
                  });
}

}  // namespace haft::inline v0

#endif  // HAFT_PROGRAM_PROGRAM_TOOL_HPP
