// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_CATALOG_BUILDER_HPP
#define HAFT_REGISTRY_CATALOG_BUILDER_HPP

/// From owners and rules to the catalog of what is served. The same owners and rules give the same catalog, in whatever order
/// the owners were added; only which of two tools of one name came first may follow the order of their exposure.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/sorted_places.hpp>
#include <haft/core/text.hpp>
#include <haft/core/version_order.hpp>
#include <haft/registry/catalog.hpp>
#include <haft/kind/on_duplicate.hpp>
#include <haft/registry/owner_record.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace haft::inline v0 {

namespace detail {

/// Whether two tools of one name are versions of one tool. [NX-12]
inline bool are_versions(const tool& a, const tool& b) {
    return !a.version.empty() && !b.version.empty() && compare_versions(a.version, b.version) != 0;
}

/// Of a tool whose name is taken: `name_1`. [RG-03, llm's rule]
HAFT_COLD inline std::string numbered(std::string_view name, std::uint64_t n) {
    return concat({name, "_", decimal(n)});
}

/// What is served of what is offered.
struct catalog_rules {
    on_duplicate duplicates = on_duplicate::error;
    std::vector<std::string> disabled = {};  // names of tools, sorted
    std::vector<std::string> enabled = {};   // and of those that are served though they are disabled by default
    std::optional<selector> selection = {};  // none: everything
};

}  // namespace detail

class catalog_builder {
public:
    HAFT_COLD static std::shared_ptr<const catalog> build(std::vector<detail::owner_record> owners,
                                                          const detail::catalog_rules& rules, std::string model) {
        catalog_builder b(rules);
        b.out_->model_ = std::move(model);
        b.sort(std::move(owners));
        b.list();
        b.settle_names();
        b.serve();
        return std::move(b.out_);
    }

private:
    HAFT_COLD explicit catalog_builder(const detail::catalog_rules& rules)
        : rules_(rules), out_(std::make_shared<catalog>()) {}

    catalog_row& row(std::uint32_t i) { return out_->rows_[i]; }
    const detail::owner_record& record(std::uint32_t i) { return out_->owners_[row(i).owner_place]; }

    HAFT_COLD void sort(std::vector<detail::owner_record> owners) {
        const auto order = sorted_places(owners.size(), &owners, [](const void* all, std::size_t a, std::size_t b) {
            const auto& of = *static_cast<const std::vector<detail::owner_record>*>(all);
            return detail::comes_first(*of[a].what, *of[b].what);
        });
        out_->owners_.reserve(owners.size());
        for (const std::size_t i : order) out_->owners_.push_back(std::move(owners[i]));
    }

    /// A row for each tool, with what its owner and the rules say of it by itself.
    HAFT_COLD void list() {
        std::size_t n = 0;
        for (const detail::owner_record& o : out_->owners_)
            for (const detail::offered_tools& set : o.offer->sets) n += set.tools.size();
        out_->rows_.reserve(n);
        place_of_row_.reserve(n);
        for (std::uint32_t at = 0; at < out_->owners_.size(); ++at) {
            const detail::owner_record& o = out_->owners_[at];
            for (const detail::offered_tools& set : o.offer->sets)
                for (std::size_t i = 0; i < set.tools.size(); ++i) {
                    const tool& t = set.tools[i];
                    const tool_state state = o.state != owner_state::exposed ? tool_state::of_hidden_owner
                                             : set.missing[i]                ? tool_state::unavailable
                                                                             : state_by_rules(t);
                    out_->rows_.push_back({&t, t.name, o.what.get(), state, 0, at, set.missing[i]});
                    place_of_row_.push_back({&set.tools, i});
                }
        }
    }

    bool numbers() const noexcept { return rules_.duplicates == on_duplicate::suffix; }

    HAFT_APART bool is_disabled(std::string_view name) const {
        return std::binary_search(rules_.disabled.begin(), rules_.disabled.end(), name);
    }
    /// Where tools get numbers, the names that one switches are known later: see serve.
    HAFT_APART tool_state state_by_rules(const tool& t) const {
        if (!numbers() && is_disabled(t.name)) return tool_state::disabled;
        const selected judged = rules_.selection        ? rules_.selection->judge(t)
                                : t.disabled_by_default ? selected::disabled_by_default
                                                        : selected::yes;
        if (judged == selected::no) return tool_state::not_selected;
        if (judged == selected::yes || std::binary_search(rules_.enabled.begin(), rules_.enabled.end(), t.name))
            return tool_state::served;
        return tool_state::disabled_by_default;
    }

    /// Gives each name to one row, and where the policy says so a number to the others.
    HAFT_COLD void settle_names() {
        std::vector<std::string_view> contested;
        std::unordered_map<std::string_view, std::vector<std::uint32_t>> rows_of_name;
        for (std::uint32_t i = 0; i < out_->rows_.size(); ++i) {
            if (row(i).state != tool_state::served) continue;
            const auto [it, free] = row_of_name_.try_emplace(row(i).name, i);
            if (free) continue;
            std::vector<std::uint32_t>& all = rows_of_name[row(i).name];
            if (all.empty()) all.push_back(it->second), contested.push_back(row(i).name);
            all.push_back(i);
        }
        for (const std::string_view name : contested) row_of_name_[name] = settle(rows_of_name[name]);
        number();
    }

