// SPDX-License-Identifier: BSL-1.0
// Fragments: what one -f stands for, in which order, which of equal ones stay, and what goes wrong.
#include <haft/core/sha256.hpp>
#include <haft/prompt/fragment_loader.hpp>
#include <haft/prompt/load_fragments.hpp>
#include <haft/registry/registry.hpp>

#include "support.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace {

/// `docs:a,b` gives the fragments a and b.
std::vector<haft::fragment> several(std::string_view argument) {
    std::vector<haft::fragment> out;
    while (!argument.empty()) {
        const std::size_t comma = argument.find(',');
        out.push_back({std::string(argument.substr(0, comma)), "docs"});
        argument.remove_prefix(comma == argument.npos ? argument.size() : comma + 1);
    }
    return out;
}
haft::fragment_list mixed(std::string_view argument) {
    return {haft::fragment{std::string(argument), "mixed"}, haft::attachment{.bytes = "GIF89a"},
            haft::fragment{"and more", "mixed"}};
}

std::string shown(const haft::result<haft::fragment_list>& all) {
    if (!all) return all.error().text();
    std::string out;
    for (const haft::fragment_or_attachment& one : *all) {
        if (!out.empty()) out += " ";
        if (const auto* text = std::get_if<haft::fragment>(&one)) out += text->content + "<" + text->source + ">";
        else out += "[" + *haft::attachment_type(std::get<haft::attachment>(one)) + "]";
    }
    return out;
}

struct loaded {
    haft::fragment_loaders all;
    haft::result<haft::enlistment> docs = haft::add_fragment_loader(all, "docs", several);
    haft::result<haft::enlistment> mix = haft::add_fragment_loader(all, "mixed", mixed);
    haft::result<haft::enlistment> one =
        haft::add_fragment_loader(all, "one", [](std::string_view a) { return haft::fragment{std::string(a), "one"}; });
    haft::result<haft::enlistment> picture = haft::add_fragment_loader(
        all, "picture", [](std::string_view) { return haft::attachment{.bytes = "\xFF\xD8\xFF"}; });
};

}  // namespace

TEST_CASE("A loader gives one or many, fragments, attachments or both", "[TF-05]") {
    const loaded l;
    CHECK(shown(haft::load_fragments(l.all, {"one:a"})) == "a<one>");
    CHECK(shown(haft::load_fragments(l.all, {"docs:a,b"})) == "a<docs> b<docs>");
    CHECK(shown(haft::load_fragments(l.all, {"mixed:a"})) == "a<mixed> [image/gif] and more<mixed>");
    CHECK(shown(haft::load_fragments(l.all, {"picture:"})) == "[image/jpeg]");
    CHECK(shown(haft::load_fragments(l.all, {"docs:"})) == "");
    CHECK(shown(haft::load_fragments(l.all, {})) == "");
}

TEST_CASE("Loaders are stacked, and the order is that in which they were written", "[TF-05]") {
    const loaded l;
    CHECK(shown(haft::load_fragments(l.all, {"docs:c,a", "one:b", "mixed:z", "docs:d"})) ==
          "c<docs> a<docs> b<one> z<mixed> [image/gif] and more<mixed> d<docs>");
    CHECK(shown(haft::load_fragments(l.all, {"one:a:b"})) == "a:b<one>");
}

