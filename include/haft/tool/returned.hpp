// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_RETURNED_HPP
#define HAFT_TOOL_RETURNED_HPP

/// What a function's result type means for a call: what becomes JSON, what is content, what may be missing.

#include <haft/core/result.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>
#include <haft/tool/content.hpp>

#include <optional>
#include <string_view>
#include <type_traits>

namespace haft::inline v0::detail {

/// What has to be waited for before there is a result; run/async_tool.hpp knows such types.
template <class R>
struct awaited {
    static constexpr bool waits = false;
};

/// What a function's result type means for a call.
template <class R>
struct returned {
    using value = R;                         // what JSON is made of; void for none
    static constexpr bool may_fail = false;  // a haft::result
    static constexpr bool is_content = false;
    static constexpr bool has_attachments = false;
    static constexpr bool may_lack = false;  // an optional of content
};
template <class R>
    requires(awaited<R>::waits)
struct returned<R> : returned<typename awaited<R>::type> {};
template <class T>
struct returned<haft::result<T>> : returned<T> {
    static constexpr bool may_fail = true;
};
template <class T>
struct returned<output<T>> : returned<T> {
    static constexpr bool has_attachments = true;
};
struct returned_content {
    using value = void;
    static constexpr bool may_fail = false;
    static constexpr bool is_content = true;
    static constexpr bool has_attachments = false;
    static constexpr bool may_lack = false;  // an optional of content
};
template <>
struct returned<image> : returned_content {};
template <>
struct returned<audio> : returned_content {};
template <>
struct returned<resource> : returned_content {};
template <>
struct returned<resource_link> : returned_content {};
template <>
struct returned<content_block> : returned_content {};
template <>
struct returned<content> : returned_content {};
template <class T>
    requires(returned<T>::is_content)
struct returned<std::optional<T>> : returned<T> {
    static constexpr bool may_lack = true;
};

template <class V>
inline constexpr bool value_usable = schema::usable<V>;
template <>
inline constexpr bool value_usable<void> = true;

template <class V>
consteval const json::type* result_table() {
    if constexpr (std::is_void_v<V>) return nullptr;
    else return &schema::type_of<V>;
}
template <class V>
consteval std::string_view result_schema() {
    if constexpr (std::is_void_v<V>) return {};
    else return schema::schema_text<V, schema::direction::output>;
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_TOOL_RETURNED_HPP
