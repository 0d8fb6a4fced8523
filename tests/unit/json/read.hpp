// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_UNIT_JSON_READ_HPP
#define HAFT_TESTS_UNIT_JSON_READ_HPP

/// Reads a text into a struct as a call would, and gives what came out.

#include <haft/json/reader.hpp>
#include <haft/schema/form.hpp>

#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace haft_test {

template <class T>
struct one {
    T v;
};

template <class T>
struct reading {
    T value{};
    bool accepted = false;
    std::vector<haft::fault> faults{};
    std::size_t more = 0;

    /// Every fault in a line of its own: pointer, message, code.
    std::string text() const {
        std::string out;
        for (const haft::fault& f : faults) out += f.text() + "\n";
        if (more) out += "and " + std::to_string(more) + " more\n";
        return out;
    }
};

template <class T>
reading<T> read(std::string_view text, const haft::json::read_limits& limits = {}) {
    // Exactly as large as the text, so that a sanitizer sees the first byte that is read beyond it.
    const std::unique_ptr<char[]> exact(new char[text.size()]);
    if (!text.empty()) std::memcpy(exact.get(), text.data(), text.size());
    reading<T> out;
    haft::json::reader in({exact.get(), text.size()}, limits);
    out.accepted = in.read_arguments(haft::schema::type_of<T>, &out.value);
    out.faults = in.take_faults();
    out.more = in.more_faults();
    return out;
}

/// `{"v":…}` into a struct of one member.
template <class V>
reading<one<V>> read_one(std::string_view json, const haft::json::read_limits& limits = {}) {
    return read<one<V>>("{\"v\":" + std::string(json) + "}", limits);
}

inline std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    out.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace haft_test

#endif  // HAFT_TESTS_UNIT_JSON_READ_HPP
