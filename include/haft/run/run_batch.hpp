// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_RUN_RUN_BATCH_HPP
#define HAFT_RUN_RUN_BATCH_HPP

/// A batch of calls: which of them run side by side, who waits for whom, and what it all comes to.

#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/mended.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/turn.hpp>
#include <haft/hook/hook_reply.hpp>
#include <haft/run/batch_result.hpp>
#include <haft/run/frame.hpp>
#include <haft/run/passage.hpp>
#include <haft/run/run_tool.hpp>
#include <haft/run/runner_parts.hpp>
#include <haft/run/stations.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/tool_call.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace haft::inline v0::detail {

using passage_ptr = std::shared_ptr<passage>;

/// A call that an executor has. Whoever lets go of it unrun ends it, too.
class posted_call {
public:
    posted_call(runner_parts& parts, passage_ptr p) : parts_(parts), passage_(std::move(p)) {}
    posted_call(const posted_call&) = delete;
    posted_call& operator=(const posted_call&) = delete;
    ~posted_call() {
        if (!passage_) return;
        end(failed_outcome({errc::tool_failed, "the call was not made: the executor has let go of it"}));
    }

    void run() {
        const passage_ptr p = std::exchange(passage_, nullptr);
        {
            const std::lock_guard guard(p->meeting->mutex);
            if (p->at == passage::stage::left) return;  // and perhaps the runner has gone
            parts_.under_way.begins(*p);
            p->begun = true;
        }
        call_outcome out = run_layers(parts_, *p);
        passage_ = p;
        end(std::move(out));
        parts_.under_way.ends(*p);
    }

private:
    /// Dropped if nobody waits for it any more.
    void end(call_outcome&& out) {
        const passage_ptr p = std::exchange(passage_, nullptr);
        const std::lock_guard guard(p->meeting->mutex);
        if (p->at == passage::stage::left) {
            if (p->begun) parts_.dropped.fetch_add(1);
            return;
        }
        p->at = passage::stage::ended;
        p->outcome = std::move(out);
        if (p->begun && p->stop.asked()) {  // somebody was quicker than the thread that waits
            parts_.dropped.fetch_add(1);
            p->outcome = failed_outcome(cancelled_call(*p, true));
        }
        p->meeting->last_event = run_clock::now();
        p->meeting->changed.notify_all();
    }

    runner_parts& parts_;
    passage_ptr passage_;
};

class batch {
public:
    batch(runner_parts& parts, stop_token stop)
        : parts_(parts), stop_(stop), tools_(parts.source.now()), depth_(run_frame::next_depth()) {}

    batch(const batch&) = delete;
    batch& operator=(const batch&) = delete;
    ~batch() {
        for (const passage_ptr& p : all_) parts_.under_way.answered(*p);
    }

    batch_result run(std::vector<tool_call>&& calls) {
        // The turns of a tool that asks for this go to others meanwhile; and it has a thread already.
        const bool nested = run_frame::within_a_call();
        std::optional<turns_given_up> given_up;
        if (nested) given_up.emplace();
        const run_frame frame(&parts_, depth_, false);
        const bool side_by_side = parts_.options.on && !nested;
        all_.reserve(calls.size());
        for (tool_call& c : calls) all_.push_back(enter(std::move(c)));
        for (std::size_t from = 0, to = 0; from < all_.size(); from = to) {
            to = from + 1;
            if (side_by_side && !all_[from]->alone)
                while (to < all_.size() && !all_[to]->alone) ++to;
            pass_through(from, to, side_by_side);
        }
        return gather();
    }

private:
    passage_ptr enter(tool_call&& call) {
        auto p = std::make_shared<passage>();
        p->now.call = std::move(call);
        p->now.arguments = p->now.call.arguments.empty() ? "{}" : p->now.call.arguments;
        p->now.options = &p->options;
        p->now.messages = &p->messages;
        p->now.depth = depth_;
        p->found_in = tools_;
        p->options = parts_.options.call;
        p->stop.follow_always(parts_.options.call.stop);
        p->options.stop = stop_token(p->stop);
        if (parts_.options.call.listener) {
            p->heard.hand_on_to(parts_.options.call.listener);
            p->options.listener = &p->heard;
        }
        if (parts_.options.call.notes) p->options.notes = &p->notes;
        guarded(*p, [&] { p->alone = runs_alone(*p); });
        return p;
    }
    /// Asks the host; what its function throws is a bug of its, and the call is not made.
    template <class Ask>
    static void guarded(passage& p, Ask ask) {
        try {
            ask();
        } catch (...) {
            p.bug = std::current_exception();
            p.refuse({errc::callback_failed,
                      concat({"the call was not made: a function of the host's has failed: ", caught_text()}),
                      {},
                      0,
                      p.bug});
        }
    }
    bool runs_alone(const passage& p) const {
        const tool* const t = tools_->find(p.now.call.name);
        return t && (t->tags.has("sequential") || (parts_.options.sequential && parts_.options.sequential(*t)));
    }

