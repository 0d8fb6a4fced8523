// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_TYPE_HPP
#define HAFT_JSON_TYPE_HPP

/// The tables: what the reader, the writer and the schema know of a C++ type. One constexpr `type` per C++ type, filled
/// in by `schema/`; after that nothing here is a template, so one matcher and one writer serve every tool.

#include <haft/json/constraint.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

enum class kind : std::uint8_t {
    none,  ///< the C++ type has no JSON form; schema/explain.hpp says why
    null,  ///< std::monostate
    boolean,
    integer,
    number,
    string,       ///< std::string
    view,         ///< std::string_view, which stays valid for the call
    text,         ///< a JSON string with a grammar of its own: a path, a date, a user's type
    enumeration,  ///< one of some names
    optional,     ///< as a member absent or there; elsewhere null or there
    array,        ///< any number of elements of one type
    tuple,        ///< a fixed number of elements
    map,          ///< an object with any keys
    variant,      ///< the first alternative that reads
    object,       ///< a struct: a closed object
    any,          ///< whatever JSON it is
    converted,    ///< another C++ type stands for it
};

struct type;

/// One member of an object, as the matcher needs it.
struct member {
    const type* of = nullptr;
    std::uint32_t offset = 0;      ///< byte in the C++ object
    std::uint16_t key = 0;         ///< where `,"name":` begins in type::keys
    std::uint16_t key_length = 0;  ///< of `"name":`
    std::uint8_t constraint = 0;   ///< place in type::constraints, counted from 1; 0 is none
    bool plain_key = true;         ///< the name stands in the key as it is, without escapes
    bool nullable = false;         ///< null is its default, and stands in the schema
    bool has_words = false;        ///< it has a rare_part with texts
    bool resets = false;           ///< it has a rare_part with `reset`
};

/// The rest of a member: what only schemas and errors want.
struct member_words {
    std::string_view description;
    std::string_view default_text;  ///< the default as JSON; empty if there is none, or none that JSON can hold
    std::string_view examples;      ///< `["a","b"]`, or empty
    std::string_view name;          ///< where !plain_key
};
/// Where those stand in type::keys, and what else few members have; apart from what the matcher has in its cache lines.
struct rare_part {
    std::uint32_t description = 0, examples = 0, name = 0, name_end = 0;  ///< one after the other
    std::uint32_t default_text = 0, default_end = 0;
    /// Of a nested struct, array or tuple with a default of its own: makes it T{} again. That default is for a member
    /// that is not given; of one that is given, what is left out is as in T{}, which is what the schema of its members says.
    void (*reset)(void* object) = nullptr;
};

struct enumerator {
    std::string_view name;
    std::int64_t value = 0;  ///< the bits of a uint64 where the enum is one
};

/// `text`, `any` and `converted`: how a value is made of something else and the other way round. What is refused says why
/// in a few words, as they would stand after "expected …, got …: ".
struct codec {
    bool (*read)(void* to, std::string_view from, std::string& why) = nullptr;      ///< text: unescaped; any: JSON
    bool (*write)(const void* from, std::string& out, std::string& why) = nullptr;  ///< the same, appended
    bool (*read_from)(void* to, void* via, std::string& why) = nullptr;             ///< converted
    bool (*write_to)(const void* from, void* via, std::string& why) = nullptr;      ///< converted
    std::string_view expected = {};  ///< `date such as 2026-11-21`; empty: as the kind says
    std::string_view schema = {};    ///< further words of its schema: `,"format":"date"`
    bool has_reads = false;
    bool (*reads)(std::string_view) = nullptr;  ///< text: whether `read` would take it; the compiler can call it
};

/// What became of an element or key. `crowded`: too many in the container have its hash, so it was not taken; each more
/// would take longer, and whoever chose them so meant that.
enum class placing : std::uint8_t { done, twice, crowded };
inline constexpr std::size_t most_of_one_hash = 128;

/// Containers whose elements can't be written where they will stand, or don't lie side by side.
struct list_operations {
    placing (*insert)(void* list, void* element) = nullptr;  ///< moves the element
    void (*visit)(const void* list, void* user, void (*each)(void* user, const void* element)) = nullptr;
};

struct map_operations {
    const type* key = nullptr;
    placing (*place)(void* map, void* key, void*& value) = nullptr;  ///< moves the key, gives its new value
    void (*visit)(const void* map, void* user, void (*each)(void* user, const void* key, const void* value)) = nullptr;
};

struct variant_operations {
    void* (*emplace)(void* variant, std::size_t at) = nullptr;
    const void* (*active)(const void* variant, std::size_t& at) = nullptr;  ///< null if it is valueless
};

/// What the matcher and the writer do with one C++ type. `count` is of members, enumerators, elements or alternatives.
struct type {
    json::kind kind = json::kind::none;
    bool is_signed = false;
    bool uniform = false;          ///< of a tuple: all elements are of one type, `element`
    bool unique = false;           ///< of an array: its type keeps its items different
    bool layout_in_doubt : 1 = false;  ///< of a struct: an alignas could have shifted a member unseen
    bool tells_absence : 1 = false;  ///< of an object: bit i of its last eight bytes says that member i was not given, of those
                                     ///< in `defaults`
    std::uint8_t name_size = 0;    ///< of a struct's name
    std::uint16_t count = 0;
    std::uint32_t size = 0;  ///< sizeof
    std::uint32_t id = 0;    ///< of a struct, what tells it from others at compile time

