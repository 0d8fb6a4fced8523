// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_REGISTRY_CLASS_HPP
#define HAFT_REGISTRY_REGISTRY_CLASS_HPP

/// The class registry. Include <haft/registry/registry.hpp>, which has the definitions as well.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/glob.hpp>
#include <haft/core/nearest.hpp>
#include <haft/core/published.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/kind/enlistment.hpp>
#include <haft/kind/kinds.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/registry/catalog_builder.hpp>
#include <haft/registry/change.hpp>
#include <haft/registry/make_offer.hpp>
#include <haft/registry/owner.hpp>
#include <haft/registry/owner_record.hpp>
#include <haft/registry/path_grants.hpp>
#include <haft/registry/source.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0 {

struct registry_options {
    on_duplicate tools = on_duplicate::error;   ///< two exposed tools of one name
    on_duplicate owners = on_duplicate::error;  ///< two owners of one name; a number is no way out for them
    std::string model = {};                     ///< whose requirements count; "": nobody's
};

/// A tool as a person who switches tools on and off sees it. [RG-09]
struct tool_status {
    std::string name;
    std::string description;
    bool enabled;
    std::string owner;
};

/// An owner that was not exposed since the model does not suit it. [RG-10]
struct skipped_owner {
    std::string name;
    std::vector<std::string> models;  ///< what it wants
};

/// What has come of exposing many.
struct exposure_report {
    std::vector<std::string> exposed;
    std::vector<skipped_owner> skipped;
    std::vector<error> failed;  ///< each names its owner; the others went on
};

/// Safe from any thread. Changes wait for each other; reading (snapshot, call, a registry_reader) waits for no change, and no
/// change for a call: each works on the catalog that it found. What an owner runs (its questions, initialize, shutdown) may use
/// the registry. A change that ends in an error, or for want of memory in std::bad_alloc, has changed nothing that is served; but
/// what was shut down to be exposed with another configuration, and then failed, stays hidden.
///
/// An owner is shut down when nobody is served its tools any more: after the change (or the batch) that hides it, on that thread,
/// with nothing locked. It may wait for its running calls there.
class registry {
public:
    HAFT_COLD explicit registry(registry_options options = {})
        : options_(std::move(options)),
          sources_(compiled_in_sources()),
          published_(catalog_builder::build({}, {}, options_.model)) {
        state_.model = options_.model;
        state_.rules.duplicates = options_.tools;
    }
    registry(const registry&) = delete;
    registry& operator=(const registry&) = delete;
    /// Shuts down what is exposed, last exposed first.
    HAFT_COLD ~registry() {
        try {
            unexpose_all();
        } catch (...) {}  // no memory even for that
    }

    // --- reading

    /// What there is at this moment. It stays as it is, and what it points to stays alive, as long as somebody holds it.
    std::shared_ptr<const catalog> snapshot() const { return published_.get(); }
    /// Grows with each change.
    std::uint64_t generation() const noexcept { return published_.generation(); }
    /// Both, belonging together.
    std::shared_ptr<const catalog> snapshot(std::uint64_t& generation) const { return published_.get(generation); }
    /// Calls a tool that is served at this moment; it may vanish from the registry meanwhile. See catalog::call.
    result<std::string> call(std::string_view name, std::string_view arguments,
                             const call_options& options = {}) const {
        return snapshot()->call(name, arguments, options);
    }

    /// What owners and the host offer beside tools, by kind: `registry.get<haft::registry_of<haft::model>>()`. Made when first
    /// asked for, gone with the registry. [MP-05]
    template <class Kind>
    Kind& get() {
        return kinds_.get<Kind>();
    }
    kinds& all_kinds() noexcept { return kinds_; }

    // --- owners

    /// Makes an owner known; nothing of it runs and no model sees it until it is exposed. Refused are a name that is not legal
    /// and, unless the policy says otherwise, one that is known. [RG-02]
    result<void> add(owner o);
    /// The same, and exposes it with that configuration; if that can't be, it stays known.
    result<bool> add_exposed(owner o, std::string_view config = {});
    /// Takes an owner out, tools and all. False if there is none of that name. Calls that run go on.
    bool remove(std::string_view owner_name);

    /// Adds tools of the host's own, served at once, to the owner "host": whatever toolset::add takes. A name that is taken there
    /// goes by the policy for tools. A host that was unexposed is exposed again. [RG-02, Qanot's `register`]
    template <class... Arguments>
    result<void> add_tool(Arguments&&... arguments) {
        toolset added;
        if (result<void> done = added.add(std::forward<Arguments>(arguments)...); !done) return done;
        return add_to_host(added);
    }
    template <class... More>
    result<void> add_tool(std::string_view name, const about& words, More&&... more) {
        toolset added;
        if (result<void> done = added.add(name, words, std::forward<More>(more)...); !done) return done;
        return add_to_host(added);
    }
    /// Takes a tool out again that add_tool has added. False if there is none.
    bool remove_tool(std::string_view name);

    // --- discovery

