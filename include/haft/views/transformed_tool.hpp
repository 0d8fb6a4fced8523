// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_TRANSFORMED_TOOL_HPP
#define HAFT_VIEWS_TRANSFORMED_TOOL_HPP

/// A tool that was transformed: what it makes of its arguments, what it tells of them, how it runs.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/core/visible.hpp>
#include <haft/json/document.hpp>
#include <haft/json/expected.hpp>
#include <haft/json/lexer.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/value_faults.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/tool/argument_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/views/argument_names.hpp>
#include <haft/views/transformation.hpp>
#include <haft/views/transformed_schema.hpp>
#include <haft/written/written_schema.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

class transformed_tool {
public:
    HAFT_COLD static result<void> add(toolset& to, const toolset& from, std::size_t at, const transform& how) {
        transformed_tool* made = nullptr;
        shared_thing keeper = shared_thing::make<transformed_tool>(made, from[at], from.keeper(at), how);
        if (result<void> fits = made->prepare(); !fits) return fits;
        tool t = from[at];
        t.name = made->name_;
        t.description = made->description_;
        t.input_schema = made->schema_;
        t.default_gap = made->default_gap();
        if (how.body) t.output_schema = {};
        t.runs(&execute, made, &validate);
        return to.add(t, std::move(keeper));
    }

    HAFT_COLD transformed_tool(const tool& inner, shared_thing keeper, const transform& how)
        : inner_(inner),
          keeper_(std::move(keeper)),
          how_(how),
          name_(how.name.empty() ? inner.name : how.name),
          description_(how.description.empty() ? inner.description : how.description) {}

private:
    using members = std::vector<json::member_piece>;

    // --- once

    HAFT_COLD error refused(std::initializer_list<std::string_view> why) const {
        return {errc::bad_transform, concat({"tool ", in_quotes(inner_.name), " was not transformed: ", concat(why)})};
    }

    HAFT_COLD result<void> prepare() {
        const members root = json::members_of(inner_.input_schema);
        const members properties = json::members_of(json::value_of(root, "properties"));
        for (const json::member_piece& p : properties) {
            const argument_transform* change = nullptr;
            for (const argument_transform& a : how_.arguments)
                if (a.name == p.name) change = &a;
            names_.add(p.name, change);
        }
        for (const argument_transform& a : how_.arguments)
            if (result<void> fits = check_argument(a, root, properties); !fits) return fits;
        for (const named_argument& a : names_.all())
            if (const named_argument* const first = names_.by_shown(a.shown); first != &a && !a.is_hidden())
                return refused({"two arguments would be called ", in_quotes(a.shown)});
        closed_ = json::value_of(root, "additionalProperties") == "false" &&
                  json::value_of(root, "patternProperties").empty();
        const transformed_schema schema(inner_.input_schema, names_);
        if (!schema.problem().empty()) return refused({schema.problem()});
        schema_ = schema.text();
        if (names_.are_the_same()) return {};
        result<written_schema> compiled = written_schema::compile(schema_);
        if (!compiled && written_schema::compile(inner_.input_schema))
            return refused({"in these names ", compiled.error().text()});
        // What a schema says of several arguments the tool would tell in its own names.
        if (compiled && schema.speaks_of_several()) shown_ = std::move(*compiled);
        return {};
    }

    /// As haft::tool has it, of what callers see. Where the inner tool's is always given another may be one, as far as the schema
    /// tells.
    HAFT_COLD unsigned char default_gap() const {
        const members properties =
            json::members_of(json::value_of(json::members_of(inner_.input_schema), "properties"));
        unsigned char shown = 0;
        unsigned char found = 0;
        std::size_t place = 0;  // counted from 1
        for (const named_argument& a : names_.all()) {
            ++place;
            if (a.is_hidden()) continue;
            if (found) return found;
            ++shown;
            const bool may_be_one =
                place == inner_.default_gap ||
                (place > inner_.default_gap &&
                 json::value_of(json::members_of(json::value_of(properties, a.inner)), "default").empty());
            if (inner_.default_gap && may_be_one && !a.is_always_given() && !a.is_required_here()) found = shown;
        }
        return 0;  // nothing comes after it
    }

