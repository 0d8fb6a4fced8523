// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_POINT_EMISSION_HPP
#define HAFT_HOOK_POINT_EMISSION_HPP

/// One emission of a point with its types: the arguments, and what comes together of its hooks' results.

#include <haft/hook/generator.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_point.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/tool/message.hpp>

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

template <class Point>
inline constexpr bool has_replaceable = !std::is_same_v<replaced_by<Point>, nothing_replaceable>;

template <class>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class>
inline constexpr bool is_generator = false;
template <class T>
inline constexpr bool is_generator<generator<T>> = true;

/// What a hook of the point may return; the quiet twin of explain_return.
template <class Point, class T>
consteval bool accepts_return() {
    using result = hook_result<Point>;
    if constexpr (std::is_void_v<T>) {
        return true;
    } else if constexpr (std::is_void_v<result>) {
        return false;
    } else if constexpr (std::is_same_v<T, result>) {
        return true;
    } else if constexpr (is_optional<T>) {
        return detail::accepts_return<Point, typename T::value_type>();
    } else if constexpr (is_generator<T>) {
        using value = std::remove_cvref_t<decltype(*std::declval<T&>().next())>;
        return detail::accepts_return<Point, value>();
    } else if constexpr (replies<Point>) {
        if constexpr (std::is_same_v<T, veto>) return is_vetoable<Point>();
        else
            return std::is_same_v<T, message> || std::is_same_v<T, say> || std::is_same_v<T, std::vector<message>> ||
                   std::is_same_v<T, stop_hooks> || std::is_same_v<T, replaced_by<Point>>;
    } else {
        return std::is_convertible_v<T, result>;
    }
}

template <class Parameters>
struct pointers_to;
template <class... Arguments>
struct pointers_to<std::tuple<Arguments...>> {
    using type = std::tuple<std::remove_reference_t<Arguments>*...>;
};

template <class Point>
struct replaced_data {};
template <class Point>
    requires has_replaceable<Point>
struct replaced_data<Point> {
    std::optional<typename Point::data> data;  // a copy, as soon as a hook has replaced something in it
};

template <class Point>
struct kept_veto {};
template <class Point>
    requires(is_vetoable<Point>())
struct kept_veto<Point> {
    std::optional<std::string> reason;
};

template <hook_point Point>
struct point_emission : emission {
    using arguments = typename pointers_to<typename parts_of_point<Point>::arguments>::type;

    arguments given;
    const arguments original;
    emission_result<Point> result{};
    [[no_unique_address]] replaced_data<Point> replaced;
    [[no_unique_address]] kept_veto<Point> veto_said;
    bool first_only = false;  // the first result ends it

    explicit point_emission(arguments pointers) noexcept : given(pointers), original(pointers) {}

    template <std::size_t At>
    auto& get() const noexcept {
        return *std::get<At>(given);
    }

    /// Takes what a hook of that name has returned.
    template <class T>
    void take(T&& value) {
        using returned = std::remove_cvref_t<T>;
        using wanted = hook_result<Point>;
        if constexpr (std::is_same_v<returned, wanted> && replies<Point>) {
            merge(std::forward<T>(value));
        } else if constexpr (std::is_same_v<returned, wanted>) {
            keep(std::forward<T>(value));
        } else if constexpr (is_optional<returned>) {
            if (value) take(*std::forward<T>(value));
        } else if constexpr (is_generator<returned>) {
            while (!ended) {
                auto* const one = value.next();
                if (!one) return;
                take(std::move(*one));
            }
        } else if constexpr (replies<Point>) {
            merge(hook_reply(std::forward<T>(value)));
        } else {
            keep(static_cast<wanted>(std::forward<T>(value)));
        }
    }

    /// A veto of whoever: the first one counts.
    void refuse(std::string why) {
        if constexpr (is_vetoable<Point>()) {
            keep_veto();
            if (vetoed) return;
            result.vetoed = std::move(why);
            keep_veto();
        }
    }
    /// A veto stays one, whatever a wrapper makes of the result. To be called whenever one may have changed it.
    void keep_veto() {
        if constexpr (is_vetoable<Point>()) {
            if (!result.vetoed) {
                result.vetoed = veto_said.reason;
            } else if (!vetoed) {
                veto_said.reason = result.vetoed;
                vetoed = true;
            }
        }
    }
    /// Lets hooks see the text as it is now, also if a wrapper has changed it.
    void show_final() {
        if constexpr (has_replaceable<Point>) {
            if (result.replacement) {
                show(*result.replacement);
            } else if (std::get<0>(given) != std::get<0>(original)) {
                std::get<0>(given) = std::get<0>(original);
                other_text = true;
            }
        }
    }

private:
    template <class T>
    void keep(T&& value) {
        if constexpr (is_first_result<Point>()) {
            result.emplace(std::forward<T>(value));
            ended = true;
        } else {
            result.push_back(std::forward<T>(value));
            if (first_only) ended = true;
        }
    }
    void show(const std::string& text) {
        if (!replaced.data) replaced.data.emplace(*std::get<0>(original));
        std::string& shown = Point::replaceable(*replaced.data);
        if (std::get<0>(given) == &*replaced.data && shown == text) return;
        shown = text;
        std::get<0>(given) = &*replaced.data;
        other_text = true;
    }
    void merge(hook_reply&& said) {
        result.messages.insert(result.messages.end(), std::make_move_iterator(said.messages.begin()),
                               std::make_move_iterator(said.messages.end()));
        if (said.stopped) result.stopped = ended = true;
        if (said.vetoed) {
            if constexpr (!is_vetoable<Point>()) throw unfit_reply("there is nothing to veto at this point");
            refuse(std::move(*said.vetoed));
            ended = true;
        }
        if (said.replacement) {
            if constexpr (has_replaceable<Point>) {
                show(*said.replacement);
                result.replacement = std::move(said.replacement);
            } else {
                throw unfit_reply("there is nothing to replace at this point");
            }
        }
    }
};

}  // namespace haft::inline v0::detail

#endif  // HAFT_HOOK_POINT_EMISSION_HPP
