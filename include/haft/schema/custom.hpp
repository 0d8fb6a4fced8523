// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_CUSTOM_HPP
#define HAFT_SCHEMA_CUSTOM_HPP

/// The forms of types of one's own: as a text with a grammar, or as another type that stands for it.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0::schema {

/// The form of a type that is a JSON string. Specialise `form`, in the global namespace and before first use:
///
///     template <>
///     struct haft::schema::form<money> : haft::schema::text_form<money> {
///         static constexpr std::string_view expected = "amount such as 12.50 EUR";
///         static bool read(std::string_view text, money& to, std::string& why);   // false: refused, `why` says it
///         static void write(const money& from, std::string& out);                 // appends
///     };
///
/// Optionally `static constexpr std::string_view schema_words = R"(,"pattern":"…")"`: more of its schema. `write` may
/// return bool and take `std::string& why` as `read` does. Optionally `static constexpr bool reads(std::string_view)`: whether
/// `read` would take a text, so that a `default_` or an example that it refuses does not compile. T must be default
/// constructible.
template <class T>
struct text_form {
    static constexpr json::kind kind = json::kind::text;
    static constexpr std::string_view schema_words = {};
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.codec = &codec;
        return t;
    }

private:
    template <class Form>
    static constexpr json::codec make_codec() {
        json::codec made = {.read = [](void* to, std::string_view text, std::string& why) -> bool {
                                return Form::read(text, *static_cast<T*>(to), why);
                            },
                            .write = [](const void* from, std::string& out, std::string& why) -> bool {
                                if constexpr (requires { Form::write(*static_cast<const T*>(from), out, why); })
                                    return Form::write(*static_cast<const T*>(from), out, why);
                                else
                                    return static_cast<void>(why), Form::write(*static_cast<const T*>(from), out), true;
                            },
                            .expected = Form::expected,
                            .schema = Form::schema_words};
        if constexpr (requires(std::string_view text) { Form::reads(text); }) {
            made.has_reads = true;
            made.reads = [](std::string_view text) -> bool { return Form::reads(text); };
        }
        return made;
    }
    static constexpr json::codec codec = make_codec<form<T>>();
};

/// The form of a type for which another stands, such as a struct for a class with private members:
///
///     template <>
///     struct haft::schema::form<point> : haft::schema::converted_form<point, point_fields> {
///         static bool read(point_fields&& from, point& to, std::string& why);
///         static point_fields write(const point& from);
///     };
///
/// T and Via must be default constructible, and Via have a form. Optionally `expected`, as in text_form.
template <class T, class Via>
struct converted_form {
    static constexpr json::kind kind = json::kind::converted;
    static constexpr std::string_view expected = {};
    using parts = type_list<Via>;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.element = &type_of<Via>;
        t.codec = &codec;
        return t;
    }

private:
    template <class Form>
    static constexpr json::codec make_codec() {
        return {.read_from = [](void* to, void* via, std::string& why) -> bool {
                    return Form::read(static_cast<Via&&>(*static_cast<Via*>(via)), *static_cast<T*>(to), why);
                },
                .write_to = [](const void* from, void* via, std::string& why) -> bool {
                    if constexpr (requires { Form::write(*static_cast<const T*>(from), *static_cast<Via*>(via), why); })
                        return Form::write(*static_cast<const T*>(from), *static_cast<Via*>(via), why);
                    else
                        return static_cast<void>(why),
                               *static_cast<Via*>(via) = Form::write(*static_cast<const T*>(from)), true;
                },
                .expected = Form::expected};
    }
    static constexpr json::codec codec = make_codec<form<T>>();
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_CUSTOM_HPP