    /// Looks for owners of a kind ("tool", "toolbox", or one of an added source) and makes those known that are new; exposes
    /// nothing. Gives their names, sorted. An unknown kind is an error that lists the kinds; what a source throws is kept in
    /// `problems()`, and the others go on. [DC-10, RG-01]
    result<std::vector<std::string>> discover(std::string_view kind = "tool");
    void add_source(source s);

    // --- exposure [RG-04]

    /// Lets models see an owner's tools. True if they do now; false if the owner does not suit the model. An error: no such
    /// owner (the known ones are named), not available here (and what to do), it failed, a tool of it has the name of another
    /// owner's, `config` is no JSON object. Exposed already: with no or the same configuration nothing happens, with another
    /// it is hidden, shut down and initialised anew; within a batch that is an error.
    result<bool> expose(std::string_view owner_name, std::string_view config = {});
    /// False if no such owner is exposed.
    bool unexpose(std::string_view owner_name);
    using progress_function = std::function<void(std::string_view owner, std::size_t done, std::size_t of)>;
    /// Exposes every known owner, in the order of listing, as one change; `configs` is a JSON object with a configuration for each
    /// name. Those that are exposed with another configuration are hidden and shut down before.
    exposure_report expose_all(std::string_view configs = {}, const progress_function& progress = {});
    void unexpose_all();
    HAFT_COLD bool is_exposed(std::string_view owner_name) const {
        const auto now = snapshot();
        const detail::owner_record* const o = now->find_owner(owner_name);
        return o && o->state == owner_state::exposed;
    }
    /// The names of the owners that are known, in the order of listing; of one kind or of all.
    HAFT_COLD std::vector<std::string> list_available() const {
        return names_where([](const detail::owner_record&) { return true; });
    }
    HAFT_COLD std::vector<std::string> list_exposed() const {
        return names_where([](const detail::owner_record& o) { return o.state == owner_state::exposed; });
    }

    // --- models [RG-10]

    /// Whose requirements count from now on. Forgets what was skipped; exposes and hides nothing, which reevaluate() does.
    void set_model(std::string_view name);
    std::string model() const { return snapshot()->model(); }
    std::vector<skipped_owner> skipped() const;
    /// Asks again what depends on the model, on what is available and on the names of others: hides what no longer fits, exposes
    /// what was kept from it and fits now, and serves the tools that toolboxes have been given meanwhile.
    exposure_report reevaluate();
    /// Of one owner only: serves what tools it has now (owner::tools_now, toolboxes). False if no such owner is exposed.
    bool refresh(std::string_view owner_name);

    // --- one by one [RG-09]

    /// Takes a tool away from models, whoever owns it; where a policy numbers tools, the one that is served under that name.
    /// False if nobody has one of that name.
    bool disable_tool(std::string_view name);
    /// Gives it back, also one that is disabled by default. False if nobody has one of that name.
    bool enable_tool(std::string_view name);
    /// How many tools it was that this changed.
    std::size_t disable_all_tools();
    std::size_t enable_all_tools();
    /// The tools of exposed owners, in the order of listing, under the names that switch them.
    std::vector<tool_status> list_tools() const;

    /// Serves only what the selection selects, from now on. An error if it names what nobody has. [RG-07]
    result<void> select(selector wanted);
    void select_all();

    // --- questions

    /// Names of served tools that may run without anybody being asked. [RG auto-approval]
    std::vector<std::string> auto_approved_tools() const;
    /// The served tools with that trait (a tag of theirs). [RG-12]
    std::vector<std::string> tools_with_trait(std::string_view trait) const;
    /// The traits of a served tool; none of one that is not known.
    std::vector<std::string> traits_of(std::string_view tool_name) const;
    std::vector<std::string> owners_with_trait(std::string_view trait) const;
    /// Where owners' tools may go in the file system. [RG-12]
    path_grants& paths() noexcept { return paths_; }

    /// What went wrong without anybody to tell: sources and shutdowns that threw.
    std::vector<error> problems() const;

    /// Calls `f` after each change, on the thread of the change, with nothing of the registry locked; `f` itself never on two
    /// threads at once. Changes of several threads may be told in another order than they came: `generation` tells.
    subscription on_change(std::function<void(const registry_change&)> f) { return listeners_.add(std::move(f)); }

    /// Several changes as one: models and listeners see the last of them only, and what it hides is shut down after it. What `f`
    /// throws takes all of them back.
    template <class F>
    void batch(F f) {
        change_guard guard(*this);
        state before = state_;
        const std::size_t leaving = leaving_.size();
        ++batches_;
        try {
            f();
            if (--batches_ == 0) publish(state_);
        } catch (...) {
            if (batches_) --batches_;
            take_back(before, leaving);
            throw;
        }
    }

    /// While one lives, listeners of `on_change` are told nothing, and then all that has changed as one change. What is served changes at
    /// once all the same: this is for who takes something out and brings it back.
    class together_told {
    public:
        HAFT_COLD explicit together_told(registry& of) : of_(of) {
            const change_guard guard(of_);
            ++of_.quiet_;
        }
        together_told(const together_told&) = delete;
        together_told& operator=(const together_told&) = delete;
        HAFT_COLD ~together_told() {
            const change_guard guard(of_);
            --of_.quiet_;
        }

