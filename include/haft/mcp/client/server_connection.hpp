// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_MCP_CLIENT_SERVER_CONNECTION_HPP
#define HAFT_MCP_CLIENT_SERVER_CONNECTION_HPP

/// An MCP server that is used: a child of this process, which is never left behind, or one elsewhere that a server_connector reaches.
/// Begun, asked from any threads, begun again when it ends. POSIX.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/client/client.hpp>
#include <haft/mcp/client/server_child.hpp>
#include <haft/mcp/client/server_link.hpp>
#include <haft/mcp/wire/random_digits.hpp>
#include <haft/tool/ask.hpp>
#include <haft/tool/asker.hpp>
#include <haft/tool/call_listener.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0::mcp {

/// How a server is reached, how long it is waited for, and who hears of what it says.
struct server_connection_options {
    server_command command = {};
    server_connector connect = {};  ///< how it is reached, where it is no child of this process (over_http.hpp)
    client_options client = {};  ///< of which `server` names it in messages, and `answers` is found by itself
    std::chrono::milliseconds start_limit{30000};  ///< from the start to the first answer, and for a list of tools
    std::chrono::milliseconds call_limit{300000};  ///< of a call; progress does not prolong it. 0: none
    std::chrono::milliseconds probe_limit{5000};   ///< for an answer to the probe; after it the handshake
    std::chrono::milliseconds hold_limit{600000};  ///< of a call whose question is answered only when it is made again; see call
    std::chrono::milliseconds grace{2000};         ///< for its end once its input is closed, and again after SIGTERM
    /// Between its end and the next start; doubled with each that brings no answered call, up to the most.
    std::chrono::milliseconds first_pause{500}, most_pause{30000};
    std::size_t most_starts = 6;  ///< in a row without an answered call
    std::vector<question_kind> answers = {};  ///< what who calls, or `answer`, answers; nothing else is declared
    /// Answers what the server asks while nobody calls who answers that; on a thread of its own, one question after the other. Empty:
    /// such a question is refused.
    std::function<result<std::string>(const question&)> answer = {};
    /// Told when the server has said that its tools are others now, or was started again; on a thread of its own. It may ask for them
    /// (list_now), and not stop the server.
    std::function<void()> tools_changed = {};
    std::function<void(log_level, std::string_view)> log = {};  ///< what it tells people, and what it says that makes no sense. Any thread; it may not use the server
};

/// Any thread; several calls at a time. Stops the server when it goes; no call may be under way then.
class server_connection {
public:
    HAFT_COLD explicit server_connection(server_connection_options options) : options_(std::move(options)) {
        options_.client.answers = options_.answers;
    }
    server_connection(const server_connection&) = delete;
    server_connection& operator=(const server_connection&) = delete;
    ~server_connection() { stop(); }

    const std::string& name() const noexcept { return options_.client.server; }

    /// Starts it and waits until it has answered; nothing to do if it runs. An error: it can't be started, or ended before it answered
    /// (E0423), does not answer in time (E0427), may not be started again yet or any more (E0425), refuses (E0426), or makes no sense
    /// (E0424, E0431).
    HAFT_COLD result<void> start() {
        std::unique_lock lock(mutex_);
        return start_in(lock);
    }
    /// Its end: input closed, then SIGTERM, then SIGKILL for its process group. No call may be under way; the next one starts it again.
    HAFT_COLD void stop() {
        std::unique_lock lock(mutex_);
        stopping_ = true;
        changed_.notify_all();
        while (starting_) changed_.wait(lock);
        end_in(lock);
        held_.clear();
        changed_.notify_all();
        if (news_.joinable()) {
            lock.unlock();
            news_.join();
            lock.lock();
        }
        stopping_ = has_news_ = false;
        starts_ = 0;
        last_failure_.clear();
    }

