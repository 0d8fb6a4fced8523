// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_WRITTEN_WRITTEN_TOOL_HPP
#define HAFT_WRITTEN_WRITTEN_TOOL_HPP

/// Tools whose schema somebody wrote by hand: `tools.add(name, about, R"({"type":"object",…})", handler)`. The schema is checked
/// when the tool is added, the arguments of each call against it, and the result against its own. [TD-08]

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/json/fault_text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/string_text.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/callable.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/argument_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/callable.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/explain_callable.hpp>
#include <haft/tool/invoke.hpp>
#include <haft/tool/owned_words.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/returned.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>
#include <haft/written/written_schema.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// One parameter of a hand-written list. [TD-08, gptme's ToolFunction.parameters]
struct listed_parameter {
    std::string_view name;
    std::string_view type = "string";  ///< one of JSON Schema's types
    std::string_view description = {};
    std::vector<std::string_view> allowed = {};  ///< the values of an enum of strings; none: any
    bool required = false;
};

/// The schema of such a list: `haft::schema_of({{"city", "string", "City name", {}, true}})`.
HAFT_COLD inline std::string schema_of(const std::vector<listed_parameter>& parameters) {
    std::string out = R"({"type":"object","properties":{)";
    std::string names;
    for (const listed_parameter& p : parameters) {
        append_all(out, {&p == parameters.data() ? "" : ",", json::string_text(p.name),
                         ":{\"type\":", json::string_text(p.type)});
        for (const std::string_view& value : p.allowed)
            append_all(out, {&value == p.allowed.data() ? ",\"enum\":[" : ",", json::string_text(value)});
        if (!p.allowed.empty()) out += ']';
        if (!p.description.empty()) append_all(out, {",\"description\":", json::string_text(p.description)});
        out += '}';
        if (p.required) append_all(names, {names.empty() ? ",\"required\":[" : ",", json::string_text(p.name)});
    }
    if (!names.empty()) names += ']';
    return concat({out, "}", names, "}"});
}

namespace detail {

inline constexpr std::string_view no_parameters_schema = R"({"type":"object","properties":{}})";

/// How a handler takes its arguments: as a text, as any JSON value of one of its types, or as parameters of its own.
enum class handler_form : unsigned char { text, any_value, derived };

template <class List>
struct only;
template <class T>
struct only<type_list<T>> {
    using type = std::remove_cvref_t<T>;
};

template <class Signature>
struct handler_parameters;
template <class R, class... P>
struct handler_parameters<reflect::signature<R, P...>> {
    using visible = typename visible_parameters<type_list<>, P...>::type;
    using result = std::remove_cvref_t<R>;
    using all = type_list<P...>;
};

template <class T>
consteval bool takes_any_value() {
    if constexpr (schema::has_form<T>) return schema::type_of<T>.kind == json::kind::any;
    else return false;
}

template <class F>
consteval handler_form find_handler_form() {
    if constexpr (reflect::has_one_signature<F>) {
        using list = typename handler_parameters<reflect::signature_of<F>>::visible;
        if constexpr (list::size == 1) {
            using only_type = typename only<list>::type;
            if constexpr (std::is_same_v<only_type, std::string_view>) return handler_form::text;
            else if constexpr (takes_any_value<only_type>()) return handler_form::any_value;
        }
    }
    return handler_form::derived;
}

/// What all such tools have in common, whatever their handler.
struct written_base {
    owned_words words;
    std::string input_schema, output_schema;
    written_schema parameters;
    std::optional<written_schema> result;

    written_base(std::string_view name, const about& described_so, std::string_view in, std::string_view out,
                 written_schema checked, std::optional<written_schema> result_checked)
        : words(name, described_so),
          input_schema(in),
          output_schema(out),
          parameters(std::move(checked)),
          result(std::move(result_checked)) {}

    /// A result as JSON; a text stays one.
    static void hand_on(std::string&& result, result_writer& out) {
        if (result.front() == '"') return out.text(json::string_of(result));
        const json_text value(std::move(result));
        out.value(schema::type_of<json_text>, &value);
    }
    /// Runs `inner` with arguments that were checked, into a text that is checked as well; then it is handed on.
    template <class Inner>
    void run_checked(call_context& context, result_writer& out, Inner inner) const {
        if (!result) return inner(out);
        std::string text;
        result_writer given(text, string_results::as_json, context.options);
        inner(given);
        if (given.failed()) return out.fail(std::move(given.error()));
        if (given.form() == result_form::none) text = "null";
        if (given.form() != result_form::blocks) {
            json::read_limits limits;
            limits.max_bytes = limits.max_string_bytes = limits.max_items = static_cast<std::size_t>(-1);
            limits.max_depth = json::hard_depth_limit;
            checked_value found = result->validate(text, limits);
            if (!found.ok()) {  // [fault 75]
                error e{errc::bad_result,
                        concat({"the result of tool ", in_quotes(context.tool_name), " does not fit its schema"}),
                        std::move(found.faults), found.more_faults};
                return out.fail(std::move(e));
            }
            if (given.form() != result_form::none) hand_on(std::move(text), out);
        }
        for (const content_block& block : given.attachments()) out.attach(content_block(block));
        if (given.form() == result_form::blocks) out.only_blocks();
    }
};

template <class F, handler_form Form = find_handler_form<F>()>
struct written_handler : written_base, binding {
    using parameters_of = handler_parameters<reflect::signature_of<F>>;
    using value = typename returned<typename parameters_of::result>::value;
    mutable F handler;

    template <class... Base>
    written_handler(F f, Base&&... base)
        : written_base(std::forward<Base>(base)...),
          binding{nullptr, result_table<value>(), &invoke},
          handler(std::move(f)) {}

