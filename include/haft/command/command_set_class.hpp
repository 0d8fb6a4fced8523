// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_COMMAND_COMMAND_SET_CLASS_HPP
#define HAFT_COMMAND_COMMAND_SET_CLASS_HPP

/// The class command_set. Include <haft/command/command_set.hpp>, which knows how it does what it does.

#include <haft/command/command.hpp>
#include <haft/command/command_entry.hpp>
#include <haft/command/command_help.hpp>
#include <haft/command/command_outcome.hpp>
#include <haft/command/complete.hpp>
#include <haft/command/kept_command.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/tool/parameters.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {

/// Commands by name and alias. Safe from any thread: a command runs on the thread that gives it, under no lock, so it may
/// itself add, withdraw, dispatch and shut down. One that is withdrawn while it runs runs on, kept alive. In a registry it is
/// `registry.get<haft::command_set>()`.
class command_set {
public:
    command_set() = default;
    explicit command_set(on_duplicate policy) { resolve_duplicates(policy); }
    command_set(const command_set&) = delete;
    command_set& operator=(const command_set&) = delete;

    /// Puts a command in, its aliases with it; the handle takes all of them out. Of two commands of one name (an alias is a
    /// name, too) the policy says what happens; `owner.command` leads to each that is in. What it points to must live as long
    /// as the set, or be owned by `keeper`. Errors: E0306 a name that is not legal, no function; E0305 a name that is taken;
    /// E0304 the set is shut down.
    HAFT_LARGE result<enlistment> add(const command& what, command_added_as as = {});

    /// The same of any callable, state and all: the set owns it. Its parameters are those of make_command; `Names` names plain
    /// ones, as in haft::make. The texts are copied.
    template <const auto& Names = detail::no_names, class F>
    result<enlistment> add(const command_about& words, F callable, command_added_as as = {}) {
        return add_kept(detail::keep_command<Names>(words, std::move(callable)), std::move(as));
    }

    /// What happens from now on where two want one name. At first `on_duplicate::error`: a command that means another thing
    /// tomorrow is worse than one that is refused (in gptme and jaato the last one wins).
    HAFT_COLD void resolve_duplicates(on_duplicate policy) {
        const std::lock_guard guard(all_->mutex);
        all_->policy = policy;
        all_->publish(all_->table->entries);
    }
    /// Names that one command took from another, under `on_duplicate::replace_with_warning`.
    std::vector<error> warnings() const {
        const std::lock_guard guard(all_->mutex);
        return all_->warnings;
    }

    /// Runs what somebody typed, if it is a command. It throws nothing; what fails is the outcome's problem, which says what
    /// to type instead. A name is a command's, its alias, or `owner.command`; else, if the host gave some, a tool's. It has to
    /// be whole: a prefix would mean something else as soon as another command is there. Nothing goes to a shell.
    HAFT_LARGE command_outcome dispatch(std::string_view text, const dispatch_options& options = {}) const;

    /// What may stand at the end of a line that is being typed; nothing if it is no command.
    command_completions complete(std::string_view partial_line, bool help = true) const;

    /// Lists all commands, by name.
    std::vector<command_row> rows() const {
        const table_pointer now = table();
        return detail::rows_of(*now);
    }
    /// The list for people: each command once, its aliases beside it.
    std::string help() const {
        const table_pointer now = table();
        return detail::help_of(*now);
    }
    /// About one command, by name, alias or qualified name. E0301: there is none, and which is nearest.
    HAFT_LARGE result<std::string> help(std::string_view name) const;
    /// The commands as a tree of words, for a host that makes sub-commands of its own of them.
    command_node tree() const {
        const table_pointer now = table();
        return detail::tree_of(*now);
    }
    /// The command of that name, alias or qualified name; null if there is none.
    command_pointer find(std::string_view name) const {
        const table_pointer now = table();
        return now->find(name);
    }

    /// From now on nothing is run, completed or added. What runs goes on.
    void shut_down() noexcept {
        const std::lock_guard guard(all_->mutex);
        all_->closed = true;
    }
    bool is_shut_down() const noexcept {
        const std::lock_guard guard(all_->mutex);
        return all_->closed;
    }

private:
    using table_pointer = std::shared_ptr<const detail::command_table>;
    struct state {
        mutable std::mutex mutex;
        on_duplicate policy = on_duplicate::error;
        bool closed = false;
        std::uint64_t numbers = 0;
        table_pointer table =
            std::make_shared<detail::command_table>(std::vector<command_pointer>(), on_duplicate::error);
        std::vector<error> warnings;

        void publish(std::vector<command_pointer> entries) {
            table = std::make_shared<detail::command_table>(std::move(entries), policy);
        }
    };

    table_pointer table() const {
        const std::lock_guard guard(all_->mutex);
        return all_->table;
    }
    HAFT_LARGE result<enlistment> add_kept(std::shared_ptr<const detail::kept_words> kept, command_added_as as);

    std::shared_ptr<state> all_ = std::make_shared<state>();
};

inline command_completions command_set::complete(std::string_view partial_line, bool help) const {
    table_pointer now;
    {
        const std::lock_guard guard(all_->mutex);
        if (all_->closed) return {};
        now = all_->table;
    }
    try {
        return detail::completing(*now, partial_line, help).complete();
    } catch (...) { return {}; }  // of a completer
}

}  // namespace haft::inline v0

#endif  // HAFT_COMMAND_COMMAND_SET_CLASS_HPP
