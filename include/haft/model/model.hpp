// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_MODEL_HPP
#define HAFT_MODEL_MODEL_HPP

/// A language model as whoever talks to one sees it: what it can do, what it is asked, what it replies. No network here: a model
/// is whatever implements this.

#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/format/name.hpp>
#include <haft/tool/message.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace haft::inline v0 {

/// What a model is and can do. [MP-03, MP-04]
struct model_info {
    std::string id = {};  ///< `gpt-4.1-mini`; of a provider's model `provider/model`
    std::string provider = {};
    std::uint64_t context = 0;  ///< tokens that a request and its reply may have together; 0: unknown
    bool supports_tools = true;
    bool supports_schema = false;  ///< replies by a JSON Schema
    bool can_stream = false;
    std::vector<std::string> attachment_types = {};   ///< media types it can be shown, `image/*` for all of a kind
    std::vector<std::string> server_side_tools = {};  ///< tools that its provider runs, by name
};

/// One question: a whole talk, and what the model may use.
struct model_request {
    std::string system = {};
    std::vector<message> messages = {};
    const formats::name_map* tools = nullptr;         ///< what it may call; null: nothing. Must outlive the request
    std::vector<std::string> server_side_tools = {};  ///< of those that the model claims: sent, never run here [MP-04]
    std::string schema = {};                          ///< JSON Schema of the reply; "": it is free
    std::string options = {};                         ///< a JSON object of further members, such as `{"temperature":0}`
    stop_token stop = {};
};

struct token_usage {
    std::uint64_t input = 0;
    std::uint64_t output = 0;
};

struct model_reply {
    message reply = {.role = role::assistant};
    std::string finish_reason = {};  ///< as the provider says it: "stop", "tool_calls", "length"
    token_usage usage = {};
};

/// Hears a reply while it comes. Called on the thread of the request.
class model_listener {
public:
    virtual void on_text(std::string_view piece) = 0;

protected:
    ~model_listener() = default;
};

/// A model that is asked and waited for. Safe from any thread unless it says otherwise.
class model {
public:
    static constexpr const char* kind_name = "model";
    virtual ~model() = default;
    virtual const model_info& info() const = 0;
    /// Asks, and waits for the whole reply; `listener` hears its text as it comes, where the model can stream. An error says what
    /// went wrong; nothing is thrown.
    virtual result<model_reply> ask(const model_request& request, model_listener* listener = nullptr) = 0;
};

/// A model that tells when it is done. `done` is called once, on a thread of the model's choosing.
class async_model {
public:
    static constexpr const char* kind_name = "async model";
    virtual ~async_model() = default;
    virtual const model_info& info() const = 0;
    virtual void ask(model_request request, std::function<void(result<model_reply>)> done) = 0;
};

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_MODEL_HPP
