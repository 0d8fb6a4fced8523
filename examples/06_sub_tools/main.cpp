// SPDX-License-Identifier: BSL-1.0
// gptme's three layers, from function to tool to sub-tools, and the views that change a set: what "From Python function to gptme
// tool in one line" shows, in C++.
#include <haft/views.hpp>

#include <cstdio>
#include <string>
#include <vector>

struct page {
    std::string url;
    int most_characters = 200;
    static constexpr std::array haft_fields{haft::field{"url", "Address of the page"},
                                            haft::field{"most_characters", "", haft::minimum(1)}};
};
struct words {
    std::string query;
    std::string api_key;
};
std::string read_url(const page& p) {
    return "the first " + std::to_string(p.most_characters) + " characters of " + p.url;
}
std::vector<std::string> search(const words& w) {
    return {"results for " + w.query + ", asked with the key " + w.api_key};
}

namespace {

void list(const char* title, const haft::toolset& tools) {
    std::printf("%s\n", title);
    for (const haft::tool& t : tools)
        std::printf("  %-20.*s %.*s\n", static_cast<int>(t.name.size()), t.name.data(),
                    static_cast<int>(t.description.size()), t.description.data());
    for (const haft::error& e : tools.refusals()) std::printf("  refused: %s\n", e.text().c_str());
}

}  // namespace

int main() {
    // One line: name, parameters, schema, result and executor come from the function.
    const haft::toolset one{haft::make<&read_url>("Read a web page")};
    list("from a function", one);
    std::printf("  %.*s\n", static_cast<int>(one[0].input_schema.size()), one[0].input_schema.data());

    // A tool that is really several, and its functions as tools of their own.
    haft::parent_tool browser{.name = "browser",
                              .words = {.description = "Browses", .effect = haft::read_only, .hints = haft::web}};
    browser.functions.add(haft::make<&read_url>("Read a web page"));
    browser.functions.add(haft::make<&search>("Search the web"));
    const haft::toolset tools{browser};
    list("sub-tools", tools);

    // An allow-list by glob and by hint.
    list("selected by browser.r*", tools | haft::views::filter(haft::selector{"browser.r*"}));
    list("selected by hint:web,!browser.search",
         tools | haft::views::filter(haft::selector::parse("hint:web,!browser.search")));

    // The same tools as others see them: an argument renamed, a key hidden, a default of our own.
    const haft::toolset shown =
        tools |
        haft::views::transform(
            "browser.search",
            haft::transform{}.rename("find").rename_arg("query", "what").hide("api_key", R"("secret")")) |
        haft::views::transform("browser.read_url", haft::transform{}.set_default("url", R"("example.com")")) |
        haft::views::prefix("my.");
    list("transformed", shown);
    std::printf("  %s\n", shown.call("my.find", R"({"what":"hafts"})")->c_str());
    std::printf("  %s\n", shown.call("my.browser.read_url", "{}")->c_str());
    std::printf("  %s\n", shown.call("my.find", R"({"query":"hafts","api_key":"mine"})").error().text().c_str());

    // Two sets of one name are an error, and a prefix mends it.
    std::printf("%s\n", haft::combine(tools, tools).error().text().c_str());
    list("combined", *haft::combine(tools, tools | haft::views::prefix("old.")));
}
