// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_JSON_FAULT_TEXT_HPP
#define HAFT_JSON_FAULT_TEXT_HPP

/// The words about faults that the matcher of C++ types and the check of hand-written schemas have in common: whoever reads them
/// can't tell which of the two it was.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace haft::inline v0::json {

/// The members that an object may have, wherever they are kept.
struct member_list {
    std::size_t count = 0;
    const void* kept = nullptr;
    std::string_view (*name)(const void* kept, std::size_t i) = nullptr;
    bool (*missing)(const void* kept, std::size_t i) = nullptr;  ///< required, and not given
    bool (*given)(const void* kept, std::size_t i) = nullptr;
};

/// `no such parameter; did you mean "days"? The parameters are city, days`. `meant` becomes the name that was probably meant.
HAFT_COLD inline std::string unknown_member_text(std::string_view wrong, const member_list& members,
                                                 std::string_view& meant) {
    nearest_name nearest(wrong);
    for (std::size_t i = 0; i < members.count; ++i)
        if (!members.given(members.kept, i)) nearest.consider(members.name(members.kept, i));
    meant = nearest.name();
    // No name is near: what is required and not there yet is what the caller must have meant to give.
    if (meant.empty())
        for (std::size_t i = members.count; i-- > 0;)
            if (members.missing(members.kept, i)) meant = members.name(members.kept, i);
    std::string message = members.count ? "no such parameter" : "no such parameter; there are none";
    append_did_you_mean(message, meant);
    if (members.count == 0) return message;
    append_all(message, {meant.empty() ? "; the parameter" : " The parameter", members.count == 1 ? " is " : "s are "});
    for (std::size_t i = 0; i < members.count; ++i) append_all(message, {i ? ", " : "", members.name(members.kept, i)});
    return message;
}

/// `1 fault`, `3 faults`: all that an error has, told or only counted.
HAFT_COLD inline std::string fault_count(const error& e) {
    const std::size_t n = e.faults.size() + e.more_faults;
    return concat({decimal(n), n == 1 ? " fault" : " faults"});
}

/// `required, but not given; expected integer: how many days`
HAFT_COLD inline std::string missing_member_text(std::string_view want, std::string_view description) {
    std::string message = concat({"required, but not given; expected ", want});
    if (!description.empty()) {
        message += ": ";
        append_echo(message, description);
    }
    return message;
}

}  // namespace haft::inline v0::json

#endif  // HAFT_JSON_FAULT_TEXT_HPP
