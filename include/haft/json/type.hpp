// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_TYPE_HPP
#define HAFT_JSON_TYPE_HPP

/// The tables: what the reader, the writer and the schema know of a C++ type. One constexpr `type` per C++ type, filled
/// in by `schema/`; after that nothing here is a template, so one matcher and one writer serve every tool.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace haft::inline v0::json {

enum class kind : std::uint8_t { boolean, integer, number, string, enumeration, optional, array, object };

/// The limits that the author gave a member, in JSON Schema's words. Which of the numeric pairs counts is the type's kind.
struct constraint {
    enum : std::uint8_t {
        minimum = 1,
        maximum = 2,
        min_length = 4,
        max_length = 8,
        min_items = 16,
        max_items = 32,
    };
    std::uint8_t given = 0;
    std::uint64_t low = 0, high = 0;            ///< of an integer; the bits of an int64 where the type is signed
    double real_low = 0, real_high = 0;         ///< of a number
    std::uint64_t size_low = 0, size_high = 0;  ///< code points of a string, items of an array

    constexpr bool has(unsigned flag) const noexcept { return (given & flag) != 0; }
};

struct type;

/// One member of an object, as the matcher needs it.
struct member {
    const type* of = nullptr;
    std::uint32_t offset = 0;      ///< byte in the C++ object
    std::uint16_t key = 0;         ///< where `,"name":` begins in type::keys
    std::uint16_t key_length = 0;  ///< of `"name":`
    std::uint8_t constraint = 0;   ///< place in type::constraints, counted from 1; 0 is none
};

/// The rest of a member: what only schemas and errors want, kept apart so that it is not in the matcher's cache lines.
struct member_words {
    std::string_view description;
    std::string_view default_text;  ///< the default as JSON; empty if there is none, or none that JSON can hold
};

struct enumerator {
    std::string_view name;
    std::int64_t value = 0;  ///< the bits of a uint64 where the enum is one
};

/// What the matcher and the writer do with one C++ type. `count` is of members or enumerators.
struct type {
    json::kind kind = json::kind::boolean;
    bool is_signed = false;
    std::uint16_t count = 0;
    std::uint32_t size = 0;      ///< sizeof
    std::uint64_t required = 0;  ///< bit i: member i has no default
    const member* members = nullptr;
    const char* keys = nullptr;  ///< `,"city":,"days":`, and 16 bytes that may be read beyond
    const json::constraint* constraints = nullptr;
    const enumerator* enumerators = nullptr;
    const type* element = nullptr;  ///< of an array or optional
    const member_words* words = nullptr;

    void (*construct)(void* raw) = nullptr;      ///< T{} in raw memory of `size` bytes
    void (*destroy)(void* object) = nullptr;     ///< null where nothing is to be done
    void* (*append)(void* container) = nullptr;  ///< a new last element (or the value)
    void (*clear)(void* container) = nullptr;    ///< no elements (or no value); of an object, T{} again if not null
    const void* (*view)(const void* container, std::size_t& count) = nullptr;  ///< its elements, contiguous

    constexpr std::string_view key(std::size_t i) const noexcept {
        return {keys + members[i].key + 2, static_cast<std::size_t>(members[i].key_length - 3)};
    }
    constexpr bool requires_member(std::size_t i) const noexcept { return (required >> i & 1) != 0; }
};

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_TYPE_HPP