    /// All of its tools; it is started for that. Errors: those of `start`, and E0424 to E0427 for the list. [NX-11]
    HAFT_COLD result<std::vector<remote_tool>> list_tools() {
        std::unique_lock lock(mutex_);
        if (result<void> up = start_in(lock); !up) return std::move(up.error());
        return list_in(lock);
    }
    /// The same of one that runs; one that does not is not started.
    HAFT_COLD result<std::vector<remote_tool>> list_now() {
        std::unique_lock lock(mutex_);
        if (!runs()) return of_server(errc::server_ended, " does not run");
        return list_in(lock);
    }
    /// What `list_tools` gave last of that tool, asked anew where the server has said that its list has changed or was started again.
    /// Nothing: it has no such tool any more.
    HAFT_COLD result<std::optional<tool_print>> print_now(std::string_view tool) {
        std::unique_lock lock(mutex_);
        if (result<void> up = start_in(lock); !up) return std::move(up.error());
        while (listing_) changed_.wait(lock);  // what comes of that counts
        if (stale_)
            if (result<std::vector<remote_tool>> now = list_in(lock); !now) return std::move(now.error());
        const auto at = prints_.find(tool);
        return at == prints_.end() ? std::optional<tool_print>() : std::optional<tool_print>(at->second);
    }
    /// Whether it has said that its tools are not those that were listed.
    bool tools_have_changed() const {
        const std::lock_guard lock(mutex_);
        return stale_ && was_listed_;
    }

    /// Calls a tool and waits: for the answer, as MCP has it; for `stop`; for the limit. A call that is not waited for any more is
    /// cancelled. Progress is told on this thread, and what the server asks meanwhile is answered on it by `answers`; the time that this
    /// takes does not count. Before 2026-07-28 a server does not say which call its question belongs to: it is put to who calls, and to
    /// nobody while several are under way that would be answered by others. Where `answers` says that an answer comes only after the
    /// call (E0473), the call is held: it goes on when it is made again with that answer, and the server hears of it once. Errors: E0201
    /// (the arguments are no JSON), those of `start`, E0341 (stopped), E0424 to E0427, E0473 (held, see above), E0474 (it asks what nobody
    /// here answers), and those of `answers`. A call that HTTP has lost on its way is
    /// E0432, and may have been done; one that it has not begun is E0433. Neither is made again here.
    HAFT_COLD result<std::string> call(std::string_view tool, std::string_view arguments, const stop_token& stop = {},
                                       call_listener* listener = nullptr, asker* answers = nullptr) {
        if (!json::is_json(arguments))  // the message around it would be none, and never be answered
            return error{errc::not_json, concat({"the arguments of ", in_quotes(tool), " are no JSON: ", in_quotes(arguments.substr(0, 100))})};
        std::unique_lock lock(mutex_);
        const std::string which = answers ? name_of_held(tool, arguments) : std::string();
        held_call at;
        if (answers && answers->state().starts_with(which)) {
            at = take_held(answers->state().substr(which.size()));
            answers->keep(std::string(held_mark));  // of the same call once more nothing is known
            if (!at.what)
                return of_server(errc::server_ended, concat({" does not hold the call of ", in_quotes(tool), " any more, whose question was answered "
                                                             "only now; it may have been done, so look before you call again"}));
        } else {
            let_go_of_old();
            if (result<void> up = start_in(lock, stop); !up) return std::move(up.error());
            at.what = std::make_unique<waiting>();
            at.number = client_->call(tool, arguments);
            waiting_.emplace(at.number, at.what.get());
        }
        const std::uint64_t number = at.number;
        waiting& mine = *at.what;
        mine.answers = answers;
        left_behind guard{*this, number, mine};
        send_in();
        auto begin = clock::now();
        std::optional<error> given_up;
        while (!mine.answer && !given_up) {
            bool moved = true;
            if (!mine.told.empty()) {
                hand_on(std::exchange(mine.told, {}), listener, lock);
            } else if (!mine.questions.empty()) {
                const auto before = clock::now();
                if ((given_up = put_to_caller(mine, lock))) break;
                begin += clock::now() - before;
            } else moved = false;
            if (mine.answer) break;
            const auto now = clock::now();
            const bool limited = options_.call_limit.count() > 0;
            if (stop.stop_requested())
                given_up = error{errc::call_cancelled, concat({"the call of ", in_quotes(tool), " was cancelled"})};
            else if (limited && now - begin >= options_.call_limit)
                given_up = of_server(errc::server_silent, concat({" has not answered the call of ", in_quotes(tool), " within ", shown(options_.call_limit)}));
            else if (moved) continue;
            else if (stop.stop_possible()) changed_.wait_for(lock, step);
            else if (limited) changed_.wait_until(lock, begin + options_.call_limit);
            else changed_.wait(lock);
        }
        if (given_up && given_up->code == errc::input_needed && may_be_held(mine)) {
            hold(std::move(at), which);
            guard.is_held = true;
            return std::move(*given_up);
        }
        if (!mine.answer) {
            leave(number, mine, given_up->code == errc::call_cancelled ? "cancelled"
                                : given_up->code == errc::input_needed ? "it is made again when its question is answered"
                                                                       : "no answer in time");
            return std::move(*given_up);
        }
        if (*mine.answer) starts_ = 1;  // it does work
        hand_on(std::exchange(mine.told, {}), listener, lock);  // what came with the answer
        return std::move(*mine.answer);
    }

private:
    using clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds step{20};  // how long a stop may stay unheard
    static constexpr std::chrono::milliseconds news_pause{200};
    static constexpr std::size_t most_told = 256;         // steps of progress that wait for their call

