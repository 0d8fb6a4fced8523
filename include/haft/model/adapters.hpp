// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MODEL_ADAPTERS_HPP
#define HAFT_MODEL_ADAPTERS_HPP

/// A model that is waited for, made of one that tells when it is done, and the other way round.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/result.hpp>
#include <haft/core/text.hpp>
#include <haft/model/model.hpp>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace haft::inline v0 {

/// Runs a job, once, on whatever thread it likes: a host's pool, its event loop.
using job_runner = std::function<void(std::function<void()> job)>;

namespace detail {

HAFT_COLD inline error model_broke(const model_info& info, std::string_view what) {
    return {errc::model_failed, concat({"model ", in_quotes(info.id), " ", what})};
}

/// Where a reply is waited for. If whoever should bring it loses it, that is an error and no wait without end.
class reply_slot {
public:
    void put(result<model_reply> reply) {
        const std::lock_guard guard(mutex_);
        if (reply_) return;  // called twice: the first counts
        reply_ = std::move(reply);
        there_.notify_all();
    }
    result<model_reply> take() {
        std::unique_lock held(mutex_);
        there_.wait(held, [&] { return reply_.has_value(); });
        return std::move(*reply_);
    }

private:
    std::mutex mutex_;
    std::condition_variable there_;
    std::optional<result<model_reply>> reply_;
};

/// Calls `done` once: with the first reply, or with an error when it is gone before there was one.
class done_once {
public:
    done_once(std::function<void(result<model_reply>)> done, model_info info)
        : done_(std::move(done)), info_(std::move(info)) {}
    done_once(const done_once&) = delete;
    done_once& operator=(const done_once&) = delete;
    ~done_once() {
        if (done_) done_(model_broke(info_, "gave no reply: the job that should bring it was dropped"));
    }
    void operator()(result<model_reply> reply) {
        if (const auto done = std::exchange(done_, nullptr)) done(std::move(reply));
    }

private:
    std::function<void(result<model_reply>)> done_;
    model_info info_;
};

class waited_for_model final : public model {
public:
    explicit waited_for_model(std::shared_ptr<async_model> of) : of_(std::move(of)) {}
    const model_info& info() const override { return of_->info(); }
    result<model_reply> ask(const model_request& request, model_listener* listener) override {
        const auto slot = std::make_shared<reply_slot>();
        {
            const auto done =
                std::make_shared<done_once>([slot](result<model_reply> r) { slot->put(std::move(r)); }, info());
            try {
                of_->ask(request, [done](result<model_reply> r) { (*done)(std::move(r)); });
            } catch (...) { (*done)(model_broke(info(), concat({"threw: ", caught_text()}))); }
        }
        result<model_reply> reply = slot->take();
        if (reply && listener && !reply->reply.text.empty()) listener->on_text(reply->reply.text);
        return reply;
    }

private:
    std::shared_ptr<async_model> of_;
};

class handed_over_model final : public async_model {
public:
    handed_over_model(std::shared_ptr<model> of, job_runner run) : of_(std::move(of)), run_(std::move(run)) {}
    const model_info& info() const override { return of_->info(); }
    void ask(model_request request, std::function<void(result<model_reply>)> done) override {
        const auto once = std::make_shared<done_once>(std::move(done), info());
        try {
            run_([of = of_, request = std::move(request), once] {
                (*once)([&]() -> result<model_reply> {
                    try {
                        return of->ask(request);
                    } catch (...) { return model_broke(of->info(), concat({"threw: ", caught_text()})); }
                }());
            });
        } catch (...) { (*once)(model_broke(info(), concat({"was not asked: ", caught_text()}))); }
    }

private:
    std::shared_ptr<model> of_;
    job_runner run_;
};

}  // namespace detail

/// Asks, and waits until it is done, also where it is stopped: the request's tools must be there that long. A listener hears the
/// text once, whole. A model that never calls `done` and lets go of it is an error (E0324). Must not be asked on the one thread
/// that would have to run `done`. [MP-01]
inline std::shared_ptr<model> sync_from_async(std::shared_ptr<async_model> of) {
    return std::make_shared<detail::waited_for_model>(std::move(of));
}

/// Asks in a job that the host's runner gets. `done` is called there, once; with an error (E0324) if the model throws, or if the
/// runner throws or drops the job. [MP-01]
inline std::shared_ptr<async_model> async_from_sync(std::shared_ptr<model> of, job_runner run) {
    return std::make_shared<detail::handed_over_model>(std::move(of), std::move(run));
}

}  // namespace haft::inline v0

#endif  // HAFT_MODEL_ADAPTERS_HPP
