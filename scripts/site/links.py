#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Follows the links of a built site: links.py FOLDER

Each link that stays within the site must lead to a file, and to a place in it if it names one; each page must be reached from the
front page. Nothing may be loaded from elsewhere. What leads out of the site is counted and not followed.
"""
import re
import sys
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

LINK = re.compile(r'<(\w+)[^>]*?\s(href|src)="([^"]*)"')
ID = re.compile(r'\sid="([^"]+)"')


def check(folder):
    """(what is wrong, a summary)"""
    pages = {p: p.read_text(encoding="utf-8") for p in sorted(folder.rglob("*.html"))}
    ids = {p: {unescape(x) for x in ID.findall(text)} for p, text in pages.items()}
    wrong, leads_to, inside, outside = [], {}, 0, 0
    for page, text in pages.items():
        for element, kind, target in LINK.findall(text):
            url = urlsplit(unescape(target))
            if url.scheme or url.netloc:
                outside += 1
                if kind == "src" or element == "link" or url.scheme not in ("http", "https"):
                    if not url.scheme == "data":
                        wrong.append(f"{page.relative_to(folder)}: <{element}> loads {target} from elsewhere")
                continue
            inside += 1
            there = (page.parent / unquote(url.path)).resolve() if url.path else page
            anchor = unquote(url.fragment)
            leads_to.setdefault(page, set()).add(there)
            if target.startswith("/") or not there.is_file():
                wrong.append(f"{page.relative_to(folder)}: {target} leads nowhere")
            elif anchor and there in ids and anchor not in ids[there] and anchor != "top":
                wrong.append(f"{page.relative_to(folder)}: {target}: that page has no place #{anchor}")
    front = (folder / "index.html").resolve()
    reached, queue = {front}, [front]
    for page in queue:
        for there in leads_to.get(page, set()) - reached:
            reached.add(there)
            queue.append(there)
    wrong += [f"{page.relative_to(folder)}: no link leads here from the front page" for page in pages if page not in reached]
    return sorted(set(wrong)), f"{len(pages)} pages, {inside} links within the site, {outside} out of it"


def main(folder):
    wrong, summary = check(Path(folder).resolve())
    for one in wrong:
        print("site:", one, file=sys.stderr)
    print(f"site: {summary}, {len(wrong)} dead")
    return 1 if wrong or summary.startswith("0 ") else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
