// SPDX-License-Identifier: BSL-1.0
// A file with all that it includes and all that the environment puts in.
#include <haft/config.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

#include <unit/config/support.hpp>

namespace fs = std::filesystem;
using haft_test::error_of;
using haft_test::folder;

namespace {

std::optional<std::string> few(std::string_view name) {
    if (name == "HOME") return "/users/ada";
    if (name == "CITY") return "Oslo ${DAYS} }";
    if (name == "EMPTY") return "";
    return std::nullopt;
}

haft::load_options with_few() {
    haft::load_options options;
    options.environment = few;
    return options;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

}  // namespace

TEST_CASE("what a file includes stands under it, the later over the earlier", "[fault-109]") {
    const folder here;
    const fs::path top = here.write("haft.toml", "include = ['a.toml', 'conf.d/*.json']\nown = 1\nt.x = 'top'\n");
    here.write("a.toml", "include = 'sub/b.toml'\nown = 2\na = 1\nt = {x = 'a', y = 'a', z = 'a'}\n");
    here.write("sub/b.toml", "include = ['../conf.d/../c.toml']\na = 2\nb = 1\n");
    here.write("c.toml", "c = 1\n");
    here.write("conf.d/2.json", R"({"t": {"y": "2", "z": "2"}})");
    here.write("conf.d/1.json", R"({"t": {"y": "1"}, "only": 1})");
    here.write("conf.d/.hidden.json", "{");
    here.write("conf.d/note.txt", "{");
    const auto read = haft::load_config(top, with_few());
    INFO(error_of(read));
    REQUIRE(read);
    CHECK(read->value().dump() == R"({"a":1,"b":1,"c":1,"only":1,"own":1,"t":{"x":"top","y":"2","z":"2"}})");
    CHECK(read->origin("/t/z").text() == (here.path() / "conf.d/2.json:1:23").string());
    CHECK(read->origins().count("/include") == 0);
}

TEST_CASE("an include that can't be read is an error that names the way to it", "[fault-109]") {
    const folder here;
    const std::string at = here.path().string();
    const fs::path top = here.write("haft.toml", "\ninclude = ['a.toml']\n");
    const auto says = [&](std::string_view a) {
        here.write("a.toml", a);
        return error_of(haft::load_config(top, with_few()));
    };
    const std::string way = "; included at " + at + "/haft.toml:2:12";
    SECTION("missing") {
        CHECK(says("include = ['gone.toml']") == at + "/gone.toml: there is no such file; included at " + at +
                                                     "/a.toml:1:12" + way + " [haft-E0377]");
    }
    SECTION("a cycle") {
        here.write("b.toml", "include = ['haft.toml']");
        CHECK(says("include = ['b.toml']") == at + "/b.toml:1:12: the file \"" + at +
                                                  "/haft.toml\" includes itself: a cycle; included at " + at +
                                                  "/a.toml:1:12" + way + " [haft-E0380]");
        CHECK(has(says("include = ['a.toml']"), "/a.toml\" includes itself: a cycle"));
    }
    SECTION("twice, also by a link") {
        here.write("b.toml", "");
        CHECK(says("include = ['b.toml', './b.toml']") == at + "/a.toml:1:22: the file \"" + at +
                                                              "/./b.toml\" is included twice, first at " + at +
                                                              "/a.toml:1:12" + way + " [haft-E0380]");
        fs::create_symlink("b.toml", here.path() / "link.toml");
        CHECK(has(says("include = ['b.toml', 'link.toml']"), "is included twice, first at "));
    }
    SECTION("outside of the root, by .., by a full path, by a link") {
        const folder other;
        other.write("x.toml", "a = 1");
        CHECK(has(says("include = ['../x.toml']"), "lies outside of \"" + at + "\"" + way));
        CHECK(has(says("include = ['" + (other.path() / "x.toml").string() + "']"), "lies outside of "));
        fs::create_symlink(other.path() / "x.toml", here.path() / "link.toml");
        CHECK(has(says("include = ['link.toml']"), "lies outside of "));
        haft::load_options wide = with_few();
        wide.root = fs::temp_directory_path();
        CHECK(haft::load_config(top, wide));
    }
    SECTION("a pattern") {
        CHECK(says("include = ['none/*.toml']").find("/a.toml:1:12: no file matches \"none/*.toml\"") != std::string::npos);
        CHECK(has(says("include = ['*.json']"), "no file matches \"*.json\"" + way));
        CHECK(has(says("include = ['c*/x.toml']"), "only the last part may be a pattern"));
    }
    SECTION("a device, a folder, another type, another kind of file") {
        CHECK(has(says("include = ['.']"), "this is no file; included at "));
        haft::load_options wide = with_few();
        wide.root = "/";
        here.write("a.toml", "include = ['/dev/zero']");
        CHECK(has(error_of(haft::load_config(top, wide)), "/dev/zero: this is no file; included at "));
        fs::create_symlink("/dev/zero", here.path() / "zero.toml");
        here.write("a.toml", "include = ['zero.toml']");
        CHECK(has(error_of(haft::load_config(top, wide)), "zero.toml: this is no file; included at "));
        CHECK(has(says("include = 3"), "/a.toml:1:11: include has to be a list of files, got number" + way));
        CHECK(has(says("include = [[]]"), "/a.toml:1:12: expected the name of a file, got array" + way));
        CHECK(has(says("include = ['']"), "expected the name of a file"));
    }
    SECTION("broken, in conflict") {
        here.write("b.toml", "x = [");
        CHECK(has(says("include = ['b.toml']"), at + "/b.toml:1:6: no valid TOML: "));
        here.write("b.toml", "x = {}");
        CHECK(has(says("x = 1\ninclude = ['b.toml']"), "number here, but a table at " + at + "/b.toml:1:5"));
    }
    SECTION("too deep, too many") {
        std::string last;
        for (int i = 0; i < 17; ++i) {
            last = "n" + std::to_string(i) + ".toml";
            here.write(last, "include = ['n" + std::to_string(i + 1) + ".toml']");
        }
        here.write("n15.toml", "end = 1");
        here.write("a.toml", "include = ['n1.toml']");
        const auto deepest = haft::load_config(top, with_few());  // a, and n1 to n15
        INFO(error_of(deepest));
        CHECK(deepest);
        here.write("n15.toml", "include = ['n16.toml']");
        here.write("n16.toml", "");
        CHECK(has(error_of(haft::load_config(top, with_few())),
                  "/n15.toml:1:12: files include each other too deeply; at most 16 levels are read; included at " + at +
                      "/n14.toml:1:12"));
        haft::load_options one = with_few();
        one.limits.max_files = 2;
        CHECK(has(error_of(haft::load_config(top, one)), "too many files; at most 2 are read"));
    }
}

TEST_CASE("${NAME} becomes what the environment says, and is not shown", "[DC-11][fault-111]") {
    const auto read = haft::parse_toml(
        "a = 'in ${CITY}!'\nb = ['${NOTHING:-x:-y}${EMPTY:-z}', '$${CITY} $5 {}']\nn = 5\nc = '${EMPTY}'\nd = '${NO:-}'", "h.toml");
    REQUIRE(read);
    const auto done = haft::substitute_environment(*read, few);
    INFO(error_of(done));
    REQUIRE(done);
    CHECK(done->value().dump() == R"({"a":"in Oslo ${DAYS} }!","b":["x:-yz","${CITY} $5 {}"],"c":"","d":"","n":5})");
    CHECK(haft::shown_value(*done, "") == R"j({"a":"(hidden)","b":["x:-yz","${CITY} $5 {}"],"c":"(hidden)","d":"","n":5})j");
    struct numbers {
        int a = 0;
    };
    CHECK(error_of(haft::substitute_environment(*haft::parse_toml("a='${CITY}'", "h.toml"), few)->read<numbers>("")) ==
          "the section \"\" can't be used: 1 fault\n- h.toml:1:3: /a: expected integer from -2147483648 to 2147483647, "
          "got (hidden) [haft-E0202]");
}

