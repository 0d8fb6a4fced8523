// SPDX-License-Identifier: BSL-1.0
// The other half of the fifty tools: files, code, data, media, trees.
#include <haft/std.hpp>
#include <haft/tool.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

namespace code {

enum class severity { note, warning, error };
enum class op { plus, minus, times };

struct node {
    std::string name;
    std::vector<node> children;
    std::optional<int> weight;
};
struct expression;
struct operation {
    code::op op = code::op::plus;
    std::vector<expression> operands;
};
struct expression {
    std::variant<double, std::string> leaf;
    std::vector<operation> operations;
};
struct chain {
    int value = 0;
    std::unique_ptr<chain> next;
};
struct search_options {
    bool ignore_case = false;
    std::vector<std::string> globs{"*.cpp", "*.hpp"};
    int context_lines = 2;
};
struct search_query {
    std::string pattern;
    std::filesystem::path folder;
    search_options options;
    std::uint32_t limit = 100;
    static constexpr std::array haft_fields{
        haft::field{"pattern", "What to look for", haft::min_length(1), haft::max_length(200)},
        haft::field{"folder", "Where to look", haft::not_required}, haft::field{"options", "", haft::not_required},
        haft::field{"limit", "At most so many", haft::maximum(1000), haft::default_(100)}};
};
struct match {
    std::string file;
    std::uint32_t line = 0;
    std::string text;
};
struct diagnostic {
    code::severity severity = code::severity::note;
    std::string message;
    std::optional<match> at;
};
struct headers_query {
    std::string url;
    std::string content_type = "application/json";
    std::string name_space = "default";
    static constexpr std::array haft_fields{
        haft::field{"url", "Where to send it", haft::format("uri")},
        haft::field{"content_type", "", haft::as("Content-Type"), haft::one_of("application/json", "text/plain")},
        haft::field{"name_space", "A C++ keyword", haft::as("namespace")}};
};

std::vector<match> search_code(const search_query& q) { return {{"a.cpp", 1, q.pattern}}; }
std::vector<diagnostic> lint(haft::arg<"files", std::vector<std::string>, haft::min_items(1)>,
                             haft::arg<"least", severity, haft::default_("warning")> least) {
    return {{least, "unused", {}}};
}
std::string read_file(
    haft::arg<"path", haft::sandboxed_path, haft::doc("File to read")> path,
    haft::arg<"lines", std::optional<std::pair<std::uint32_t, std::uint32_t>>, haft::doc("First and last")>) {
    return path->path().filename().string();
}
void write_file(haft::arg<"path", haft::sandboxed_path, haft::doc("File to write")>,
                haft::arg<"text", std::string_view>, haft::arg<"overwrite", bool, haft::default_(false)>) {}
std::size_t count_nodes(const node& root) {
    std::size_t n = 1;
    for (const node& child : root.children) n += count_nodes(child);
    return n;
}
double evaluate(const expression& e) {
    const auto* number = std::get_if<double>(&e.leaf);
    return number ? *number : 0;
}
int length_of(const chain& c) { return c.next ? 1 + length_of(*c.next) : 1; }
haft::json_text query_json(haft::arg<"document", haft::json_text, haft::doc("Any JSON")> document,
                           haft::arg<"path", std::string, haft::default_("$")>) {
    return *document;
}
std::map<std::string, haft::json_text> merge_objects(
    haft::arg<"objects", std::vector<std::map<std::string, haft::json_text>>> objects) {
    std::map<std::string, haft::json_text> out;
    for (auto& o : *objects) out.merge(o);
    return out;
}
std::string post(const headers_query& q) { return q.url; }
haft::image screenshot() { return {.bytes = "png", .mime_type = "image/png"}; }
haft::audio say(haft::arg<"text", std::string, haft::max_length(500)>) { return {.bytes = "wav"}; }
haft::output<std::string> render(haft::arg<"markdown", std::string> text) {
    return {*text, {haft::image{.bytes = "png"}}};
}
std::unordered_map<std::string, int> word_count(haft::arg<"text", std::string> text) { return {{*text, 1}}; }
std::unordered_set<std::string> distinct(haft::arg<"words", std::deque<std::string>> words) {
    return {words->begin(), words->end()};
}
std::list<bool> to_bits(haft::arg<"value", std::uint64_t> value) { return {(*value & 1) != 0}; }
std::vector<bool> invert(haft::arg<"bits", std::vector<bool>> bits) {
    std::vector<bool> out = *bits;
    out.flip();
    return out;
}
std::optional<std::string> environment(haft::arg<"name", std::string, haft::pattern("^[A-Z_][A-Z0-9_]*$")>) {
    return {};
}
int run_tests(haft::arg<"suites", std::set<std::string>, haft::not_required>,
              haft::arg<"jobs", int, haft::minimum(1), haft::default_(2)>, haft::call_context& context) {
    context.progress(1, 2, "half");
    return context.stop_requested() ? 1 : 0;
}
std::string no_parameters() { return "nothing"; }
long double mean(haft::arg<"values", std::vector<long double>, haft::min_items(1)> values) {
    long double sum = 0;
    for (const long double v : *values) sum += v;
    return sum / static_cast<long double>(values->size());
}
char first_letter(haft::arg<"word", std::u8string> word) {
    return word->empty() ? '?' : static_cast<char>((*word)[0] & 0x7F);
}
std::string mail(
    haft::arg<"to", std::vector<std::string>>,
    haft::arg<"subject", std::string, haft::doc("One line"), haft::max_length(78)>,
    haft::arg<"reply_to", std::string, haft::format("email"), haft::default_("nobody@example.org")> reply_to) {
    return *reply_to;
}
std::string lookup_host(haft::arg<"host", std::string, haft::format("hostname")> host,
                        haft::arg<"family", int, haft::one_of(4, 6), haft::default_(4)>) {
    return *host;
}
std::string a_function_whose_name_is_much_longer_than_the_sixty_four_characters_of_openai() { return "long"; }
inline constexpr std::array no_words{haft::field{"left", "Left side"},
                                     haft::field{"right", "Right side", haft::default_(nullptr)}};
bool same(const haft::json_text& left, const haft::json_text& right) { return left == right; }

}  // namespace code

