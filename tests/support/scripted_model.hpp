// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_TESTS_SUPPORT_SCRIPTED_MODEL_HPP
#define HAFT_TESTS_SUPPORT_SCRIPTED_MODEL_HPP

/// A model for tests: it gives the replies it was told to give, one after the other, and keeps what it was asked.

#include <haft/model/model.hpp>

#include <deque>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace haft_test {

/// A reply of words only.
inline haft::model_reply says(std::string text) {
    haft::model_reply out;
    out.reply.text = std::move(text);
    out.finish_reason = "stop";
    return out;
}
/// A reply that asks for calls.
inline haft::model_reply calls(std::vector<haft::tool_call> wanted, std::string text = {}) {
    haft::model_reply out;
    out.reply.text = std::move(text);
    out.reply.calls = std::move(wanted);
    out.finish_reason = "tool_calls";
    return out;
}

class scripted_model final : public haft::model {
public:
    /// What a request was, as long as the test likes: the names of its tools, since the tools themselves may be gone.
    struct asked {
        std::string system;
        std::vector<haft::message> messages;
        std::vector<std::string> tools;
        std::string schema;
        std::string options;
    };

    explicit scripted_model(std::deque<haft::result<haft::model_reply>> replies = {},
                            haft::model_info info = {.id = "scripted", .supports_schema = true, .can_stream = true})
        : info_(std::move(info)), replies_(std::move(replies)) {}

    const haft::model_info& info() const override { return info_; }
    haft::result<haft::model_reply> ask(const haft::model_request& request, haft::model_listener* listener) override {
        haft::result<haft::model_reply> reply = next(request);
        if (reply && listener)  // in two pieces
            for (const std::string& piece : {reply->reply.text.substr(0, reply->reply.text.size() / 2),
                                             reply->reply.text.substr(reply->reply.text.size() / 2)})
                if (!piece.empty()) listener->on_text(piece);
        return reply;
    }

    void then(haft::result<haft::model_reply> reply) {
        const std::lock_guard guard(mutex_);
        replies_.push_back(std::move(reply));
    }
    std::vector<asked> requests() const {
        const std::lock_guard guard(mutex_);
        return asked_;
    }

private:
    haft::result<haft::model_reply> next(const haft::model_request& request) {
        const std::lock_guard guard(mutex_);
        asked one{request.system, request.messages, {}, request.schema, request.options};
        if (request.tools)
            for (const haft::tool& t : request.tools->tools()) one.tools.emplace_back(request.tools->portable(t));
        asked_.push_back(std::move(one));
        if (replies_.empty()) return haft::error{haft::errc::model_failed, "the script of the model is at its end"};
        haft::result<haft::model_reply> out = std::move(replies_.front());
        replies_.pop_front();
        return out;
    }

    haft::model_info info_;
    mutable std::mutex mutex_;
    std::deque<haft::result<haft::model_reply>> replies_;
    std::vector<asked> asked_;
};

}  // namespace haft_test

#endif  // HAFT_TESTS_SUPPORT_SCRIPTED_MODEL_HPP
