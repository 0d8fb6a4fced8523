// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_REMOTE_NATS_BUS_HPP
#define HAFT_REMOTE_NATS_BUS_HPP

/// The caller's side of services on NATS: which there are, and calls of their tools. Link haft::nats.
///
/// A bus tells nobody that a worker has died. So workers say now and then that a call still runs, and a call that nobody speaks of any more
/// has an unknown fate: it may have run, or not. Only a tool that may run twice is asked again then.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/stop_token.hpp>
#include <haft/core/text.hpp>
#include <haft/json/pieces.hpp>
#include <haft/json/read_number.hpp>
#include <haft/mcp/wire/random_digits.hpp>
#include <haft/remote/call_wire.hpp>
#include <haft/remote/nats_connection.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/tool/call_listener.hpp>
#include <haft/tool/call_options.hpp>
#include <haft/tool/log_level.hpp>
#include <haft/tool/result_writer.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <nats/nats.h>

namespace haft::inline v0::remote {

struct nats_bus_options {
    nats_options bus = {};
    std::string principal = {};                    ///< on whose behalf calls are made, for the tools; "": nobody is named
    std::chrono::milliseconds answer_wait{250};    ///< how long services may take to say what they are
    std::chrono::milliseconds call_limit{300'000}; ///< 0: as long as it takes
    std::chrono::milliseconds silence{5000};       ///< how long nobody may speak of a call; workers are asked to do so four times as often
    std::chrono::milliseconds patience{10'000};    ///< how long a worker is looked for that is there and has room
    std::chrono::milliseconds grace{2000};         ///< how long a call may take to end that is not wanted any more
    unsigned tries = 3;                            ///< of a call whose fate is unknown, where it may run twice
};

/// Where a tool is, and what calls of it may do.
struct remote_endpoint {
    std::string subject = {};
    std::string cancel_subject = {};  ///< "": calls can't be taken back
    std::string name = {};            ///< the tool's here, if it is another; "": as its service calls it
    std::string said = {};            ///< `tool "forecast" of service "weather"`, for errors
    bool may_run_twice = false;       ///< it only reads, or running it again changes nothing more
};

/// Any thread.
class nats_bus {
public:
    /// Errors (E0439) are those of nats_connection::open.
    HAFT_COLD static result<std::shared_ptr<nats_bus>> open(nats_bus_options how) {
        // A call that went out later would run after its caller was told that it did not.
        result<std::unique_ptr<nats_connection>> opened = nats_connection::open(how.bus, when_lost::refused);
        if (!opened) return std::move(opened.error());
        constexpr std::chrono::milliseconds most = std::chrono::hours(10 * 365 * 24);  // clocks hold that
        for (std::chrono::milliseconds* const one : {&how.answer_wait, &how.call_limit, &how.silence, &how.patience, &how.grace}) *one = (std::min)(*one, most);
        std::shared_ptr<nats_bus> out(new nats_bus(std::move(how), std::move(*opened)));
        return out;
    }
    nats_bus(const nats_bus&) = delete;
    nats_bus& operator=(const nats_bus&) = delete;

    bool connected() const noexcept { return bus_->connected(); }
    const std::string& where() const noexcept { return bus_->where(); }

    /// The instances of a service that answer now, in the order of their ids; "": of all services. What is no answer is left out, and told to the
    /// log. Errors: E0439 while there is no connection.
    HAFT_COLD result<std::vector<service_info>> services(std::string_view name = {}) {
        if (!connected()) return not_connected();
        reply_place here = take_place();
        if (!here.heard) return error{errc::bus_failed, concat({"no answers can be heard at ", where()})};
        const std::string asked = concat({"$SRV.INFO", name.empty() ? "" : ".", name});
        const std::string reply = next_reply(here);
        if (const natsStatus s = ::natsConnection_PublishRequest(bus_->get(), asked.c_str(), reply.c_str(), "", 0); s != NATS_OK)
            return bus_->said(s, "can't ask for services").error();
        std::vector<service_info> out;
        const auto began = clock::now();
        auto until = began + how_.answer_wait;
        bool settled = false;
        for (;;) {
            const heard_next got = next(here, reply, until);
            settled = settled || got.nobody || got.message;
            const detail::nats_message& m = got.message;
            if (!m) break;
            // Who is as near as the first one answers about when it did. Who is not is heard when it is asked again.
            if (out.empty()) until = (std::min)(until, clock::now() + (std::max)(20 * (clock::now() - began), clock::duration(std::chrono::milliseconds(20))));
            result<service_info> one = read_service_info(detail::data_of(m.get()));
            if (one) out.push_back(std::move(*one));
            else how_.bus.log.tell(log_level::warning, "nats", one.error().text());
        }
        if (settled) give_back(std::move(here));  // else "nobody" may come yet, and would be taken for the answer to a call
        else leave(std::move(here));
        std::sort(out.begin(), out.end(), [](const service_info& a, const service_info& b) { return a.id < b.id; });
        return out;
    }

    /// Calls, and waits for what comes of it. It is written into `out` as the tool wrote it there; or why there is nothing: what the tool or its
    /// worker says, and of the bus E0432 (nobody knows whether it ran), E0437 (nobody serves it), E0438 (all that do are busy), E0439 (no
    /// connection), E0341 (stopped, and it did not run), E0343 (its time was over, and it did not run).
    void call(const remote_endpoint& at, std::string_view arguments, const call_options& options, result_writer& out) {
        if (arguments.size() > bus_->max_payload()) return out.fail(too_large(arguments));
        reply_place here = take_place();
        one_call c{at, arguments, options, out};
        c.until = how_.call_limit.count() > 0 ? c.began + how_.call_limit : clock::time_point::max();
        for (unsigned lost = 0;;) {
            const fate f = here.heard ? ask(c, here) : fate::not_sent;
            if (f == fate::unknown) {
                if (!at.may_run_twice || ++lost >= how_.tries || c.unwanted()) return leave(std::move(here)), out.fail(unknown(c));
                leave(std::exchange(here, take_place()));  // what comes there late would be taken for an answer to the next call
            } else if (f == fate::busy && c.looks_around > 0 && !c.becomes_unwanted(clock::now())) {
                --c.looks_around;
            } else if (f == fate::ended || !try_again(c, f)) {
                return give_back(std::move(here));
            }
        }
    }

private:
    using clock = std::chrono::steady_clock;

    /// Where answers come. Each belongs to one call at a time, which waits on it directly: that saves a thread between the two.
    struct reply_place {
        std::string prefix = {};
        std::uint64_t used = 0;
        detail::nats_subscription heard = {};
    };
    enum class fate : unsigned char { ended, unknown, not_sent, nobody, busy };
    struct one_call {
        const remote_endpoint& at;
        std::string_view arguments;
        const call_options& options;
        result_writer& out;
        clock::time_point began = clock::now(), until = {};
        std::string worker = {};   // the last one that spoke of it
        std::string refused = {};  // why it did not take it
        bool stopped = false, late = false;
        std::optional<clock::time_point> looks_since = {};  // for a worker
        std::chrono::milliseconds pause{2};
        unsigned looks_around = 2;  // how often it is asked for a free thread before it waits for one: the bus knows no busy worker

        bool unwanted() const noexcept { return stopped || late; }
        bool becomes_unwanted(clock::time_point now) {
            stopped = options.stop.stop_requested();
            late = !stopped && now >= until;
            return unwanted();
        }
    };

    nats_bus(nats_bus_options how, std::unique_ptr<nats_connection> bus)
        : how_(std::move(how)), bus_(std::move(bus)), inbox_(concat({"_INBOX.", mcp::random_digits(11), "."})) {}

    HAFT_COLD error too_large(std::string_view arguments) const {
        return {errc::too_large, concat({"the arguments have ", decimal(arguments.size()), " bytes; at most ", decimal(bus_->max_payload()), " go through ", where()})};
    }
    HAFT_COLD static std::string in_milliseconds(std::chrono::milliseconds m) { return concat({decimal(static_cast<std::uint64_t>(m.count())), " ms"}); }
    error not_connected() const { return {errc::bus_failed, concat({"there is no connection to ", where(), " at the moment"})}; }

    reply_place take_place() {
        {
            const std::lock_guard lock(guard_);
            if (!places_.empty()) {
                reply_place out = std::move(places_.back());
                places_.pop_back();
                return out;
            }
        }
        reply_place out{.prefix = concat({inbox_, decimal(next_place_.fetch_add(1)), "."})};
        natsSubscription* made = nullptr;
        if (::natsConnection_SubscribeSync(&made, bus_->get(), concat({out.prefix, "*"}).c_str()) == NATS_OK) out.heard.reset(made);
        return out;
    }
    void give_back(reply_place one) {
        if (!one.heard) return;
        const std::lock_guard lock(guard_);
        places_.push_back(std::move(one));
    }
    /// Nothing is heard there any more. libnats may be about to put something there, so the handle stays.
    HAFT_COLD void leave(reply_place one) {
        if (!one.heard) return;
        ::natsSubscription_Unsubscribe(one.heard.get());
        const std::lock_guard lock(guard_);
        spent_.push_back(std::move(one.heard));
    }
    static std::string next_reply(reply_place& here) { return concat({here.prefix, decimal(++here.used)}); }

    struct heard_next {
        detail::nats_message message = {};  // null: it is time, or
        bool nobody = false;                // nobody heard what was asked; libnats swallows the message that says so
    };
    /// The next message to that address. Those to others are late answers of calls that are over.
    static heard_next next(reply_place& here, std::string_view reply, clock::time_point until) {
        for (;;) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - clock::now()).count();
            natsMsg* got = nullptr;
            const natsStatus s = ::natsSubscription_NextMsg(&got, here.heard.get(), (std::max)(left, decltype(left){1}));
            detail::nats_message m(got);
            if (s == NATS_NO_RESPONDERS) return {nullptr, true};
            if (s == NATS_OK && m && ::natsMsg_GetSubject(m.get()) == reply) return {std::move(m), false};
            if (s != NATS_OK && s != NATS_TIMEOUT) std::this_thread::sleep_for(std::chrono::milliseconds(1));  // it would not wait next time either
            if (clock::now() >= until) return {};
        }
    }