    struct told_step {
        double done, total;
        std::string message;
    };
    struct waiting {
        std::optional<result<std::string>> answer;
        std::deque<told_step> told;
        asker* answers = nullptr;
        std::deque<std::pair<std::uint64_t, question>> questions;
        bool was_held = false;
    };
    /// A call that goes on while nobody waits for it: who called waits for an answer, and calls again.
    struct held_call {
        std::uint64_t number = 0;
        std::unique_ptr<waiting> what = {};
        clock::time_point until = {};
    };
    static constexpr std::size_t most_held = 64;
    /// A call that ends by an exception, of a listener for example, is not waited for either. Under the mutex.
    struct left_behind {
        server_connection& all;
        const std::uint64_t number;
        waiting& mine;
        bool is_held = false;
        left_behind(server_connection& of, std::uint64_t n, waiting& w) : all(of), number(n), mine(w) {}
        left_behind(const left_behind&) = delete;
        left_behind& operator=(const left_behind&) = delete;
        ~left_behind() {
            if (!is_held) all.leave(number, mine, "it is not waited for any more");
        }
    };
    /// What one thread is at while the others wait for it.
    struct under_way {
        server_connection& all;
        bool& what;
        under_way(server_connection& of, bool& flag) : all(of), what(flag) { what = true; }
        under_way(const under_way&) = delete;
        under_way& operator=(const under_way&) = delete;
        ~under_way() {
            what = false;
            all.changed_.notify_all();
        }
    };
    /// One life of the server. The reader owns what it reads with; everything else of it is under the mutex.
    struct life {
        explicit life(std::unique_ptr<server_link> l) : link(std::move(l)) {}
        std::unique_ptr<server_link> link;
        std::thread reader, answerer;
        std::deque<std::pair<std::uint64_t, question>> questions;
        bool ended = false;
        std::string end;  // how
    };

    /// Brings what the client says to those who wait. Under the mutex.
    struct events final : client_events {
        server_connection& all;
        explicit events(server_connection& of) : all(of) {}
        void on_ready() override { all.changed_.notify_all(); }
        void on_failed(const error&) override { all.changed_.notify_all(); }
        void on_tools(result<std::vector<remote_tool>> tools) override {
            all.listed_ = std::move(tools);
            all.changed_.notify_all();
        }
        void on_tools_changed() override {
            all.stale_ = true;
            all.tell_change();
        }
        void on_answer(std::uint64_t call, result<std::string> answer) override {
            const auto at = all.waiting_.find(call);
            if (at == all.waiting_.end()) return;
            at->second->answer = std::move(answer);
            all.changed_.notify_all();
        }
        void on_progress(std::uint64_t call, const progress& p) override {
            const auto at = all.waiting_.find(call);
            if (at == all.waiting_.end()) return;
            if (at->second->told.size() >= most_told) at->second->told.pop_front();  // who is slow hears the newest
            at->second->told.push_back({p.done, p.total, std::string(p.message)});
            all.changed_.notify_all();
        }
        void on_log(log_level level, std::string_view message) override { all.tell(level, concat({all.name(), ": ", message.substr(0, 4000)})); }
        void on_question(std::uint64_t number, const question& q) override {
            all.route(number, q);
            all.changed_.notify_all();
        }
        void on_strange(const error& e) override {
            all.tell(log_level::warning, e.text());
            all.last_strange_ = e.message;
        }
    };

