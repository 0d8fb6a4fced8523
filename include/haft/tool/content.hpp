// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_CONTENT_HPP
#define HAFT_TOOL_CONTENT_HPP

/// Results that are no JSON values: images, sounds, resources, and values with such things attached. As a function's
/// result only: none of these has a form in JSON. (MCP 2025-11-25, server/tools, "Tool Result"; llm's ToolOutput, EX-05)

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace haft::inline v0 {

/// A picture, as the bytes of its file.
struct image {
    std::string bytes;
    std::string mime_type = "image/png";
};
/// A sound, as the bytes of its file.
struct audio {
    std::string bytes;
    std::string mime_type = "audio/wav";
};
/// A resource with its contents: a text, or bytes.
struct resource {
    std::string uri;
    std::string mime_type = {};
    std::variant<std::string, std::vector<unsigned char>> contents = {};
};
/// A resource that the client may fetch.
struct resource_link {
    std::string uri;
    std::string name;
    std::string description = {};
    std::string mime_type = {};
};

/// One part of a result; a std::string is text for the model.
using content_block = std::variant<std::string, image, audio, resource, resource_link>;
/// A result of several parts, in this order.
using content = std::vector<content_block>;

/// A result with attachments for the model's next turn. The result's schema is the value's; what gives JSON gives the
/// value, what gives content blocks (MCP, a provider's result object) the value first and then the attachments.
template <class T>
struct output {
    T value;
    content attachments = {};
};

namespace detail {
/// Bytes are no JSON; without this an image would be a struct like any other.
struct no_form_of_content {
    static constexpr json::kind kind = json::kind::none;
    static constexpr bool is_content = true;
    static constexpr json::type table() { return {}; }
};
}  // namespace detail

namespace schema {
template <>
struct form<image> : haft::detail::no_form_of_content {};
template <>
struct form<audio> : haft::detail::no_form_of_content {};
template <>
struct form<resource> : haft::detail::no_form_of_content {};
template <>
struct form<resource_link> : haft::detail::no_form_of_content {};
template <class T>
struct form<output<T>> : haft::detail::no_form_of_content {};
}  // namespace schema

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_CONTENT_HPP
