#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Looks at the built site in a browser: look.py FOLDER SCREENSHOTS

Some pages of each kind, at 1280 and at 390 pixels, light and dark: a screenshot of each, and what a reader would stumble over is a
failure: a page that is wider than the screen, an error of a script or a file that is not there, an address outside of the site, a
search that finds nothing. The browser is Chromium, driven over WebDriver, which needs nothing but HTTP.
"""
import base64
import functools
import http.server
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from pathlib import Path

WIDTHS = {1280: 900, 390: 844}
PAGES = ("index", "start", "guide/index", "guide/parameters", "guide/chapter-functions-as-tools", "examples/index", "examples/02_weather",
         "examples/20_demo", "reference/index", "reference/tool/index", "reference/tool/toolset", "reference/tool/make", "reference/names", "errors/index",
         "errors/run-time", "errors/E0105", "performance", "comparison", "security", "design", "changelog", "search")
DARK = ("index", "guide/parameters", "reference/tool/toolset", "performance")
SEARCHED = "toolbox"
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
         "--disable-sync --disable-dev-shm-usage --hide-scrollbars --force-device-scale-factor=1").split()
# What stands out of the page, and is not in a box of its own that scrolls (a table, a block of code). Furo lets the column of the
# text scroll where something in it is too wide, and hides it elsewhere, so that the page's own width says nothing.
TOO_WIDE = """
const width = document.documentElement.clientWidth, out = [];
const boxed = e => {
    for (e = e.parentElement; e && !e.matches('.content'); e = e.parentElement)
        if (getComputedStyle(e).overflowX !== 'visible') return true;
};
for (const e of document.querySelectorAll('.content, .content *, .mobile-header'))
    if (e.getBoundingClientRect().right > width + 1 && !boxed(e))
        out.push(`<${e.tagName.toLowerCase()} class="${e.className}"> ${e.textContent.trim().slice(0, 40)}`);
return [document.documentElement.scrollWidth, width, out.slice(0, 3)];
"""


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


class Browser:
    def __init__(self, profile):
        self.base = ""
        self.driver = subprocess.Popen([shutil.which("chromedriver"), "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.driver.stdout:
            if found := re.search(r"successfully on port (\d+)", line):
                self.base = f"http://127.0.0.1:{found.group(1)}/session"
                break
        try:
            self.begin(profile)
        except BaseException:
            self.close()
            raise

    def begin(self, profile):
        options = {"args": FLAGS + [f"--user-data-dir={profile}"], "binary": shutil.which("chromium")}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}
        self.base += "/" + self.ask("", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]

    def ask(self, path, body=None):
        request = urllib.request.Request(self.base + path, None if body is None else json.dumps(body).encode(), {"Content-Type": "application/json"})
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))   # the driver is here, whatever the proxy
        with opener.open(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def devtools(self, command, **parameters):
        return self.ask("/goog/cdp/execute", {"cmd": command, "params": parameters})

    def run(self, script):
        return self.ask("/execute/sync", {"script": script, "args": []})

    def open(self, url, width, dark=False):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=WIDTHS[width], deviceScaleFactor=1, mobile=width < 500)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.ask("/url", {"url": url})

    def errors(self):
        return [entry["message"] for entry in self.ask("/se/log", {"type": "browser"}) if entry["level"] == "SEVERE"]

    def picture(self, file):
        height = min(self.run("return document.documentElement.scrollHeight"), 3600)
        width = self.run("return document.documentElement.clientWidth")
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                             clip={"x": 0, "y": 0, "width": width, "height": height, "scale": 1})
        file.write_bytes(base64.b64decode(shot["data"]))

    def close(self):
        try:
            urllib.request.urlopen(urllib.request.Request(self.base, method="DELETE"), timeout=20)
        except (OSError, ValueError):   # it is gone, or was never there
            pass
        self.driver.terminate()
        self.driver.wait()


def faults(browser, address, name):
    """What is wrong with the page that is open."""
    across, screen, elements = browser.run(TOO_WIDE)
    wrong = [f"{name}: wider than its {screen} pixels: {'; '.join(elements) or across}"] if across > screen or elements else []
    wrong += [f"{name}: {message}" for message in browser.errors()]
    loaded = browser.run("return performance.getEntriesByType('resource').map(e => e.name)")
    return wrong + [f"{name} loads {url}" for url in loaded if not url.startswith((address, "data:"))]


def look(browser, address, folder, shots):
    """What is wrong, a line each."""
    wrong = []
    for width in WIDTHS:
        for page, dark in [(p, False) for p in PAGES] + [(p, True) for p in DARK]:
            name = f"{page.replace('/', '-')}-{width}{'-dark' if dark else ''}"
            if not (folder / (page + ".html")).exists():
                wrong.append(f"{page}.html is not there")
                continue
            browser.open(f"{address}/{page}.html", width, dark)
            browser.picture(shots / (name + ".png"))
            wrong += faults(browser, address, name)
    others = sorted({p.relative_to(folder).as_posix()[:-5] for part in ("guide", "cookbook", "examples", "") for p in (folder / part).glob("*.html")}
                    - set(PAGES))
    for page in others:   # no pictures of these
        browser.open(f"{address}/{page}.html", 390)
        wrong += faults(browser, address, f"{page}-390")
    browser.open(f"{address}/search.html?q={SEARCHED}", 1280)
    hits, before, end = [], None, time.monotonic() + 20
    while time.monotonic() < end and not (hits and hits == before):
        before = hits
        time.sleep(0.5)   # they come one by one
        hits = browser.run("return [...document.querySelectorAll('ul.search li a')].map(a => a.textContent)")
    browser.picture(shots / "search-toolbox.png")
    wrong += [f"search: {message}" for message in browser.errors()]
    if not any(SEARCHED in hit.lower() for hit in hits[:1]):
        wrong.append(f"the search for {SEARCHED} begins with {hits[:3]}")
    print(f"site: looked at {len(PAGES)} pages at {' and '.join(map(str, WIDTHS))} pixels, {len(DARK)} of them in the dark, and at {len(others)} "
          f"more at 390; {len(hits)} hits for {SEARCHED}, the first: {', '.join(hits[:3])}")
    return wrong


def main(folder, shots):
    folder, shots = Path(folder).resolve(), Path(shots)
    if missing := [x for x in ("chromium", "chromedriver") if not shutil.which(x)]:
        print(f"site: SKIPPED, there is no {' and no '.join(missing)}: scripts/deps.sh --site brings it", file=sys.stderr)
        return 77
    shutil.rmtree(shots, ignore_errors=True)
    shots.mkdir(parents=True)
    server = Server(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        try:
            wrong = look(browser, f"http://127.0.0.1:{server.server_port}", folder, shots)
        finally:
            browser.close()
    for one in wrong:
        print("site:", one, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
