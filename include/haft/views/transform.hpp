// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_VIEWS_TRANSFORM_HPP
#define HAFT_VIEWS_TRANSFORM_HPP

/// One tool as another: other names and words, arguments that are hidden, given or required, a body around its call. [NX-04]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/pointer.hpp>
#include <haft/json/string_text.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/views/view.hpp>
#include <haft/written/written_schema.hpp>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What is to be different about one argument.
struct argument_transform {
    std::string name;                ///< as the tool has it
    std::string new_name = {};       ///< as callers see it; "" to leave it
    std::string description = {};    ///< new words; "" to leave them
    std::string constant = {};       ///< JSON: always given, and callers neither see nor override it
    std::string default_value = {};  ///< JSON: given where a caller gives none
    bool required = false;           ///< callers have to give it
};

/// What is to be different about one tool. A plain value: a configuration can fill it, or calls that go on one another:
/// `haft::transform{}.rename_arg("q", "query").hide("api_key", "\"secret\"")`.
struct transform {
    std::string name = {};         ///< "" to leave it
    std::string description = {};  ///< "" to leave it
    std::vector<argument_transform> arguments = {};

    /// Calls the tool, with a JSON object of arguments as the tool has them by now; gives its result as JSON.
    using forward = std::function<result<std::string>(std::string_view arguments)>;
    /// Called in the tool's stead, with the arguments as the tool would get them; gives the result as JSON.
    std::function<result<std::string>(std::string_view arguments, const forward& inner)> body = {};

    transform& rename(std::string to) { return name = std::move(to), *this; }
    transform& describe(std::string words) { return description = std::move(words), *this; }
    transform& rename_arg(std::string_view arg, std::string to) { return of(arg).new_name = std::move(to), *this; }
    transform& describe_arg(std::string_view arg, std::string words) {
        return of(arg).description = std::move(words), *this;
    }
    transform& hide(std::string_view arg, std::string json) { return of(arg).constant = std::move(json), *this; }
    transform& set_default(std::string_view arg, std::string json) {
        return of(arg).default_value = std::move(json), *this;
    }
    transform& require(std::string_view arg) { return of(arg).required = true, *this; }
    transform& wrap(std::function<result<std::string>(std::string_view, const forward&)> with) {
        return body = std::move(with), *this;
    }

private:
    argument_transform& of(std::string_view arg) {
        for (argument_transform& a : arguments)
            if (a.name == arg) return a;
        return arguments.emplace_back(argument_transform{std::string(arg)});
    }
};

namespace detail {

/// A tool that was transformed.
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
        t.execute = &execute;
        t.self = made;
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

    const argument_transform* change_of(std::string_view name) const noexcept {
        for (const argument_transform& a : how_.arguments)
            if (a.name == name) return &a;
        return nullptr;
    }
    /// What callers call it; "" if they don't see it.
    std::string_view visible(std::string_view inner_name) const noexcept {
        const argument_transform* const a = change_of(inner_name);
        if (!a) return inner_name;
        return !a->constant.empty()  ? std::string_view{}
               : a->new_name.empty() ? std::string_view(a->name)
                                     : a->new_name;
    }

    // --- once

    HAFT_COLD error refused(std::initializer_list<std::string_view> why) const {
        return {errc::bad_transform, concat({"tool ", in_quotes(inner_.name), " was not transformed: ", concat(why)})};
    }

    HAFT_COLD result<void> prepare() {
        const members root = json::members_of(inner_.input_schema);
        const members properties = json::members_of(json::value_of(root, "properties"));
        for (const json::member_piece& p : properties) names_.push_back(p.name);
        for (const argument_transform& a : how_.arguments)
            if (result<void> fits = check_argument(a, root, properties); !fits) return fits;
        for (std::size_t i = 0; i < names_.size(); ++i)
            for (std::size_t k = 0; k < i; ++k)
                if (!visible(names_[i]).empty() && visible(names_[i]) == visible(names_[k]))
                    return refused({"two arguments would be called ", in_quotes(visible(names_[i]))});
        closed_ = json::value_of(root, "additionalProperties") == "false";
        write_schema(root, properties);
        return {};
    }