TEST_CASE("what can't be replaced is an error with its place, all at once", "[DC-11][fault-111]") {
    const auto read = haft::parse_toml(
        "a = '${GONE} ${CITY}'\nb = '${CITY:-${CITY}}'\nc = '${${CITY}}'\nd = ['${CITY']\ne = '${}${1A}'\n\"${CITY}\" = 1\n", "h.toml");
    REQUIRE(read);
    const std::string text = error_of(haft::substitute_environment(*read, few));
    CHECK(text ==
          "${…} can't be replaced: 6 faults\n"
          "- h.toml:6:13: /${CITY}: ${…} stands in values only, and not in keys [haft-E0381]\n"
          "- h.toml:1:5: /a: the environment variable GONE is not set; set it, or write ${GONE:-default} [haft-E0381]\n"
          "- h.toml:2:5: /b: ${…} within ${…}, which is not replaced [haft-E0381]\n"
          "- h.toml:3:5: /c: ${…} within ${…}, which is not replaced [haft-E0381]\n"
          "- h.toml:4:6: /d/0: ${ without its }; write $${ for these characters themselves [haft-E0381]\n"
          "- h.toml:5:5: /e: expected a name of letters, digits and _ in ${…}, got \"\" [haft-E0381]");
    CHECK_FALSE(has(text, "Oslo"));
    CHECK(has(error_of(haft::substitute_environment(*read, {})), "CITY is not set") == false);  // GONE comes first
    CHECK(has(error_of(haft::substitute_environment(*haft::parse_toml("a='${CITY}'"), {})), "CITY is not set"));
    const haft::environment_function broken = [](std::string_view) -> std::optional<std::string> {
        throw std::runtime_error("Oslo");
    };
    const std::string thrown = error_of(haft::substitute_environment(*haft::parse_toml("a='${CITY}'"), broken));
    CHECK(has(thrown, "the host's environment function failed at CITY"));
    CHECK_FALSE(has(thrown, "Oslo"));
    haft::load_options options;
    options.environment = broken;
    const folder here;
    CHECK(haft::load_config(here.write("h.toml", "a = 1"), options));
}