    /// Calls that may run at a time go through all stations.
    void pass_through(std::size_t from, std::size_t to, bool side_by_side) {
        std::vector<passage_ptr> going;
        for (std::size_t i = from; i < to; ++i) {
            passage_ptr& p = all_[i];
            p->stop.follow(stop_);
            static_cast<void>(parts_.under_way.add(p));
            if (p->decided || !pass_stations(stations_before, parts_, *p)) continue;
            guarded(*p, [&] { prepare_to_run(*p); });
            if (!p->decided) going.push_back(p);
        }
        if (side_by_side && (going.size() > 1 || (going.size() == 1 && going[0]->time_out.count() > 0))) {
            run_elsewhere(going);
        } else {
            for (const passage_ptr& p : going) run_here(*p);
        }
        for (std::size_t i = from; i < to; ++i) {
            passage& p = *all_[i];
            p.heard.silence();
            if (p.executed && !p.outcome.paused()) pass_stations(stations_after, parts_, p);
            parts_.under_way.answered(p);
        }
    }
    void prepare_to_run(passage& p) const {
        const tool& t = *p.now.tool;
        if (parts_.options.time_out_of) p.time_out = parts_.options.time_out_of(t);
        if (p.time_out.count() <= 0) p.time_out = parts_.options.time_out;
        if (!has(t.hints, hints::thread_safe)) parts_.under_way.change([&] { p.turns = turnstile_of(t); });
        p.executed = true;
    }

    void run_here(passage& p) {
        if (p.stop.stop_requested()) {
            p.executed = false;
            p.outcome = failed_outcome(cancelled_call(p));
            return;
        }
        parts_.under_way.begins(p);
        p.outcome = run_layers(parts_, p);
        parts_.under_way.ends(p);
        const bool cancelled = p.stop.asked() || stop_.stop_requested();
        if (cancelled) {
            parts_.dropped.fetch_add(1);
            p.outcome = failed_outcome(cancelled_call(p, true));
        }
        parts_.hand_on(p.notes);
        count_time_outs(p);
    }
    void count_time_outs(const passage& p) const {
        const std::optional<error>& why = p.outcome.problem;
        if (!p.executed || (why && why->code == errc::call_cancelled)) return;
        if (why && why->code == errc::call_timed_out) parts_.time_outs.add(p.now.tool->name);
        else parts_.time_outs.forget(p.now.tool->name);
    }

