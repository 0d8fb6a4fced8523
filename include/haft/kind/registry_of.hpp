// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_KIND_REGISTRY_OF_HPP
#define HAFT_KIND_REGISTRY_OF_HPP

/// Named things of one kind, whatever the kind: models, template loaders, a host's own. [MP-05]

#include <haft/core/concat.hpp>
#include <haft/core/error.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/kind/part.hpp>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// What goes with a thing's name.
struct named_as {
    std::vector<std::string> aliases = {};
    std::string owner = {};  ///< for messages, and for who lists what an owner offers
};

/// What a kind is called, and what happens to two of one name. To be specialised for a kind that wants other words or rules.
template <class Kind>
struct kind_words {
    static constexpr std::string_view name = [] {
        if constexpr (requires { std::string_view(Kind::kind_name); }) return std::string_view(Kind::kind_name);
        else return std::string_view("thing");
    }();
    static constexpr on_duplicate duplicates = [] {
        if constexpr (requires { Kind::duplicates; }) return on_duplicate{Kind::duplicates};
        else return on_duplicate::replace;  // the later one wins, and the earlier one is back when that goes (llm)
    }();
};

/// Named things of one kind, with aliases. Safe from any thread; a thing that was found lives as long as it is held, be it taken
/// out or not. A name beats an alias. [MP-01, MP-05]
template <class Kind>
class registry_of {
public:
    struct entry {
        std::string name;  ///< under which it is found; a policy may have given it a number
        std::vector<std::string> aliases;
        std::string owner;
        std::shared_ptr<Kind> thing;
    };

    registry_of() = default;
    registry_of(const registry_of&) = delete;
    registry_of& operator=(const registry_of&) = delete;

    /// Puts a thing in. Where its name is taken, the kind's policy says what happens (see on_duplicate); a thing that is shadowed
    /// is found again when the other is gone. An error (E0280): an empty name, no thing; E0281: the name is taken.
    result<enlistment> add(std::string name, std::shared_ptr<Kind> thing, named_as as = {}) {
        if (name.empty() || !thing)
            return error{errc::bad_name,
                         concat({"a ", kind_words<Kind>::name, " needs a name and a thing to go by it"})};
        const std::lock_guard guard(all_->mutex);
        if (const entry* const taken = all_->named(name)) {
            if constexpr (kind_words<Kind>::duplicates == on_duplicate::error)
                return error{errc::name_taken,
                             concat({"a ", kind_words<Kind>::name, " named ", in_quotes(name), " is there already",
                                     taken->owner.empty() ? "" : ", from ", taken->owner, "; the second",
                                     as.owner.empty() ? "" : ", from ", as.owner, ", was not added"})};
            if constexpr (kind_words<Kind>::duplicates == on_duplicate::suffix) {
                const std::string base = name;
                for (std::size_t n = 1; all_->named(name); ++n) name = concat({base, "_", decimal(n)});
            }
        }
        const std::uint64_t number = ++all_->numbers;
        all_->entries.push_back(
            {{std::move(name), std::move(as.aliases), std::move(as.owner), std::move(thing)}, number});
        return enlistment([of = std::weak_ptr<state>(all_), number] {
            if (const auto still = of.lock()) {
                std::shared_ptr<Kind> gone;  // let go with nothing locked: its destructor does what it likes
                const std::lock_guard held(still->mutex);
                const auto at = std::find_if(still->entries.begin(), still->entries.end(),
                                             [&](const numbered& one) { return one.number == number; });
                if (at == still->entries.end()) return;
                gone = std::move(at->what.thing);
                still->entries.erase(at);
            }
        });
    }

    /// The thing of that name or alias; null if there is none.
    std::shared_ptr<Kind> find(std::string_view name_or_alias) const {
        const std::lock_guard guard(all_->mutex);
        const entry* const found = all_->known_as(name_or_alias);
        return found ? found->thing : nullptr;
    }
    /// The same; the error (E0282) names the nearest, and what there is.
    result<std::shared_ptr<Kind>> get(std::string_view name_or_alias) const {
        if (auto found = find(name_or_alias)) return found;
        return unknown(name_or_alias);
    }
    /// The error for a name that is not there.
    error unknown(std::string_view name) const {
        const std::vector<entry> known = all();
        nearest_name nearest(name);
        for (const entry& one : known) {
            nearest.consider(one.name);
            for (const std::string& alias : one.aliases) nearest.consider(alias);
        }
        error e{errc::unknown_name, concat({"no ", kind_words<Kind>::name, " is named ", in_quotes(name)})};
        append_did_you_mean(e.message, nearest.name());
        e.message += known.empty() ? "; there is none" : "; there are ";
        for (const entry& one : known) append_all(e.message, {&one == known.data() ? "" : ", ", one.name});
        return e;
    }

    /// All that can be found, by name; aliases that another name or a later alias has taken are left out.
    std::vector<entry> all() const {
        const std::lock_guard guard(all_->mutex);
        std::vector<entry> out;
        for (const numbered& one : all_->entries) {
            if (all_->named(one.what.name) != &one.what) continue;
            out.push_back(one.what);
            std::erase_if(out.back().aliases,
                          [&](const std::string& alias) { return all_->known_as(alias) != &one.what; });
        }
        std::sort(out.begin(), out.end(), [](const entry& a, const entry& b) { return a.name < b.name; });
        return out;
    }

private:
    struct numbered {
        entry what;
        std::uint64_t number;
    };
    struct state {
        mutable std::mutex mutex;
        std::vector<numbered> entries;
        std::uint64_t numbers = 0;

        const entry* named(std::string_view name) const {
            const entry* out = nullptr;
            for (const numbered& one : entries)
                if (one.what.name == name) {
                    out = &one.what;
                    if constexpr (kind_words<Kind>::duplicates == on_duplicate::keep_first) break;
                }
            return out;
        }
        const entry* known_as(std::string_view name) const {
            const entry* out = named(name);
            if (out) return out;
            for (const numbered& one : entries)
                if (named(one.what.name) == &one.what &&
                    std::find(one.what.aliases.begin(), one.what.aliases.end(), name) != one.what.aliases.end())
                    out = &one.what;
            return out;
        }
    };
    std::shared_ptr<state> all_ = std::make_shared<state>();
};

/// A thing of any kind as a part of an owner: `part_of<model>("fast", my_model, {.aliases = {"f"}})`.
template <class Kind>
part part_of(std::string name, std::shared_ptr<Kind> thing, named_as as = {}) {
    part out;
    out.kind = kind_words<Kind>::name;
    out.name = name;
    out.enlist = [name = std::move(name), thing = std::move(thing), as = std::move(as)](kinds& where,
                                                                                        std::string_view owner) {
        named_as mine = as;
        mine.owner = owner;
        return where.get<registry_of<Kind>>().add(name, thing, std::move(mine));
    };
    return out;
}

}  // namespace haft::inline v0

#endif  // HAFT_KIND_REGISTRY_OF_HPP
