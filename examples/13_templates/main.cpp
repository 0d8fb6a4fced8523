// SPDX-License-Identifier: BSL-1.0
// llm's template and fragment loaders: `llm -t my-prefix:name -f my-fragments:argument`, in C++.
#include <haft/prompt/evaluate.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/prompt/load_template.hpp>
#include <haft/prompt/template_attachments.hpp>
#include <haft/prompt/template_tools.hpp>
#include <haft/registry.hpp>

#include <cstdio>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

// The two loaders of llm's plugin page.
haft::prompt_template my_template_loader(std::string_view name) {
    if (name == "broken") throw std::runtime_error("the server said 503");
    const std::string topic(name);
    return {.name = topic,
            .prompt = "This is a sample prompt for " + topic + ": $input",
            .system = "You are an assistant specialized in " + topic,
            .attachments = {"https://example.com/chart.png"},
            .tools = {"search", "delete_all"},
            .functions = {"delete_all"}};
}
haft::fragment my_fragment_loader(std::string_view argument) {
    const std::string text(argument);
    return {"Fragment content for " + text, "my-fragments:" + text};
}
// One that gives several things for one argument.
haft::result<haft::fragment_list> docs(std::string_view page) {
    static const std::map<std::string_view, std::string_view> pages{{"style", "One idea a file."},
                                                                    {"errors", "Errors say how to mend them."}};
    haft::fragment_list out;
    for (const auto& [name, text] : pages)
        if (page == "all" || page == name)
            out.push_back(haft::fragment{std::string(text), "docs:" + std::string(name)});
    if (out.empty()) return haft::error{.message = "there is no such page"};
    if (page == "all") out.push_back(haft::attachment{.bytes = "GIF89a"});
    return out;
}

haft::owner plugin() {
    haft::owner out{.name = "my-plugin"};
    out.parts.push_back(haft::template_loader_part("my-prefix", my_template_loader));
    out.parts.push_back(haft::fragment_loader_part("my-fragments", my_fragment_loader));
    out.parts.push_back(haft::fragment_loader_part("docs", docs));
    return out;
}

void title(const char* text) { std::printf("\n== %s\n", text); }
template <class T>
bool failed(const haft::result<T>& of) {
    if (!of) std::puts(of.error().text().c_str());
    return !of;
}

void show(const haft::fragment_list& all) {
    for (const haft::fragment_or_attachment& one : all)
        if (const auto* text = std::get_if<haft::fragment>(&one))
            std::printf("%.8s %s: %s\n", text->id().c_str(), text->source.c_str(), text->content.c_str());
        else std::printf("attachment, %s\n", haft::attachment_type(std::get<haft::attachment>(one))->c_str());
}

void show(const haft::template_toolset& all) {
    for (const haft::tool& t : all.tools) std::printf("tool %s\n", std::string(t.name).c_str());
    for (const std::string& name : all.refused) std::printf("refused %s\n", name.c_str());
}

/// `-t spec -f fragments… input`, as far as it goes without a model.
void run(haft::registry& registry, std::string_view spec, const haft::template_values& params, std::string_view input,
         const haft::toolset& known) {
    title(std::string(spec).c_str());
    const auto t = haft::load_template(registry.get<haft::template_loaders>(), spec);
    if (failed(t)) return;
    const auto text = haft::evaluate(t->what, input, params);
    if (failed(text)) return;
    const auto fragments =
        haft::load_fragments(registry.get<haft::fragment_loaders>(), t->what.fragments, {.allow_files = t->trusted});
    if (failed(fragments)) return;
    const auto attachments = haft::template_attachments(*t);
    if (failed(attachments)) return;
    const haft::toolset allowed = *haft::select(known, {"search", "summarise"});
    const auto tools = haft::template_tools(*t, allowed, known);
    if (failed(tools)) return;
    std::printf("%s\nsystem: %s\nprompt: %s\n", t->trusted ? "trusted" : "not trusted", text->system.c_str(),
                haft::with_fragments(*fragments, text->prompt).c_str());
    for (const haft::attachment& a : *attachments)
        std::printf("attachment %s, %s, %.8s\n", (a.url.empty() ? a.path : a.url).c_str(),
                    haft::attachment_type(a)->c_str(), haft::attachment_id(a)->c_str());
    show(*tools);
}

}  // namespace

int main() {
    haft::registry registry;
    failed(registry.add_exposed(plugin()));
    haft::toolset known;
    for (const char* name : {"search", "summarise", "now", "delete_all"})
        known.add(name, "A tool of this program", [] { return 1; });

    run(registry, "my-prefix:bees", {}, "how many?", known);
    run(registry, "examples/13_templates/review.json", {{"language", "C++"}, {"tone", "dry"}}, "int main() {}", known);
    run(registry, "examples/13_templates/review.json", {}, "int main() {}", known);
    run(registry, "my-prefix:broken", {}, "", known);
    run(registry, "my-prefx:bees", {}, "", known);

    title("-f my-fragments:a -f docs:all -f docs:style -f my-fragments:b");
    auto& loaders = registry.get<haft::fragment_loaders>();
    show(*haft::load_fragments(loaders, {"my-fragments:a", "docs:all", "docs:style", "my-fragments:b"}));
    title("-f docs:all where attachments are forbidden");
    failed(haft::load_fragments(loaders, {"docs:all"}, {.allow_attachments = false}));
    title("-f docs:stile");
    failed(haft::load_fragments(loaders, {"docs:stile"}));
}