    /// Of the tools of one name, in the order of listing, the one that has it: the host's own before those of others, the highest
    /// version before lower ones, and then as the policy says.
    HAFT_COLD std::uint32_t settle(std::vector<std::uint32_t>& rows) {
        const auto is_core = [&](std::uint32_t i) { return row(i).owner->core; };
        if (const auto core = std::find_if(rows.begin(), rows.end(), is_core); core != rows.end()) {
            const std::uint32_t winner = *core;
            std::erase_if(
                rows, [&](std::uint32_t i) { return !is_core(i) && (yields(i, winner, tool_state::shadowed), true); });
        }
        std::uint32_t highest = rows.front();
        for (const std::uint32_t i : rows)
            if (row(highest).tool->version.empty() || (!row(i).tool->version.empty() && is_lower(highest, i)))
                highest = i;
        std::erase_if(rows, [&](std::uint32_t i) {
            return detail::are_versions(*row(i).tool, *row(highest).tool) &&
                   (yields(i, highest, tool_state::older_version), true);
        });
        // what was exposed first came first
        std::stable_sort(rows.begin(), rows.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return record(a).exposed_at < record(b).exposed_at; });
        std::uint32_t winner = rows.front();
        for (std::size_t i = 1; i < rows.size(); ++i) winner = dispute(winner, rows[i]);
        return winner;
    }
    bool is_lower(std::uint32_t a, std::uint32_t b) {
        return compare_versions(row(a).tool->version, row(b).tool->version) < 0;
    }

    HAFT_COLD std::uint32_t dispute(std::uint32_t first, std::uint32_t second) {
        switch (rules_.duplicates) {
            case on_duplicate::replace_with_warning: warn(first, second); [[fallthrough]];
            case on_duplicate::replace: return yields(first, second, tool_state::shadowed);
            case on_duplicate::suffix: return numbered_.push_back(second), first;
            case on_duplicate::error: refuse(first, second); [[fallthrough]];
            case on_duplicate::keep_first: break;
        }
        return yields(second, first, tool_state::shadowed);
    }
    std::uint32_t yields(std::uint32_t loser, std::uint32_t winner, tool_state why) {
        row(loser).state = why;
        return winner;
    }
    HAFT_COLD void refuse(std::uint32_t first, std::uint32_t second) {
        out_->refusals_.push_back(
            {errc::duplicate_tool, concat({"two tools are named ", in_quotes(row(first).tool->name), ": that of owner ",
                                           in_quotes(row(first).owner->name), " stays; that of owner ",
                                           in_quotes(row(second).owner->name), " is not served"})});
    }
    HAFT_COLD void warn(std::uint32_t first, std::uint32_t second) {
        out_->warnings_.push_back(
            {errc::duplicate_tool,
             concat({"tool ", in_quotes(row(first).tool->name), " of owner ", in_quotes(row(first).owner->name),
                     " is replaced by that of owner ", in_quotes(row(second).owner->name)})});
    }

    /// The served ones in their order; then those that lost get the place of what is served in their stead.
    HAFT_COLD void serve() {
        out_->served_.reserve(row_of_name_.size() + numbered_.size());
        for (std::uint32_t i = 0; i < out_->rows_.size(); ++i) {
            catalog_row& r = row(i);
            if (r.state == tool_state::served && is_disabled(r.name)) r.state = tool_state::disabled;
            if (r.state != tool_state::served) continue;
            r.served_at = static_cast<std::uint32_t>(out_->served_.size());
            const auto [set, at] = place_of_row_[i];
            const result<void> added =
                r.name == r.tool->name ? out_->served_.add_from(*set, at) : out_->served_.add_from(*set, at, r.name);
            if (added) out_->row_of_place_.push_back(i);
            else r.state = tool_state::shadowed;  // (a number made the name too long)
        }
        for (catalog_row& r : out_->rows_)
            if (r.state == tool_state::shadowed || r.state == tool_state::older_version)
                if (const auto it = row_of_name_.find(r.tool->name); it != row_of_name_.end())
                    r.served_at = row(it->second).served_at;
    }

    /// `name_1` and so on for those whose name is taken, in the order in which they were exposed. No number makes a name that
    /// a tool has by itself, served or not.
    HAFT_COLD void number() {
        if (numbered_.empty()) return;
        std::unordered_set<std::string_view> taken;
        for (const catalog_row& r : out_->rows_) taken.insert(r.name);
        std::stable_sort(numbered_.begin(), numbered_.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return record(a).exposed_at < record(b).exposed_at; });
        for (const std::uint32_t i : numbered_) {
            std::uint64_t n = 1;
            std::string name;
            do name = detail::numbered(row(i).tool->name, n++);
            while (taken.contains(name));
            row(i).name = out_->given_names_.emplace_back(std::move(name));
            taken.insert(row(i).name);
        }
    }

    struct tool_place {
        const toolset* set;
        std::size_t at;
    };

    const detail::catalog_rules& rules_;
    std::shared_ptr<catalog> out_;
    std::vector<tool_place> place_of_row_;
    std::unordered_map<std::string_view, std::uint32_t> row_of_name_;
    std::vector<std::uint32_t> numbered_;
};

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_CATALOG_BUILDER_HPP