    HAFT_COLD result<void> check_argument(const argument_transform& a, const members& root,
                                          const members& properties) const {
        const std::string_view property = json::value_of(properties, a.name);
        if (property.empty()) {
            nearest_name nearest(a.name);
            for (const std::string& name : names_) nearest.consider(name);
            std::string why = concat({"it has no argument ", in_quotes(a.name)});
            append_did_you_mean(why, nearest.name());
            return refused({why});
        }
        if (!a.constant.empty() && (!a.new_name.empty() || !a.default_value.empty() || a.required))
            return refused({"the argument ", in_quotes(a.name), " is hidden, so nothing else can be said of it"});
        for (const std::string& value : {a.constant, a.default_value}) {
            if (value.empty()) continue;
            if (!json::is_json(value))
                return refused({"the value of ", in_quotes(a.name), " is no JSON: ", in_quotes(value)});
            // As far as the schema tells: the value is held against that of its property.
            const std::string alone = concat({"{\"$defs\":", definitions(root), ",\"allOf\":[", property, "]}"});
            const result<written_schema> schema = written_schema::compile(alone);
            if (!schema) continue;
            if (const checked_value found = schema->validate(value); !found.ok())
                return refused({"the value of ", in_quotes(a.name),
                                " does not fit: ", found.faults.empty() ? "" : found.faults[0].message});
        }
        return {};
    }
    static std::string_view definitions(const members& root) {
        const std::string_view defs = json::value_of(root, "$defs");
        return defs.empty() ? "{}" : defs;
    }

    HAFT_COLD void write_schema(const members& root, const members& properties) {
        std::vector<std::string> required;
        for (const std::string_view item : json::items_of(json::value_of(root, "required"))) {
            const std::string name = json::string_of(item);
            const argument_transform* const a = change_of(name);
            if (!a || a->required || (a->constant.empty() && a->default_value.empty()))
                required.emplace_back(visible(name));
        }
        for (const argument_transform& a : how_.arguments)
            if (a.required && std::find(required.begin(), required.end(), visible(a.name)) == required.end())
                required.emplace_back(visible(a.name));
        std::string rest, shown;
        for (const json::member_piece& p : properties) {
            if (visible(p.name).empty()) continue;
            append_all(shown, {shown.empty() ? "" : ",", json::string_text(visible(p.name)), ":", property_text(p)});
        }
        std::string needed;
        for (const std::string& name : required)
            append_all(needed, {needed.empty() ? "" : ",", json::string_text(name)});
        schema_ = R"({"type":"object")";
        for (const json::member_piece& m : root)
            if (m.name != "type" && m.name != "properties" && m.name != "required")
                append_all(rest, {",", m.key, ":", m.value});
        append_all(schema_, {",\"properties\":{", shown, "}", needed.empty() ? "" : ",\"required\":[", needed,
                             needed.empty() ? "" : "]", rest, "}"});
    }
    HAFT_COLD std::string property_text(const json::member_piece& p) const {
        const argument_transform* const a = change_of(p.name);
        if (!a || (a->description.empty() && a->default_value.empty() && !a->required)) return std::string(p.value);
        std::string out, after;
        std::string description(json::value_of(json::members_of(p.value), "description"));
        if (!a->description.empty()) description = json::string_text(a->description);
        for (const json::member_piece& m : json::members_of(p.value)) {
            if (m.name == "description" || (m.name == "default" && (!a->default_value.empty() || a->required)))
                continue;
            append_all(m.name == "examples" ? after : out,
                       {m.name == "examples" || !out.empty() ? "," : "", m.key, ":", m.value});
        }
        if (!a->default_value.empty() && !a->required)
            append_all(out, {out.empty() ? "" : ",", "\"default\":", a->default_value});
        out += after;
        if (!description.empty()) append_all(out, {out.empty() ? "" : ",", "\"description\":", description});
        return concat({"{", out, "}"});
    }

