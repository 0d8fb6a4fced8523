// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_PARSE_JSON_HPP
#define HAFT_CONFIG_PARSE_JSON_HPP

/// JSON as a configuration: read by haft's own strict lexer, with the place of every value. [DC-02]

#include <haft/config/config_text.hpp>
#include <haft/config/configuration.hpp>
#include <haft/config/limits.hpp>
#include <haft/config/origin.hpp>
#include <haft/core/secret.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/json/document.hpp>
#include <haft/json/nlohmann_value_json.hpp>
#include <haft/json/read_limits.hpp>
#include <haft/json/value_faults.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// The place of every value of a document. Its values stand in the order of the text, so that lines are counted once.
HAFT_COLD inline config_origins origins_of(const json::document& document, std::string_view text,
                                           const std::shared_ptr<const std::string>& file) {
    config_origins out;
    line_counter lines(text);
    std::string pointer;
    std::vector<std::uint32_t> around;    // the containers that stand open
    std::vector<std::size_t> lengths;     // of their pointers
    for (std::uint32_t i = 0; i < document.size(); ++i) {
        const json::value_node& node = document[i];
        while (!around.empty() && document[around.back()].behind <= i) around.pop_back(), lengths.pop_back();
        pointer.resize(lengths.empty() ? 0 : lengths.back());
        if (!around.empty()) {
            if (document[around.back()].kind == json::value_kind::object) append_exact_key(pointer, node.key);
            else append_all(pointer, {"/", decimal(node.index)});
        }
        const line_counter::place at = lines.at(node.offset);
        out.emplace(pointer, config_origin{file, at.line, at.column});
        if (node.kind == json::value_kind::object || node.kind == json::value_kind::array)
            around.push_back(i), lengths.push_back(pointer.size());
    }
    return out;
}

/// Whether a secret is named shortly before: where a text is broken nobody knows what belongs to which key.
HAFT_COLD inline bool follows_a_secret(std::string_view text, std::size_t offset) {
    const std::size_t begin = offset > 100 ? offset - 100 : 0;
    return names_a_secret(text.substr(begin, offset - begin));
}

/// The faults of a JSON text with their lines; one that breaks it is told alone.
HAFT_COLD inline error bad_config_json(std::string_view file, std::string_view text, error&& from) {
    line_counter lines(text);
    for (fault& f : from.faults) {
        const line_counter::place at = lines.at(f.offset);
        if (f.code == errc::not_json || f.code == errc::too_large) {
            const std::size_t byte = f.message.rfind(" at byte ");  // the line and column say it better
            std::string what = f.message.substr(0, byte);
            if (byte != std::string::npos)
                if (const std::size_t before = f.message.find(", before ", byte);
                    before != std::string::npos && !leads_to_a_secret(f.pointer) && !follows_a_secret(text, f.offset))
                    what += f.message.substr(before);
            return bad_config_text(file, at, concat({"no valid JSON: ", what}));
        }
        f.place = place_text(file, at.line, at.column);
        f.offset = 0;
    }
    return bad_config_values(file, std::move(from.faults), from.more_faults);
}

}  // namespace detail

/// Parses a JSON text (UTF-8, a byte order mark is accepted; an empty one is an empty table). As parse_toml; a key given twice is
/// an error, and so is anything but an object at the top.
HAFT_COLD inline result<configuration> parse_json(std::string_view text, std::string_view file = "(text)",
                                                  const config_limits& limits = {}) {
    result<std::string_view> plain = detail::config_text(text, file, limits);
    if (!plain) return std::move(plain.error());
    auto source = std::make_shared<const std::string>(file);
    if (plain->find_first_not_of(" \t\r\n") == std::string_view::npos) {
        detail::config_origins origins;
        origins.emplace("", config_origin{std::move(source), 1, 1});
        return configuration(nlohmann::json::object(), std::move(origins));
    }
    json::read_limits read;
    read.max_depth = detail::config_depth(limits);
    read.max_bytes = read.max_string_bytes = limits.max_bytes;
    read.max_items = limits.max_values;
    result<nlohmann::json> value = json::parse_json(*plain, read);
    if (!value) return detail::bad_config_json(file, *plain, std::move(value.error()));
    json::value_faults found;
    json::document document;
    document.read(*plain, read, found);  // was read already, so nothing can be found
    if (document.size() > limits.max_values)
        return detail::bad_config_text(
            file, {1, 1}, concat({decimal(document.size()), " values; at most ", decimal(limits.max_values), " are read"}));
    if (!value->is_object())
        return detail::bad_config_text(file, detail::line_counter(*plain).at(document[0].offset),
                                       concat({"expected an object, got ", value->type_name()}));
    return configuration(std::move(*value), detail::origins_of(document, *plain, source));
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_PARSE_JSON_HPP
