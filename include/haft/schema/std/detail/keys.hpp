// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_SCHEMA_STD_DETAIL_KEYS_HPP
#define HAFT_SCHEMA_STD_DETAIL_KEYS_HPP

/// What maps and sets share, ordered or not.

#include <haft/json/type.hpp>
#include <haft/schema/form.hpp>

#include <algorithm>
#include <concepts>
#include <utility>
#include <vector>

namespace haft::inline v0::schema::detail {

/// Keys that have one text each.
template <class K>
concept key_with_text = form<K>::kind == json::kind::string || form<K>::kind == json::kind::enumeration ||
                        form<K>::kind == json::kind::integer || form<K>::kind == json::kind::text;

template <class T>
concept sortable = requires(const T& a, const T& b) {
    { a < b } -> std::convertible_to<bool>;
};

/// Visits a container in its own order; a hashed one in the order of its keys, where these have one.
template <class Container, class Key, class Visit>
void visit_in_order(const Container& items, Key key, Visit visit) {
    if constexpr (requires { typename Container::hasher; } && sortable<typename Container::key_type>) {
        std::vector<const typename Container::value_type*> sorted;
        sorted.reserve(items.size());
        for (const auto& item : items) sorted.push_back(__builtin_addressof(item));
        std::sort(sorted.begin(), sorted.end(), [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
        for (const auto* item : sorted) visit(*item);
    } else {
        for (const auto& item : items) visit(item);
    }
}

/// Whether a hashed container's bucket for this key is so full that one more would be slow to find.
template <class Container>
bool is_crowded(const Container& items, const typename Container::key_type& key) {
    if constexpr (requires { typename Container::hasher; })
        return items.size() >= json::most_of_one_hash && items.bucket_size(items.bucket(key)) >= json::most_of_one_hash;
    else return false;
}

template <class Map>
struct map_form {
    using key = typename Map::key_type;
    using value = typename Map::mapped_type;
    static constexpr json::kind kind = json::kind::map;
    using parts = type_list<key, value>;
    static constexpr json::type table() {
        if constexpr (!key_with_text<key>) return {};
        else {
            json::type t = json::of_kind(kind);
            t.element = &type_of<value>;
            t.clear = [](void* to) { static_cast<Map*>(to)->clear(); };
            t.map = &operations;
            return t;
        }
    }

private:
    static constexpr json::map_operations operations{
        .key = &type_of<key>,
        .place =
            [](void* map, void* from, void*& value) {
                auto& to = *static_cast<Map*>(map);
                if (detail::is_crowded(to, *static_cast<key*>(from))) return json::placing::crowded;
                const auto [at, fresh] = to.try_emplace(std::move(*static_cast<key*>(from)));
                value = __builtin_addressof(at->second);
                return fresh ? json::placing::done : json::placing::twice;
            },
        .visit =
            [](const void* map, void* user, void (*each)(void* user, const void* key, const void* value)) {
                detail::visit_in_order(
                    *static_cast<const Map*>(map), [](const auto& item) -> const key& { return item.first; },
                    [&](const auto& item) { each(user, __builtin_addressof(item.first), __builtin_addressof(item.second)); });
            }};
};

template <class Set>
struct set_form {
    using element = typename Set::value_type;
    static constexpr json::kind kind = json::kind::array;
    using parts = type_list<element>;
    static constexpr json::type table() {
        json::type t = json::of_kind(kind);
        t.unique = true;
        t.element = &type_of<element>;
        t.clear = [](void* to) { static_cast<Set*>(to)->clear(); };
        t.view = nullptr;
        t.list = &operations;
        return t;
    }

private:
    static constexpr json::list_operations operations{
        .insert =
            [](void* list, void* from) {
                auto& to = *static_cast<Set*>(list);
                if (detail::is_crowded(to, *static_cast<const element*>(from))) return json::placing::crowded;
                return to.insert(std::move(*static_cast<element*>(from))).second ? json::placing::done
                                                                                 : json::placing::twice;
            },
        .visit =
            [](const void* list, void* user, void (*each)(void* user, const void* element)) {
                detail::visit_in_order(
                    *static_cast<const Set*>(list), [](const element& item) -> const element& { return item; },
                    [&](const element& item) { each(user, __builtin_addressof(item)); });
            }};
};

}  // namespace haft::inline v0::schema::detail

#endif  // HAFT_SCHEMA_STD_DETAIL_KEYS_HPP