    struct unlocked {
        std::unique_lock<std::mutex>& lock;
        explicit unlocked(std::unique_lock<std::mutex>& l) : lock(l) { lock.unlock(); }
        unlocked(const unlocked&) = delete;
        unlocked& operator=(const unlocked&) = delete;
        ~unlocked() { lock.lock(); }
    };
    static void hand_on(const std::deque<told_step>& steps, call_listener* listener, std::unique_lock<std::mutex>& lock) {
        if (!listener || steps.empty()) return;
        const unlocked outside(lock);
        for (const told_step& one : steps) listener->on_progress({one.done, one.total, one.message});
    }
    /// Under the mutex, and only if it was not left before: the server is told, if there is one to tell.
    void leave(std::uint64_t number, const waiting& mine, std::string_view reason) {
        const auto place = waiting_.find(number);
        if (place == waiting_.end() || place->second != &mine) return;  // one of the server's next life may have that number
        waiting_.erase(place);
        if (!mine.answer && client_) client_->cancel(number, reason), send_in();
    }
    // --- calls that are held. Under the mutex.

    static constexpr std::string_view held_mark = "haft-held ";
    /// What begins the state that an asker keeps for such a call; it tells it from those of other tools and servers.
    std::string name_of_held(std::string_view tool, std::string_view arguments) const {
        std::string call;
        json::append_compact(call.append(tool) += '\n', arguments);
        return concat({held_mark, name(), " ", haft::detail::question_key({}, call), " "});
    }
    /// A tool that keeps something of its own has no room for that.
    static bool may_be_held(const waiting& mine) {
        const std::string_view state = mine.answers->state();
        return state.empty() || state.starts_with(held_mark);
    }
    HAFT_COLD void hold(held_call&& one, std::string_view which) {
        let_go_of_old();
        if (held_.size() >= most_held)
            let_go(std::min_element(held_.begin(), held_.end(), [](const auto& a, const auto& b) { return a.second.until < b.second.until; }));
        std::string token = random_digits(16);
        asker& by = *one.what->answers;
        one.what->answers = nullptr;
        one.what->was_held = true;
        one.until = clock::now() + options_.hold_limit;
        held_call& here = held_[token];
        here = std::move(one);
        by.keep(concat({which, token}));
    }
    HAFT_COLD held_call take_held(std::string_view token) {
        let_go_of_old();
        const auto found = held_.find(token);
        if (found == held_.end()) return {};
        held_call out = std::move(found->second);
        held_.erase(found);
        return out;
    }
    void let_go_of_old() {
        for (auto at = held_.begin(); at != held_.end();) at = at->second.until <= clock::now() ? let_go(at) : std::next(at);
    }
    std::map<std::string, held_call, std::less<>>::iterator let_go(std::map<std::string, held_call, std::less<>>::iterator at) {
        leave(at->second.number, *at->second.what, "nobody has answered what it asks");
        return held_.erase(at);
    }