    void run_elsewhere(const std::vector<passage_ptr>& going) {
        const auto meeting = std::make_shared<batch_meeting>();
        for (const passage_ptr& p : going) {
            parts_.under_way.change([&] { p->meeting = meeting; });
            p->stop.follow({});
            p->since = run_clock::now();
        }
        for (const passage_ptr& p : going) {
            auto job = std::make_shared<posted_call>(parts_, p);
            try {
                parts_.options.on->post([job = std::move(job)] { job->run(); });
            } catch (...) {}  // then the job is gone, and the call has ended
        }
        for (const passage_ptr& p : wait_for(*meeting, going)) {
            p->heard.silence();  // with no lock held: a listener may use the runner
            if (p->turns) p->turns->wake();
        }
        for (const passage_ptr& p : going) {
            if (p->at == passage::stage::ended) parts_.hand_on(p->notes);
            count_time_outs(*p);
        }
    }
    /// Until each call has ended or been left; gives those that were left.
    std::vector<passage_ptr> wait_for(batch_meeting& meeting, const std::vector<passage_ptr>& going) {
        std::vector<passage_ptr> left;
        std::unique_lock lock(meeting.mutex);
        for (;;) {
            const auto now = run_clock::now();
            auto next = run_clock::time_point::max();
            bool open = false;
            for (const passage_ptr& p : going) {
                if (p->at == passage::stage::ended || p->at == passage::stage::left) continue;
                const auto leave = [&](error why) {
                    p->at = passage::stage::left;
                    p->executed = p->begun;
                    p->stop.ask();
                    p->outcome = failed_outcome(std::move(why));
                    left.push_back(p);
                };
                if (p->stop.asked() || stop_.stop_requested()) {
                    leave(cancelled_call(*p, p->begun));
                    continue;
                }
                if (p->time_out.count() > 0) {
                    // One that waits for a thread or its turn waits as long as others come and go.
                    const bool runs = p->at == passage::stage::running;
                    const auto due =
                        (runs || p->since > meeting.last_event ? p->since : meeting.last_event) + p->time_out;
                    if (now >= due) {
                        leave(timed_out_call(*p));
                        continue;
                    }
                    if (due < next) next = due;
                }
                open = true;
            }
            if (!open) return left;
            // A token has nobody to tell, so it is looked at now and then.
            const bool tokens = stop_.stop_possible() || parts_.options.call.stop.stop_possible();
            if (tokens && now + token_interval < next) next = now + token_interval;
            if (next == run_clock::time_point::max()) meeting.changed.wait(lock);
            else meeting.changed.wait_until(lock, next);
        }
    }
    static constexpr std::chrono::milliseconds token_interval{10};

    HAFT_COLD batch_result gather() {
        batch_result out;
        std::exception_ptr bug;
        for (const passage_ptr& p : all_) {
            if (p->bug && !bug && !ends_session(p->bug, out)) bug = p->bug;
            for (message& m : p->messages) out.messages.push_back(std::move(m));
            out.calls.push_back(p->now.call);
            if (p->outcome.paused()) {
                out.paused.push_back({p->now.call, std::move(p->outcome.problem->message)});
                continue;
            }
            out.problems.push_back(p->outcome.problem);
            out.answers.push_back(answer_of(p->now.call, std::move(p->outcome)));
        }
        if (!bug) return out;
        try {
            std::rethrow_exception(bug);
        } catch (...) {
            throw run_failed(concat({"a callback around a call has failed: ", caught_text()}), std::move(out), bug);
        }
    }

    static bool ends_session(const std::exception_ptr& thrown, batch_result& out) {
        try {
            std::rethrow_exception(thrown);
        } catch (const session_complete& end) {
            if (!out.session_ends) out.session_ends = mended(end.what());
            return true;
        } catch (...) { return false; }
    }

    runner_parts& parts_;
    stop_token stop_;
    std::shared_ptr<const tools_now> tools_;
    unsigned depth_;
    std::vector<passage_ptr> all_;
};

HAFT_COLD inline batch_result run_batch(runner_parts& parts, std::vector<tool_call>&& calls, stop_token stop) {
    return batch(parts, stop).run(std::move(calls));
}

}  // namespace haft::inline v0::detail

#endif  // HAFT_RUN_RUN_BATCH_HPP