    detail::nats_message request(const one_call& c, const std::string& reply) {
        natsMsg* made = nullptr;
        if (::natsMsg_Create(&made, c.at.subject.c_str(), reply.c_str(), c.arguments.data(), static_cast<int>(c.arguments.size())) != NATS_OK) return nullptr;
        detail::nats_message out(made);
        if (!c.options.call_id.empty()) {
            std::string id(c.options.call_id);
            ::natsMsgHeader_Set(made, asks::call_id, detail::header_text(id));
        }
        if (!c.at.name.empty()) ::natsMsgHeader_Set(made, asks::name, c.at.name.c_str());
        if (!how_.principal.empty()) {
            std::string principal = how_.principal;
            ::natsMsgHeader_Set(made, asks::principal, detail::header_text(principal));
        }
        if (c.until != clock::time_point::max()) {
            const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(c.until - clock::now()).count();
            ::natsMsgHeader_Set(made, asks::time_left, decimal(static_cast<std::uint64_t>((std::max)(left, decltype(left){0}))).c_str());
        }
        ::natsMsgHeader_Set(made, asks::beat, decimal(static_cast<std::uint64_t>((std::max)(how_.silence.count() / 4, decltype(how_.silence.count()){1}))).c_str());
        if (c.looks_around == 0) ::natsMsgHeader_Set(made, asks::wait, "yes");
        if (c.options.mode == read_mode::lenient) ::natsMsgHeader_Set(made, asks::mode, "lenient");
        return out;
    }

