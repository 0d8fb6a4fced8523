// SPDX-License-Identifier: BSL-1.0
#ifndef HAFT_HOST_MOUNTED_SERVICE_HPP
#define HAFT_HOST_MOUNTED_SERVICE_HPP

/// A service on NATS as a plugin: its tools are there while a worker of it is, each held against what was agreed to, and looked for again and
/// again, since a bus does not say who comes and goes. Link haft::nats.

#include <haft/core/concat.hpp>
#include <haft/core/config.hpp>
#include <haft/core/error.hpp>
#include <haft/core/result.hpp>
#include <haft/core/shared_thing.hpp>
#include <haft/core/text.hpp>
#include <haft/core/version_order.hpp>
#include <haft/host/agreed_tools.hpp>
#include <haft/host/foreign_tool.hpp>
#include <haft/host/mcp_pins.hpp>
#include <haft/json/pieces.hpp>
#include <haft/mcp/client/remote_tool.hpp>
#include <haft/plugin/plugin.hpp>
#include <haft/plugin/plugin_surroundings.hpp>
#include <haft/registry/registry.hpp>
#include <haft/remote/nats_bus.hpp>
#include <haft/remote/service_wire.hpp>
#include <haft/tool/about.hpp>
#include <haft/tool/argument_text.hpp>
#include <haft/tool/call_context.hpp>
#include <haft/tool/execute.hpp>
#include <haft/tool/log.hpp>
#include <haft/tool/result_writer.hpp>
#include <haft/tool/tool.hpp>
#include <haft/tool/toolset.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace haft::inline v0::host {

struct mounted_service_options {
    remote::nats_bus_options bus = {};
    std::string plugin = {};   ///< its tools are `plugin.tool`
    std::string service = {};  ///< as it is called on the bus
    bool accepts_changes = false;
    std::size_t max_tools = 1000;
    std::chrono::milliseconds look_every{5000};    ///< how often the bus is asked who is there
    std::chrono::milliseconds start_limit{2000};   ///< how long the first connection may take before the host goes on without
    logger log = {};
};

namespace detail {

HAFT_COLD inline std::string service_said(std::string_view name) { return concat({"NATS service ", in_quotes(name)}); }

/// A tool that workers serve, of one version: calls reach no other.
struct service_tool {
    std::shared_ptr<remote::nats_bus> bus;
    foreign_tool is;
    remote::remote_endpoint at;

    service_tool(std::shared_ptr<remote::nats_bus> on, std::string_view of, const mcp::remote_tool& t, std::string_view name, remote::remote_endpoint where)
        : bus(std::move(on)), is(of, t, name), at(std::move(where)) {
        if (name != t.name) at.name = name;
        at.said = is.said;
        at.may_run_twice = t.effect == effect::read_only || has(t.hints, hints::idempotent);
    }

    /// Arguments are checked where the tool is, so that its own words come back.
    static void execute(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const service_tool*>(self);
        haft::detail::guarded(context, out, [&] {
            std::string kept;
            own.bus->call(own.at, haft::detail::argument_text(arguments, context.options, kept), context.options, out);
        });
    }
    static void validate(const void* self, std::string_view arguments, call_context& context, result_writer& out) {
        const auto& own = *static_cast<const service_tool*>(self);
        haft::detail::guarded(context, out, [&] {
            std::string kept;
            own.is.fits(haft::detail::argument_text(arguments, context.options, kept), context, out);
        });
    }
};

/// A tool as some workers serve it.
struct offered_version {
    mcp::remote_tool tool;
    remote::remote_endpoint at;
    std::string version;  // the highest of its workers
    std::size_t workers = 1;
};

/// Every version of every tool, in the order in which the first instance lists them. What is no listing is told to the log.
HAFT_COLD inline std::vector<offered_version> versions_of(const std::vector<remote::service_info>& instances, const logger& log) {
    std::vector<offered_version> out;
    std::map<std::string_view, std::size_t> places;  // by subject
    for (const remote::service_info& one : instances)
        for (const remote::endpoint_info& at : one.endpoints) {
            if (at.tool.empty()) continue;
            if (const auto known = places.find(at.subject); known != places.end()) {
                offered_version& same = out[known->second];
                ++same.workers;
                if (compare_versions(one.version, same.version) > 0) same.version = one.version;
                continue;
            }
            if (!json::is_json(at.tool)) continue;
            result<mcp::remote_tool> read = mcp::read_remote_tool(at.tool);
            if (!read) log.tell(log_level::warning, "nats", concat({"worker ", one.id, " of ", service_said(one.name), ": ", read.error().text()}));
            else {
                places.emplace(at.subject, out.size());
                out.push_back({std::move(*read), {.subject = at.subject, .cancel_subject = one.cancel_subject}, one.version});
            }
        }
    return out;
}

/// One service. Looks on a thread of its own from begin() to end().
class mounted_service {
public:
    mounted_service(mounted_service_options how, std::shared_ptr<remote::nats_bus> bus, mount_errors problems, pin_file pins)
        : how_(std::move(how)),
          bus_(std::move(bus)),
          agreed_({.name = how_.plugin, .said = service_said(how_.service), .section = "nats", .channel = "nats", .accepts_changes = how_.accepts_changes},
                  how_.log, std::move(problems), std::move(pins)) {}
    mounted_service(const mounted_service&) = delete;
    mounted_service& operator=(const mounted_service&) = delete;
    ~mounted_service() { end(); }

