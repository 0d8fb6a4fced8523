#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Proves that the report says what was measured. Run: python3 bench/report/report_test.py. Needs nothing but Python."""
import contextlib
import io
import json
import sys
import tempfile
import unittest
import xml.etree.ElementTree
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import report  # noqa: E402
import figures  # noqa: E402
import plot  # noqa: E402
from numbers_shown import with_unit  # noqa: E402


def figure(name="arguments.a", unit="ns", medians=(("haft", 90), ("glaze", 100), ("simdjson", 200)), **more):
    return {"name": name, "unit": unit, "haft": "haft",
            "values": {key: {"median": value, "min": value / 2} for key, value in medians}, **more}


def part(*shown, skipped=()):
    return {"part": "run", "machine": {"cpu": "CPU", "compiler": "g++ 16"}, "figures": list(shown), "skipped": list(skipped)}


class Ratio(unittest.TestCase):
    def test_of_the_best_peer(self):
        self.assertAlmostEqual(figures.ratio(figure()), 0.9)

    def test_of_the_median_and_not_the_least(self):
        one = figure()
        one["values"]["haft"]["min"] = 1
        self.assertAlmostEqual(figures.ratio(one), 0.9)

    def test_of_a_named_reference(self):
        self.assertAlmostEqual(figures.ratio(figure(reference="simdjson")), 0.45)

    def test_of_the_highest_where_more_is_better(self):
        rate = figure(unit="requests/s", higher_is_better=True)
        self.assertAlmostEqual(figures.ratio(rate), 0.45)

    def test_of_haft_alone(self):
        self.assertEqual(figures.ratio(figure(reference=None)), 90)
        self.assertEqual(figures.ratio(figure(medians=[("haft", 90)])), 90)

    def test_another_haft_is_no_peer(self):
        self.assertAlmostEqual(figures.ratio(figure(medians=[("haft", 90), ("haft_before", 50), ("glaze", 100)])), 0.9)

    def test_none_without_haft_or_reference(self):
        self.assertIsNone(figures.ratio(figure(medians=[("glaze", 1)])))
        self.assertIsNone(figures.ratio(figure(reference="nlohmann")))
        self.assertIsNone(figures.ratio(figure(medians=[("haft", 1), ("glaze", 0)])))

    def test_by_instructions(self):
        counted = figure(instructions={"haft": 300, "glaze": 200})
        self.assertAlmostEqual(figures.ratio(counted, "instructions"), 1.5)


class Aim(unittest.TestCase):
    def test_bounds_from_above(self):
        self.assertTrue(figures.met(figure(aim=0.9)))
        self.assertFalse(figures.met(figure(aim=0.85)))

    def test_bounds_from_below_where_more_is_better(self):
        self.assertTrue(figures.met(figure(aim=0.4, higher_is_better=True)))
        self.assertFalse(figures.met(figure(aim=0.8, higher_is_better=True)))

    def test_in_the_unit_without_reference(self):
        self.assertTrue(figures.met(figure(aim=90, reference=None)))
        self.assertFalse(figures.met(figure(aim=89, reference=None)))

    def test_unknown_without_aim(self):
        self.assertIsNone(figures.met(figure()))
        self.assertIsNone(figures.met(figure(aim=None)))


class Shown(unittest.TestCase):
    def test_one_ratio_line_for_each_figure_at_the_end(self):
        text = report.report([part(figure(), figure("stdio.pipelined", higher_is_better=True)),
                              part(figure("compile.program", "s", reference=None), figure("line.a", medians=[("glaze", 1)]))])
        self.assertEqual(text.split("\n")[-4:],
                         ["ratio arguments.a 0.9", "ratio stdio.pipelined 0.45", "ratio compile.program 90", ""])
        self.assertEqual(text.count("ratio "), 3 + 1)   # and the heading of the column

    def test_rows(self):
        lines = report.table([figure(aim=0.85, instructions={"haft": 3, "glaze": 2})], colours=False)
        self.assertEqual(lines[1].split(), "arguments.a 90.0 ns glaze 100 ns 0.90 1.50 <= 0.85 missed".split())
        self.assertEqual(lines[2].strip(), "simdjson 200 ns")

    def test_row_without_haft(self):
        lines = report.table([figure(medians=[("glaze", 1)])], colours=False)
        self.assertEqual(lines[1].split(), "arguments.a - glaze 1.00 ns".split())

    def test_the_floor_is_shown_and_is_no_peer(self):
        lines = report.table([figure(floor={"median": 7})], colours=False)
        self.assertEqual(lines[2].strip(), "simdjson 200 ns, the tool's body alone 7.00 ns")

    def test_machines_are_named_once(self):
        text = report.report([part(figure()), part(figure("line.a")), {**part(), "machine": {}}])
        self.assertEqual(text.split("\n")[:2], ["CPU; g++ 16", ""])

    def test_skipped_is_shown_and_counted(self):
        text = report.report([part(figure(), skipped=[{"name": "stdio: glaze_own", "why": "no glaze"}])])
        self.assertIn("\nskipped stdio: glaze_own: no glaze\n1 figures, 1 skipped\n", text)

    def test_skipped_for_the_same_reason_is_told_once(self):
        why = "no g++-16"
        both = [{"name": "line.a", "why": why}, {"name": "g++-16", "why": why}, {"name": "stdio", "why": "broken"}]
        text = report.report([part(figure(), skipped=both), part(skipped=both[1:2])])
        self.assertIn("\nskipped line.a, g++-16: no g++-16\nskipped stdio: broken\n1 figures, 3 skipped\n", text)

    def test_colours_only_if_asked_for(self):
        self.assertNotIn("\033", report.report([part(figure(aim=1))]))
        self.assertIn("\033[32m<= 1 met\033[0m", report.report([part(figure(aim=1))], colours=True))
        self.assertIn("\033[31m<= 0.1 missed\033[0m", report.report([part(figure(aim=0.1))], colours=True))

    def test_units(self):
        self.assertEqual([with_unit(*x) for x in [(93.04, "ns"), (8237, "ns"), (2.5, "s"), (1536, "bytes"), (12, "bytes"),
                                                   (598123, "requests/s"), (0, "ms"), (5, "parsecs")]],
                         ["93.0 ns", "8.24 us", "2.50 s", "1.50 KiB", "12.0 B", "598 k/s", "0.00 ms", "5.00 parsecs"])