    /// Asks once, and waits.
    fate ask(one_call& c, reply_place& here) {
        if (c.becomes_unwanted(clock::now()) || !connected()) return fate::not_sent;
        const std::string reply = next_reply(here);
        const detail::nats_message asked = request(c, reply);
        const natsStatus sent = asked ? ::natsConnection_PublishMsg(bus_->get(), asked.get()) : NATS_NO_MEMORY;
        if (sent == NATS_MAX_PAYLOAD) return c.out.fail(too_large(c.arguments)), fate::ended;  // headers count, too
        if (sent != NATS_OK) return fate::not_sent;
        constexpr std::chrono::milliseconds look{20};  // how late a stop may be seen
        for (clock::time_point silent_at = clock::now() + how_.silence, gives_up = clock::time_point::max();;) {
            const clock::time_point now = clock::now();
            if (!c.unwanted() && c.becomes_unwanted(now)) {
                gives_up = now + how_.grace;
                take_back(c, reply);
            }
            const clock::time_point end = (std::min)(silent_at, gives_up);
            if (now >= end) return fate::unknown;
            const heard_next got = next(here, reply, (std::min)(now + look, end));
            if (got.nobody) return fate::nobody;
            if (!got.message) continue;
            if (const std::optional<fate> over = take(c, got.message.get())) return *over;
            silent_at = clock::now() + how_.silence;
        }
    }
    HAFT_COLD void take_back(const one_call& c, const std::string& reply) {
        if (c.at.cancel_subject.empty()) return;
        ::natsConnection_Publish(bus_->get(), c.at.cancel_subject.c_str(), reply.data(), static_cast<int>(reply.size()));
    }
    /// Nothing: more will come.
    std::optional<fate> take(one_call& c, natsMsg* m) {
        if (const std::string_view event = detail::header_of(m, says::event); !event.empty()) return tell(c, event, m), std::nullopt;
        result_kind kind{};
        if (!read_result_kind(detail::header_of(m, says::result), kind)) return take_strange(c, m), fate::ended;
        if (detail::header_of(m, says::ran) == "no") return take_refused(c, m);
        hand_on_reply(kind, detail::data_of(m), c.at.said, c.out, c.options.notes);
        return fate::ended;
    }
    HAFT_COLD void tell(one_call& c, std::string_view event, natsMsg* m) {
        c.worker = detail::header_of(m, says::worker);
        if (!c.options.listener || !json::is_json(detail::data_of(m))) return;
        const std::vector<json::member_piece> all = json::members_of(detail::data_of(m));
        const std::string message = json::string_of(json::value_of(all, "message"));
        const auto number = [&](std::string_view name) {
            double out = 0;
            const std::string_view text = json::value_of(all, name);
            return !text.empty() && text != "null" && json::read_double(text, out) ? out : 0;
        };
        if (event == "progress") c.options.listener->on_progress({number("done"), number("total"), message});
        if (event == "log")
            if (const auto level = find_log_level(json::string_of(json::value_of(all, "level")))) c.options.listener->on_log(*level, message);
    }
    HAFT_COLD std::optional<fate> take_refused(one_call& c, natsMsg* m) {
        const error why = read_error(detail::data_of(m), c.at.said);
        c.worker = detail::header_of(m, says::worker);
        c.refused = why.message;
        if (!c.unwanted()) return fate::busy;
        if (c.stopped) c.out.fail({errc::call_cancelled, concat({c.at.said, " was not called: the call was stopped before its turn came"})});
        else c.out.fail({errc::call_timed_out, concat({c.at.said, " was not called: its time of ", in_milliseconds(how_.call_limit), " was over before its turn came"})});
        return fate::ended;
    }
    /// Of a service that knows the services API and no haft.
    HAFT_COLD void take_strange(one_call& c, natsMsg* m) {
        const std::string_view why = detail::header_of(m, says::error), body = detail::data_of(m);
        if (!why.empty()) return c.out.fail({errc::tool_failed, std::string(why)});
        hand_on_reply(body.empty() ? result_kind::none : json::is_json(body) ? result_kind::json : result_kind::text, body, c.at.said, c.out, nullptr);
    }