    /// Under the mutex: finds who answers. A question that nobody may be asked is refused at once.
    void route(std::uint64_t number, question q) {
        q.from = concat({"MCP server ", in_quotes(name())});
        waiting* to = nullptr;
        bool several = false;
        if (const std::uint64_t call = client_->call_of(number)) {
            if (const auto at = waiting_.find(call); at != waiting_.end() && (at->second->answers || at->second->was_held)) to = at->second;
        } else {
            waiting* held = nullptr;  // one that is held waits for its answer, and most likely has asked nothing else
            for (const auto& [_, one] : waiting_) {
                if (one->answer) continue;
                if (!one->answers) {
                    if (one->was_held) held = one;
                    continue;
                }
                several = several || (to && to->answers != one->answers);
                if (!to) to = one;
            }
            if (!to) to = held;
            q.key = haft::detail::question_key({}, q.params);  // the server's own number is another one when the call is made again
        }
        if (to && to->was_held) append_all(q.key, {"-", decimal(number)});  // the caller knows an answer to one of that key
        if (to && !several) to->questions.emplace_back(number, std::move(q));
        else if (!several && options_.answer) life_->questions.emplace_back(number, std::move(q));
        else unanswered_.emplace_back(number, error{errc::cannot_ask, several ? concat({q.from, " asks something while several calls are under way, and does not say which of "
                                                                                                 "them it is about"})
                                                                               : concat({q.from, " asks something, and nobody who calls it now answers that"})});
    }
    /// Asks what waits for the caller, all of it: what can't be answered before the call has ended is asked together. An error: the
    /// call is to end.
    HAFT_COLD std::optional<error> put_to_caller(waiting& mine, std::unique_lock<std::mutex>& lock) {
        std::optional<error> later;
        std::vector<std::pair<std::uint64_t, question>> unanswered;
        while (!mine.questions.empty() && !mine.answer) {
            auto [number, q] = std::move(mine.questions.front());
            mine.questions.pop_front();
            lock.unlock();
            result<std::string> given = error{errc::no_answer, "nobody answered"};
            try {
                if (const result<std::string_view> said = mine.answers->ask(q)) given = std::string(*said);
                else given = said.error();
            } catch (...) {}  // as if nobody did
            lock.lock();
            if (!given && given.error().code == errc::input_needed) {
                later = given.error();
                unanswered.emplace_back(number, std::move(q));
            } else if (!mine.answer) answer_in(number, given);
        }
        // What has ended meanwhile is held as well: who calls will ask, and call again.
        if (later && may_be_held(mine)) {
            mine.questions.insert(mine.questions.begin(), std::make_move_iterator(unanswered.begin()), std::make_move_iterator(unanswered.end()));
            return later;
        }
        if (mine.answer) return std::nullopt;
        for (const auto& [number, q] : unanswered) answer_in(number, *later);
        return mine.answer ? std::nullopt : later;
    }
    void answer_in(std::uint64_t number, const result<std::string>& given) {
        events hears(*this);
        client_->answer(number, given, hears);
        send_in();
    }
    /// Whether there is news for tools_changed. Under the mutex.
    void tell_change() {
        if (!options_.tools_changed || !was_listed_ || stopping_) return;
        has_news_ = true;
        if (!news_.joinable()) news_ = std::thread([this] { tell_news(); });
        changed_.notify_all();
    }
    void tell_news() {
        std::unique_lock lock(mutex_);
        while (!stopping_) {
            if (!std::exchange(has_news_, false)) {
                changed_.wait(lock);
                continue;
            }
            lock.unlock();
            try {
                options_.tools_changed();
            } catch (...) {}  // what it does is its own
            lock.lock();
            // One that says so without an end costs little.
            const auto next = clock::now() + news_pause;
            while (!stopping_ && clock::now() < next) changed_.wait_until(lock, next);
        }
    }
    bool runs() const { return life_ && !life_->ended && client_ && client_->ready() && !client_->failure() && !stopping_; }
    static std::string shown(std::chrono::milliseconds d) { return concat({std::to_string(d.count()), " ms"}); }
    /// With the end of what it wrote to standard error.
    error of_server(errc code, std::string_view why) const {
        std::string text = concat({"MCP server ", in_quotes(name()), why});
        if (!last_strange_.empty()) append_all(text, {"; before: ", last_strange_});
        if (life_)
            if (const std::string tail = life_->link->last_words(); !tail.empty()) append_all(text, {"; its standard error ends: ", in_quotes(tail)});
        return {code, std::move(text)};
    }
    void tell(log_level level, std::string text) {
        if (options_.log) options_.log(level, text);
    }