HAFT_TOOL(code::search_code, {.description = "Search the code for a regular expression", .effect = haft::read_only});
HAFT_TOOL(code::lint, "Run the linter");
HAFT_TOOL(code::read_file,
          {.description = "Read a file", .name = "file.read", .effect = haft::read_only, .hints = haft::closed_world});
HAFT_TOOL(code::write_file, {.description = "Write a file",
                             .name = "file.write",
                             .effect = haft::destructive,
                             .hints = haft::idempotent | haft::closed_world});
HAFT_TOOL(code::count_nodes, "Count the nodes of a tree");
HAFT_TOOL(code::evaluate, "Evaluate an expression");
HAFT_TOOL(code::length_of, "Length of a chain");
HAFT_TOOL(code::query_json, "Query a JSON document");
HAFT_TOOL(code::merge_objects, "Merge objects");
HAFT_TOOL(code::post, "Send a request");
HAFT_TOOL(code::screenshot, "Picture of the screen");
HAFT_TOOL(code::say, "Speak a text");
HAFT_TOOL(code::render, "Render Markdown");
HAFT_TOOL(code::word_count, "Count words");
HAFT_TOOL(code::distinct, "Distinct words");
HAFT_TOOL(code::to_bits, "Bits of a number");
HAFT_TOOL(code::invert, "Invert bits");
HAFT_TOOL(code::environment, "An environment variable");
HAFT_TOOL(code::run_tests, {.description = "Run test suites", .hints = haft::idempotent});
HAFT_TOOL(code::no_parameters, "Takes nothing");
HAFT_TOOL(code::mean, "Mean of some values");
HAFT_TOOL(code::first_letter, "First letter of a word");
HAFT_TOOL(code::mail, {.description = "Send a mail", .effect = haft::additive});
HAFT_TOOL(code::lookup_host, "Address of a host");
HAFT_TOOL_NAMED(code::same, code::no_words, "Whether two documents are the same text");
HAFT_TOOL(code::a_function_whose_name_is_much_longer_than_the_sixty_four_characters_of_openai,
          "A name that must be cut");