    HAFT_COLD result<void> check_argument(const argument_transform& a, const members& root,
                                          const members& properties) const {
        const std::string_view property = json::value_of(properties, a.name);
        if (property.empty()) {
            nearest_name nearest(a.name);
            for (const named_argument& known : names_.all()) nearest.consider(known.inner);
            std::string why = concat({"it has no argument ", in_quotes(a.name)});
            append_did_you_mean(why, nearest.name());
            return refused({why});
        }
        if (names_.by_inner(a.name)->change != &a)
            return refused({"two entries speak of its argument ", in_quotes(a.name)});
        if (find_hidden(a.description, line_breaks::allowed) != std::string_view::npos)
            return refused({"the description of ", in_quotes(a.name), " holds characters that nobody sees"});
        if (!a.constant.empty() && (!a.new_name.empty() || !a.default_value.empty() || a.required))
            return refused({"the argument ", in_quotes(a.name), " is hidden, so nothing else can be said of it"});
        for (const std::string& value : {a.constant, a.default_value}) {
            if (value.empty()) continue;
            if (!json::is_json(value))
                return refused({"the value of ", in_quotes(a.name), " is no JSON: ", in_quotes(value)});
            // As far as the schema tells: the value is held against that of its property.
            const std::string_view defs = json::value_of(root, "$defs");
            const std::string alone =
                concat({"{\"$defs\":", defs.empty() ? "{}" : defs, ",\"allOf\":[", property, "]}"});
            const result<written_schema> schema = written_schema::compile(alone);
            if (!schema) continue;
            if (const checked_value found = schema->validate(value); !found.ok())
                return refused({"the value of ", in_quotes(a.name),
                                " does not fit: ", found.faults.empty() ? "" : found.faults[0].message});
        }
        return {};
    }

