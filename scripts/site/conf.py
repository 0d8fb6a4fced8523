# SPDX-License-Identifier: BSL-1.0
# The documentation site, for Sphinx. Its sources are put together by scripts/site/sources.py; scripts/site.sh builds it.
import json
import re
from pathlib import Path

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode

root = Path(__file__).resolve().parents[2]
project = "haft"
author = "the authors of haft"
release = re.search(r'HAFT_VERSION "([^"]+)"', (root / "include/haft/version.hpp").read_text()).group(1)

extensions = ["myst_parser", "sphinx_copybutton"]
myst_heading_anchors = 4
myst_enable_extensions = ["attrs_inline"]   # for places in the reference
root_doc = "index"
exclude_patterns = ["files/**"]
highlight_language = "text"
smartquotes = False   # "" is C++'s
suppress_warnings = ["misc.highlighting_failure"]   # what is left out of JSON is shown as …, which is no JSON
pygments_style, pygments_dark_style = "friendly", "github-dark"
copybutton_prompt_text = "$ "

html_theme = "furo"
html_title = f"haft {release}"
html_favicon = "haft.svg"
html_static_path = ["haft.css"]
html_css_files = ["haft.css"]
html_search_scorer = str(Path(__file__).with_name("scorer.js"))
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_theme_options = {
    "light_css_variables": {"color-brand-primary": "#8a4b14", "color-brand-content": "#8a4b14", "color-brand-visited": "#6b3a10"},
    "dark_css_variables": {"color-brand-primary": "#e0a96d", "color-brand-content": "#e0a96d", "color-brand-visited": "#c99457"},
}


class LinkNames(SphinxPostTransform):
    """`haft::toolset` in a page's words leads to the place in the reference."""

    default_priority = 20

    def run(self, **_):
        names, here = self.env.haft_names, self.env.docname
        for code in list(self.document.findall(nodes.literal)):
            above = code.parent
            while above and not isinstance(above, (nodes.reference, nodes.title)):
                above = above.parent
            text = re.sub(r"\(.*\)$|<.*>$|^<haft/(.*)>$", r"\1", code.astext())
            if above or not re.fullmatch(r"[\w:/.]+", text):
                continue
            found = names.get(text) or names.get("haft::" + text) if "::" in text or here.startswith("reference/") else names.get(text)
            if found and found[0] != here:
                code.replace_self(make_refnode(self.app.builder, here, found[0], found[1], code.deepcopy()))


def narrow_navigation(app, page, template, context, doctree):
    """Of the navigation only the branch that one is in is open. The many pages of the reference and the errors are not in it, but
    their folders are: with all of them each page would be ten times as large, and the site would take twice as long to build."""
    whole = context.get("toctree")
    folder = page.rpartition("/")[0] if re.match(r"(?:errors|reference)/", page) else ""
    if whole and folder:
        context["toctree"] = lambda **options: "" if folder in trees and not page.endswith("/index") else whole(
            **{**options, "collapse": True, "maxdepth": max(2, folder.count("/") + 1)})
    elif whole:
        context["toctree"] = lambda **options: whole(**{**options, "collapse": True})


def keep_navigation(app, page, template, context, doctree):
    """What has been made for one page of a folder does for the others, too; an index links to itself in another way."""
    if re.match(r"(?:errors|reference)/", page) and not page.endswith("/index"):
        context["furo_navigation_tree"] = trees.setdefault(page.rpartition("/")[0], context["furo_navigation_tree"])


trees = {}


def read_names(app):
    app.env.haft_names = json.loads((Path(app.srcdir) / "names.json").read_text())


def setup(app):
    app.add_post_transform(LinkNames)
    app.connect("builder-inited", read_names)
    app.connect("html-page-context", narrow_navigation, priority=400)   # before Furo's
    app.connect("html-page-context", keep_navigation, priority=600)     # after Furo's
    return {"parallel_read_safe": True, "parallel_write_safe": True}