    // --- at each call

    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        static_cast<const transformed_tool*>(self)->run(arguments, context, out);
    }

    HAFT_COLD void run(std::string_view arguments, call_context& context, result_writer& out) const {
        guarded(context, out, [&] {
            std::string text;
            std::vector<fault> faults;
            const std::size_t first = arguments.find_first_not_of(" \t\r\n");
            const bool none = first == std::string_view::npos || arguments.substr(first).starts_with("null");
            if (!json::is_json(none ? "{}" : arguments) || (!none && arguments[first] != '{'))
                return inner_.run(arguments, context, out);  // which says what is wrong with it
            rewrite(none ? "{}" : arguments, text, faults);
            if (!faults.empty() && !closed_)
                return out.fail(refused_arguments(context.tool_name, std::move(faults), 0));
            const std::size_t notes = context.options.notes ? context.options.notes->size() : 0;
            // With faults of its own it is closed, so that what is unknown here is unknown there: nothing runs, and the inner
            // tool's faults come along.
            if (how_.body && faults.empty()) run_body(text, context, out);
            else inner_.run(text, context, out);
            if (context.options.notes)
                for (std::size_t i = notes; i < context.options.notes->size(); ++i)
                    rename_pointer((*context.options.notes)[i].pointer);
            if (out.failed() && out.error().code == errc::invalid_arguments)
                in_visible_names(context.tool_name, out.error(), faults);
        });
    }

    HAFT_COLD void run_body(std::string_view text, call_context& context, result_writer& out) const {
        const transform::forward forward = [&](std::string_view with) -> result<std::string> {
            std::string given;
            result_writer inner(given, string_results::as_json, context.options);
            inner_.run(with, context, inner);
            if (inner.failed()) return std::move(inner.error());
            for (const content_block& block : inner.attachments()) out.attach(content_block(block));
            return inner.form() == result_form::none || inner.form() == result_form::blocks ? std::string("null")
                                                                                            : std::move(given);
        };
        result<std::string> given = how_.body(text, forward);
        if (!given) return out.fail(std::move(given.error()));
        const json_text value(std::move(*given));
        out.value(schema::type_of<json_text>, &value);
    }

    /// The arguments as the inner tool has them. A name that callers don't know goes on under one that nobody knows.
    HAFT_COLD void rewrite(std::string_view arguments, std::string& text, std::vector<fault>& faults) const {
        const members given = json::members_of(arguments);
        text = "{";
        const auto put = [&](std::string_view name, std::string_view value) {
            append_all(text, {text.size() > 1 ? "," : "", json::string_text(name), ":", value});
        };
        for (const json::member_piece& m : given) {
            const std::string* inner = nullptr;
            bool taken = false;
            for (const std::string& name : names_) {
                if (visible(name) == m.name) inner = &name;
                taken = taken || name == m.name;
            }
            if (inner) {
                const argument_transform* const a = change_of(*inner);
                if (!(a && !a->default_value.empty() && m.value == "null")) put(*inner, m.value);
                continue;
            }
            if (closed_ || taken) faults.push_back(unknown(m));
            put(taken ? concat({m.name, "?"}) : m.name, m.value);
        }
        for (const argument_transform& a : how_.arguments) {
            const auto is_given = [&] {
                for (const json::member_piece& m : given)
                    if (m.name == visible(a.name) && !(m.value == "null" && !a.default_value.empty())) return true;
                return false;
            };
            if (!a.constant.empty()) put(a.name, a.constant);
            else if (!a.default_value.empty() && !is_given()) {
                if (!a.required) put(a.name, a.default_value);
            }
        }
        text += '}';
        for (const argument_transform& a : how_.arguments) {
            if (!a.required) continue;
            bool there = false;
            for (const json::member_piece& m : given) there = there || (m.name == visible(a.name) && m.value != "null");
            if (!there) missing(a, text, faults);
        }
    }
    /// An argument that only callers have to give: the inner tool would not miss it.
    HAFT_COLD void missing(const argument_transform& a, std::string& text, std::vector<fault>& faults) const {
        fault f;
        f.code = errc::missing_parameter;
        json::append_pointer_key(f.pointer, visible(a.name));
        f.message = "required, but not given";
        faults.push_back(std::move(f));
        text.pop_back();
        append_all(text, {text.size() > 1 ? "," : "", json::string_text(concat({a.name, "?"})), ":null}"});
    }
    HAFT_COLD fault unknown(const json::member_piece& m) const {
        fault f;
        f.code = errc::unknown_parameter;
        json::append_pointer_key(f.pointer, m.name);
        nearest_name nearest(m.name);
        std::string all;
        std::size_t count = 0;
        for (const std::string& name : names_) {
            const std::string_view shown = visible(name);
            if (shown.empty()) continue;
            nearest.consider(shown);
            append_all(all, {count++ ? ", " : "", shown});
        }
        // Whoever uses the tool's own name for one that is called otherwise here means that one.
        const bool is_inner = change_of(m.name) != nullptr;
        const std::string_view meant = is_inner ? visible(m.name) : nearest.name();
        f.message = count ? "no such parameter" : "no such parameter; there are none";
        append_did_you_mean(f.message, meant);
        if (count)
            append_all(f.message,
                       {meant.empty() ? "; the parameter" : " The parameter", count == 1 ? " is " : "s are ", all});
        f.nearest = meant;
        return f;
    }

    /// Of the inner tool's faults those of names are told anew; of the others the place gets the name that callers know.
    HAFT_COLD void in_visible_names(std::string_view shown_as, error& e, std::vector<fault>& own) const {
        std::vector<fault> all = std::move(own);
        for (fault& f : e.faults) {
            if (f.code == errc::unknown_parameter && f.pointer.find('/', 1) == std::string::npos) continue;
            rename_pointer(f.pointer);
            all.push_back(std::move(f));
        }
        e.faults = std::move(all);
        const std::size_t n = e.faults.size() + e.more_faults;
        e.message = refused_arguments(shown_as, std::vector<fault>(n), 0).message;
    }
    HAFT_COLD void rename_pointer(std::string& pointer) const {
        for (const argument_transform& a : how_.arguments) {
            std::string inner_step, shown_step;
            json::append_pointer_key(inner_step, a.name);
            if (visible(a.name).empty()) continue;
            json::append_pointer_key(shown_step, visible(a.name));
            if (!pointer.starts_with(inner_step)) continue;
            if (pointer.size() != inner_step.size() && pointer[inner_step.size()] != '/') continue;
            pointer.replace(0, inner_step.size(), shown_step);
            return;
        }
    }

    const tool inner_;
    const shared_thing keeper_;
    const haft::transform how_;
    const std::string name_;
    const std::string description_;
    std::vector<std::string> names_;  // of the inner tool's arguments
    std::string schema_;
    bool closed_ = false;
};

}  // namespace detail

namespace views {

/// One tool of the set as another, where it stands. If that can't be (no such tool or argument, a value that does not fit, two
/// arguments of one name) it is left out, and the reason is among the refusals.
HAFT_COLD inline auto transform(std::string tool_name, haft::transform how) {
    return [tool_name = std::move(tool_name), how = std::move(how)](const toolset& from) {
        toolset out;
        if (!from.find(tool_name)) out.refuse(from.no_such_tool(tool_name));
        for (std::size_t i = 0; i < from.size(); ++i) {
            if (from[i].name != tool_name) {
                out.add_from(from, i);
                continue;
            }
            const std::size_t before = out.refusals().size();
            const result<void> added = haft::detail::transformed_tool::add(out, from, i, how);
            if (!added && out.refusals().size() == before) out.refuse(added.error());
        }
        return out;
    };
}

}  // namespace views
}  // namespace haft::inline v0

#endif  // HAFT_VIEWS_TRANSFORM_HPP
