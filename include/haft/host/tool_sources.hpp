// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TOOL_SOURCES_HPP
#define HAFT_HOST_TOOL_SOURCES_HPP

/// What a program knows of its tools beyond what they say themselves: which are served, whose they are, what went wrong, and why
/// one is there or not.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/explanation.hpp>
#include <haft/tool/selector.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace haft::inline v0 {
namespace mcp {
class live_offer;
}  // namespace mcp

namespace host {

/// Something that its author should know before anybody uses the tools.
struct problem {
    bool is_error;  ///< a tool that was meant to be there is not; otherwise a warning
    std::string text;
};

class tool_sources {
public:
    /// What is served.
    virtual const toolset& tools() const = 0;
    /// The same and what is not served, as far as it can be looked at.
    virtual const toolset& offered() const { return tools(); }
    /// What is served when only that is wanted. An error: the selection names what there is not.
    virtual result<toolset> select(const selector& wanted) const { return haft::select(tools(), wanted); }
    virtual explanation explain(std::string_view name) const = 0;
    /// Who offers a tool; "" where nobody is said to.
    virtual std::string_view owner_of(const tool&) const { return {}; }
    /// Where a tool runs, for people; "": in this process.
    virtual std::string place_of(const tool&) const { return {}; }
    /// Each once.
    virtual std::vector<problem> problems() const = 0;
    /// What is served as it changes, for an MCP server; of the tools `only` what is wanted, if that is not null. Null: nothing changes.
    virtual std::shared_ptr<mcp::live_offer> live(const selector* only) const {
        (void)only;
        return nullptr;
    }

protected:
    tool_sources() = default;
    tool_sources(const tool_sources&) = default;
    tool_sources& operator=(const tool_sources&) = default;
    ~tool_sources() = default;
};

/// Of a set that a program has put together by itself, which must outlive it. Served is what can be used here, asked once, and is
/// not disabled by default. [RG-08]
class set_sources final : public tool_sources {
public:
    HAFT_COLD explicit set_sources(const toolset& all) : all_(all), missing_(all.size()) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].available) missing_[i] = all[i].available->missing();
            if (!missing_[i] && !all[i].disabled_by_default) served_.add_from(all, i);
        }
    }

    const toolset& tools() const override { return served_; }
    const toolset& offered() const override { return all_; }
    HAFT_COLD result<toolset> select(const selector& wanted) const override {
        result<toolset> chosen = haft::select(all_, wanted);
        if (!chosen) return chosen;
        toolset out;
        for (std::size_t i = 0; i < chosen->size(); ++i) {
            tool named = (*chosen)[i];
            if (!missing(named)) {
                out.add_from(*chosen, i);
                continue;
            }
            named.disabled_by_default = true;  // what is selected all the same was named in full
            if (wanted.selects(named)) return not_served(explain(named.name), served_);
        }
        return out;
    }

    HAFT_COLD explanation explain(std::string_view name) const override {
        explanation out{.name = std::string(name)};
        if (const tool* const t = all_.find(name)) {
            const std::string what = concat(
                {"tool ", in_quotes(name), t->origin ? " of " : "", t->origin ? t->origin->text() : std::string()});
            if (const availability* const lacks = missing(*t)) out.say_missing(what, *lacks);
            else if (t->disabled_by_default) out.say_disabled_by_default(what);
            else out.say_served(what, *t);
        }
        out.say_problems_of(all_);
        out.known = !out.reasons.empty();
        if (!out.known) out.say({served_.no_such_tool(name).message});
        return out;
    }

    HAFT_COLD std::vector<problem> problems() const override {
        std::vector<problem> out;
        for (const error& e : all_.refusals()) out.push_back({true, e.text()});
        for (const error& e : all_.warnings()) out.push_back({false, e.text()});
        return out;
    }

private:
    /// What keeps a tool of the set from being used; null for nothing.
    HAFT_COLD const availability* missing(const tool& t) const {
        return missing_[static_cast<std::size_t>(all_.find(t.name) - all_.begin())];
    }

    const toolset& all_;
    std::vector<const availability*> missing_;  // by place
    toolset served_;
};

}  // namespace host
}  // namespace haft::inline v0

#endif  // HAFT_HOST_TOOL_SOURCES_HPP
