// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_CONFIG_PARSE_TOML_HPP
#define HAFT_CONFIG_PARSE_TOML_HPP

/// TOML 1.0 as a configuration: parsed by toml++, with the place of every value. [DC-02]

#include <haft/config/config_text.hpp>
#include <haft/config/configuration.hpp>
#include <haft/config/limits.hpp>
#include <haft/config/mask_toml.hpp>
#include <haft/config/origin.hpp>
#include <haft/config/scan_toml.hpp>
#include <haft/core/secret.hpp>
#include <haft/config/toml_date.hpp>
#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/write_number.hpp>

#include <toml++/toml.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// From toml++'s tree to a value with origins. As deep as scan_toml.hpp has let through.
class toml_converter {
public:
    toml_converter(std::shared_ptr<const std::string> file, bool masked) : file_(std::move(file)), masked_(masked) {}

    HAFT_COLD void convert(const toml::node& from, const toml::source_position& around, nlohmann::json& to,
                           std::string& pointer) {
        // Tables that dotted keys imply have no place of their own.
        const toml::source_position at = from.source().begin.line ? from.source().begin : around;
        origins.emplace(pointer, config_origin{file_, at.line, at.column});
        const std::size_t size = pointer.size();
        if (const toml::table* const table = from.as_table()) {
            to = nlohmann::json::object();
            for (const auto& [key, value] : *table) {
                append_exact_key(pointer, key.str());
                const toml::source_position& key_at = key.source().begin.line ? key.source().begin : at;
                convert(value, key_at, to[std::string(key.str())], pointer);
                pointer.resize(size);
            }
        } else if (const toml::array* const array = from.as_array()) {
            to = nlohmann::json::array();
            std::size_t index = 0;
            for (const toml::node& item : *array) {
                append_all(pointer, {"/", decimal(index++)});
                convert(item, at, to.emplace_back(), pointer);
                pointer.resize(size);
            }
        } else {
            scalar(from, at, to, pointer);
        }
    }

    config_origins origins;
    std::vector<fault> faults;
    std::size_t more_faults = 0;

private:
    void scalar(const toml::node& from, const toml::source_position& at, nlohmann::json& to,
                const std::string& pointer) {
        std::string date;
        if (const auto* const text = from.as_string()) to = masked_ ? unmask_toml(text->get()) : text->get();
        else if (const auto* const integer = from.as_integer()) to = integer->get();
        else if (const auto* const boolean = from.as_boolean()) to = boolean->get();
        else if (const auto* const real = from.as_floating_point()) number(real->get(), at, to, pointer);
        else if (const auto* const day = from.as_date()) append_date(date, day->get());
        else if (const auto* const time = from.as_time()) append_time(date, time->get());
        else if (const auto* const both = from.as_date_time()) append_date_time(date, both->get());
        if (!date.empty()) to = std::move(date);
    }

    void number(double value, const toml::source_position& at, nlohmann::json& to, const std::string& pointer) {
        to = value;
        if (json::is_finite(value)) return;
        if (faults.size() == most_faults) {
            ++more_faults;
            return;
        }
        const std::string_view got = value != value ? "nan" : value < 0 ? "-inf" : "inf";
        fault& f = faults.emplace_back();
        f.code = errc::out_of_limits;
        f.pointer = pointer;
        f.expected = "finite number";
        f.got = got;
        f.place = place_text(*file_, at.line, at.column);
        f.message = concat({"expected a finite number, got ", got});
    }

    static constexpr std::size_t most_faults = 32;
    std::shared_ptr<const std::string> file_;
    bool masked_;
};

/// The offset of a line and a column in characters.
HAFT_COLD inline std::size_t offset_of(std::string_view text, std::size_t line, std::size_t column) {
    std::size_t at = 0;
    for (; line > 1 && at < text.size(); ++at) line -= text[at] == '\n';
    const auto continues = [&] { return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0u) == 0x80u; };
    for (; column > 1 && at < text.size() && text[at] != '\n'; --column)
        for (++at; continues();) ++at;
    return at;
}

/// toml++'s words for an error in ours.
HAFT_COLD inline std::string toml_problem(std::string_view description) {
    constexpr std::string_view before = "Error while parsing ";
    std::string out = "no valid TOML: ";
    if (description.starts_with(before)) {
        description.remove_prefix(before.size());
        constexpr std::string_view vowels = "aeiou";
        out += vowels.find(description.substr(0, 1)) == std::string_view::npos ? "in a " : "in an ";
    }
    const std::size_t saw = description.rfind(", saw ");
    if (saw == std::string_view::npos) append_echo(out, description);
    else append_echo(out, concat({description.substr(0, saw), ", got ", description.substr(saw + 6)}));
    return out;
}

}  // namespace detail

/// Parses a TOML 1.0 text (UTF-8, with or without a byte order mark, LF or CRLF; an empty one is an empty table). `file` is what
/// it is called in messages and origins. Integers of 64 bits are exact; dates and times become strings as RFC 3339 writes them.
/// Errors: E0376 with `file:line:column`, what was expected and what stands there, for what is no TOML 1.0, for inf and nan (each
/// by its key), for what is nested too deeply; E0377 for what is too long or UTF-16. Never ends the program, at any text.
HAFT_COLD inline result<configuration> parse_toml(std::string_view text, std::string_view file = "(text)",
                                                  const config_limits& limits = {}) {
    result<std::string_view> plain = detail::config_text(text, file, limits);
    if (!plain) return std::move(plain.error());
    detail::line_counter lines(*plain);
    detail::toml_scanner scanner(*plain, limits);
    if (!scanner.run()) return detail::bad_config_text(file, lines.at(scanner.offset()), scanner.problem());
    std::string masked;
    if (!scanner.to_mask().empty()) {
        if (detail::uses_mask(*plain))
            return detail::bad_config_text(file, lines.at(scanner.to_mask()[0]),
                                           "a character that is not ASCII behind a line that ends in a backslash, in a text "
                                           "that has characters from U+100000 on as well: begin that line with another one");
        masked = detail::mask_toml(*plain, scanner.to_mask());
    }
    const std::string_view shown = masked.empty() ? *plain : std::string_view(masked);
    const auto broken = [&](const toml::parse_error& e) {
        const toml::source_position& at = e.source().begin;
        return detail::bad_config_text(file, {at.line, at.column},
                                       detail::is_secret_at(*plain, detail::offset_of(*plain, at.line, at.column), limits)
                                           ? "no valid TOML, at a value that is not shown"
                                           : detail::toml_problem(e.description()));
    };
#if TOML_EXCEPTIONS
    toml::table table;
    try {
        table = toml::parse(shown);
    } catch (const toml::parse_error& e) { return broken(e); }
#else
    toml::parse_result parsed = toml::parse(shown);
    if (!parsed) return broken(parsed.error());
    const toml::table& table = parsed.table();
#endif
    detail::toml_converter converter(std::make_shared<const std::string>(file), !masked.empty());
    nlohmann::json value;
    std::string pointer;
    converter.convert(table, {1, 1}, value, pointer);
    if (!converter.faults.empty())
        return detail::bad_config_values(file, std::move(converter.faults), converter.more_faults);
    return configuration(std::move(value), std::move(converter.origins));
}

}  // namespace haft::inline v0

#endif  // HAFT_CONFIG_PARSE_TOML_HPP
