// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REGISTRY_CATALOG_HPP
#define HAFT_REGISTRY_CATALOG_HPP

/// What a registry holds at one moment: the tools that are served, and of all others why they are not. It never changes, so a
/// call that has one works on undisturbed while the registry goes on.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/registry/owner.hpp>
#include <haft/registry/owner_record.hpp>
#include <haft/registry/tool_state.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// One tool as a registry knows it.
struct catalog_row {
    const haft::tool* tool = nullptr;  ///< as its owner offers it
    std::string_view name = {};  ///< under which it is served and switched: its own, or with a number from a policy
    const haft::owner* owner = nullptr;
    tool_state state = tool_state::served;
    std::uint32_t served_at =
        0;  ///< its place in `tools()`; of one that is shadowed or an older version, of what is served
    std::uint32_t owner_place = 0;
    const availability* missing = nullptr;  ///< of one that is unavailable: what is not there
};

class catalog {
public:
    /// The tools that a model may call, in the order of their owners (see owner) and there in that of their sets. Under these
    /// names: a policy may have given some a number.
    const toolset& tools() const noexcept { return served_; }
    /// Those of them that go into a first prompt: the ones that are not deferred. [RG-11]
    HAFT_COLD toolset core_tools() const {
        toolset out;
        for (std::size_t i = 0; i < served_.size(); ++i)
            if (!served_[i].deferred) out.add_from(served_, i);
        return out;
    }
    const tool* find(std::string_view name) const noexcept { return served_.find(name); }

    /// Calls a served tool; see tool::call. For any other name the error says why it can't be called.
    result<std::string> call(std::string_view name, std::string_view arguments,
                             const call_options& options = {}) const {
        if (const tool* const t = find(name)) return t->call(arguments, options);
        return not_served(name);
    }
    /// The error for a name that is not served: why not, or the nearest name that is.
    error not_served(std::string_view name) const;

    /// Every tool of every owner, served or not.
    const std::vector<catalog_row>& rows() const noexcept { return rows_; }
    /// The row of a served tool. Requires one of `tools()`.
    const catalog_row& row_of(const tool& served) const noexcept {
        return rows_[row_of_place_[static_cast<std::size_t>(&served - served_.begin())]];
    }
    /// Who offers the tool that is served under that name; null if none is. [RG-06]
    const owner* owner_of(std::string_view name) const noexcept {
        const tool* const t = find(name);
        return t ? row_of(*t).owner : nullptr;
    }

    /// Whether a served tool may run without anybody being asked: its owner says so. Requires one of `tools()`.
    HAFT_COLD bool is_auto_approved(const tool& served) const {
        const catalog_row& row = row_of(served);
        return !row.owner->auto_approved.empty() && row.owner->auto_approved.selects(*row.tool);
    }

    /// Every owner, in the order in which their tools are listed.
    const std::vector<detail::owner_record>& owners() const noexcept { return owners_; }
    const detail::owner_record* find_owner(std::string_view name) const noexcept {
        for (const detail::owner_record& o : owners_)
            if (o.what->name == name) return &o;
        return nullptr;
    }

    /// Whose requirements count; "" if nobody's. [RG-10]
    const std::string& model() const noexcept { return model_; }

    /// Policies at work: tools that took another's name.
    const std::vector<error>& warnings() const noexcept { return warnings_; }
    /// Tools that were refused because of their names.
    const std::vector<error>& refusals() const noexcept { return refusals_; }

private:
    friend class catalog_builder;

    std::string model_;
    std::vector<detail::owner_record> owners_;
    std::vector<catalog_row> rows_;
    toolset served_;
    std::vector<std::uint32_t> row_of_place_;
    std::deque<std::string> given_names_;  // those with a number
    std::vector<error> warnings_;
    std::vector<error> refusals_;
};

}  // namespace haft::inline v0

#endif  // HAFT_REGISTRY_CATALOG_HPP
