// SPDX-License-Identifier: BSL-1.0
// The server that the official clients are tried on: each tool exercises one thing of the wire. A haft program (list,
// show, call, serve), with `--page-size N` or `--max-frame-bytes N` a server with those options, with `--threads DRAIN_MS`
// one that runs each call on a thread of its own, with `--lenient` one that converts arguments.

#include <haft/haft.hpp>

#include <boost/describe/enum.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <unistd.h>

namespace {

// --- results of every form ---

struct text_args {
    std::string text;
    static constexpr std::array haft_fields{haft::field{"text", "What to work on"}};
};
std::string echo(const text_args& a) { return a.text; }

struct add_args {
    int a;
    int b;
};
int add(const add_args& a) { return a.a + a.b; }

struct point {
    int x = 0;
    double y = 0;
    std::optional<std::string> label;
};
point origin() { return {3, 0.5, "here"}; }

void nothing() {}

struct count_args {
    int count = 3;
    static constexpr std::array haft_fields{haft::field{"count", "How many", haft::minimum(0), haft::maximum(1000)}};
};
std::vector<int> squares(const count_args& a) {
    std::vector<int> out;
    for (int i = 0; i < a.count; ++i) out.push_back(i * i);
    return out;
}

struct ratio_args {
    double a;
    double b;
};
double ratio(const ratio_args& a) { return a.a / a.b; }  // 0/0 can't be given as JSON

std::string fail(const text_args& a) { throw std::runtime_error(a.text); }

struct big_args {
    std::size_t bytes;
    static constexpr std::array haft_fields{haft::field{"bytes", "Size of the text", haft::maximum(20'000'000)}};
};
std::string big(const big_args& a) { return std::string(a.bytes, 'x'); }

// --- parameters of every form ---

enum class size { small, medium, large };
BOOST_DESCRIBE_ENUM(size, small, medium, large)

struct item {
    std::string name;
    int count = 1;
    std::vector<std::string> notes;
    static constexpr std::array haft_fields{
        haft::field{"name", "What it is", haft::min_length(1), haft::max_length(20)},
        haft::field{"count", "How many of it", haft::minimum(1), haft::maximum(99)},
        haft::field{"notes", "Wishes", haft::not_required, haft::max_items(3)}};
};
struct order_args {
    std::vector<item> items;
    enum size size = size::medium;
    std::optional<double> discount;
    bool gift = false;
    static constexpr std::array haft_fields{
        haft::field{"items", "What to order", haft::min_items(1), haft::max_items(5)},
        haft::field{"size", "Of the parcel"},
        haft::field{"discount", "A fraction", haft::minimum(0.0), haft::maximum(0.5)}, haft::field{"gift", "Wrap it"}};
};
struct receipt {
    int pieces = 0;
    enum size size = size::medium;
    std::optional<double> discount;
    std::vector<item> items;
};
receipt place_order(const order_args& a) {
    receipt r{0, a.size, a.discount, a.items};
    for (const item& i : a.items) r.pieces += i.count;
    return r;
}

// --- tools that behave badly ---

int shell(const char* command) { return std::system(command); }

// Every way to standard output there is; none of it may reach the client.
std::string chatter(const text_args& a) {
    std::printf("printf %s\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n", a.text.c_str());
    std::cout << "cout " << a.text << '\n';
    std::cout << "cout, not flushed";
    constexpr std::string_view raw = "write\nhalf a line {";
    if (::write(STDOUT_FILENO, raw.data(), raw.size()) < 0) throw std::runtime_error("write failed");
    if (shell("echo a child process") != 0) throw std::runtime_error("the child process failed");
    if (shell("(sleep 0.05; echo a child in the background) &") != 0) throw std::runtime_error("no background");
    return a.text;
}

// Reads standard input, itself and in a child process; nothing of the client's messages may be there.
int nosy() {
    if (shell("cat >/dev/null") != 0) throw std::runtime_error("cat failed");
    int bytes = 0;
    for (char c = 0; ::read(STDIN_FILENO, &c, 1) == 1;) ++bytes;
    return bytes;
}

// Whether a child process has its signals as it expects them: then `yes` dies of SIGPIPE (141).
int child_of_a_broken_pipe() {
    return WEXITSTATUS(shell("bash -c 'yes | head -n 1 >/dev/null; exit ${PIPESTATUS[0]}'"));
}

std::string not_utf8() { return "a\xff\xfe\xc3(b\xed\xa0\x80"; }
std::string fail_not_utf8() { throw std::runtime_error("a\xff\xfe b"); }
std::string line_ends() {
    using namespace std::string_view_literals;
    return std::string("a\nb\r\nc\xe2\x80\xa8z\0e\x1b[0m"sv);
}

struct sleep_args {
    int ms;
    static constexpr std::array haft_fields{haft::field{"ms", "Milliseconds", haft::minimum(0), haft::maximum(60'000)}};
};
int slow(const sleep_args& a) {
    std::this_thread::sleep_for(std::chrono::milliseconds(a.ms));
    return a.ms;
}

// --- results that are no JSON ---

// The smallest PNG there is: one transparent pixel.
haft::image pixel() {
    constexpr unsigned char bytes[] = {
        0x89, 'P',  'N',  'G',  '\r', '\n', 0x1A, '\n', 0,    0,    0,   0x0D, 'I',  'H',  'D',  'R',  0,
        0,    0,    1,    0,    0,    0,    1,    8,    6,    0,    0,   0,    0x1F, 0x15, 0xC4, 0x89, 0,
        0,    0,    0x0A, 'I',  'D',  'A',  'T',  0x78, 0x9C, 0x63, 0,   1,    0,    0,    5,    0,    1,
        0x0D, 0x0A, 0x2D, 0xB4, 0,    0,    0,    0,    'I',  'E',  'N', 'D',  0xAE, 0x42, 0x60, 0x82};
    return {std::string(bytes, bytes + sizeof bytes)};
}
haft::content every_block() {
    return {"a text",
            pixel(),
            haft::audio{"RIFF"},
            haft::resource{"file:///a.md", "text/markdown", "# A"},
            haft::resource{"file:///a.bin", "application/octet-stream", std::vector<unsigned char>{0, 255}},
            haft::resource_link{"https://example.org/a", "A page", "About A", "text/html"}};
}
haft::output<point> point_with_picture() { return {{1, 2.5, {}}, {pixel()}}; }
std::optional<int> maybe(const text_args& a) { return a.text == "yes" ? std::optional(1) : std::nullopt; }
std::optional<std::string> maybe_text(const text_args& a) {
    return a.text == "yes" ? std::optional(a.text) : std::nullopt;
}

// --- tools that tell something while they run ---

int steps(const count_args& a, haft::call_context& c) {
    for (int i = 1; i <= a.count; ++i) {
        c.progress(i, a.count, "step " + std::to_string(i));
        std::this_thread::sleep_for(std::chrono::milliseconds(5));  // an executor's progress is told as it goes
    }
    return a.count;
}
std::string talk(haft::arg<"text", std::string> text, haft::call_context& c) {
    c.log(haft::log_level::debug, "debug " + *text);
    c.log(haft::log_level::info, "info " + *text);
    c.log(haft::log_level::error, "error " + *text);
    return *text;
}
// Until somebody asks it to stop; how long that took goes to standard error, since nobody hears the result.
int until_stopped(haft::call_context& c) {
    const auto begin = std::chrono::steady_clock::now();
    c.progress(0, 1);
    while (!c.stop_requested() && std::chrono::steady_clock::now() - begin < std::chrono::seconds(20))
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    std::fputs(c.stop_requested() ? "stopped\n" : "not stopped\n", stderr);
    return 1;
}

haft::toolset all_tools() {
    return {
        haft::make<&echo>("Give the text back"),
        haft::make<&add>({.description = "Add two numbers",
                          .title = "Addition",
                          .effect = haft::read_only,
                          .hints = haft::closed_world}),
        haft::make<&origin>("A struct as the result"),
        haft::make<&nothing>("No parameters and no result"),
        haft::make<&squares>("An array as the result"),
        haft::make<&ratio>("A number that may be none"),
        haft::make<&fail>("Throw the text"),
        haft::make<&big>("A long text"),
        haft::make<&place_order>(
            {.description = "Nested structs, an enum, optionals, limits", .effect = haft::additive}),
        haft::make<&chatter>("Print to standard output in every way"),
        haft::make<&nosy>("Read standard input; gives the bytes that were there"),
        haft::make<&child_of_a_broken_pipe>("The exit code of a child process whose reader has gone"),
        haft::make<&not_utf8>("Bytes that are no UTF-8"),
        haft::make<&fail_not_utf8>("Throw bytes that are no UTF-8"),
        haft::make<&line_ends>("Every sort of line end"),
        haft::make<&slow>(
            {.description = "Sleep", .effect = haft::read_only, .hints = haft::idempotent | haft::closed_world}),
        haft::make<&pixel>("An image"),
        haft::make<&every_block>("Every kind of content"),
        haft::make<&point_with_picture>("A struct and an image"),
        haft::make<&maybe>("A number for yes"),
        haft::make<&maybe_text>("A text for yes"),
        haft::make<&steps>("Tell each step"),
        haft::make<&talk>("Log on three levels"),
    };
}

}  // namespace

int main(int argc, char** argv) {
    std::ios::sync_with_stdio(
        false);  // std::cout then has a buffer of its own, which has to stay out of the stream too
    const std::string_view option = argc > 1 ? argv[1] : "";
    haft::call_options call;
    call.max_result_bytes = 16u << 20;
    if (option != "--page-size" && option != "--max-frame-bytes" && option != "--threads" && option != "--lenient")
        return haft::run(all_tools(), argc, argv,
                         {.name = "fixture", .version = "1.2.3", .instructions = "Tools for tests.", .call = call});
    haft::mcp::server_options options;
    options.name = "fixture";
    options.call = call;
    haft::toolset tools = all_tools();
    const std::size_t number = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 0;
    if (option == "--page-size") options.page_size = number;
    else if (option == "--max-frame-bytes") options.max_frame_bytes = number;
    else if (option == "--lenient") options.call.mode = haft::lenient;
    if (option == "--threads") {
        tools.add(haft::make<&until_stopped>("Run until it is cancelled"));  // without threads nobody could
        options.executor = [](std::function<void()> job) { std::thread(std::move(job)).detach(); };
        options.drain_time = std::chrono::milliseconds(number);
    }
    return haft::mcp::serve_stdio(tools, options);
}