    /// `call.parameters` is the text.
    static void invoke(const binding& self, invocation& call) {
        using taken = typename only<typename parameters_of::visible>::type;
        const auto& own = static_cast<const written_handler&>(self);
        const std::string_view text = *static_cast<const std::string_view*>(call.parameters);
        if constexpr (Form == handler_form::text) {
            own.template call_with_value<std::string_view>(text, call);
        } else {
            taken read{};
            std::string why;
            if (!schema::type_of<taken>.codec->read(&read, text, why))
                return call.fail({errc::bad_text, concat({"the arguments can't be read: ", why})});
            own.template call_with_value<taken>(read, call);
        }
    }
    template <class T>
    void call_with_value(const T& given, invocation& call) const {
        call_in_order(given, call, typename parameters_of::all{});
    }
    template <class T, class... P>
    void call_in_order(const T& given, invocation& call, type_list<P...>) const {
        if constexpr (has_injected_objects<type_list<P...>>) {
            if (!call.provided)
                return with_objects<given_at_run_time>(call, nullptr, type_list<P...>{},
                                                       [&] { call_in_order(given, call, type_list<P...>{}); });
        }
        const auto pass = [&]<class Q>(type_list<Q>) -> decltype(auto) {
            if constexpr (is_injected_object<std::remove_cvref_t<Q>>) return provided_object<std::remove_cvref_t<Q>>(call);
            else if constexpr (is_injected<Q>) return static_cast<call_context&>(call.context);
            else return static_cast<const T&>(given);
        };
        using given_back = typename parameters_of::result;
        if constexpr (std::is_void_v<given_back>) handler(pass(type_list<P>{})...);
        else detail::hand_over(given_back(handler(pass(type_list<P>{})...)), call);
    }

    void validate(std::string_view, call_context&, result_writer&) const {}
    void run(std::string_view text, call_context& context, result_writer& out) const {
        bound_call::run_with(*this, &text, context, out);
    }
};

/// With parameters of its own, which are read after the schema has had its say.
template <class F>
struct written_handler<F, handler_form::derived> : written_base, binding {
    using shape = shape_of<F>;
    using value = typename shape::value;
    mutable F handler;

    template <class... Base>
    written_handler(F f, Base&&... base)
        : written_base(std::forward<Base>(base)...),
          binding{&shape::table(), result_table<value>(),
                  [](const binding& self, invocation& call) {
                      invoke_with<shape>(static_cast<const written_handler&>(self).handler, call);
                  }},
          handler(std::move(f)) {}

    void validate(std::string_view text, call_context& context, result_writer& out) const {
        validate_binding(static_cast<const binding*>(this), text, context, out);
    }
    void run(std::string_view text, call_context& context, result_writer& out) const {
        bound_call call(*this, text, context.options);
        if (call.read()) call.run(context, out);
        else call.refuse(context, out);
    }
};

template <class F>
struct written_tool<F, void> {
    static constexpr bool is_known = true;

    static result<tool> make(std::string_view name, const about& words, const written_schemas& schemas, F handler,
                             shared_thing& keeper) {
        if constexpr (is_handler()) {
            using kept_type = written_handler<F>;
            const std::string_view input = schemas.input.empty() ? no_parameters_schema : schemas.input;
            result<written_schema> parameters =
                written_schema::compile_for_tool(input, schema::written::lint_of::parameters);
            if (!parameters) return of_tool(name, "input", std::move(parameters.error()));
            std::optional<written_schema> output;
            if (!schemas.output.empty()) {
                result<written_schema> checked =
                    written_schema::compile_for_tool(schemas.output, schema::written::lint_of::result);
                if (!checked) return of_tool(name, "output", std::move(checked.error()));
                output = std::move(*checked);
            }
            kept_type* kept = nullptr;
            keeper = shared_thing::make<kept_type>(
                kept, std::move(handler), name, words, input,
                schemas.output.empty() ? result_schema<typename kept_type::value>() : schemas.output,
                std::move(*parameters), std::move(output));
            tool t = kept->words.described();
            t.input_schema = kept->input_schema;
            t.output_schema = kept->output_schema;
            t.runs(&execute, kept, &validate);
            return t;
        } else {
            return tool{};
        }
    }

private:
    static consteval bool is_handler() {
        if constexpr (find_handler_form<F>() == handler_form::derived) {
            return explain_callable<"(added by toolset.add)", F>();
        } else {
            using value = typename returned<typename handler_parameters<reflect::signature_of<F>>::result>::value;
            if constexpr (value_usable<value>) return true;
            else return schema::explain_type<schema::result_of_tool<"(added by toolset.add)">, value>(), false;
        }
    }
    HAFT_COLD static error of_tool(std::string_view name, std::string_view which, error e) {
        e.message = concat(
            {"tool ", in_quotes(name), " was not added: its ", which, " schema can't be used: ", json::fault_count(e)});
        return e;
    }
    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const written_handler<F>*>(self);
        guarded(context, out, [&] {
            std::string kept;
            const std::string_view given = argument_text(arguments, context.options, kept);
            if (fits(own, given, context, out))
                own.run_checked(context, out, [&](result_writer& to) { own.run(given, context, to); });
        });
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const written_handler<F>*>(self);
        guarded(context, out, [&] {
            std::string kept;
            const std::string_view given = argument_text(arguments, context.options, kept);
            if (fits(own, given, context, out)) own.validate(given, context, out);
        });
    }
    static bool fits(const written_base& own, std::string_view given, const call_context& context, result_writer& out) {
        checked_value found = own.parameters.validate(given, context.options.limits, {.null_is_absence = true});
        if (!found.ok()) out.fail(refused_arguments(context.tool_name, std::move(found.faults), found.more_faults));
        return !out.failed();
    }
};

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_WRITTEN_WRITTEN_TOOL_HPP
