// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_READ_CONTAINERS_HPP
#define HAFT_JSON_READ_CONTAINERS_HPP

/// What the matcher does with the containers whose elements can't be read in place, and with alternatives; the rest of it stands in
/// reader_class.hpp.

#include <haft/json/reader_class.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace haft::inline v0::json {

/// Of a container whose elements are made apart and moved in.
inline bool reader::list(const type& t, void* to, const constraint* c) {
    if (!in_.at('[')) return mismatch(t, c);
    const std::size_t at = offset();
    if (!in_.enter('[')) return false;
    t.clear(to);
    place here = place::in_array(faults_.here());
    faults_.enter(here);
    const std::size_t room = faults_.narrow(most_faults_of_an_array);
    std::size_t most = most_items(c);
    slot<128> element(*t.element);
    for (bool first = true; in_.next(']', first); ++here.index) {
        if (here.index >= most) {
            if (!in_.skip()) break;
            continue;
        }
        const std::size_t element_at = offset();
        const std::size_t before = faults_.count();
        void* const made = element.make();
        if (!value(*t.element, made, nullptr)) break;
        if (faults_.count() != before) continue;
        const placing placed = t.list->insert(to, made);
        if (placed == placing::twice) explain_given_twice(faults_, element_at);
        if (placed == placing::crowded) explain_crowded(faults_, "items", element_at), most = 0;
    }
    if (in_.problem()) return broken_text();
    faults_.leave();
    faults_.widen(room);
    return items_counted(t, c, here.index, at);
}

inline bool reader::tuple(const type& t, void* to) {
    if (!in_.at('[')) return mismatch(t, nullptr);
    const std::size_t at = offset();
    if (!in_.enter('[')) return false;
    place here = place::in_array(faults_.here());
    faults_.enter(here);
    const std::size_t room = faults_.narrow(most_faults_of_an_array);
    for (bool first = true; in_.next(']', first); ++here.index)
        if (here.index >= t.count ? !in_.skip() : !value(t.element_at(here.index), t.at(to, here.index), nullptr))
            break;
    if (in_.problem()) return broken_text();
    faults_.leave();
    faults_.widen(room);
    if (here.index != t.count) explain_count(faults_, t, nullptr, here.index, at);
    return true;
}

inline bool reader::map(const type& t, void* to, const constraint* c) {
    if (!in_.at('{')) return mismatch(t, c);
    const std::size_t at = offset();
    if (!in_.enter('{')) return false;
    t.clear(to);
    place here = place::at_key(faults_.here(), {});
    faults_.enter(here);
    const std::size_t room = faults_.narrow(most_faults_of_an_array);
    std::size_t most = most_items(c);
    std::size_t n = 0;
    std::string name;
    slot<64> key(*t.map->key);
    for (bool first = true; in_.next('}', first); ++n) {
        here.key = {};
        const std::size_t key_at = offset();
        lexer::string_token token;
        if (!in_.key(token)) break;
        name.clear();
        lexer::decode(token, name);
        here.key = name;
        if (token.raw.size() > limits_.max_string_bytes) {
            explain_too_large(faults_, "a key of", token.raw.size(), "bytes", limits_.max_string_bytes, key_at);
            if (!in_.skip()) break;
            continue;
        }
        if (n >= most) {
            if (!in_.skip()) break;
            continue;
        }
        std::string why;
        void* const made = key.make();
        if (!read_key(*t.map->key, name, made, why)) {
            explain_key(faults_, *t.map->key, name, why, key_at);
            if (!in_.skip()) break;
            continue;
        }
        void* at_value = nullptr;
        const placing placed = t.map->place(to, made, at_value);
        if (placed != placing::done) {
            if (placed == placing::crowded) explain_crowded(faults_, "keys", key_at), most = 0;
            else if (!faults_.only_counted()) faults_.add(errc::duplicate_key, "given twice", key_at);
            if (!in_.skip()) break;
            continue;
        }
        // `name` is filled anew only after the value was read: keys within stand in strings of their own
        if (!value(*t.element, at_value, nullptr)) break;
    }
    if (in_.problem()) return broken_text();
    faults_.leave();
    faults_.widen(room);
    return items_counted(t, c, n, at);
}

inline bool reader::variant(const type& t, void* to, const constraint* c) {
    const char first = in_.here();
    std::size_t fitting = 0, only = 0;
    for (std::size_t i = 0; i < t.count; ++i)
        if (may_begin(*t.elements[i], first)) ++fitting, only = i;
    // Where only one comes into question, its own faults say most.
    if (fitting == 1) return value(*t.elements[only], t.variant->emplace(to, only), c);
    if (fitting == 0 && !lenient_) return mismatch(t, c);
    const lexer start = in_;
    const std::size_t at = offset();
    const std::size_t notes_before = rare_ ? rare_->notes.size() : 0;
    const std::size_t more_notes_before = rare_ ? rare_->more_notes : 0;
    const bool lenient = std::exchange(lenient_, false);
    // In lenient mode the exact readings come first.
    for (unsigned round = 0; round < (lenient ? 2u : 1u); ++round, lenient_ = lenient) {
        for (std::size_t i = 0; i < t.count; ++i) {
            if (round == 0 && !may_begin(*t.elements[i], first)) continue;
            in_ = start;
            const std::size_t before = faults_.count();
            faults_.mute();
            const bool whole = value(*t.elements[i], t.variant->emplace(to, i), c);
            const bool fits = whole && faults_.count() == before;
            faults_.unmute(before);
            if (fits) return lenient_ = lenient, true;
            if (rare_) {
                rare_->notes.resize(notes_before);
                rare_->more_notes = more_notes_before;
            }
            if (!whole && (broken_ || in_.problem())) return broken_text();  // no alternative can mend the text
            const std::size_t walked = in_.offset() - start.offset();
            if (walked > retries_left_) return exhausted(start);
            retries_left_ -= walked;
        }
    }
    lenient_ = lenient;
    in_ = start;
    std::string_view got;
    if (!in_.skip(got)) return broken_text();
    explain_no_alternative(faults_, t, got, at);
    return true;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_READ_CONTAINERS_HPP
