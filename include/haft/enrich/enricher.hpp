// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_ENRICHER_HPP
#define HAFT_ENRICH_ENRICHER_HPP

/// One participant of the pipelines as a value, whatever class or function it was made of.

#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/enrich/enrichment.hpp>

#include <concepts>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// Takes part in the pipelines whose function is there. The functions are called from any thread that runs a pipeline, several
/// at a time; an error, or what they throw, leaves the text as it was.
struct enricher {
    using of_text = std::function<result<enrichment>(const std::string& text)>;
    using of_result = std::function<result<enrichment>(const std::string& tool, const std::string& result,
                                                       const std::string& arguments_json)>;

    std::string name = {};  ///< under which its metadata stands
    of_text prompt = {};
    of_text system_instructions = {};
    of_result tool_result = {};
    int prompt_order = enrichment_order::otherwise;
    int system_order = enrichment_order::otherwise;
    int result_order = enrichment_order::otherwise;
};

namespace detail {

/// What an enricher may give: an enrichment, a text (no metadata then), or a haft::result of one of them.
template <class R>
concept gives_enrichment =
    std::same_as<std::remove_cvref_t<R>, enrichment> || std::same_as<std::remove_cvref_t<R>, result<enrichment>> ||
    std::same_as<std::remove_cvref_t<R>, result<std::string>> || std::convertible_to<R, std::string_view>;

template <gives_enrichment R>
result<enrichment> as_enrichment(R&& given) {
    using plain = std::remove_cvref_t<R>;
    if constexpr (std::same_as<plain, enrichment> || std::same_as<plain, result<enrichment>>) {
        return std::forward<R>(given);
    } else if constexpr (std::same_as<plain, result<std::string>>) {
        if (!given) return error(given.error());
        return enrichment{.text = *std::forward<R>(given)};
    } else {
        return enrichment{.text = std::string(std::string_view(given))};
    }
}

/// A function of a result, with or without the arguments of the call. [EN-05]
template <class F>
concept takes_result = requires(F f, const std::string& text) {
    { f(text, text) } -> gives_enrichment;
} || requires(F f, const std::string& text) {
    { f(text, text, text) } -> gives_enrichment;
};

}  // namespace detail

/// An enricher made of one function: `prompt_enricher("shout", [](std::string_view text) { return upper(text); }, 60)`.
template <class F>
    requires requires(F f, const std::string& text) {
        { f(text) } -> detail::gives_enrichment;
    }
enricher prompt_enricher(std::string name, F f, int order = enrichment_order::otherwise) {
    enricher out{.name = std::move(name), .prompt_order = order};
    out.prompt = [f = std::move(f)](const std::string& text) mutable { return detail::as_enrichment(f(text)); };
    return out;
}
template <class F>
    requires requires(F f, const std::string& text) {
        { f(text) } -> detail::gives_enrichment;
    }
enricher system_enricher(std::string name, F f, int order = enrichment_order::otherwise) {
    enricher out{.name = std::move(name), .system_order = order};
    out.system_instructions = [f = std::move(f)](const std::string& text) mutable {
        return detail::as_enrichment(f(text));
    };
    return out;
}
/// `f(tool, result)` or `f(tool, result, arguments_json)`.
template <detail::takes_result F>
enricher result_enricher(std::string name, F f, int order = enrichment_order::otherwise) {
    enricher out{.name = std::move(name), .result_order = order};
    out.tool_result = [f = std::move(f)](const std::string& tool, const std::string& text,
                                         [[maybe_unused]] const std::string& arguments) mutable {
        if constexpr (requires { f(tool, text, arguments); }) return detail::as_enrichment(f(tool, text, arguments));
        else return detail::as_enrichment(f(tool, text));
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_ENRICHER_HPP