    result<void> start_in(std::unique_lock<std::mutex>& lock, const stop_token& stop = {}) {
        // One thread starts it; the others wait for what comes of it.
        while (starting_) {
            if (stop.stop_requested()) return error{errc::call_cancelled, concat({"cancelled while MCP server ", in_quotes(name()), " was started"})};
            wait_a_step(lock, stop, clock::now() + options_.start_limit);
        }
        if (runs()) return {};
        const under_way one(*this, starting_);
        result<void> out = start_anew(lock, stop);
        if (out && stale_) tell_change();
        return out;
    }
    void wait_a_step(std::unique_lock<std::mutex>& lock, const stop_token& stop, clock::time_point until) {
        if (stop.stop_possible()) until = (std::min)(until, clock::now() + step);
        changed_.wait_until(lock, until);
    }
    result<void> start_anew(std::unique_lock<std::mutex>& lock, const stop_token& stop) {
        std::string before = last_failure_;
        if (life_) before = life_->ended ? concat({": it ", life_->end}) : client_ && client_->failure() ? concat({": ", client_->failure()->message}) : "";
        if (life_) {
            const error gone = of_server(errc::server_ended, concat({" is not running", before}));
            before = gone.message;
            end_in(lock);
        }
        const auto now = clock::now();
        if (starts_ >= options_.most_starts)
            return error{errc::server_ended, concat({before.empty() ? concat({"MCP server ", in_quotes(name()), " is not running"}) : before,
                                                     "; it was started ", std::to_string(starts_), " times in vain, and is not started again"})};
        if (starts_ > 0 && now < next_start_) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(next_start_ - now);
            return error{errc::server_ended, concat({before.empty() ? concat({"MCP server ", in_quotes(name()), " is not running"}) : before,
                                                     "; it may be started again in ", shown(left)})};
        }
        ++starts_;
        auto pause = options_.first_pause;
        for (std::size_t i = 1; i < starts_ && pause < options_.most_pause; ++i) pause *= 2;
        next_start_ = now + (std::min)(pause, options_.most_pause);
        last_strange_.clear();
        result<std::unique_ptr<server_link>> link = options_.connect ? options_.connect(name()) : server_child::start(options_.command, name());
        if (!link) {
            last_failure_ = link.error().message;
            return std::move(link.error());
        }
        life_ = std::make_unique<life>(std::move(*link));
        client_ = std::make_unique<client>(options_.client);
        stale_ = was_listed_;  // another one may have other tools
        client_->start();
        send_in();
        life_->reader = std::thread([this, l = life_.get()] { read(*l); });
        if (options_.answer) life_->answerer = std::thread([this, l = life_.get()] { answer_questions(*l); });