TEST_CASE("a file that others can write, and that names folders of plugins, is refused", "[fault-115]") {
    const folder here;
    const fs::path file = here.write("haft.toml", "\n[plugins]\npaths = ['p']\n");
    REQUIRE(haft::load_config(file, with_few()));
    ::chmod(file.c_str(), 0666);
    CHECK(error_of(haft::load_config(file, with_few())) ==
          file.string() + ":3:9: this file names folders of plugins, but everybody can write it (mode 0666); run chmod o-w on it "
                          "[haft-E0382]");
    // Without such names it is read; so is one that its group can write, unless somebody minds.
    const fs::path harmless = here.write("other.toml", "[plugins]\nenabled = ['p']\n");
    ::chmod(harmless.c_str(), 0666);
    CHECK(haft::load_config(harmless, with_few()));
    ::chmod(file.c_str(), 0664);
    CHECK(haft::load_config(file, with_few()));
    haft::load_options careful = with_few();
    careful.owner.allow_group_writable = false;
    CHECK(has(error_of(haft::load_config(file, careful)), "its group can write it (mode 0664); run chmod go-w"));
    // What a harmless file includes is looked at, too.
    ::chmod(file.c_str(), 0646);
    CHECK(has(error_of(haft::load_config(here.write("top.toml", "include = ['haft.toml']"), with_few())),
              "everybody can write it (mode 0646); run chmod o-w on it; included at "));
}

TEST_CASE("a file that belongs to somebody else, and that names folders of plugins, is refused", "[fault-115]") {
    const folder here;
    const fs::path file = here.write("haft.toml", "[plugins]\npaths = ['p']\n");
    if (::geteuid() != 0) SKIP("only root can give a file away");
    REQUIRE(::chown(file.c_str(), 4321, static_cast<::gid_t>(-1)) == 0);
    CHECK(has(error_of(haft::load_config(file, with_few())), "it belongs to user 4321, neither to root nor to user 0 [haft-E0382]"));
    haft::load_options of_4321 = with_few();
    of_4321.owner.own_user = 4321;
    CHECK(haft::load_config(file, of_4321));
}

