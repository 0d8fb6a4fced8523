// SPDX-License-Identifier: BSL-1.0
// A tool is found by its name among many, and called. The tool is the same trivial one everywhere, so what differs is the
// look-up: haft::toolset, and haft::registry as its readers see it, beside the maps that one would write this with.
// Beside that: hooks are called; haft::hook beside what one would write, a vector of functions that is replaced as a whole.
#include <haft/hook.hpp>
#include <haft/registry/registry.hpp>
#include <haft/registry/registry_reader.hpp>
#include <haft/tool.hpp>

#include <boost/container_hash/hash.hpp>
#include <boost/unordered/unordered_flat_map.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

long calls = 0;

void count_call(const void*, std::string_view, haft::call_context&, haft::result_writer&) { ++calls; }

haft::tool tool_named(std::string_view name) {
    return {.name = name, .execute = &count_call, .description = "Counts", .input_schema = R"({"type":"object"})"};
}

std::vector<std::string> names_of(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i)
        names.push_back("toolbox_" + std::to_string(i % 97) + "__tool_number_" + std::to_string(i));
    return names;
}

/// Names at random, always the same: copies, as they come with a call.
constexpr std::size_t probe_count = 1024;
std::vector<std::string> probes_of(const std::vector<std::string>& names) {
    std::mt19937 random(7);
    std::vector<std::string> probes;
    for (std::size_t i = 0; i < probe_count; ++i) probes.push_back(names[random() % names.size()]);
    return probes;
}

struct by_haft {
    haft::toolset tools;

    explicit by_haft(const std::vector<std::string>& names) {
        for (const std::string& name : names) tools.add(tool_named(name));
    }
    const haft::tool* find(std::string_view name) const { return tools.find(name); }
};

/// The same tools of one owner in a registry: each look-up asks whether there is a newer catalog.
struct by_registry {
    haft::registry tools;
    mutable haft::registry_reader reader;

    explicit by_registry(const std::vector<std::string>& names) : reader(tools) {
        haft::owner all{.name = "all"};
        for (const std::string& name : names) all.tools.add(tool_named(name));
        if (!tools.add_exposed(std::move(all))) std::abort();
    }
    const haft::tool* find(std::string_view name) const { return reader.find(name); }
};

/// What the three maps have in common: look-up by std::string_view without a copy.
template <class Map>
struct by_map {
    Map tools;

    explicit by_map(const std::vector<std::string>& names) {
        for (const std::string& name : names) tools.emplace(name, tool_named(name));
    }
    const haft::tool* find(std::string_view name) const {
        const auto it = tools.find(name);
        return it == tools.end() ? nullptr : &it->second;
    }
};

template <class Hash>
struct transparent : Hash {
    using is_transparent = void;
};
using std_unordered_map =
    std::unordered_map<std::string, haft::tool, transparent<std::hash<std::string_view>>, std::equal_to<>>;
using std_map = std::map<std::string, haft::tool, std::less<>>;
using boost_flat_map =
    boost::unordered_flat_map<std::string, haft::tool, transparent<boost::hash<std::string_view>>, std::equal_to<>>;

/// The fastest map, made fit for tools that come and go: each look-up asks whether the map is still the one it knows.
struct by_flat_map : by_map<boost_flat_map> {
    using by_map::by_map;
    std::atomic<unsigned> generation = 1;
    unsigned known = 1;

    const haft::tool* find(std::string_view name) const {
        return generation.load(std::memory_order_acquire) == known ? by_map::find(name) : nullptr;
    }
};

template <class Registry>
void find_and_call(benchmark::State& state) {
    const std::vector<std::string> names = names_of(static_cast<std::size_t>(state.range(0)));
    const std::vector<std::string> probes = probes_of(names);
    const Registry registry(names);
    const haft::call_options options;
    haft::call_context context("", options);
    std::string out;
    haft::result_writer writer(out);
    std::size_t i = 0;
    const long before = calls;
    for (auto _ : state) {
        const haft::tool* tool = registry.find(probes[i++ % probe_count]);
        if (!tool) return state.SkipWithError("a tool was not found");
        tool->run("{}", context, writer);
    }
    if (calls - before != static_cast<long>(i)) state.SkipWithError("a tool was not called");
}

struct ticked {
    static constexpr std::string_view name = "ticked";
    using signature = void(int);
};

/// Hooks that are hardly more than a call. As haft calls them where nobody looks at a clock.
struct haft_hooks {
    haft::hook_set all;
    haft::hook<ticked>& hooks = all.at<ticked>();
    std::vector<haft::enlistment> held;

    haft_hooks() { all.set_slow(std::chrono::seconds(0)); }
    template <class F>
    void add(F f) {
        auto added = all.add<ticked>(f);
        if (!added) std::abort();
        held.push_back(std::move(*added));
    }
    void emit(int n) { hooks.emit(n); }
};
/// The same through the set, which finds the point first; and with the clock that is looked at by default.
struct haft_hook_set : haft_hooks {
    void emit(int n) { all.emit<ticked>(n); }
};
struct haft_hooks_timed : haft_hooks {
    haft_hooks_timed() { all.set_slow(std::chrono::seconds(5)); }
};

/// Those who call take a snapshot, those who change put a new vector there.
struct vector_of_functions {
    std::mutex mutex;
    std::shared_ptr<const std::vector<std::function<void(int)>>> hooks =
        std::make_shared<std::vector<std::function<void(int)>>>();

    template <class F>
    void add(F f) {
        auto next = std::make_shared<std::vector<std::function<void(int)>>>(*hooks);
        next->push_back(f);
        const std::lock_guard guard(mutex);
        hooks = std::move(next);
    }
    void emit(int n) {
        std::shared_ptr<const std::vector<std::function<void(int)>>> now;
        {
            const std::lock_guard guard(mutex);
            now = hooks;
        }
        for (const auto& hook : *now) hook(n);
    }
};

template <class Hooks>
void call_hooks(benchmark::State& state) {
    Hooks hooks;
    long sum = 0;
    for (int i = 0; i < state.range(0); ++i) hooks.add([&sum, i](int n) { sum += n ^ i; });
    for (auto _ : state) {
        hooks.emit(3);
        benchmark::DoNotOptimize(sum);
    }
    if ((sum != 0) != (state.range(0) != 0)) state.SkipWithError("a hook was not called");
}

template <class Hooks>
void add_hooks(const char* name) {
    benchmark::RegisterBenchmark(name, &call_hooks<Hooks>)->Arg(0)->Arg(1)->Arg(8);
}

template <class Registry>
void add(const char* name) {
    benchmark::RegisterBenchmark(name, &find_and_call<Registry>)->Arg(10)->Arg(1000)->Arg(100'000);
}

}  // namespace

int main(int argc, char** argv) {
    add<by_registry>("haft");
    add<by_haft>("haft_toolset");
    add<by_flat_map>("boost_unordered_flat_map");
    add<by_map<std_unordered_map>>("std_unordered_map");
    add<by_map<std_map>>("std_map");
    add_hooks<haft_hooks>("hooks_haft");
    add_hooks<haft_hook_set>("hooks_haft_hook_set");
    add_hooks<haft_hooks_timed>("hooks_haft_timed");
    add_hooks<vector_of_functions>("hooks_vector_of_functions");
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