        bool probing = options_.client.begins == opening::probe;
        const auto begin = clock::now();
        for (;;) {
            if (client_->ready()) return {};
            if (client_->failure() || life_->ended || stopping_ || stop.stop_requested()) break;
            const auto at = clock::now();
            if (at - begin >= options_.start_limit) break;
            if (probing && at - begin >= options_.probe_limit) {
                probing = false;
                client_->give_up_probe();
                send_in();
            }
            wait_a_step(lock, stop, begin + (probing ? (std::min)(options_.probe_limit, options_.start_limit) : options_.start_limit));
        }
        if (stop.stop_requested() && !client_->failure() && !life_->ended) {
            end_in(lock);
            --starts_;  // it was not in vain, but not wanted
            return error{errc::call_cancelled, concat({"cancelled while MCP server ", in_quotes(name()), " was started"})};
        }
        // Its last words may be under way yet.
        error why = client_->failure() && !life_->ended
                        ? of_server(client_->failure()->code, concat({" can't be used: ", client_->failure()->message}))
                    : life_->ended ? of_server(errc::server_not_started, concat({" has not begun: it ", life_->end}))
                                   : of_server(errc::server_silent, concat({" has not answered within ", shown(options_.start_limit), " after its start"}));
        end_in(lock);
        last_failure_ = why.message;
        return why;
    }

    result<std::vector<remote_tool>> list_in(std::unique_lock<std::mutex>& lock) {
        while (listing_) changed_.wait(lock);
        if (!runs()) return of_server(errc::server_ended, " does not run");
        std::optional<under_way> asking(std::in_place, *this, listing_);
        listed_.reset();
        stale_ = false;
        events hears(*this);
        client_->list_tools(hears);
        send_in();
        const auto end = clock::now() + options_.start_limit;
        while (!listed_ && clock::now() < end) changed_.wait_until(lock, end);
        asking.reset();
        std::optional<result<std::vector<remote_tool>>> out = std::exchange(listed_, std::nullopt);
        if (!out) {
            stale_ = true;
            return of_server(errc::server_silent, concat({" has not listed its tools within ", shown(options_.start_limit)}));
        }
        if (!*out) return stale_ = true, std::move(*out);
        prints_.clear();
        for (const remote_tool& one : **out) prints_.emplace(one.name, print_of(one));
        if (life_) life_->link->know_tools(**out);
        was_listed_ = true;
        if (stale_) tell_change();  // it said so meanwhile
        return std::move(*out);
    }

    void send_in() {
        if (life_) life_->link->write(client_->take_output());
    }

    /// The reader's thread: bytes to and fro until the server ends or is to end.
    void read(life& l) {
        std::string bytes;
        while (l.link->wait_and_move(bytes)) {
            if (bytes.empty()) continue;
            const std::lock_guard lock(mutex_);
            try {
                take_in(l, bytes);
            } catch (...) {  // no memory, or the host's log: who can't hear it all hears no more
                last_strange_ = "what it said could not be taken in";
                break;
            }
            bytes.clear();
        }
        const std::string end = l.link->end();
        const std::lock_guard lock(mutex_);
        l.ended = true;
        l.end = end;
        for (const auto& [number, one] : waiting_)
            if (!one->answer) one->answer = of_server(errc::server_ended, concat({" has ended before it answered: it ", end}));
        waiting_.clear();
        if (listing_ && !listed_) listed_ = of_server(errc::server_ended, concat({" has ended before it listed its tools: it ", end}));
        changed_.notify_all();
    }
    void take_in(life& l, std::string_view bytes) {
        events hears(*this);
        client_->feed(bytes, hears);
        for (const auto& [number, why] : std::exchange(unanswered_, {})) client_->answer(number, why, hears);
        l.link->write(client_->take_output());
    }
    void answer_questions(life& l) {
        std::unique_lock lock(mutex_);
        for (;;) {
            while (l.questions.empty() && !l.ended) changed_.wait(lock);
            if (l.ended) return;
            const auto [number, q] = std::move(l.questions.front());
            l.questions.pop_front();
            lock.unlock();
            result<std::string> given = error{errc::no_answer, "nobody answered"};
            try {
                given = options_.answer(q);
            } catch (...) {}  // as if nobody did
            lock.lock();
            if (l.ended) return;
            events hears(*this);
            client_->answer(number, given, hears);
            send_in();
        }
    }

    void end_in(std::unique_lock<std::mutex>& lock) {
        if (!life_) return;
        life* const l = life_.get();
        l->link->ask_to_end(options_.grace);
        lock.unlock();
        l->reader.join();
        if (l->answerer.joinable()) l->answerer.join();
        lock.lock();
        life_.reset();
        client_.reset();
    }

    server_connection_options options_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::unique_ptr<life> life_;
    std::unique_ptr<client> client_;
    bool starting_ = false, listing_ = false, stale_ = false;
    bool stopping_ = false, has_news_ = false, was_listed_ = false;
    std::thread news_;  // tells of changes; from the first of them to the stop
    std::vector<std::pair<std::uint64_t, error>> unanswered_;  // questions to be refused, once the client may be called again
    std::optional<result<std::vector<remote_tool>>> listed_;
    std::map<std::string, tool_print, std::less<>> prints_;
    std::map<std::uint64_t, waiting*> waiting_;
    std::map<std::string, held_call, std::less<>> held_;  // by token
    std::string last_strange_, last_failure_;
    std::size_t starts_ = 0;
    clock::time_point next_start_{};
};

}  // namespace haft::inline v0::mcp

#endif  // HAFT_MCP_CLIENT_SERVER_CONNECTION_HPP
