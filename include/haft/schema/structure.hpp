// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STRUCTURE_HPP
#define HAFT_SCHEMA_STRUCTURE_HPP

/// The form of a plain struct: a closed JSON object. Member initialisers are the defaults; words and limits come from
/// `member_words<T>`.

#include <haft/core/text_sink.hpp>
#include <haft/json/fits.hpp>
#include <haft/json/number.hpp>
#include <haft/json/read_number.hpp>
#include <haft/json/type.hpp>
#include <haft/json/write_number.hpp>
#include <haft/reflect/members.hpp>
#include <haft/reflect/type_name.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/member_words.hpp>
#include <haft/schema/object.hpp>
#include <haft/schema/value_text.hpp>
#include <haft/schema/words.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0::schema {

namespace detail {

/// The number that is written of a float, which is what a reader of the schema sees: 0.1, and not 0.10000000149011612.
constexpr double as_written(float value) {
    std::array<char, 32> text{};
    text_sink sink{text.data()};
    if (json::is_finite(static_cast<double>(value))) json::put_number(sink, value);
    double read = 0;
    const bool is_read = sink.size > 0 && json::read_short_double({text.data(), sink.size}, read);
    return is_read ? read : static_cast<double>(value);
}

/// Whether a member's default keeps the author's own limits; a default that breaks them would be advertised and refused.
template <class M>
constexpr bool keeps(const json::constraint& c, const M& value) {
    if constexpr (std::is_same_v<M, bool> || std::is_enum_v<M> || form<M>::kind == json::kind::object) {
        return true;
    } else if constexpr (std::is_floating_point_v<M>) {
        if constexpr (std::is_same_v<M, float>) return json::keeps_number(c, as_written(value));
        else return json::keeps_number(c, static_cast<double>(value));
    } else if constexpr (std::is_integral_v<M>) {
        return json::keeps_integer(c, std::is_signed_v<M>, static_cast<std::uint64_t>(value));
    } else if constexpr (requires {
                             value.has_value();
                             *value;
                         }) {
        return !value || detail::keeps(c, *value);
    } else if constexpr (std::is_convertible_v<const M&, std::string_view>) {
        return json::keeps_text(c, value);
    } else if constexpr (requires { value.size(); }) {
        if (c.has(json::constraint::unique_items))
            for (auto i = value.begin(); i != value.end(); ++i)
                for (auto j = value.begin(); j != i; ++j)
                    if (!reflect::differs<typename M::value_type>(*i, *j)) return false;
        return json::keeps_size(c, value.size());
    } else {
        return true;
    }
}

template <class M>
void reset_member(void* object) {
    *static_cast<M*>(object) = M{};
}
/// The members of a plain struct as the source of an object_table.
template <class T>
struct struct_members {
    static constexpr std::size_t count = reflect::member_count<T>;
    static constexpr const auto& words = member_words<T>;
    static constexpr const auto& names = reflect::member_names<T>;
    static constexpr std::uint64_t has_default = reflect::default_bits<T>;
    static constexpr bool defaults_known = reflect::constant_defaults<T>;
    static constexpr bool tells_absence = false;

    using types = reflect::types_of_members<T>;
    template <std::size_t At>
    using type = reflect::member_type<T, At>;

    // T{} is made in a lambda, since elsewhere in a template g++ 12 does not fold an initialiser such as DBL_MAX, which
    // holds a conversion. (Nor is T() a way out: there it leaves members without an initialiser indeterminate.)
    template <std::uint64_t Bits>
    static constexpr void put_defaults(text_sink& sink, json::rare_part* places) {
        [&] {
            T object{};
            reflect::visit_members<Bits>(object, [&](std::size_t at, const auto& member) {
                const std::size_t begin = sink.size;
                if (!schema::put_value(sink, member)) sink.size = begin;
                places[at].default_text = static_cast<std::uint32_t>(begin);
                places[at].default_end = static_cast<std::uint32_t>(sink.size);
            });
        }();
    }
    template <std::uint64_t Bits>
    static constexpr std::uint64_t breaking(const json::constraint* const* limits) {
        return [&] {
            T object{};
            std::uint64_t found = 0;
            reflect::visit_members<Bits>(object, [&](std::size_t at, const auto& member) {
                if (!detail::keeps(*limits[at], member)) found |= std::uint64_t{1} << at;
            });
            return found;
        }();
    }
    static constexpr bool can_reset = true;
    template <std::uint64_t Bits>
    static constexpr void put_resets(json::rare_part* places) {
        [&]<std::size_t... At, class... M>(std::index_sequence<At...>, reflect::member_types<M...>) {
            const auto put = [&]<std::size_t Place, class Member>(std::type_identity<Member>,
                                                                  std::integral_constant<std::size_t, Place>) {
                if constexpr ((Bits >> Place & 1) != 0) places[Place].reset = &reset_member<Member>;
            };
            (put(std::type_identity<M>{}, std::integral_constant<std::size_t, At>{}), ...);
        }(std::make_index_sequence<count>{}, types{});
    }
    static constexpr void put_type_name(text_sink& sink) { reflect::put_type_name(sink, reflect::spelled_type<T>); }
};

template <class T>
using structure = object_table<struct_members<T>>;

/// What has to hold before the table of a struct can be computed at all.
template <class T>
concept computable_structure = haft::detail::is_field_list<std::remove_cv_t<decltype(fields_of<T>)>> &&
                               (reflect::constant_defaults<T> || reflect::opaque_struct<T>);

}  // namespace detail

/// A plain struct of at most 64 members. Its words are checked when a tool is made of it.
template <reflect::plain_struct T>
struct form<T> {
    static constexpr json::kind kind = json::kind::object;
    static constexpr json::type table() {
        if constexpr (!detail::computable_structure<T>) {
            return {};
        } else {
            using structure = detail::structure<T>;
            if (structure::built.problem != words_problem::none || structure::built.size != sizeof(T)) return {};
            json::type t = structure::table();
            t.id = reflect::type_id<T>;
            return t;
        }
    }
    /// Whether the members lie where their table says. The size was compared by the compiler; an alignas that shifts a
    /// member and leaves the size shows only in an object.
    static consteval bool layout_in_doubt() {
        if constexpr (detail::computable_structure<T>) return detail::structure<T>::built.layout_in_doubt;
        else return false;  // there is no table to ask
    }
    static bool lies_as_computed()
        requires detail::computable_structure<T>  // else there is no table to ask
    {
        const struct owner {
            T* const object = new T{};  // of any size
            ~owner() { delete object; }
        } made;
        [[maybe_unused]] T& object = *made.object;
        [[maybe_unused]] const auto* const begin = reinterpret_cast<const char*>(made.object);
        return [&]<std::size_t... At>(std::index_sequence<At...>) {
            return (... && (reinterpret_cast<const char*>(__builtin_addressof(reflect::get<At>(object))) - begin ==
                            static_cast<std::ptrdiff_t>(detail::structure<T>::built.members[At].offset)));
        }(std::make_index_sequence<reflect::member_count<T>>{});
    }
};

}  // namespace haft::inline v0::schema

#endif  // HAFT_SCHEMA_STRUCTURE_HPP
