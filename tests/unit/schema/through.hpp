// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_SCHEMA_THROUGH_HPP
#define HAFT_TESTS_UNIT_SCHEMA_THROUGH_HPP

/// Sends JSON through a C++ type and back, by the type's table alone: one function for all types, so that tests are rows.

#include <haft/json/reader.hpp>
#include <haft/json/slot.hpp>
#include <haft/json/writer.hpp>
#include <haft/schema/form.hpp>
#include <haft/schema/schema_text.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstring>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <unit/json/read.hpp>

namespace haft_test {

/// What became of a text: the value that was read, written again; or every fault in a line of its own.
inline std::string through(const haft::json::type& t, std::string_view text, haft::read_mode mode = haft::strict,
                           std::vector<haft::note>* notes = nullptr) {
    const std::unique_ptr<char[]> exact(new char[text.size() + 1]);  // so that a sanitizer sees what is read beyond it
    if (!text.empty()) std::memcpy(exact.get() + 1, text.data(), text.size());
    haft::json::slot<> object(t);
    object.make();
    const haft::json::read_limits limits;
    haft::json::reader in({exact.get() + 1, text.size()}, limits, mode);
    const bool accepted = in.read_arguments(t, object.get());
    if (notes) in.move_notes(*notes);
    std::string out;
    if (accepted) {
        haft::json::writer writer(out);
        writer.write(t, object.get());
        return writer.problem().empty() ? out : "not written: " + writer.problem();
    }
    for (const haft::fault& f : in.take_faults()) out += (out.empty() ? "" : "\n") + f.text();
    if (in.more_faults()) out += "\nand " + std::to_string(in.more_faults()) + " more";
    return out;
}

/// What is written of a C++ value.
template <class T>
std::string written(const T& value) {
    std::string out;
    haft::json::writer writer(out);
    writer.write(haft::schema::type_of<T>, &value);
    return writer.problem().empty() ? out : "not written: " + writer.problem();
}

/// A value, and what is written of it once it was read: the same if it is left out. What begins with : or / is a fault,
/// its place told from the value on.
struct row {
    std::string_view given;
    std::string_view back = {};
};

inline void check_row(const haft::json::type& t, std::string_view before, std::string_view after,
                      std::string_view place, const row& r) {
    const std::string text = std::string(before).append(r.given).append(after);
    CAPTURE(text);
    const std::string_view back = r.back.empty() ? r.given : r.back;
    if (back[0] == ':' || back[0] == '/') CHECK(through(t, text) == std::string(place).append(back));
    else CHECK(through(t, text) == std::string(before).append(back).append(after));
}

/// Sends each value through a member of the type, and through an element of a vector.
template <class V>
void check_rows(std::initializer_list<row> rows) {
    for (const row& r : rows) {
        check_row(haft::schema::type_of<one<V>>, "{\"v\":", "}", "/v", r);
        check_row(haft::schema::type_of<one<std::vector<V>>>, "{\"v\":[", "]}", "/v/0", r);
    }
}

/// The schema of a type where it is a member: what stands between `"v":` and the end of the properties.
constexpr std::string_view of_member(std::string_view schema) {
    constexpr std::string_view begin = R"({"type":"object","properties":{"v":)";
    if (!schema.starts_with(begin)) return schema;
    schema.remove_prefix(begin.size());
    std::size_t depth = 0, end = 0;
    bool quoted = false;
    for (; end < schema.size(); ++end) {
        const char c = schema[end];
        if (quoted) {
            if (c == '\\') ++end;
            else quoted = c != '"';
        } else if (c == '"') quoted = true;
        else if (c == '{') ++depth;
        else if (c == '}' && --depth == 0) break;
    }
    return schema.substr(0, end + 1);
}

/// As a parameter, and as a part of a result.
template <class T>
inline constexpr std::string_view schema_in = haft::schema::schema_text<T, haft::schema::direction::input>;
template <class T>
inline constexpr std::string_view schema_out = haft::schema::schema_text<T, haft::schema::direction::output>;
template <class V>
inline constexpr std::string_view member_schema = of_member(schema_in<one<V>>);

/// Whether a text stands in another. (g++ 12 with a sanitizer takes no find() for a constant expression.)
constexpr bool contains(std::string_view text, std::string_view part) {
    for (std::size_t i = 0; i + part.size() <= text.size(); ++i)
        if (text.substr(i, part.size()) == part) return true;
    return false;
}
/// Whether the schema requires the member v.
constexpr bool requires_v(std::string_view schema) { return contains(schema, R"(,"required":["v"])"); }

}  // namespace haft_test

#endif  // HAFT_TESTS_UNIT_SCHEMA_THROUGH_HPP
