// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_TOOL_SOURCES_HPP
#define HAFT_HOST_TOOL_SOURCES_HPP

/// What a program knows of its tools beyond what they say themselves: whose they are, and why one is there or not.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/text.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0::host {

/// Why something of that name is there, or is not.
struct reasons {
    bool known = false;
    bool served = false;
    std::vector<std::string> sentences;
};

class tool_sources {
public:
    virtual reasons explain(std::string_view name) const = 0;
    /// Who offers a tool; "" where nobody is said to.
    virtual std::string_view owner_of(const tool&) const { return {}; }

protected:
    tool_sources() = default;
    tool_sources(const tool_sources&) = default;
    tool_sources& operator=(const tool_sources&) = default;
    ~tool_sources() = default;
};

/// Of a set that a program has put together by itself.
class set_sources final : public tool_sources {
public:
    explicit set_sources(const toolset& tools) : tools_(tools) {}

    HAFT_COLD reasons explain(std::string_view name) const override {
        reasons out;
        if (const tool* const t = tools_.find(name)) {
            out.served = true;
            out.sentences.push_back(concat({"tool ", in_quotes(name), t->origin ? " of " : "",
                                            t->origin ? t->origin->text() : std::string(), " is served"}));
        }
        const std::string quoted = in_quotes(name);
        for (const auto* told : {&tools_.refusals(), &tools_.warnings()})
            for (const error& e : *told)
                if (e.message.find(quoted) != std::string::npos) out.sentences.push_back(e.text());
        out.known = !out.sentences.empty();
        if (!out.known) out.sentences.push_back(tools_.no_such_tool(name).message);
        return out;
    }

private:
    const toolset& tools_;
};

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_TOOL_SOURCES_HPP
