// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_READ_DATA_HPP
#define HAFT_HOOK_READ_DATA_HPP

/// The other way round than data_text: from JSON to the arguments of an emission. For who has typed hooks, and is told of emissions in
/// words: a plugin that is a shared library.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/hook/copied_arguments.hpp>
#include <haft/hook/data_text.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/provide.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/type.hpp>
#include <haft/reflect/members.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/structure.hpp>

#include <cstddef>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

/// Where something stands in the data, for messages: a chain from the inside out, which costs nothing while all is well.
struct data_place_of {
    std::string_view key;
    const data_place_of* around = nullptr;

    HAFT_COLD std::string pointer() const { return around ? concat({around->pointer(), "/", key}) : std::string(); }
};

HAFT_COLD inline error unfit_data(const data_place_of& at, std::string_view expected, std::string_view got) {
    std::string message = concat({"the data of a hook, at ", in_quotes(at.pointer()), ": expected ", expected, ", got "});
    append_echo(message, got, 40);
    return {errc::bad_hook_data, std::move(message)};
}

/// What an error was before error::text wrote it. One that held several faults keeps them as a text.
HAFT_COLD inline error error_of_text(std::string text) {
    constexpr std::string_view before = " [haft-E0";
    error out{.message = std::move(text)};
    const std::size_t at = out.message.rfind(before);
    if (at == std::string::npos || !out.message.ends_with("]")) return out;
    unsigned code = 0;
    const std::string_view digits = std::string_view(out.message).substr(at + before.size());
    for (const char c : digits.substr(0, digits.size() - 1)) {
        if (c < '0' || c > '9' || code > 999) return out;
        code = code * 10 + static_cast<unsigned>(c - '0');
    }
    out.code = static_cast<errc>(code);
    out.message.resize(at);
    return out;
}

template <class T>
struct value_in_data {
    T value{};
};

/// Reads a value that has a schema of its own.
HAFT_COLD inline result<void> read_value_of_data(std::string_view text, const json::type& type, void* to,
                                                 const data_place_of& at) {
    constexpr std::size_t any = std::numeric_limits<std::size_t>::max();  // a file's text, say: the host has it already
    const json::read_limits limits{.max_bytes = any, .max_string_bytes = any, .max_items = any};
    const std::string whole = concat({"{\"value\":", text, "}"});
    json::reader in(whole, limits);
    if (in.read_arguments(type, to)) return {};
    const std::vector<fault> faults = in.take_faults();
    return unfit_data(at, faults.empty() || faults[0].expected.empty() ? "something else" : faults[0].expected, text);
}

/// Reads what write_text has written; see has_text for what that is. What is not there stays as it is; what nobody here knows, since
/// another version of haft wrote it, is passed over.
template <class T>
result<void> read_data(std::string_view text, T& value, const data_place_of& at = {}) {
    if (text == "null") return {};  // also of what could not be written
    if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, error>) {
        if (!text.starts_with('"')) return unfit_data(at, "a string", text);
        if constexpr (std::is_same_v<T, error>) value = detail::error_of_text(json::string_of(text));
        else value = json::string_of(text);
    } else if constexpr (is_vector<T>) {
        if (!text.starts_with('[')) return unfit_data(at, "an array", text);
        value.clear();
        for (const std::string_view item : json::items_of(text)) {
            typename T::value_type one{};
            const std::string number = decimal(value.size());
            if (result<void> read = detail::read_data(item, one, data_place_of{number, &at}); !read) return read;
            value.push_back(std::move(one));
        }
    } else if constexpr (is_shared<T>) {
        auto fresh = std::make_shared<std::remove_const_t<typename T::element_type>>();
        if (result<void> read = detail::read_data(text, *fresh, at); !read) return read;
        value = std::move(fresh);
    } else if constexpr (reflect::plain_struct<T>) {
        if (!text.starts_with('{')) return unfit_data(at, "an object", text);
        result<void> read;
        for (const json::member_piece& piece : json::members_of(text)) {
            [&]<std::size_t... At>(std::index_sequence<At...>) {
                const auto member = [&]<std::size_t I>(std::integral_constant<std::size_t, I>) {
                    if constexpr (has_text<reflect::member_type<T, I>>()) {
                        if (piece.name != reflect::member_name<T, I>) return false;
                        read = detail::read_data(piece.value, reflect::get<I>(value), data_place_of{piece.name, &at});
                        return true;
                    } else {
                        return false;
                    }
                };
                static_cast<void>((... || member(std::integral_constant<std::size_t, At>{})));
            }(std::make_index_sequence<reflect::member_count<T>>{});
            if (!read) return read;
        }
    } else if constexpr (schema::usable<T>) {
        value_in_data<T> fresh;
        if (result<void> read = read_value_of_data(text, schema::type_of<value_in_data<T>>, &fresh, at); !read)
            return read;
        value = std::move(fresh.value);
    }
    return {};
}

template <class Arguments>
struct read_arguments;
template <class... Arguments>
struct read_arguments<std::tuple<Arguments...>> {
    /// Whether each could be made of nothing but its JSON, and nobody would miss what a hook writes to it.
    static constexpr bool possible =
        (... && (has_text<owned<Arguments>>() && std::is_default_constructible_v<owned<Arguments>> &&
                 std::is_const_v<std::remove_reference_t<Arguments>>));
    using type = std::tuple<owned<Arguments>...>;

    /// Calls `f` with their addresses, as an emission takes them.
    template <class F>
    static decltype(auto) with_addresses(const type& arguments, F f) {
        using seen = std::tuple<std::conditional_t<std::is_same_v<std::remove_cvref_t<Arguments>, std::string_view>,
                                                   std::string_view, const owned<Arguments>&>...>;
        return std::apply(
            [&](const auto&... one) -> decltype(auto) {
                return std::apply([&](const auto&... each) -> decltype(auto) { return f(std::addressof(each)...); },
                                  seen(one...));
            },
            arguments);
    }
};
/// The arguments of a point, by value; a std::string_view is a string.
template <class Point>
using arguments_read = read_arguments<typename parts_of_point<Point>::arguments>;

/// Reads what data_text_of<Point> has written. Requires arguments_read<Point>::possible. An error (E0471) says what is where it does not belong.
template <class Point>
result<typename arguments_read<Point>::type> read_data_of(std::string_view text) {
    if (!json::is_json(text)) return unfit_data({}, "JSON", text);
    while (text.starts_with(' ') || text.starts_with('\n')) text.remove_prefix(1);
    typename arguments_read<Point>::type out;
    result<void> read;
    if constexpr (parts_of_point<Point>::count == 1 && data_place<Point>() == 0) {
        read = detail::read_data(text, std::get<0>(out));
    } else {
        const std::vector<std::string_view> items = json::items_of(text);
        if (items.size() != parts_of_point<Point>::count)
            return unfit_data({}, concat({"an array of ", decimal(parts_of_point<Point>::count)}), text);
        std::apply(
            [&]([[maybe_unused]] auto&... argument) {
                [[maybe_unused]] std::size_t place = 0;
                [[maybe_unused]] const data_place_of root;
                [[maybe_unused]] const auto one = [&](auto& to) {
                    const std::string number = decimal(place);
                    read = detail::read_data(items[place++], to, data_place_of{number, &root});
                    return static_cast<bool>(read);
                };
                static_cast<void>((... && one(argument)));
            },
            out);
    }
    if (!read) return std::move(read.error());
    return out;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_READ_DATA_HPP