TEST_CASE("a file that can't be read is an error", "[fault-115]") {
    const folder here;
    const fs::path file = here.write("haft.toml", "a = 1\n");
    ::chmod(file.c_str(), 0);
    if (::geteuid() == 0) SKIP("root reads everything");
    CHECK(error_of(haft::load_config(file)) == file.string() + ": it can't be opened [haft-E0377]");
}

TEST_CASE("what the environment puts into the name of a file or a folder is not shown", "[DC-11][fault-111]") {
    const folder here;
    const std::string at = here.path().string();
    haft::load_options options;
    options.environment = [](std::string_view name) -> std::optional<std::string> {
        return name == "SECRET" ? std::optional<std::string>("sesame") : std::nullopt;
    };
    const auto says = [&](std::string_view text) {
        return error_of(haft::load_config(here.write("haft.toml", text), options));
    };
    CHECK(says("include = ['${SECRET}.toml']") ==
          at + "/${SECRET}.toml: there is no such file; included at " + at + "/haft.toml:1:12 [haft-E0377]");
    CHECK(has(says("include = ['../${SECRET}.toml']"), "the file \"" + at + "/../${SECRET}.toml\" lies outside of"));
    CHECK(has(says("include = '${SECRET}*.json'"), "no file matches \"${SECRET}*.json\""));
    here.write("sesame.toml", "a = [");
    CHECK(has(says("include = ['${SECRET}.toml']"), at + "/${SECRET}.toml:1:6: no valid TOML"));
    CHECK(has(says("include = ['${SECRET}*.toml']"), at + "/${SECRET}*.toml:1:6: no valid TOML"));
    here.write("sesame.toml", "a = 1");
    const auto read = haft::load_config(here.write("haft.toml", "include = ['${SECRET}.toml']"), options);
    REQUIRE(read);
    CHECK(read->value().dump() == R"({"a":1})");
    CHECK(read->origin("/a").text() == at + "/${SECRET}.toml:1:5");
    const std::string path = says("[plugins]\npaths = ['~${SECRET}', '~plain']");
    CHECK(has(path, "only ~/ is expanded, not (hidden)"));
    CHECK(has(path, "only ~/ is expanded, not \"~plain\""));
}

TEST_CASE("a file that is a link includes what lies beside the link, be that a link of dotfiles itself", "[fault-109]") {
    const folder home, dotfiles;
    dotfiles.write("app.toml", "include = ['more.toml', 'local.toml']\n[plugins]\npaths = ['p']\n");
    dotfiles.write("more.toml", "x = 1");
    home.write("local.toml", "y = 2");
    fs::create_symlink(dotfiles.path() / "app.toml", home.path() / "app.toml");
    fs::create_symlink(dotfiles.path() / "more.toml", home.path() / "more.toml");
    const auto read = haft::load_config(home.path() / "app.toml");
    INFO(error_of(read));
    REQUIRE(read);
    CHECK(read->value().dump() ==
          R"({"plugins":{"paths":[")" + (home.path() / "p").string() + R"("]},"x":1,"y":2})");
    const folder elsewhere;
    fs::remove(home.path() / "more.toml");
    fs::create_symlink(elsewhere.write("more.toml", ""), home.path() / "more.toml");
    CHECK(has(error_of(haft::load_config(home.path() / "app.toml")),
              "more.toml\" lies outside of \"" + home.path().string() + "\""));
}

TEST_CASE("no file's name moves a cursor, or begins a line of its own", "[fault-109]") {
    const folder here;
    const std::string at = here.path().string();
    here.write("conf.d/a\x1b[2J\nerror.toml", "x = [");
    CHECK(error_of(haft::load_config(here.write("haft.toml", "include = ['conf.d/*.toml']"), with_few())) ==
          at + "/conf.d/a[2J error.toml:1:6: no valid TOML: in an array: encountered end-of-file; included at " + at +
              "/haft.toml:1:12 [haft-E0376]");
    const std::string gone = error_of(haft::load_config(here.path() / "g\x1b.toml"));
    CHECK(gone.find('\x1b') == std::string::npos);
}
