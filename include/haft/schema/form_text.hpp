// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_FORM_TEXT_HPP
#define HAFT_SCHEMA_FORM_TEXT_HPP

/// The schema of a form that a person fills in: the flat subset that MCP allows there (client/elicitation, "Requested Schema"),
/// written by the compiler from the tables that the answer is read by.

#include <haft/core/text_sink.hpp>
#include <haft/json/constraint.hpp>
#include <haft/json/string_format.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace haft::inline v0 {

/// What an enumerator is called where a person picks it.
template <class E>
struct titled {
    E value;
    std::string_view title;  ///< a literal
    constexpr titled(E v, std::string_view t) : value(v), title(t) {}
};

/// The titles of an enum's enumerators, for forms. Specialise it in the global namespace, before first use:
/// `template <> inline constexpr std::array haft::enum_titles<size>{haft::titled{size::l, "Large"}, …};`
/// What it does not mention has its name as its title.
template <class E>
inline constexpr std::array<titled<E>, 0> enum_titles{};

namespace schema {

namespace detail {

/// The type that a form shows for a member: what an optional may hold.
template <class M>
struct form_member {
    using type = M;
};
template <class M>
    requires(form<M>::kind == json::kind::optional)
struct form_member<M> {
    using type = typename form<M>::parts::template at<0>;
};
template <class M>
using form_member_t = typename form_member<M>::type;

template <class M>
consteval bool fits_form() {
    using T = form_member_t<M>;
    constexpr json::kind k = form<T>::kind;
    if constexpr (k == json::kind::array) return form<typename form<T>::parts::template at<0>>::kind == json::kind::enumeration;
    else return k == json::kind::boolean || k == json::kind::integer || k == json::kind::number || k == json::kind::string ||
                k == json::kind::text || k == json::kind::enumeration;
}

template <class T>
consteval bool is_form() {
    if constexpr (form<T>::kind != json::kind::object || !usable<T>) return false;
    else if constexpr (!requires { reflect::member_count<T>; }) return false;
    else return []<std::size_t... At>(std::index_sequence<At...>) {
        return (... && fits_form<reflect::member_type<T, At>>());
    }(std::make_index_sequence<reflect::member_count<T>>{});
}

/// Appends the names of an enum: `"enum":["s","l"]`, or with titles `"oneOf":[{"const":"s","title":"Small"}, …]`.
template <class E>
constexpr void put_choices(text_sink& sink, std::string_view word_with_titles) {
    constexpr const json::type& t = type_of<E>;
    constexpr bool has_titles = enum_titles<E>.size() > 0;
    sink.put('"');
    sink.put(has_titles ? word_with_titles : std::string_view("enum"));
    sink.put("\":[");
    for (std::size_t i = 0; i < t.count; ++i) {
        const std::string_view name = t.enumerators[i].name;
        if (i) sink.put(',');
        if (!has_titles) {
            sink.put_quoted(name);
            continue;
        }
        std::string_view title = name;
        for (const auto& one : enum_titles<E>)
            if (static_cast<std::int64_t>(one.value) == t.enumerators[i].value) title = one.title;
        sink.put("{\"const\":");
        sink.put_quoted(name);
        sink.put(",\"title\":");
        sink.put_quoted(title);
        sink.put('}');
    }
    sink.put(']');
}

/// Of an integer: a limit that leaves itself out is the next number.
constexpr void put_integer_range(text_sink& sink, const json::type& t, const json::constraint& c) {
    const auto put = [&](std::string_view word, std::uint64_t value) {
        sink.put(word);
        if (t.is_signed) sink.put_integer(static_cast<long long>(value));
        else sink.put_natural(value);
    };
    if (c.has(json::constraint::minimum)) put(",\"minimum\":", c.low);
    else if (c.has(json::constraint::exclusive_minimum)) put(",\"minimum\":", c.low + 1);
    else if (!t.is_signed) put(",\"minimum\":", 0);
    if (c.has(json::constraint::maximum)) put(",\"maximum\":", c.high);
    else if (c.has(json::constraint::exclusive_maximum)) put(",\"maximum\":", c.high - 1);
}

template <class T, std::size_t At>
constexpr void put_form_member(text_sink& sink) {
    using M = form_member_t<reflect::member_type<T, At>>;
    using json::constraint;
    constexpr const json::type& outer = type_of<T>;
    constexpr const json::type& t = type_of<M>;
    const json::member& m = outer.members[At];
    const constraint none{};
    const constraint& c = m.constraint ? outer.constraints[m.constraint - 1] : none;
    const auto size = [&](unsigned which, std::string_view word, std::uint64_t value) {
        if (c.has(which)) sink.put(word), sink.put_natural(value);
    };
    sink.put(outer.key_with_colon(At));
    if constexpr (t.kind == json::kind::boolean) {
        sink.put(R"({"type":"boolean")");
    } else if constexpr (t.kind == json::kind::integer) {
        sink.put(R"({"type":"integer")");
        detail::put_integer_range(sink, t, c);
    } else if constexpr (t.kind == json::kind::number) {
        sink.put(R"({"type":"number")");
        if (c.has(constraint::any_lower)) sink.put(",\"minimum\":"), json::put_number(sink, c.real_low);
        if (c.has(constraint::any_upper)) sink.put(",\"maximum\":"), json::put_number(sink, c.real_high);
    } else if constexpr (t.kind == json::kind::enumeration) {
        sink.put(R"({"type":"string",)");
        detail::put_choices<M>(sink, "oneOf");
    } else if constexpr (t.kind == json::kind::array) {
        using E = typename form<M>::parts::template at<0>;
        sink.put(R"({"type":"array","items":{)");
        if (enum_titles<E>.size() == 0) sink.put(R"("type":"string",)");
        detail::put_choices<E>(sink, "anyOf");
        sink.put('}');
        size(constraint::min_items, ",\"minItems\":", c.size_low);
        size(constraint::max_items, ",\"maxItems\":", c.size_high);
    } else {
        sink.put(R"({"type":"string")");
        if (c.has(constraint::one_of)) sink.put(",\"enum\":"), sink.put(c.more->allowed_text);
        size(constraint::min_length, ",\"minLength\":", c.size_low);
        size(constraint::max_length, ",\"maxLength\":", c.size_high);
        if (c.has(constraint::format)) {
            const json::string_format f = c.more->format;  // of the others a form knows nothing; they are checked
            if (f == json::string_format::email || f == json::string_format::uri || f == json::string_format::date ||
                f == json::string_format::date_time)
                sink.put(",\"format\":"), sink.put_quoted(name_of(f));
        }
    }
    const json::member_words words = outer.words(At);
    if (!words.default_text.empty() && words.default_text != "null" && words.default_text != "\"\"" && words.default_text != "[]")
        sink.put(",\"default\":"), sink.put(words.default_text);
    if (!words.description.empty()) sink.put(",\"description\":"), sink.put_quoted(words.description);
    sink.put('}');
}

template <class T>
struct form_of_type {
    static constexpr void write(text_sink& sink) {
        constexpr const json::type& t = type_of<T>;
        sink.put(R"({"type":"object","properties":{)");
        [&]<std::size_t... At>(std::index_sequence<At...>) {
            ((At ? sink.put(',') : void(), detail::put_form_member<T, At>(sink)), ...);
        }(std::make_index_sequence<reflect::member_count<T>>{});
        sink.put('}');
        bool any = false;
        for (std::size_t i = 0; i < t.count; ++i) {
            if (!t.requires_member(i)) continue;
            sink.put(any ? "," : ",\"required\":[");
            any = true;
            sink.put(t.key_with_colon(i).substr(0, t.members[i].key_length - 1u));
        }
        sink.put(any ? "]}" : "}");
    }
};

}  // namespace detail

/// A struct that a person can fill in: bool, numbers, std::string and what is written as text, enums and lists of enums, and
/// std::optional of these. What is viewed would be gone before it is used.
template <class T>
inline constexpr bool is_form = detail::is_form<T>();

/// The schema of such a form. What a form can't say (patterns, multiples, other formats) is checked of the answer.
template <class T>
inline constexpr std::string_view form_text = static_text<detail::form_of_type<T>>::view;

}  // namespace schema
}  // namespace haft::inline v0

#endif  // HAFT_SCHEMA_FORM_TEXT_HPP
