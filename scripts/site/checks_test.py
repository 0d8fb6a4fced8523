#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""That the site's own checks go red, and that the reference's reader reads: on small files, without Sphinx."""
import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import links      # noqa: E402
import reference  # noqa: E402
import sources    # noqa: E402

HEADER = '''// SPDX-License-Identifier: BSL-1.0
/// What it gives.
#include <haft/core/config.hpp>
namespace haft::inline v0 {
namespace detail { struct hidden {}; }
/// A set. [TD-01]
template <class T>
    requires(sizeof(T) > 1)
class set : detail::hidden {
public:
    set() = default;
    explicit set(int n) : size_{n}, all_(n) { if (n > 0) grow({}); }
    /// How many,
    /// with words.
    HAFT_COLD std::size_t size() const noexcept { return size_; }
    bool empty() const;
    int limit = 3;  ///< at most
    struct row { int a = 0; };
private:
    int size_ = 0;
};
/// Whether.
template <class T>
concept usable = requires(T t) { { t.size() } -> std::same_as<int>; };
enum class kind : int { one, two = 2 };  // not three
/// Declared here,
int f(int a, std::string_view text = "{;}");
#if HAFT_HAS_REFLECTION()
int modern();
#else
int old();
#endif
inline int f(int a, std::string_view text) { return a; }
template <class T> bool set<T>::empty() const { return true; }
/// A macro.
#define HAFT_IT(f, ...) f
}
'''


class Reads(unittest.TestCase):
    def setUp(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "x.hpp"
            file.write_text(HEADER)
            self.header = reference.read_header(file, "haft/x.hpp")
        self.by_name = {e.name: e for e in self.header.entries}

    def test_names(self):
        self.assertEqual(["HAFT_IT(f, ...)", "haft::set", "haft::usable", "haft::kind", "haft::f", "haft::modern"], list(self.by_name))
        self.assertEqual("What it gives.", self.header.doc)

    def test_class(self):
        a_set = self.by_name["haft::set"]
        self.assertEqual("A set.", a_set.doc)   # without the row of the list of features
        self.assertEqual(["set", "set", "size", "empty", "limit", "row"], [m.name.split("::")[-1] for m in a_set.members])
        self.assertEqual(("std::size_t size() const noexcept", "How many,\nwith words."), a_set.members[2][2:4])
        self.assertEqual("explicit set(int n)", a_set.members[1].text)
        self.assertEqual(("int limit = 3", "at most"), a_set.members[4][2:4])

    def test_rest(self):
        self.assertEqual(["one", "two = 2"], [m.text for m in self.by_name["haft::kind"].members])
        self.assertEqual(("int f(int a, std::string_view text = \"{;}\")", "Declared here,"), self.by_name["haft::f"][2:4])
        self.assertEqual(("C++26", ""), (self.by_name["haft::modern"].since, self.by_name["haft::f"].since))
        self.assertEqual("A macro.", self.by_name["HAFT_IT(f, ...)"].doc)
        self.assertTrue(self.by_name["haft::usable"].text.endswith("std::same_as<int>; }"))


class Links(unittest.TestCase):
    def check(self, **pages):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in pages.items():
                (Path(folder) / (name + ".html")).write_text(text)
            return links.check(Path(folder).resolve())[0]

    def test_good(self):
        self.assertEqual([], self.check(index='<a href="a.html#b">a</a> <a href="https://example.org/">', a='<p id="b"><img src="index.html">'))

    def test_bad(self):
        self.assertIn("index.html: b.html leads nowhere", self.check(index='<a href="b.html">'))
        self.assertIn("index.html: #c: that page has no place #c", self.check(index='<a href="#c">'))
        self.assertIn("a.html: no link leads here from the front page", self.check(index="", a='<a href="index.html">'))
        self.assertIn("elsewhere", self.check(index='<script src="https://example.org/x.js">')[0])


class Sources(unittest.TestCase):
    def refusal(self, do, **files):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                file = Path(folder) / "docs/guide" / (name + ".md")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text)
            sources.ROOT, sources.OUT = Path(folder), Path(folder) / "out"
            with contextlib.redirect_stderr(io.StringIO()):
                try:
                    do()
                except SystemExit as wrong:
                    return str(wrong)
        return ""

    def test_chapters(self):
        index = "# Guide\n\n## One\n\n| I want to | page |\n|---|---|\n| it | [a](a.md) |\n"
        self.assertEqual("", self.refusal(sources.chapters, README=index, a="# A"))
        self.assertIn("does not list b", self.refusal(sources.chapters, README=index, a="# A", b="# B"))
        self.assertIn("in two chapters", self.refusal(sources.chapters, README=index + index.replace("# Guide\n", "").replace("One", "Two"), a="# A"))

    def test_folder(self):
        self.assertIn("does not link to b", self.refusal(lambda: sources.folder("guide"), README="# G\n[a](a.md)", a="# A", b="# B"))

    def test_links(self):
        self.assertIn("nowhere.json, which does not exist", self.refusal(lambda: sources.page("docs/guide/a.md", "[x](../nowhere.json)"), a="# A"))


if __name__ == "__main__":
    unittest.main()