class Files(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_report(self, *arguments):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            self.assertEqual(report.main([str(x) for x in arguments]), 0)
        return out.getvalue()

    def test_a_list_of_parts_can_be_written_and_read_back(self):
        one, two, both = self.folder / "one.json", self.folder / "two.json", self.folder / "both.json"
        one.write_text(json.dumps(part(figure("line.a"))))
        figures.write_part(two, "size", "g++ 16", [figures.figure("size.program", "bytes", {"haft": figures.spread([3, 1])},
                                                                  aim=2, reference=None)], [])
        text = self.run_report("--json", both, one, two)
        self.assertIn("ratio line.a 0.9\nratio size.program 2\n", text)
        self.assertEqual(self.run_report(both), text)

    def test_plots_are_drawn_only_if_asked_for(self):
        one, plots = self.folder / "one.json", self.folder / "plots"
        one.write_text(json.dumps(part(figure(aim=0.85), figure("compile.program", "s", reference=None, aim=3))))
        self.run_report(one)
        self.assertFalse(plots.exists())
        self.run_report("--plots", plots, one)
        self.assertEqual(sorted(x.name for x in plots.iterdir()), ["compile.svg", "run.svg"])


class Plot(unittest.TestCase):
    def drawn(self, one):
        text = plot.draw("Title & more", [one], "foot")
        self.assertEqual(text, plot.draw("Title & more", [one], "foot"))
        tree = xml.etree.ElementTree.fromstring(text)
        name = "{http://www.w3.org/2000/svg}"
        bars = [(float(x.get("width")), x.get("fill")) for x in tree.iter(name + "rect") if x.get("width") != "100%"]
        return bars, [float(x.get("x1")) for x in tree.iter(name + "line")], [x.text for x in tree.iter(name + "text")]

    def test_bars_are_to_scale_best_first_and_hafts_stands_out(self):
        bars, lines, words = self.drawn(figure(aim=0.85))
        widths, fills = zip(*bars)
        self.assertAlmostEqual(widths[0] / widths[2], 90 / 200, places=2)
        self.assertEqual([x == plot.COLOURS["haft"] for x in fills], [True, False, False])
        self.assertAlmostEqual((lines[0] - 20 - plot.LABEL) / widths[1], 0.85, places=2)   # of glaze's bar
        self.assertIn("less is better; aim \u2264 0.85 of glaze", words)

    def test_more_is_better(self):
        bars, _, words = self.drawn(figure(higher_is_better=True, unit="requests/s"))
        self.assertEqual([x == plot.COLOURS["haft"] for _, x in bars], [False, False, True])
        self.assertIn("more is better", words)

    def test_a_bar_far_too_long_is_cut(self):
        bars, _, words = self.drawn(figure(medians=[("haft", 90), ("glaze", 100), ("slow", 100_000)]))
        self.assertLess(bars[2][0], 6 * bars[1][0])
        self.assertIn("100 us", words)

    def test_an_aim_in_the_unit(self):
        bars, lines, words = self.drawn(figure("compile.program", "s", [("haft", 9)], aim=3, reference=None))
        self.assertAlmostEqual((lines[0] - 20 - plot.LABEL) / bars[0][0], 3 / 9, places=2)
        self.assertIn("less is better; aim \u2264 3.00 s", words)


class Committed(unittest.TestCase):
    FOLDER = Path(__file__).resolve().parent.parent.parent / "docs/performance"

    def test_a_plot_is_what_its_figures_draw(self):
        """Of each file of figures that is kept beside the plots, to the byte and each time."""
        for data in self.FOLDER.glob("*.json"):
            with tempfile.TemporaryDirectory() as folder:
                plot.write(json.loads(data.read_text()), folder)
                drawn = Path(folder) / data.with_suffix(".svg").name
                self.assertEqual(drawn.read_bytes(), (self.FOLDER / drawn.name).read_bytes(), f"report.py --plots {self.FOLDER} {data}")


if __name__ == "__main__":
    unittest.main()