    /// It has not run. False: there is no point in asking again.
    HAFT_COLD bool try_again(one_call& c, fate f) {
        const clock::time_point now = clock::now();
        if (!c.looks_since) c.looks_since = now;
        if (c.options.stop.stop_requested())
            return c.out.fail({errc::call_cancelled, concat({c.at.said, " was not called: the call was stopped while a worker was looked for"})}), false;
        if (now >= c.until)
            return c.out.fail({errc::call_timed_out, concat({c.at.said, " was not called: its time of ", in_milliseconds(how_.call_limit), " was over before a worker took it"})}), false;
        if (now - *c.looks_since < how_.patience) {
            std::this_thread::sleep_for(c.pause);
            c.pause = (std::min)(c.pause * 2, std::chrono::milliseconds(100));
            return true;
        }
        const std::string waited = in_milliseconds(std::chrono::duration_cast<std::chrono::milliseconds>(now - *c.looks_since));
        const auto no = [&](errc code, std::initializer_list<std::string_view> why) {
            c.out.fail({code, concat({c.at.said, " was not called: in ", waited, concat(why)})});
        };
        if (f == fate::nobody) no(errc::no_worker, {" no worker served it at ", where()});
        else if (f == fate::busy) no(errc::worker_busy, {" no worker had room for it; the last one asked says: ", c.refused});
        else no(errc::bus_failed, {" there was no connection to ", where()});
        return false;
    }
    HAFT_COLD error unknown(const one_call& c) const {
        const std::string by = c.worker.empty() ? std::string() : concat({" by worker ", c.worker});
        const std::string why = c.stopped ? concat({"it was stopped, and not answered", by, " in the ", in_milliseconds(how_.grace), " after that"})
                                : c.late ? concat({"it was not answered", by, " in ", in_milliseconds(how_.call_limit)})
                                         : concat({"nothing was heard of it", by, " for ", in_milliseconds(how_.silence)});
        return {errc::call_fate_unknown, concat({"nobody knows what became of a call of ", c.at.said, ": ", why,
                                            ". It may have run, or not; look what it would have changed before you call it again"})};
    }

    const nats_bus_options how_;
    const std::unique_ptr<nats_connection> bus_;
    const std::string inbox_;
    std::atomic<std::uint64_t> next_place_{0};
    std::mutex guard_;
    std::vector<reply_place> places_;
    std::vector<detail::nats_subscription> spent_;
};

}  // namespace haft::inline v0::remote

#endif  // HAFT_REMOTE_NATS_BUS_HPP