    HAFT_COLD void begin() {
        const auto until = std::chrono::steady_clock::now() + how_.start_limit;
        while (!bus_->connected() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        look();
        looks_ = std::thread([this] { keep_looking(); });
    }
    HAFT_COLD void end() {
        {
            const std::lock_guard lock(guard_);
            ends_ = true;
        }
        wake_.notify_all();
        if (looks_.joinable()) looks_.join();
    }
    agreed_tools& agreed() noexcept { return agreed_; }
    bool is_there() const noexcept { return there_.load(); }

private:
    void keep_looking() {
        std::unique_lock lock(guard_);
        constexpr std::chrono::milliseconds soon{500};  // while it is not there
        while (!wake_.wait_for(lock, there_.load() ? how_.look_every : (std::min)(soon, how_.look_every), [&] { return ends_; })) {
            lock.unlock();
            const bool was_there = there_.load();
            const bool others = look();
            if (haft::registry* const into = agreed_.put_where()) {
                if (there_.load() != was_there) into->reevaluate();
                if (others) into->refresh(how_.plugin);
            }
            lock.lock();
        }
    }
    /// Whether there are other tools than before.
    HAFT_COLD bool look() {
        const result<std::vector<remote::service_info>> all = bus_->services(how_.service);
        const std::vector<offered_version> versions = all ? versions_of(*all, how_.log) : std::vector<offered_version>();
        if (versions.empty()) {
            // One answer may be late; that the service has gone is believed the second time. What it served stays known, as not available.
            if (std::exchange(missed_, true)) there_.store(false);
            return false;
        }
        missed_ = false;
        there_.store(true);
        std::string now;
        for (const offered_version& one : versions) append_all(now, {one.at.subject, " ", one.version, "\n"});
        if (std::exchange(seen_, now) == now) return false;
        const std::vector<const offered_version*> chosen = choose(versions);
        std::vector<mcp::remote_tool> tools;
        for (const offered_version* one : chosen) tools.push_back(one->tool);
        const std::string of = service_said(how_.service);
        agreed_.take(tools, [&](toolset& to, const mcp::remote_tool& t) -> result<void> {
            const auto from = std::find_if(chosen.begin(), chosen.end(), [&](const offered_version* one) { return one->tool.name == t.name; });
            const result<std::string> name = name_of_foreign_tool(to, how_.plugin, of, t);
            if (!name) return name.error();
            service_tool* kept = nullptr;
            shared_thing keeper = shared_thing::make<service_tool>(kept, bus_, of, t, *name, (*from)->at);
            tool described = kept->is.described();
            described.runs(&service_tool::execute, kept, &service_tool::validate);
            return to.add(described, std::move(keeper));
        });
        return true;
    }
    /// One version of each tool: what was agreed to, or else that of the highest version of the service, or what most workers serve.
    HAFT_COLD std::vector<const offered_version*> choose(const std::vector<offered_version>& all) const {
        std::vector<const offered_version*> out;
        std::map<std::string_view, std::size_t> places;  // by name
        for (const offered_version& one : all) {
            const auto [at, is_new] = places.emplace(one.tool.name, out.size());
            if (is_new) {
                out.push_back(&one);
                continue;
            }
            const offered_version*& taken = out[at->second];
            if (is_better(one, *taken)) tell_other(*std::exchange(taken, &one), one);
            else tell_other(one, *taken);
        }
        if (out.size() > how_.max_tools) out.resize(how_.max_tools);
        return out;
    }
    bool is_better(const offered_version& a, const offered_version& b) const {
        const bool a_agreed = agreed_.is_agreed(a.tool.name, mcp::print_of(a.tool)), b_agreed = agreed_.is_agreed(b.tool.name, mcp::print_of(b.tool));
        if (a_agreed != b_agreed && !how_.accepts_changes) return a_agreed;
        if (const int order = compare_versions(a.version, b.version)) return order > 0;
        return a.workers > b.workers;
    }
    void tell_other(const offered_version& left, const offered_version& taken) const {
        how_.log.tell(log_level::info, "nats", concat({"tool ", in_quotes(left.tool.name), " of ", service_said(how_.service), " is there in two versions; workers of version ",
                                                       left.version, " are not called, those of ", taken.version, " are"}));
    }

    const mounted_service_options how_;
    const std::shared_ptr<remote::nats_bus> bus_;
    agreed_tools agreed_;
    std::atomic<bool> there_{false};
    bool missed_ = true;
    std::string seen_;
    std::mutex guard_;
    std::condition_variable wake_;
    bool ends_ = false;
    std::thread looks_;
};

}  // namespace detail

/// The service's tools as a plugin. That nobody serves it yet, or no bus is there, is no error: the plugin is not available until then. Errors
/// are those of nats_bus::open; what is wrong with single tools stands in `problems`.
HAFT_COLD inline result<plugin> mount_service(mounted_service_options how, const mount_errors& problems, detail::pin_file pins) {
    result<std::shared_ptr<remote::nats_bus>> bus = remote::nats_bus::open(how.bus);
    if (!bus) return std::move(bus.error());
    plugin out{.name = how.plugin};
    out.available_hint = concat({"no worker of ", detail::service_said(how.service), " answers at ", (*bus)->where()});
    const auto mounted = std::make_shared<detail::mounted_service>(std::move(how), std::move(*bus), problems, std::move(pins));
    mounted->begin();
    out.available = [mounted] { return mounted->is_there(); };
    out.set_surroundings = [mounted](const plugin_surroundings& around) { mounted->agreed().put_into(around.registry); };
    out.tools_now = [mounted]() -> result<toolset> { return mounted->agreed().tools(); };
    out.teardown = [mounted](std::string_view) -> result<void> {
        mounted->agreed().put_into(nullptr);
        return mounted->end(), result<void>();
    };
    return out;
}

}  // namespace haft::inline v0::host

#endif  // HAFT_HOST_MOUNTED_SERVICE_HPP
