// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_PART_HPP
#define HAFT_COMMAND_COMMAND_PART_HPP

/// A command as a part of an owner: it comes and goes with it. [CM-01]

#include <haft/command/command_set.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/part.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// `owner.parts.push_back(haft::command_part(haft::make_command<&weather>({…})))`. Its owner's name is put into `as`.
inline part command_part(const command& what, command_added_as as = {}) {
    part out;
    out.kind = "command";
    out.name = what.name;
    out.enlist = [what, as = std::move(as)](kinds& where, std::string_view owner) {
        command_added_as mine = as;
        mine.owner = owner;
        return where.get<command_set>().add(what, std::move(mine));
    };
    return out;
}

/// The same of any callable with its state, of which the part keeps one; see command_set::add.
template <const auto& Names = detail::no_names, class F>
part command_part(const command_about& words, F callable, command_added_as as = {}) {
    std::shared_ptr<const detail::kept_words> kept = detail::keep_command<Names>(words, std::move(callable));
    const command what = kept->what;
    as.keeper = std::make_shared<std::pair<std::shared_ptr<const void>, std::shared_ptr<const void>>>(
        std::move(kept), std::move(as.keeper));
    return command_part(what, std::move(as));
}

/// A part for each, such as of compiled_in_commands().
inline std::vector<part> command_parts(const std::vector<command>& all) {
    std::vector<part> out;
    for (const command& one : all) out.push_back(command_part(one));
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_PART_HPP
