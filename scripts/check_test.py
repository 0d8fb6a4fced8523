#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Proves that every check of check.py goes red: each test plants one defect in a small clean tree.

Run: python3 scripts/check_test.py. Needs g++ (or CXX) for the checks that compile; no other package.
"""
import contextlib
import io
import subprocess
import sys
import tempfile
import unittest
import unittest.mock
from pathlib import Path

sys.dont_write_bytecode = True
SCRIPTS = Path(__file__).resolve().parent
sys.path.insert(0, str(SCRIPTS))
import check  # noqa: E402
import single_header  # noqa: E402


def header(name, body, includes=()):
    guard = name.upper().replace("/", "_").replace(".", "_")
    lines = "".join(f"#include {x}\n" for x in includes)
    return (f"// SPDX-License-Identifier: BSL-1.0\n#ifndef {guard}\n#define {guard}\n\n/// Gives {name}.\n\n"
            f"{lines}\n{body}\n\n#endif  // {guard}\n")


BODIES = {   # header: (body, includes); everything that the checks know of, once
    "haft/version.hpp": ('#define HAFT_VERSION "1.2.3"', ()),
    "haft/core/config.hpp": ("#define HAFT_COLD __attribute__((cold))", ()),
    "haft/core/text.hpp": ("namespace haft {\nenum class errc {\n    not_json = 201,  // haft-E0201\n};\n"
                           "inline std::size_t length(std::string_view s) { return s.size(); }\n}",
                           ("<haft/core/config.hpp>", "<string_view>", "<cstddef>")),
    "haft/reflect/engine/cxx20.hpp": ('template <class T>\nvoid members() { static_assert(sizeof(T) > 0, "[haft-E0101]"); }',
                                      ("<haft/core/text.hpp>",)),
    "haft/reflect/engine/cxx26.hpp": ("inline std::map<int, int> members26;", ("<haft/core/text.hpp>", "<map>")),
    "haft/reflect/reflect.hpp": ("#if defined(HAFT_TRY_26)\n#include <haft/reflect/engine/cxx26.hpp>\n#else\n"
                                 "#include <haft/reflect/engine/cxx20.hpp>\n#endif\n\n/* #include <no/such> */\n"
                                 'inline const char* text = R"(\n#if not\n\n\n// a directive)";', ()),
    "haft/registry/registry.hpp": ("int find();\n\n#ifndef HAFT_COMPILED\n#include <haft/registry/registry.ipp>\n#endif", ()),
    "haft/registry/registry.ipp": ("inline int find() { return int(haft::length(\"\")); }",
                                   ("<haft/registry/registry.hpp>", "<haft/core/text.hpp>")),
    "haft/tool.hpp": ("", ("<haft/reflect/reflect.hpp>", "<haft/version.hpp>")),
    "haft/haft.hpp": ("", ("<haft/tool.hpp>", "<haft/registry/registry.hpp>")),
}
PAGE = "# {0}: title\n\n## Wrong\n\n## Right\n\n## Why\n"
CLEAN = {
    **{"include/" + name: header(name, *parts) for name, parts in BODIES.items()},
    "cmake/headers.cmake": "set(headers\n" + "".join(f"  include/{name}\n" for name in sorted(BODIES)) + ")\n",
    "scripts/arrows.txt": (SCRIPTS / "arrows.txt").read_text(),
    "docs/errors/E0101.md": PAGE.format("E0101"), "docs/errors/E0201.md": PAGE.format("E0201"),
    "docs/errors/README.md": "# Errors\n\n| Code | What is wrong |\n|---|---|\n| [E0101](E0101.md) | title |\n| [E0201](E0201.md) | title |\n",
    "docs/guide.md": "```cpp\nnot checked\n```\n\n```cpp compile\n#include <haft/core/text.hpp>\nint x = haft::length({});\n```\n",
    "tests/reject/e0101_TD-02_no_members.cpp": "int main() {}\n",
    "tests/unit/core/text.test.cpp": 'TEST_CASE("a (b", "[core][TD-01]") { use(haft::errc::not_json); }  // [TD-99]\n'
                                     'TEST_CASE("c", "[EX-12.3]") {}\nauto s = f("[TD-98]");\n',
    "CMakeLists.txt": "find_package(Boost 1.81 REQUIRED)\n",
    "cmake/haftConfig.cmake.in": "set(haft_components tools http)\nfind_dependency(Boost 1.81)\nhaft_needs(http OpenSSL 3)\n"
                                 "haft_needs(http Threads)\n",
    "packaging/conan/conanfile.py": 'BOOST = "boost/[>=1.81 <2]"\nNEEDS = {\n    "http": ["openssl/[>=3 <4]"],\n}\n',
    "packaging/vcpkg/haft/vcpkg.json": '{\n"name": "haft",\n"version": "1.2.3",\n"dependencies": ["boost-pfr", '
                                       '{"name": "vcpkg-cmake", "host": true}],\n'
                                       '"features": {"http": {"dependencies": ["boost-asio", "openssl"]}}}\n',
    "tests/features.txt": "# done\nTD-01\nTD-02  # by refusal\nEX-12\n",
}


class Fixture(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.root = Path(self.folder.name) / "project"
        for path, text in CLEAN.items():
            self.write(path, text)
        self.single()

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def single(self):
        text = single_header.build(self.root)
        self.write(single_header.OUTPUT, text)
        return text

    def edit(self, path, old, new):
        text = (self.root / path).read_text()
        self.assertIn(old, text)
        self.write(path, text.replace(old, new, 1))

    def header(self, name, body="", includes=()):
        self.write("include/" + name, header(name, body, includes))

    def run_check(self, *arguments):
        out = io.StringIO()   # in this process, since starting Python 80 times would take most of the time
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            try:
                code = check.main(["--root", str(self.root), *arguments])
            except SystemExit as stop:
                code = stop.code
        return code, out.getvalue()

    def green(self, *arguments):
        code, out = self.run_check(*arguments)
        self.assertEqual(code, 0, out)
        return out

    def red(self, name, *messages):
        code, out = self.run_check(name)
        self.assertEqual(code, 1, out)
        self.assertIn(f"FAIL  {name}", out)
        for message in messages:
            self.assertIn(message, out)


class Whole(Fixture):
    def test_clean_tree_is_green_and_the_second_run_compiles_nothing(self):
        out = self.green()
        for name in check.CHECKS:
            self.assertIn(f"ok  {name}", out)
        self.assertIn("ok  arrows  10 headers, 12 includes", out)
        self.assertIn("skipped: ../shared/features.md is not here", out)
        self.assertIn("ok  alone  11 in all, 11 compiled now", out)
        self.assertIn("ok  alone  11 in all, 0 compiled now", self.green("alone"))
        self.assertNotIn("\033", out)

    def test_as_a_command(self):
        command = [sys.executable, str(SCRIPTS / "check.py"), "--root", str(self.root), "size"]
        self.assertEqual(subprocess.run(command, stdout=subprocess.DEVNULL).returncode, 0)
        self.header("haft/core/long.hpp", "\n" * 750)
        self.assertEqual(subprocess.run(command, stdout=subprocess.DEVNULL).returncode, 1)

    def test_names_and_list(self):
        self.assertEqual(self.run_check("nothing")[0], 2)
        self.assertEqual(len(self.green("--list").splitlines()), len(check.CHECKS))
        self.assertEqual(len(self.green("size", "arrows").splitlines()), 2)


class Arrows(Fixture):
    def test_forbidden_arrow(self):
        self.header("haft/core/bad.hpp", "", ["<haft/version.hpp>", "<haft/reflect/reflect.hpp>"])
        self.red("arrows", "include/haft/core/bad.hpp:8: core may not include reflect (allowed: nothing)")

    def test_two_folders_left_of_an_arrow_and_words_in_parentheses(self):
        self.edit("scripts/arrows.txt", "host     -> all", "host -> all\ncommand enrich -> core json tool\nos (files) -> core")
        self.header("haft/command/good.hpp", "", ["<haft/core/text.hpp>"])
        self.header("haft/os/good.hpp", "", ["<haft/core/text.hpp>"])
        self.header("haft/host/good.hpp", "", ["<haft/os/good.hpp>", "<haft/command/good.hpp>"])
        self.green("arrows")
        self.header("haft/enrich/bad.hpp", "", ["<haft/os/good.hpp>"])
        self.red("arrows", "enrich may not include os (allowed: core json tool)")

    def test_arrow_between_folders_of_a_folder(self):
        self.header("haft/mcp/wire/good.hpp", "", ["<haft/core/text.hpp>"])
        self.header("haft/mcp/server/good.hpp", "", ["<haft/mcp/wire/good.hpp>"])
        self.header("haft/mcp/free/good.hpp", "", ["<haft/mcp/server/good.hpp>"])   # has no arrow
        self.green("arrows")
        self.header("haft/mcp/wire/bad.hpp", "", ["<haft/mcp/server/good.hpp>"])
        self.red("arrows", "include/haft/mcp/wire/bad.hpp:7: mcp/wire may not include mcp/server; move the code")

    def test_unknown_folder_and_stray_header(self):
        self.header("haft/misc/x.hpp")
        self.header("haft/stray.hpp")
        self.header("haft/json/x.hpp", "", ["<haft/stray.hpp>"])
        self.red("arrows", "x.hpp:7: <haft/stray.hpp> lies beside the folders", "the folder misc is not in", "include/haft/stray.hpp:1: lies beside the folders")

    def test_unreadable_table(self):
        self.edit("scripts/arrows.txt", "toolbox  ->", "toolbox  =>")
        self.red("arrows", "can't read", "-> toolbox, but toolbox has no arrow")
        (self.root / "scripts/arrows.txt").unlink()
        self.red("arrows", "scripts/arrows.txt:1: is not there")

    def test_umbrella(self):
        self.header("haft/host/bad.hpp", "", ["<haft/tool.hpp>"])
        self.red("arrows", "bad.hpp:7: nothing inside includes the umbrella <haft/tool.hpp>")

    def test_free_header_knows_only_core(self):
        self.header("haft/version.hpp", "", ["<haft/reflect/reflect.hpp>"])
        self.red("arrows", "it may include nothing but core")

    def test_missing_header(self):
        self.header("haft/core/bad.hpp", "", ["<haft/core/none.hpp>"])
        self.red("arrows", "there is no include/haft/core/none.hpp")

    def test_cycle(self):
        self.header("haft/json/a.hpp", "", ["<haft/json/b.hpp>"])
        self.header("haft/json/b.hpp", "", ["<haft/json/a.hpp>"])
        self.red("arrows", "b.hpp:7: includes in a circle: haft/json/a.hpp -> haft/json/b.hpp -> haft/json/a.hpp")

    def test_relative_and_quoted(self):
        for spelling in ('"text.hpp"', '"haft/core/text.hpp"', '"core/text.hpp"', "<haft/json/../core/text.hpp>", '"../core/text.hpp"'):
            with self.subTest(spelling):
                self.header("haft/core/bad.hpp", "", [spelling])
                self.red("arrows", "bad.hpp:7: own headers are included by their full path")

    def test_nlohmann_only_in_bridges(self):
        self.header("haft/json/value_json.hpp", "", ["<nlohmann/json.hpp>"])
        self.green("arrows")
        self.header("haft/json/value.hpp", "", ["<nlohmann/json.hpp>"])
        self.red("arrows", "value.hpp:7: only headers named *_json.hpp include nlohmann")

    def test_tomlplusplus_only_in_config(self):
        self.header("haft/json/value.hpp", "", ["<toml++/toml.hpp>"])
        self.red("arrows", "value.hpp:7: only headers of config/ include toml++")

    def test_tool_stays_light(self):
        for name in ("boost/pfr/core.hpp", "boost/pfr/core_name.hpp", "boost/describe/enum.hpp", "boost/mp11/list.hpp"):
            self.header("haft/core/config.hpp", "", [f"<{name}>"])
            self.green("arrows")
        for name in ("boost/pfr.hpp", "boost/asio/post.hpp", "boost/beast/core.hpp", "boost/json.hpp", "toml++/toml.hpp",
                     "asio.hpp", "nlohmann/json.hpp"):
            with self.subTest(name):
                self.header("haft/core/config.hpp", "", [f"<{name}>"])
                self.red("arrows", "config.hpp:7: haft/tool.hpp must stay light", f"reaches <{name}>: haft/tool.hpp -> haft/ref")

    def test_umbrella_and_run_stay_light(self):
        self.edit("include/haft/registry/registry.ipp", "#include", "#include <boost/json.hpp>\n#include")
        self.green("arrows")
        self.header("haft/host/run.hpp", "", ["<haft/registry/registry.hpp>"])
        self.edit("include/haft/registry/registry.ipp", "json.hpp", "asio.hpp")
        self.red("arrows", "haft/haft.hpp must stay light", "haft/host/run.hpp must stay light")


class Guards(Fixture):
    def test_each_part(self):
        path = "include/haft/core/config.hpp"
        for old, new, message in (
                ("// SPDX", "// spdx", ":1: the first line must be"),
                ("#ifndef HAFT_CORE", "#ifndef HAFT_KERN", ":2: must begin with '#ifndef HAFT_CORE_CONFIG_HPP'"),
                ("#define HAFT_CORE", "#define HAFT_KERN", ":2: must begin with"),
                ("#endif  // HAFT_CORE", "#endif  // HAFT_KERN", ":10: must end with '#endif  // HAFT_CORE_CONFIG_HPP'"),
                ("/// Gives", "// Gives", ":10: say in a /// sentence")):
            with self.subTest(new):
                self.write(path, CLEAN[path])
                self.edit(path, old, new)
                self.red("guards", path + message)

    def test_one_space_and_ipp(self):
        self.edit("include/haft/core/config.hpp", "#endif  //", "#endif //")
        self.green("guards")
        self.edit("include/haft/registry/registry.ipp", "_IPP", "_HPP")
        self.red("guards", "HAFT_REGISTRY_REGISTRY_IPP")

    def test_sentence_must_come_first(self):
        self.edit("include/haft/core/text.hpp", "/// Gives haft/core/text.hpp.\n", "")
        self.edit("include/haft/core/text.hpp", "enum", "/// Late.\nenum")
        self.red("guards", "text.hpp:6: say in a ///")


class Headers(Fixture):
    def test_missing_gone_twice_unsorted(self):
        self.header("haft/core/new.hpp")
        self.red("headers", "cmake/headers.cmake:1: does not list haft/core/new.hpp")
        self.edit("cmake/headers.cmake", "  include/haft/haft.hpp\n", "  haft/gone.hpp\n  haft/haft.hpp\n  haft/haft.hpp\n  haft/core/new.hpp\n")
        self.red("headers", "lists haft/gone.hpp, which is not", ":6: lists haft/haft.hpp twice",
                 ":7: haft/core/new.hpp stands after haft/haft.hpp")
        (self.root / "cmake/headers.cmake").unlink()
        self.red("headers", "is not there")

    def test_comment_is_no_entry(self):
        self.edit("cmake/headers.cmake", "  include/haft/haft.hpp", "  # include/haft/haft.hpp")
        self.red("headers", "does not list haft/haft.hpp")


class Compiled(Fixture):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.cache = folder.name

    def setUp(self):   # what is named after a hash of its content may be shared, and spares a hundred compilations
        super().setUp()
        (self.root / "build").mkdir()
        (self.root / "build/check").symlink_to(self.cache)

    def test_header_that_needs_another(self):
        self.green("alone")
        self.edit("include/haft/core/text.hpp", "#include <string_view>\n", "")
        self.edit("include/haft/core/text.hpp", "#include <cstddef>\n", "")
        self.red("alone", "include/haft/core/text.hpp:1: does not compile", "include/haft/registry/registry.hpp:1: does not")

    def test_warning_and_missing_guard(self):
        self.write("include/haft/core/x.hpp", "inline void f(int unused) {}\n")
        self.red("alone", "unused parameter")
        self.write("include/haft/core/x.hpp", "struct twice {};\n")
        self.red("alone", "redefinition of")

    def test_single_header_is_compiled(self):
        self.edit(single_header.OUTPUT, "inline int find()", "inline intt find()")
        self.red("alone", single_header.OUTPUT + ":1: does not compile")

    def test_single_header_of_what_is_needed_with_and_without_condition(self):
        self.edit("include/haft/haft.hpp", "\n\n#endif", "#include <haft/reflect/engine/cxx26.hpp>\n\n#endif")
        text = self.single()
        self.assertEqual(text.count("members26"), 1)
        self.assertLess(text.index("members26"), text.index("#if defined(HAFT_TRY_26)"))
        self.assertIn("#include <map>\n#include <string_view>", text)
        self.green("alone")

    def test_missing_dependency_is_loud(self):
        if check.found_dependency(single_header.Tree(self.root), "toml++/toml.hpp"):
            self.skipTest("toml++ is installed on this machine")
        self.header("haft/config/toml.hpp", "", ["<toml++/toml.hpp>"])
        code, out = self.run_check("alone")
        self.assertEqual(code, 1)
        self.assertIn("SKIP  alone  12 in all, ", out)
        self.assertIn("SKIPPED 1 of 12, they need <toml++/...>", out)
        self.green("alone", "--allow-skip")
        self.write("build/deps/usr/include/toml++/toml.hpp", "#pragma once\nint warns() { int unused; return 0; }\n")
        self.assertIn("ok  alone  12 in all, 12 compiled now", self.green("alone"))   # a new dependency: all again

    def test_no_compiler(self):
        with unittest.mock.patch.dict("os.environ", {"CXX": "no-such-compiler -x"}):
            code, out = self.run_check("alone")
        self.assertEqual(code, 1)
        self.assertIn("SKIP  alone", out)
        self.assertIn("no compiler, no-such-compiler is not found", out)

    def test_old_boost_is_missing_boost(self):
        if check.found_dependency(single_header.Tree(self.root), "boost/hash2/sha2.hpp"):
            self.skipTest("Boost is installed on this machine")
        self.write("build/deps/usr/include/boost/pfr/core_name.hpp", "")   # 1.84
        self.header("haft/reflect/pfr.hpp", "", ["<boost/pfr/core.hpp>"])
        self.assertIn("Boost >= 1.86 (boost/hash2/sha2.hpp) is not in", self.run_check("alone")[1])

    def test_docs(self):
        self.write("docs/later.md", "```cpp compile C++26\nno C++20\n```\n")
        self.assertIn("; 1 of C++26, which preset cxx26 compiles", self.green("docs"))
        self.edit("docs/guide.md", "int x", "intt x")
        self.red("docs", "docs/guide.md:7: does not compile", "docs/guide.md:7:1: error")
        self.write("docs/guide.md", "")
        self.write("README.md", "- a list\n\n  ```cpp compile\n  int x = 1\n  ```\n")
        self.red("docs", "README.md:4: does not compile")
        same = "```cpp compile\nint same() { return 1; }\n```\n"   # joined, and yet each by itself
        self.write("README.md", same + same + "```cpp compile\nint main() {}\n```\n")
        self.assertIn("3 blocks, in files: 2 in all", self.green("docs"))
        self.write("README.md", same + "```cpp compile\nint another() { return one; }\n```\n" + same)
        self.red("docs", "README.md:5: does not compile")


class Single(Fixture):
    def test_out_of_date(self):
        self.edit("include/haft/core/config.hpp", "cold", "noinline")
        self.red("single", "differs from what the headers give; run python3 scripts/single_header.py")
        command = [sys.executable, str(SCRIPTS / "single_header.py"), "--root", str(self.root)]
        self.assertEqual(subprocess.run(command + ["--check"], stdout=subprocess.DEVNULL).returncode, 1)
        self.assertEqual(subprocess.run(command, stdout=subprocess.DEVNULL).returncode, 0)
        self.assertEqual(subprocess.run(command + ["--check"], stdout=subprocess.DEVNULL).returncode, 0)
        (self.root / single_header.OUTPUT).unlink()
        self.red("single", "is not there")

    def test_cut_short_and_line_ends(self):
        path = self.root / single_header.OUTPUT
        for spoilt in (path.read_bytes()[:-1], path.read_bytes().replace(b"\n", b"\r\n"), path.read_bytes() + b"\n"):
            path.write_bytes(spoilt)
            self.red("single", "differs")

    def test_nothing_to_build_from(self):
        (self.root / "include/haft/version.hpp").unlink()
        self.red("single", "version.hpp:1: is not there")
        self.write("include/haft/version.hpp", "")
        self.red("single", "version.hpp:1: no version found")
        self.header("haft/version.hpp", "#define HAFT_VERSION_MAJOR 4\n#define HAFT_VERSION_MINOR 5\n#define HAFT_VERSION_PATCH 6")
        self.assertIn("// haft 4.5.6 in one header", self.single())
        for include, message in [('"x.hpp"', "not in quotes"), ("<haft/core/none.hpp>", "there is no include/haft/core/none.hpp")]:
            self.header("haft/core/config.hpp", "", [include])
            self.red("single", "config.hpp:7: ", message)
        (self.root / "include/haft/haft.hpp").unlink()
        self.red("single", "include/haft/haft.hpp:1: is not there")

    def test_shape(self):
        text = self.single()
        self.assertTrue(text.startswith("// SPDX-License-Identifier: BSL-1.0\n// haft 1.2.3 in one header. Generated by"))
        self.assertEqual(text.count("SPDX"), 1)
        self.assertIn("#define HAFT_SINGLE_HEADER_HPP\n\n#include <cstddef>\n#include <string_view>\n\n// ----", text)
        self.assertNotIn("#include <haft", text)
        for name, times in [("core/text", 1), ("core/config", 1), ("reflect/reflect", 1), ("reflect/engine/cxx26", 1)]:
            self.assertEqual(text.count(f"// ---- haft/{name}.hpp\n"), times, name)
        order = ["haft/core/config.hpp", "haft/core/text.hpp", "haft/reflect/reflect.hpp", "haft/reflect/engine/cxx26.hpp",
                 "haft/reflect/engine/cxx20.hpp", "haft/registry/registry.hpp", "haft/registry/registry.ipp"]
        places = [text.index(f"// ---- {name}\n") for name in order]
        self.assertEqual(places, sorted(places))
        self.assertIn("#define HAFT_COLD", text)
        self.assertNotIn("HAFT_CORE_TEXT_HPP", text)              # a guard is gone
        self.assertIn("#ifndef HAFT_REFLECT_ENGINE_CXX26_HPP", text)   # but kept where an #if decides
        self.assertGreater(text.index("#include <map>"), text.index("#if defined(HAFT_TRY_26)"))
        self.assertIn('R"(\n#if not\n\n\n// a directive)"', text)
        self.assertEqual(text, self.single())

    def test_foreign_macro_pins_what_follows(self):
        self.header("haft/core/config.hpp", "#define BOOST_X 1\n#include <vector>\n#define HAFT_Y", ["<string>"])
        text = self.single()
        self.assertIn("#define BOOST_X 1\n#include <vector>\n#define HAFT_Y\n", text)
        self.assertLess(text.index("#include <string>"), text.index("// ----"))

    def test_helper_of_one_condition_stays_under_it(self):
        self.header("haft/reflect/engine/splice26.hpp", "int splice26;", ["<haft/core/text.hpp>"])
        self.edit("include/haft/reflect/engine/cxx26.hpp", "#include <map>", "#include <haft/reflect/engine/splice26.hpp>")
        self.edit("include/haft/reflect/reflect.hpp", "#else", "#include <haft/reflect/engine/splice26.hpp>\n#else")
        text = self.single()
        self.assertEqual(text.count("int splice26"), 1)
        self.assertLess(text.index("#if defined(HAFT_TRY_26)"), text.index("int splice26"))
        self.assertLess(text.index("int splice26"), text.index("#else"))
        self.assertLess(text.index("haft/core/text.hpp"), text.index("#if defined(HAFT_TRY_26)"))


class Lists(Fixture):
    def test_codes(self):
        (self.root / "docs/errors/E0101.md").unlink()
        (self.root / "tests/reject/e0101_TD-02_no_members.cpp").unlink()
        self.edit("tests/unit/core/text.test.cpp", "haft::errc::not_json); }", '"E0207"); }  // errc::not_json E0201')
        self.write("docs/errors/E0103.md", PAGE.format("E0103"))
        self.write("tests/reject/e0104_x.cpp", "")
        self.red("codes", "cxx20.hpp:10: E0101 has no page; write docs/errors/E0101.md",
                 "E0101 has no test; write tests/reject/e0101_what.cpp", "text.hpp:13: E0201 has no test; provoke it",
                 "text.test.cpp:1: E0207 is in no header", "docs/errors/E0103.md:1: E0103 is in no header",
                 "tests/reject/e0104_x.cpp:1: E0104 is in no header")

    def test_index_of_codes(self):
        index = "docs/errors/README.md"
        self.edit(index, "| [E0101](E0101.md) | title |\n", "")
        self.red("codes", "README.md:1: does not list E0101; add the row | [E0101](E0101.md) | title |")
        self.edit(index, "| [E0201](E0201.md) | title |\n", "| [E0201](E0201.md) | a title |\n| [E0101](E0101.md) | title |\n| [E0102](E0102.md) | x |\n")
        self.red("codes", "README.md:5: calls E0201 'a title', and its page does not", "README.md:6: lists E0101 behind E0201",
                 "README.md:7: lists E0102 behind E0201", "README.md:7: lists E0102, which has no page")

    def test_codes_in_names(self):
        self.header("haft/core/x.hpp", "void parameter_is_a_pointer_E0105_();\nenum { E0206_late };")
        self.red("codes", "x.hpp:8: E0105 has no page", "x.hpp:9: E0206 has no page")

    def test_code_and_number(self):
        self.edit("include/haft/core/text.hpp", "not_json = 201", "not_json = 210")
        self.red("codes", "not_json is 210 but its comment says E0201")

    def test_page(self):
        self.write("docs/errors/E0101.md", "# E0102: title\n## Wrong\n## Why\n")
        self.red("codes", "E0101.md:1: must begin with '# E0101: title'", "has no section '## Right'")

    def test_rows(self):
        self.edit("tests/features.txt", "EX-12", "TD-03\nTD-01\nTD4")
        self.red("rows", "tests/features.txt:4: TD-03 is claimed but no test bears [TD-03]", ":5: 'TD-01' is listed twice",
                 ":6: 'TD4' is no ID", "text.test.cpp:2: [EX-12.3] is not claimed")
        (self.root / "tests/features.txt").unlink()
        self.red("rows", "is not there")

    def test_rows_tags_elsewhere_do_not_count(self):
        self.edit("tests/features.txt", "EX-12", "EX-12\nTD-98")
        self.red("rows", "TD-98 is claimed")
        self.edit("tests/features.txt", "TD-98", "TD-99")
        self.red("rows", "TD-99 is claimed")

    def test_rows_in_other_kinds_of_tests(self):
        self.edit("tests/unit/core/text.test.cpp", "auto s", 'TEMPLATE_TEST_CASE("x", "[TD-03]", int) {}\n'
                  'static_assert(f(")", \')\'),\n  "[TD-04] says");\nTEST_CASE_METHOD(box, "y", "[a][TD-05.2]") {}\nauto s')
        self.write("tests/CMakeLists.txt", 'add_test(NAME "[TD-06] x" COMMAND x)  # [TD-07]\n')
        self.red("rows", *[f"[TD-{n}] is not claimed" for n in ("03", "04", "05.2", "06")])
        self.edit("tests/features.txt", "EX-12", "EX-12.3\nTD-03\nTD-04\nTD-05\nTD-06")
        self.green("rows")

    def test_rows_must_exist(self):
        self.write("../shared/features.md", "| TD-01 | x |\n| EX-12 | y |\nsee TD-02\n")
        self.red("rows", "TD-02 is no row of ../shared/features.md")

    def test_rows_of_faults(self):
        self.write("tests/reject/e0101_fault-47_pointer.cpp", "int main() {}\n")
        self.write("tests/conformance/wire/frames.test.mjs", "// [fault-116] [TD-01]\n// [fault-2]\n")
        self.red("rows", "[fault-47] is not claimed", "[fault-116] is not claimed")
        self.write("tests/features.txt", "TD-01\nTD-02\nEX-12\nfault-47\nfault-116\n")
        self.green("rows")
        self.write("../shared/features.md", "| TD-01 | x |\n| TD-02 | x |\n| EX-12 | y |\n")
        self.write("../shared/faults.md", "- 47. raw pointer\n")
        self.red("rows", "fault-116 is no row of ../shared/features.md and no fault of faults.md")

    def test_size(self):
        self.header("haft/core/long.hpp", "\n" * 450)
        self.assertIn("long.hpp:401: warning", self.green("size"))
        self.header("haft/core/long.hpp", "\n" * 750)
        self.red("size", "long.hpp:701: 760 lines")

    def test_packages(self):
        config, recipe = "cmake/haftConfig.cmake.in", "packaging/conan/conanfile.py"
        port = "packaging/vcpkg/haft/vcpkg.json"
        self.green("packages")
        for path, old, new, text in [
                ("CMakeLists.txt", "1.81", "1.84", "looks for Boost 1.84, but cmake/haftConfig.cmake.in for 1.81"),
                (config, "OpenSSL 3", "OpenSSL 3.2", "component http needs {'openssl': '3'}, but"),
                (recipe, ">=1.81", ">=1.84", "haft itself needs {'boost': '1.84'}, but"),
                (recipe, '"http"', '"https"', "has no component https"),
                (port, "1.2.3", "1.2.4", "version 1.2.4, but include/haft/version.hpp says 1.2.3"),
                (port, '"haft"', '"heft"', "name 'heft' must be that of its folder"),
                (port, ', "openssl"', ', "libressl"', "component http needs ['boost', 'libressl'], but"),
                (port, '"boost-pfr", ', "", "haft itself needs [], but"),
                (port, '"http"', '"https"', "has no component https"),
                (port, '"features"', '"feature"', "is no manifest of a port: KeyError('features')"),
                (port, "{", "", "is no manifest of a port: ")]:
            with self.subTest(path=path, new=new):
                self.write(path, CLEAN[path].replace(old, new, 1))
                self.red("packages", text)
                self.write(path, CLEAN[path])
        (self.root / port).unlink()
        self.red("packages", f"{port}:1: is not there")

    def test_leaks(self):
        for text in ("/wor" + "k/x", "'/roo" + "t/x'", "/hom" + "e/me", "/tm" + "p/x", "deb.debi" + "an.org", "registry.n" + "pmjs.org",
                     "https://py" + "pi.org/x", "static.crat" + "es.io", "Farm" + "-Studio", "farm" + "-bench", "a/.libr" + "ary/b"):
            with self.subTest(text):
                self.write("docs/leak.txt", f"fine\nsee {text}\n")
                self.red("leaks", "docs/leak.txt:2: '")

    def test_leaks_that_are_none(self):
        self.write("scripts/x.sh", "d=$(mktemp -d /tm" + "p/x.XXXX)\n")
        self.write("docs/x.txt", "net/wor" + "k/ ${X}/wor" + "k/ https://a.b/hom" + "e/x box.libr" + "ary {.libr" + "ary = 1}\n")
        self.write("docs/x.bin", "\0/wor" + "k/\n")
        self.green("leaks")

    def test_leaks_ask_git(self):
        subprocess.run(["git", "init", "-q", str(self.root)], check=True)
        self.write(".gitignore", "ignored.txt\n")
        self.write("ignored.txt", "/wor" + "k/\n")
        self.green("leaks")
        self.write("untracked.txt", "/wor" + "k/\n")
        self.red("leaks", "untracked.txt:1: '/wor" + "k/' is an absolute path of one machine")


if __name__ == "__main__":
    unittest.main()