    void (*construct)(void* raw) = nullptr;   ///< T{} in raw memory of `size` bytes
    void (*destroy)(void* object) = nullptr;  ///< null where nothing is to be done

    // What an object has shares its place with what only other kinds have. Which of the two is there is the kind's
    // business; of those that a kind could have, what is not there is null.
    union {
        std::uint64_t required = 0;  ///< of an object; bit i: member i has no default
        const type* element;         ///< of an array, optional, map, converted, or a tuple of equals
    };
    union {
        std::uint64_t defaults =
            0;  ///< of an object; bit i: the default of member i is not in T{}, but read from its words, if it has any
        void* (*append)(void* container);  ///< a new last element (or the value)
    };
    union {
        const member* members = nullptr;
        const enumerator* enumerators;
        const type* const* elements;  ///< of a tuple or variant
    };
    union {
        const char* keys =
            nullptr;  ///< `,"city":,"days":`, and 16 bytes that may be read beyond: name and words, or zeros
        void (*clear)(void* container);  ///< no elements (or no value)
    };
    union {
        const json::constraint* constraints = nullptr;
        const void* (*view)(const void* container, std::size_t& count);  ///< its elements, contiguous
    };
    union {
        const rare_part* rare = nullptr;  ///< one for each member; null if none has words or `resets`
        void (*append_all)(void* container, const void* from, std::size_t n);  ///< copies of numbers that lie in a row
    };
    union {
        bool (*lies_as_computed)() = nullptr;  ///< of a struct in doubt: whether its members are where `members` says
        const json::codec* codec;
        const list_operations* list;  ///< of an array
        const map_operations* map;
        const variant_operations* variant;
        void* (*at)(void* tuple, std::size_t i);
    };

    constexpr std::string_view key(std::size_t i) const noexcept {
        if (!members[i].plain_key) return words(i).name;
        return {keys + members[i].key + 2, static_cast<std::size_t>(members[i].key_length - 3)};
    }
    /// `"name":`, as it stands in a text without blanks.
    constexpr std::string_view key_with_colon(std::size_t i) const noexcept {
        return {keys + members[i].key + 1, members[i].key_length};
    }
    constexpr member_words words(std::size_t i) const noexcept {
        if (!members[i].has_words) return {};
        const rare_part& here = rare[i];
        return {text(here.description, here.examples), text(here.default_text, here.default_end),
                text(here.examples, here.name), text(here.name, here.name_end)};
    }
    /// Of a struct, for `$defs`.
    constexpr std::string_view name() const noexcept {
        const std::size_t begin = count == 0 ? 0 : members[count - 1u].key + members[count - 1u].key_length + 1u;
        return {keys + begin, name_size};
    }
    /// Whether both are tables of one struct. (Not by address: g++ 12 with a sanitizer does not compare those of different
    /// objects at compile time. Two local structs of one name may have one id, so their members are looked at as well.)
    constexpr bool is_struct(const type& other) const noexcept {
        if (id == 0 || id != other.id || count != other.count || size != other.size) return false;
        for (std::size_t i = 0; i < count; ++i)
            if (key(i) != other.key(i) || members[i].of->kind != other.members[i].of->kind) return false;
        return true;
    }
    /// (Asks the kind first: the others have something else in its place.)
    constexpr bool has_codec() const noexcept {
        return (kind == json::kind::text || kind == json::kind::any || kind == json::kind::converted) && codec;
    }
    constexpr bool requires_member(std::size_t i) const noexcept { return (required >> i & 1) != 0; }
    constexpr const type& element_at(std::size_t i) const noexcept { return uniform ? *element : *elements[i]; }

    /// How many types it is made of, and which they are: a walk over everything that a type holds. (No pointer is asked
    /// whether it is null: g++ 12 with a sanitizer does not take that for a constant expression.)
    constexpr std::size_t part_count() const noexcept {
        switch (kind) {
            case kind::object:
            case kind::variant: return count;
            case kind::tuple: return uniform ? 1 : count;
            case kind::map: return 2;
            case kind::optional:
            case kind::array:
            case kind::converted: return 1;
            default: return 0;
        }
    }
    constexpr const type& part(std::size_t i) const noexcept {
        if (kind == kind::object) return *members[i].of;
        if (kind == kind::map && i == 0) return *map->key;
        if (kind == kind::variant) return *elements[i];
        return kind == kind::tuple ? element_at(i) : *element;
    }

private:
    constexpr std::string_view text(std::size_t begin, std::size_t end) const noexcept {
        return {keys + begin, end - begin};
    }
};

constexpr type of_kind(kind k) noexcept {
    type t{};
    t.kind = k;
    return t;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_TYPE_HPP
