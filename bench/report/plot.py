# SPDX-License-Identifier: BSL-1.0
"""Draws figures as SVG: for each a panel of horizontal bars, best first, haft's in colour, the aim as a line."""
from pathlib import Path
from xml.sax.saxutils import escape

from figures import machine_of, reference_of, rises
from numbers_shown import with_unit

PLOTS = {   # file: (title, the families of figures that it shows)
    "run.svg": ("One call, in process", ("arguments", "line", "schema", "registry")),
    "compile.svg": ("Compile time and size", ("compile", "size")),
    "stdio.svg": ("An MCP server over stdio", ("stdio",)),
    "remote.svg": ("Tools on other machines (here all on one)", ("remote",)),
    "mcp.svg": ("MCP servers over stdio and HTTP, 16 calls at a time", ("mcp",)),
}
PANEL, LABEL, VALUE, BAR, GAP = 490, 172, 74, 16, 5   # pixels: width of a panel and of its columns; heights
LONGEST = 5   # a bar longer than so many times those that matter is cut
COLOURS = {"haft": "#1a8f6a", "haft_else": "#9fd3c1", "other": "#b8c0c8", "aim": "#c8102e", "text": "#1c2126",
           "faint": "#5b6670"}


def text(x, y, words, size=12, colour="text", anchor="start", weight="normal"):
    return (f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{COLOURS[colour]}" text-anchor="{anchor}" '
            f'font-weight="{weight}">{escape(words)}</text>')


def aim_value(figure):
    """Where the aim lies on the axis of the values; None without one."""
    if figure.get("aim") is None:
        return None
    reference = reference_of(figure)
    if reference is None:
        return figure["aim"]
    return figure["aim"] * figure["values"][reference]["median"] if reference in figure["values"] else None


def subtitle(figure):
    words = "more is better" if rises(figure) else "less is better"
    if aim_value(figure) is None:
        return words
    reference = reference_of(figure)
    sign = "\u2265" if rises(figure) else "\u2264"
    of = f"{figure['aim']:g} of {reference}" if reference else with_unit(figure["aim"], figure["unit"])
    return f"{words}; aim {sign} {of}"


def height_of(figure):
    return 40 + len(figure["values"]) * (BAR + GAP) + 14


def panel(figure, left, top):
    """The elements of one figure."""
    values = {name: value["median"] for name, value in figure["values"].items()}
    names = sorted(values, key=lambda name: values[name], reverse=rises(figure))
    aim, room = aim_value(figure), PANEL - LABEL - VALUE
    matter = [values[name] for name in (figure["haft"], reference_of(figure)) if name in values]
    end = max([aim or 0, *values.values()])
    if not rises(figure) and matter:
        end = min(end, LONGEST * max(matter + [aim or 0]))
    scale = room / end if end > 0 else 0
    out = [text(left, top + 14, figure["name"], 14, weight="bold"), text(left, top + 30, subtitle(figure), 11, "faint")]
    y, numbers = top + 38, []
    for name in names:
        mine, value = name == figure["haft"], values[name]
        colour = "haft" if mine else "haft_else" if name.startswith(figure["haft"]) else "other"
        width, x = max(min(value, end) * scale, 1), left + LABEL
        out.append(text(x - 8, y + 12, name, anchor="end", weight="bold" if mine else "normal"))
        out.append(f'<rect x="{x:g}" y="{y:g}" width="{width:.1f}" height="{BAR}" '
                   f'fill="{COLOURS[colour]}"/>')
        if value > end:   # the break in a bar that is longer than shown
            out.append(f'<path d="M{x + width - 18:.1f} {y + BAR} l6 -{BAR} h5 l-6 {BAR} z" fill="#ffffff"/>')
        shown = with_unit(value, figure["unit"])
        numbers.append(text(x + width + 6, y + 12, shown, weight="bold" if mine else "normal"))
        y += BAR + GAP
    if aim is not None and aim <= end:
        x = left + LABEL + aim * scale
        out.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + 35:g}" y2="{y:g}" stroke="{COLOURS["aim"]}" '
                   f'stroke-width="1.5" stroke-dasharray="4 3"/>')
    readable = '<g stroke="#ffffff" stroke-width="4" paint-order="stroke">'   # where they stand over the line
    return out + [readable, *numbers, "</g>"]


def draw(title, figures, foot):
    """One SVG of all these figures, in two columns where they are many."""
    count = 2 if len(figures) > 3 else 1
    columns, heights = [[] for _ in range(count)], [0] * count
    for figure in figures:   # in order, each where there is most room
        at = heights.index(min(heights))
        columns[at].append((figure, heights[at]))
        heights[at] += height_of(figure)
    width, height = count * (PANEL + 20) + 20, max(heights) + 92
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
           'font-family="Helvetica, Arial, sans-serif">', f'<title>{escape(title)}</title>',
           '<rect width="100%" height="100%" fill="#ffffff"/>', text(20, 34, title, 18, weight="bold")]
    for number, column in enumerate(columns):
        for figure, top in column:
            out += panel(figure, 20 + number * (PANEL + 20), 56 + top)
    out.append(text(20, height - 14, foot, 10, "faint"))
    return "\n".join(out + ["</svg>"]) + "\n"


def write(parts, folder):
    """Draws the plots that there are figures for."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, (title, families) in PLOTS.items():
        chosen, machines = [], {}
        for part in parts:
            figures = [x for x in part["figures"] if x["name"].split(".")[0] in families and x["values"]]
            chosen += figures
            if figures:
                machines[machine_of(part)] = None
        if chosen:
            (folder / name).write_text(draw(title, chosen, "; ".join([*machines, *["dashed: the aim"] * any(aim_value(x) is not None for x in chosen)])))
