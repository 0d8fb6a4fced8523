// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOOK_NAMED_HOOK_HPP
#define HAFT_HOOK_NAMED_HOOK_HPP

/// Hooks that know no C++ types: they are shown the data as JSON and reply in JSON. For plugins in other languages.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/hook/data_text.hpp>
#include <haft/hook/hook_entry.hpp>
#include <haft/hook/hook_options.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/hook/point_emission.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/reader.hpp>
#include <haft/json/type.hpp>
#include <haft/schema/explain.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/json_text.hpp>
#include <haft/schema/std/optional.hpp>
#include <haft/schema/std/string.hpp>
#include <haft/schema/std/vector.hpp>
#include <haft/schema/structure.hpp>
#include <haft/tool/message.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

struct written_message {
    haft::role role = haft::role::system;
    std::string text;
};
struct written_reply {
    std::optional<std::vector<written_message>> messages = {};
    bool stop = false;
    std::optional<std::string> veto = {};
    std::optional<std::string> replace = {};
    std::optional<std::string> session_complete = {};
};

/// Reads an object as arguments are read, and throws an unfit_reply that holds every fault.
HAFT_COLD inline void read_reply(std::string_view text, const json::type& type, void* to) {
    const json::read_limits limits;
    json::reader in(text, limits);
    if (in.read_arguments(type, to)) return;
    const error e{errc::bad_hook_reply, "its reply is not as this point takes it", in.take_faults(), in.more_faults()};
    throw unfit_reply(e.text());
}

HAFT_COLD inline hook_reply read_hook_reply(std::string_view text) {
    written_reply read;
    detail::read_reply(text, schema::type_of<written_reply>, &read);
    hook_reply out;
    if (read.messages)
        for (written_message& one : *read.messages)
            out.messages.push_back({.role = one.role, .text = std::move(one.text)});
    out.stopped = read.stop;
    out.vetoed = std::move(read.veto);
    out.replacement = std::move(read.replace);
    if (read.session_complete) throw session_complete(std::move(*read.session_complete));
    return out;
}

template <class T>
struct value_of_reply {
    T value{};
};

/// What a named hook has said, as the point's hooks would.
template <class Point>
void take_reply(point_emission<Point>& e, std::string_view text) {
    if (text.empty() || text == "null") return;
    if constexpr (replies<Point>) {
        e.take(detail::read_hook_reply(text));
    } else if constexpr (!std::is_void_v<hook_result<Point>>) {
        if constexpr (schema::usable<value_of_reply<hook_result<Point>>>) {
            value_of_reply<hook_result<Point>> read;
            detail::read_reply(concat({"{\"value\":", text, "}"}), schema::type_of<value_of_reply<hook_result<Point>>>,
                               &read);
            e.take(std::move(read.value));
        } else {
            throw unfit_reply("what hooks of this point give can't be said in JSON");
        }
    }
}

template <class Point>
struct named_entry final : hook_entry {
    explicit named_entry(std::shared_ptr<const named_hook> f) : callable(std::move(f)) {}
    std::shared_ptr<const named_hook> callable;

    static void call(hook_entry& self, emission& base, rest_of_hooks*) {
        auto& e = static_cast<point_emission<Point>&>(base);
        const result<std::string> said = (*static_cast<named_entry&>(self).callable)(data_text_of<Point>(base));
        if (!said) throw std::runtime_error(said.error().text());
        detail::take_reply<Point>(e, *said);
    }
};

template <class Point>
std::shared_ptr<hook_entry> make_named_entry(std::shared_ptr<const named_hook> f, hook_options options) {
    auto out = std::make_shared<named_entry<Point>>(std::move(f));
    out->options = std::move(options);
    out->run = &named_entry<Point>::call;
    return out;
}

}  // namespace detail
}  // namespace haft::inline v0

#endif  // HAFT_HOOK_NAMED_HOOK_HPP
