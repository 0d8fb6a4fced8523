// SPDX-License-Identifier: BSL-1.0
// bench_run                            times, with Google Benchmark's own options
// bench_run --check                    whether all approaches give the same answers
// bench_run --schemas                  each schema: task, approach, text
// bench_run --calls N TASK APPROACH    calls only, to be counted: bench_run --calls 100 arguments.a haft
#include "approach.hpp"
#include "check.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

namespace bench {
namespace {

constexpr std::array approaches{&by_haft,     &by_haft_as_usual,       &by_glaze,   &by_reflect_cpp,
                                &by_simdjson, &by_simdjson_reflection, &by_nlohmann};

/// One text that one approach works on.
struct job {
    bool (*run)(std::string&) = nullptr;
    std::string text;
};

job job_of(const approach& by, std::string_view kind, std::size_t task) {
    if (kind == "arguments") return {by.call[task], padded(arguments_of(task))};
    return {by.line, padded(line_of(task, arguments_of(task)))};
}

std::string task_name(std::string_view kind, std::size_t task) { return std::string(kind) + '.' + task_letters[task]; }

/// Calls `each(name, job)` for everything that can be called.
void for_each_job(auto&& each) {
    for (const std::string_view kind : {"arguments", "line"})
        for (std::size_t task = 0; task < task_count; ++task)
            for (const approach* by : approaches)
                if (job j = job_of(*by, kind, task); j.run) each(task_name(kind, task), by->name, std::move(j));
}

/// What the functions themselves cost, so that one sees how much of a time is JSON.
void measure_floor() {
    const auto add = [](std::size_t task, auto function, auto query) {
        benchmark::RegisterBenchmark(task_name("arguments", task) + "/floor", [=](benchmark::State& state) {
            for (auto _ : state) {
                auto result = function(query);
                benchmark::DoNotOptimize(result);
            }
        });
    };
    add(0, get_weather, weather_query{"Berlin", 5});
    add(1, plan_route,
        route_query{
            {52.520008, 13.404954, "Alexanderplatz"}, std::vector<double>(8, 1.5), travel_mode::train, "avoid stairs"});
    text_query text;
    while (text.text.size() < 9945)
        text.text += "The quick brown fox jumps over the lazy dog, then reads line of a log.\n";
    add(2, count_text, text);
}

void measure(int argc, char** argv) {
    for_each_job([](const std::string& task, std::string_view approach, job j) {
        benchmark::RegisterBenchmark(task + '/' + std::string(approach), [j](benchmark::State& state) {
            std::string text = padded(j.text);
            for (auto _ : state)
                if (!j.run(text)) return state.SkipWithError("refused");
        });
    });
    measure_floor();
    for (std::size_t task = 0; task < task_count; ++task)
        for (const approach* by : approaches)
            if (const auto make = by->make_schema[task])
                benchmark::RegisterBenchmark(task_name("schema", task) + '/' + std::string(by->name),
                                             [make](benchmark::State& state) {
                                                 for (auto _ : state) answer(make());
                                             });
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}

int call(unsigned long times, std::string_view task, std::string_view approach) {
    int status = 2;
    for_each_job([&](const std::string& name, std::string_view by, job j) {
        if (name != task || by != approach) return;
        status = 0;
        for (unsigned long i = 0; i < times; ++i)
            if (!j.run(j.text)) status = 1;
    });
    if (status) std::fprintf(stderr, "bench_run: %s\n", status == 2 ? "no such task and approach" : "refused");
    return status;
}

void print_schemas() {
    for (std::size_t task = 0; task < task_count; ++task)
        for (const approach* by : approaches)
            if (const auto make = by->make_schema[task])
                std::printf("%s %s %s\n", task_name("schema", task).c_str(), by->name.data(), make().c_str());
            else if (const std::string_view text = by->schema[task]; !text.empty())
                std::printf("%s %s %s\n", task_name("schema", task).c_str(), by->name.data(),
                            std::string(text).c_str());
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
    const std::span arguments(argv, static_cast<std::size_t>(argc));
    const std::string_view what = argc > 1 ? arguments[1] : "";
    if (what == "--check") return bench::agree(bench::approaches) ? 0 : 1;
    if (what == "--schemas") return bench::print_schemas(), 0;
    if (what == "--calls" && argc == 5)
        return bench::call(std::strtoul(arguments[2], nullptr, 10), arguments[3], arguments[4]);
    bench::measure(argc, argv);
}
