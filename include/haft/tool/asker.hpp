// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TOOL_ASKER_HPP
#define HAFT_TOOL_ASKER_HPP

/// Who answers what a running tool asks: the person at a client, its model, the client itself. (tool/ask.hpp has what tools use.)

#include <haft/core/result.hpp>

#include <string>
#include <string_view>

namespace haft::inline v0 {

enum class question_kind : unsigned char {
    form,    ///< elicitation/create: a person fills in a form
    url,     ///< elicitation/create: a person does something in a browser, which nobody else sees
    sample,  ///< sampling/createMessage: the client's model says something
    roots,   ///< roots/list: the folders that the client works in
};

/// Something that a tool wants to know, as MCP's request for it.
struct question {
    question_kind kind = question_kind::form;
    std::string key = {};     ///< tells it from the others of the same call
    std::string params = {};  ///< a JSON object
    std::string from = {};    ///< who asks, where it is not the tool itself: the MCP server behind it
};

/// Answers the questions of one call. A question whose answer is not there yet is kept, to be asked when the call has ended; the
/// tool runs again from its beginning when the answers are there. Used on the thread that runs the tool.
class asker {
public:
    /// The answer, a JSON object; it stays while the tool runs. An error: it is not there yet (E0473), nobody can be asked that
    /// (E0474), nobody answered (E0476).
    virtual result<std::string_view> ask(question q) = 0;
    /// What an earlier run of the same call has kept; "" in the first.
    virtual std::string_view state() const noexcept = 0;
    virtual void keep(std::string state) = 0;

protected:
    ~asker() = default;
};

}  // namespace haft::inline v0

#endif  // HAFT_TOOL_ASKER_HPP