    private:
        registry& of_;
    };

private:
    /// What has been asked for. Copied for a change and put in place when nothing can fail any more.
    struct state {
        std::vector<detail::owner_record> owners;
        detail::catalog_rules rules;
        std::string model;
        std::uint64_t exposures = 0;

        HAFT_COLD detail::owner_record* find(std::string_view name) {
            for (detail::owner_record& o : owners)
                if (o.what->name == name) return &o;
            return nullptr;
        }
    };

    /// An owner that is served no longer, from then until its shutdown is over; or one that is taken out.
    struct leaving_owner {
        std::shared_ptr<const owner> what;
        bool was_exposed = true;
        bool removed = false;
        std::shared_ptr<std::vector<enlistment>> enlisted = {};  ///< its parts, taken out before it is shut down
        std::thread::id on = {};                                 ///< whose thread shuts it down just now
        bool failed = false;                                     ///< it never was exposed, so no batch takes it back
    };

    /// Makes changes wait for each other. The last to go shuts down what has been hidden, and tells the listeners what was published.
    class change_guard {
    public:
        HAFT_COLD explicit change_guard(registry& r) : registry_(r), lock_(r.mutex_) { ++r.changes_; }
        HAFT_COLD ~change_guard() {
            if (is_outermost()) registry_.see_off(*this);
            if (--registry_.changes_ != 0 || registry_.quiet_ != 0) return;
            const std::optional<registry_change> told = std::exchange(registry_.untold_, std::nullopt);
            lock_.unlock();
            if (told) registry_.listeners_.tell(*told);
        }
        bool is_outermost() const noexcept { return registry_.changes_ == 1; }
        /// Runs something while other threads may change the registry. Requires that it is the outermost.
        template <class F>
        void while_unlocked(F f) noexcept {
            registry_.changes_ = 0;
            lock_.unlock();
            f();
            lock_.lock();
            registry_.changes_ = 1;
        }
        /// Lets other threads change the registry until one of them has shut an owner down. Requires that it is the outermost.
        void wait() {
            registry_.changes_ = 0;
            registry_.has_left_.wait(lock_);
            registry_.changes_ = 1;
        }

    private:
        registry& registry_;
        std::unique_lock<std::recursive_mutex> lock_;
    };

    /// Puts a new state in place, together with its catalog. Within a batch the catalog comes at its end.
    void commit(state next);
    void publish(const state& of);
    void take_back(state& before, std::size_t leaving) noexcept;

    /// Puts a state in place in which an owner is exposed no longer, or is there no longer.
    void commit_without(state next, leaving_owner gone);
    void see_off(change_guard& guard) noexcept;
    result<void> wait_until_gone(change_guard& guard, const owner& o);

    result<void> add_to_host(const toolset& added);
    result<void> add_to_host(const toolset& added, std::size_t at);
    result<bool> expose(std::shared_ptr<const owner> what, std::string_view config);
    /// Whether a tool of the offer has the name of another one, and the policy forbids it.
    result<void> check_names(const owner& o, const detail::offer& offered, std::string_view consequence) const;
    bool suits_model(const owner& o) const;
    /// Whether it is still that owner which goes by its name.
    bool is_known(const owner& o) {
        const detail::owner_record* const known = state_.find(o.name);
        return known && known->what.get() == &o;
    }
    bool is_known_tool(std::string_view name) const;
    void shut_down(const owner& o) noexcept;
    result<void> enlist_parts(const owner& o, std::vector<enlistment>& into);
    void let_go(std::shared_ptr<const owner> failed, bool initialized,
                std::shared_ptr<std::vector<enlistment>> enlisted) noexcept;
    void tell_problem(error e) noexcept;
    result<bool> not_exposed(const owner& what, owner_state why, std::string_view config, error problem);
    void look_again(std::string_view owner_name);
    static void tell(exposure_report& report, const owner& o, result<bool> exposed);
    std::vector<std::string> names_in_order() const;
    error unknown_owner(std::string_view name) const;
    /// Calls `f` with the name of each tool that an owner has or will have, exposed or not.
    template <class F>
    void for_each_tool_name(F f) const;

    template <class Wanted>
    std::vector<std::string> names_where(Wanted wanted) const {
        std::vector<std::string> out;
        for (const auto now = snapshot(); const detail::owner_record& o : now->owners())
            if (wanted(o)) out.push_back(o.what->name);
        return out;
    }

    const registry_options options_;
    kinds kinds_;
    mutable std::recursive_mutex mutex_;  // held for changes, never for a call
    state state_;
    std::vector<source> sources_;
    mutable std::mutex problems_mutex_;
    std::vector<error> problems_;
    std::vector<const owner*> exposing_;  // whose code runs just now
    std::vector<leaving_owner> leaving_;
    std::condition_variable_any has_left_;
    unsigned changes_ = 0;  // of the thread that holds the mutex
    unsigned batches_ = 0;
    unsigned quiet_ = 0;  // how many together_told there are
    std::optional<registry_change> untold_;
    detail::published<catalog> published_;
    detail::listeners listeners_;
    path_grants paths_;
};

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_REGISTRY_CLASS_HPP
