// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_ENRICH_MAKE_ENRICHER_HPP
#define HAFT_ENRICH_MAKE_ENRICHER_HPP

/// From an object with members such as `enrich_prompt` to the enricher that it is.

#include <haft/enrich/enricher.hpp>
#include <haft/enrich/participant.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace haft::inline v0 {

/// How an object takes part.
struct enricher_options {
    std::string name = {};   ///< under which its metadata stands; "": the object's own `name`, or its owner's
    std::string owner = {};  ///< who brings it
    std::optional<int> prompt_order = {};  ///< instead of the class's
    std::optional<int> system_order = {};
    std::optional<int> result_order = {};
};

namespace detail {

template <class C>
std::string name_of_enricher(const C& object, const enricher_options& as) {
    if (!as.name.empty()) return as.name;
    if constexpr (requires { std::string_view(object.name); }) return std::string(std::string_view(object.name));
    else if constexpr (requires { std::string_view(object.name()); }) return std::string(object.name());
    else return as.owner;
}

template <class C>
void set_orders(enricher& out, const enricher_options& as) {
    if constexpr (has_prompt_order<C>) out.prompt_order = C::prompt_order;
    if constexpr (has_system_order<C>) out.system_order = C::system_order;
    if constexpr (has_result_order<C>) out.result_order = C::result_order;
    out.prompt_order = as.prompt_order.value_or(out.prompt_order);
    out.system_order = as.system_order.value_or(out.system_order);
    out.result_order = as.result_order.value_or(out.result_order);
}

template <class C>
enricher make_enricher(std::shared_ptr<C> object, const enricher_options& as) {
    enricher out;
    if constexpr (explain_enricher<std::remove_const_t<C>>()) {
        if (!object) return out;
        out.name = name_of_enricher(*object, as);
        set_orders<C>(out, as);
        if constexpr (enriches_prompt<C>)
            out.prompt = [object](const std::string& text) { return as_enrichment(object->enrich_prompt(text)); };
        if constexpr (enriches_system_instructions<C>)
            out.system_instructions = [object](const std::string& text) {
                return as_enrichment(object->enrich_system_instructions(text));
            };
        if constexpr (enriches_tool_result<C>)
            out.tool_result = [object](const std::string& tool, const std::string& text,
                                       [[maybe_unused]] const std::string& arguments) {
                if constexpr (requires { object->enrich_tool_result(tool, text, arguments); })
                    return as_enrichment(object->enrich_tool_result(tool, text, arguments));
                else return as_enrichment(object->enrich_tool_result(tool, text));
            };
    }
    return out;
}

template <class T>
inline constexpr bool is_shared_pointer = false;
template <class T>
inline constexpr bool is_shared_pointer<std::shared_ptr<T>> = true;

}  // namespace detail

/// An object as an enricher, which then owns it; or shares it, where it is a std::shared_ptr. What its class says of itself counts
/// where `as` says nothing. A member that nearly is one does not compile (haft-E0158, haft-E0159).
template <class T>
enricher make_enricher(T object, const enricher_options& as = {}) {
    if constexpr (std::is_same_v<T, enricher>) {
        if (!as.name.empty()) object.name = as.name;
        if (object.name.empty()) object.name = as.owner;
        object.prompt_order = as.prompt_order.value_or(object.prompt_order);
        object.system_order = as.system_order.value_or(object.system_order);
        object.result_order = as.result_order.value_or(object.result_order);
        return object;
    } else if constexpr (detail::is_shared_pointer<T>) {
        return detail::make_enricher(std::move(object), as);
    } else if constexpr (detail::explain_enricher<T>()) {
        return detail::make_enricher(std::make_shared<T>(std::move(object)), as);
    } else {
        return {};
    }
}

}  // namespace haft::inline v0

#endif  // HAFT_ENRICH_MAKE_ENRICHER_HPP