TEST_CASE("A fragment's id is the SHA-256 of its content, and equal ones go in once", "[TF-05]") {
    CHECK(haft::fragment{"abc", "x"}.id() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(haft::fragment{"", "x"}.id() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(haft::sha256_of("abc") == haft::fragment{"abc", "y"}.id());
    const loaded l;
    CHECK(shown(haft::load_fragments(l.all, {"docs:a,b", "one:b", "one:c", "docs:a"})) == "a<docs> b<docs> c<one>");
    CHECK(shown(haft::load_fragments(l.all, {"one:a", "docs:a"}, {.keep_equal = true})) == "a<one> a<docs>");
}

TEST_CASE("An attachment where none is allowed is an error that names the loader", "[TF-05]") {
    const loaded l;
    const haft::fragment_options none{.allow_attachments = false};
    const auto out = haft::load_fragments(l.all, {"one:a", "mixed:b"}, none);
    REQUIRE_FALSE(out);
    CHECK(out.error().code == haft::errc::stray_attachment);
    CHECK(out.error().text() ==
          "Could not load fragment mixed:b: the fragment loader \"mixed\" gave an attachment, and here none is allowed "
          "[haft-E0336]");
    CHECK(shown(haft::load_fragments(l.all, {"docs:a"}, none)) == "a<docs>");
}

TEST_CASE("Whatever goes wrong is told with the fragment's name", "[TF-05]") {
    loaded l;
    const auto a = haft::add_fragment_loader(
        l.all, "throws", [](std::string_view) -> haft::fragment { throw std::runtime_error("no such page"); });
    const auto b = haft::add_fragment_loader(l.all, "fails", [](std::string_view) -> haft::result<haft::fragment> {
        return haft::error{.message = "not today"};
    });
    CHECK(shown(haft::load_fragments(l.all, {"one:a", "throws:x"})) ==
          "Could not load fragment throws:x: no such page [haft-E0335]");
    CHECK(shown(haft::load_fragments(l.all, {"fails:x"})) == "Could not load fragment fails:x: not today [haft-E0335]");
    CHECK(shown(haft::load_fragments(l.all, {"there/is/none.txt"})) ==
          "Could not load fragment there/is/none.txt: there is no such file [haft-E0335]");
    CHECK(
        shown(haft::load_fragments(l.all, {"https://example.com"})) ==
        "Could not load fragment https://example.com: nothing here fetches URLs: the host has brought no function for "
        "it [haft-E0335]");
    CHECK(
        shown(haft::load_fragments(l.all, {"doc:x"})) ==
        "no fragment loader has the prefix \"doc\" of \"doc:x\"; did you mean \"docs\"? There are docs, fails, mixed, "
        "one, picture, throws [haft-E0331]");
}

TEST_CASE("Fragments are files and URLs as well, of bounded size", "[TF-05]") {
    const prompt_test::temporary_folder folder;
    const std::string path = folder.file("notes.txt", "0123456789");
    const haft::fragment_loaders none;
    CHECK(shown(haft::load_fragments(none, {path})) == "0123456789<" + path + ">");
    CHECK(shown(haft::load_fragments(none, {path}, {.max_bytes = 9})) ==
          "Could not load fragment " + path + ": it has 10 bytes; at most 9 are read [haft-E0335]");
    CHECK(shown(haft::load_fragments(none, {folder.path().string()})).ends_with("this is no file [haft-E0335]"));
    CHECK(shown(haft::load_fragments(none, {path}, {.allow_files = false})) ==
          "Could not load fragment " + path +
              ": the template that names it is no file of your own, so no file is read "
              "for it [haft-E0335]");
    std::size_t most = 0;
    const haft::fragment_options web{
        .fetch = [&](const std::string& url, std::size_t max_bytes) -> haft::result<haft::fetched> {
            most = max_bytes;
            return haft::fetched{"from " + url};
        },
        .max_bytes = 30};
    CHECK(shown(haft::load_fragments(none, {"https://e.com"}, web)) == "from https://e.com<https://e.com>");
    CHECK(most == 30);
    CHECK(shown(haft::load_fragments(none, {"https://example.com/longer/than/that"}, web))
              .ends_with("it is too long; at most 30 bytes are read [haft-E0335]"));
}

TEST_CASE("Fragments come before the prompt, each in lines of its own", "[TF-05]") {
    CHECK(haft::with_fragments({haft::fragment{"a", ""}, haft::attachment{.bytes = "x"}, haft::fragment{"b", ""}},
                               "p") == "a\nb\np");
    CHECK(haft::with_fragments({}, "p") == "p");
    CHECK(haft::with_fragments({haft::fragment{"", ""}}, "p") == "\np");
    CHECK(haft::with_fragments({haft::fragment{"a", ""}}, "") == "a");
}

TEST_CASE("Of two loaders of one prefix the second is prefix_1, and owners bring loaders", "[TF-05]") {
    haft::registry r;
    haft::owner first{.name = "first"}, second{.name = "second"};
    first.parts.push_back(haft::fragment_loader_part("docs", several));
    second.parts.push_back(
        haft::fragment_loader_part("docs", [](std::string_view) { return haft::fragment{"second", "s"}; }));
    REQUIRE(r.add_exposed(first));
    REQUIRE(r.add_exposed(second));
    const auto& loaders = r.get<haft::fragment_loaders>();
    CHECK(shown(haft::load_fragments(loaders, {"docs:a", "docs_1:a"})) == "a<docs> second<s>");
    CHECK(r.unexpose("first"));
    CHECK(shown(haft::load_fragments(loaders, {"docs:a"})).ends_with("[haft-E0331]"));
    haft::fragment_loaders other;
    CHECK(haft::add_fragment_loader(other, "", several).error().code == haft::errc::bad_name);
}