    // --- at each call

    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        static_cast<const transformed_tool*>(self)->call(arguments, context, out, true);
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        static_cast<const transformed_tool*>(self)->call(arguments, context, out, false);
    }

    HAFT_COLD void call(std::string_view arguments, call_context& context, result_writer& out, bool runs) const {
        guarded(context, out, [&] {
            std::string kept, text;
            json::value_faults faults;
            rewrite(argument_text(arguments, context.options, kept), context.options, text, faults);
            const std::size_t own_notes = context.options.notes ? context.options.notes->size() : 0;
            // With faults of its own the tool is not run but asked, so that all are told at once.
            if (!text.empty() && (!faults.empty() || !runs || how_.body)) ask_inner(text, context, faults, out);
            if (!faults.empty()) out.fail(refused_arguments(context.tool_name, std::move(faults.faults), faults.more));
            if (!out.failed() && runs) {
                if (how_.body) run_body(text, context, out);
                else inner_.run(text, context, out);
                if (out.failed() && out.error().code == errc::invalid_arguments)
                    for (fault& f : out.error().faults) show(f);
            }
            if (context.options.notes) show_notes(*context.options.notes, own_notes);
        });
    }

    /// The arguments as the inner tool has them; "" if they are none. What is wrong with them here is in `faults`.
    HAFT_COLD void rewrite(std::string_view arguments, const call_options& options, std::string& text,
                           json::value_faults& faults) const {
        json::document whole;
        if (!whole.read(arguments, options.limits, faults)) return;
        if (whole[0].kind != json::value_kind::object) {
            const std::string_view value = arguments.substr(arguments.find_first_not_of(" \t\r\n"));
            fault& f = faults.add(errc::wrong_type, {}, concat({"expected object, got ", json::got_text(value)}), 0);
            f.expected = "object";
            return;
        }
        const members given = json::members_of(arguments);
        text = "{";
        const auto put = [&](std::string_view name, std::string_view value) {
            append_all(text, {text.size() > 1 ? "," : "", json::string_text(name), ":", value});
        };
        std::size_t dropped = 0;
        for (const json::member_piece& m : given) {
            const named_argument* const a = names_.by_shown(m.name);
            if (a && a->has_default() && m.value == "null") continue;
            if (a) put(a->inner, m.value);
            else if (!closed_ && !names_.by_inner(m.name)) put(m.name, m.value);
            else if (options.mode == lenient) drop(m.name, options.notes, dropped);
            else if (!faults.only_counted()) faults.faults.push_back(names_.unknown(m.name));
        }
        if (dropped > most_notes && options.notes)
            options.notes->push_back(
                {"", concat({"and ", decimal(dropped - most_notes), " more were converted or dropped"})});
        for (const named_argument& a : names_.all()) {
            if (a.is_hidden()) put(a.inner, a.change->constant);
            else if (a.has_default() && !is_given(given, a.shown)) put(a.inner, a.change->default_value);
            else if (a.is_required_here() && !is_given(given, a.shown)) missing(a.shown, faults);
        }
        text += '}';
        if (!shown_) return;
        for (fault& f : shown_->validate(arguments, options.limits, {.null_is_absence = true}).faults)
            if (options.mode == strict || f.code != errc::unknown_parameter) add(std::move(f), faults);
    }
    static bool is_given(const members& given, std::string_view name) noexcept {
        const std::string_view value = json::value_of(given, name);
        return !value.empty() && value != "null";
    }
    HAFT_COLD static void missing(std::string_view name, json::value_faults& faults) {
        if (faults.only_counted()) return;
        std::string pointer;
        json::append_pointer_key(pointer, name);
        faults.add(errc::missing_parameter, std::move(pointer), "required, but not given", 0);
    }
    static constexpr std::size_t most_notes = 32;
    HAFT_COLD static void drop(std::string_view name, std::vector<note>* notes, std::size_t& dropped) {
        if (++dropped > most_notes || !notes) return;
        json::append_pointer_key(notes->emplace_back().pointer, name);
        notes->back().message = "no such parameter; dropped";
    }

    /// What the inner tool says of its arguments, without a call.
    HAFT_COLD void ask_inner(std::string_view text, call_context& context, json::value_faults& faults,
                             result_writer& out) const {
        std::string nothing;
        result_writer said(nothing);
        if (inner_.accepts(text, context, said)) return;
        if (said.error().code != errc::invalid_arguments) {
            if (faults.empty()) out.fail(std::move(said.error()));
            return;
        }
        for (fault& f : said.error().faults) {
            show(f);
            add(std::move(f), faults);
        }
        faults.more += said.error().more_faults;
    }
    /// A fault that was not told yet, or in fewer words: the inner tool knows what it expects of an argument that is missing.
    HAFT_COLD static void add(fault f, json::value_faults& faults) {
        for (fault& told : faults.faults) {
            if (told.pointer != f.pointer || told.code != f.code) continue;
            if (f.message.starts_with(told.message)) told = std::move(f);
            return;
        }
        if (!faults.only_counted()) faults.faults.push_back(std::move(f));
    }

    /// A fault of the inner tool as callers understand it.
    HAFT_COLD void show(fault& f) const {
        if (f.code == errc::unknown_parameter && f.pointer.find('/', 1) == std::string::npos &&
            !names_.are_the_same()) {
            f.message = "no such parameter";
            f.nearest.clear();
        } else if (!names_.show_pointer(f.pointer)) {
            f.pointer.clear();
            f.message = "what the tool itself adds to them does not fit";
            f.expected.clear();
            f.got.clear();
            f.nearest.clear();
        }
    }
    HAFT_COLD void show_notes(std::vector<note>& notes, std::size_t from) const {
        for (std::size_t i = from; i < notes.size();) {
            if (names_.show_pointer(notes[i].pointer)) ++i;
            else notes.erase(notes.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    HAFT_COLD void run_body(std::string_view text, call_context& context, result_writer& out) const {
        result_form last = result_form::none;
        const transform::forward forward = [&](std::string_view with) -> result<std::string> {
            std::string given;
            result_writer inner(given, string_results::as_json, context.options);
            inner_.run(with, context, inner);
            if (inner.failed()) return std::move(inner.error());
            for (const content_block& block : inner.attachments()) out.attach(content_block(block));
            last = inner.form();
            return last == result_form::none || last == result_form::blocks ? std::string("null") : std::move(given);
        };
        result<std::string> given = how_.body(text, forward);
        if (!given) return out.fail(std::move(given.error()));
        if (*given == "null" && last != result_form::json) {
            if (last == result_form::blocks) out.only_blocks();
            return;
        }
        json::lexer in(*given, 1);
        json::lexer::string_token token;
        if (in.peek() == '"' && in.string(token) && in.expect_end()) return out.text(json::string_of(*given));
        const json_text value(std::move(*given));
        out.value(schema::type_of<json_text>, &value);
    }

    const tool inner_;
    const shared_thing keeper_;
    const haft::transform how_;
    const std::string name_;
    const std::string description_;
    argument_names names_;
    std::optional<written_schema> shown_;  // of the schema, where it says something of several arguments
    std::string schema_;
    bool closed_ = false;  // the inner tool has no arguments but those of its schema
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_VIEWS_TRANSFORMED_TOOL_HPP
