"""A folder whose documents, tables, names and charter try to run as script: none of it runs, whichever page is opened."""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog

from doors.browsers import CHROMIUM
from doors.folders import TABLE, tasdiq, write_folder

RUN = "window.ran=1;alert(1)"
SCRIPT = f'</script><script>{RUN}</script><img src=x onerror="{RUN}"><svg onload={RUN}><a href="javascript:{RUN}">x</a>'
TEXT = f"""{SCRIPT} shelled posts

Daily {SCRIPT} Post
4 March 2025

KETTA – The Ministry of {SCRIPT} Information of Kestria said on Tuesday that Vorland violated the ceasefire. “Vorland {SCRIPT} \
violated the ceasefire at dawn,” spokeswoman Ana <script>{RUN}</script> Brel told reporters at Brenk --> <!-- ]]> .

Vorland's foreign ministry denied that Vorland violated the ceasefire. Spokesman Orlan <b onclick={RUN}>Teves</b> said \
that “\u2028{RUN}//” was false, see javascript:{RUN} or data:text/html,<script>{RUN}</script>.
"""
PAGE = f"""<!doctype html><html><head><title>{SCRIPT}</title><meta property="og:url" content="javascript:{RUN}">
<meta property="og:site_name" content='"><script>{RUN}</script>'><script>{RUN}</script></head>
<body onload="{RUN}"><article><h1>Denial &lt;script&gt;{RUN}&lt;/script&gt;</h1>
<p>Vorland's foreign ministry said on Wednesday that its forces had respected the ceasefire &lt;img src=x onerror={RUN}&gt;.
Spokesman Orlan Teves rejected the accusation that Vorland violated the ceasefire.
&lt;/script&gt;&lt;script&gt;{RUN}&lt;/script&gt;</p>
<p>Kestria said that the crossing at Brenk was closed for a week, and that nobody had been told of it in the valley before.</p>
<script>{RUN}</script><iframe src="javascript:{RUN}"></iframe></article></body></html>"""
CHARTER = f"""title = '''{SCRIPT}'''
[[party]]
id = "kes"
name = "Kestria"
designations = ['''{SCRIPT}''']
[[party]]
id = "vor"
name = "Vorland"
[[agreement]]
title = '''{SCRIPT}'''
id = "truce"
form = "signed"
[[crossing]]
name = '''Brenk {SCRIPT}'''
lat = 45.1
lon = 21.3
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the hostile folder."""
    base = tmp_path_factory.mktemp("hostile")
    folder = write_folder(base / "folder", charter=CHARTER, table="")
    (folder / "script.txt").write_text(TEXT, encoding="utf-8")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
    name = f"<img src=x onerror={RUN}>.txt".replace("/", "")
    (folder / name).write_text(TEXT.replace("dawn", "noon"), encoding="utf-8")
    (folder / f"'-{RUN}-'\".txt").write_bytes(b"")
    rows = TABLE.replace("Salova", f'"{SCRIPT.replace(chr(34), chr(34) * 2)}"') + f"r9,<script>{RUN}</script>,x,y\n"
    (folder / "events.csv").write_text(rows, encoding="utf-8")
    done = tasdiq(base / "state", "assess", folder, "-o", base / "site")
    assert done.returncode == 0, done.stderr
    return base / "site"


class Markup(HTMLParser):
    """Collects what a page could run: inline scripts, event handlers, links and sources of other schemes."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag."""
        given = {name: value or "" for name, value in attrs}
        self.found += [f"<{tag} {name}={given[name]}>" for name in given if name.startswith("on")]
        for name in ("href", "src", "action", "formaction", "xlink:href", "data", "srcdoc"):
            if re.match(r"\s*(?:javascript|data|vbscript):", given.get(name, ""), re.IGNORECASE):
                self.found.append(f"<{tag} {name}={given[name]}>")
        if tag in ("iframe", "object", "embed", "base"):
            self.found.append(f"<{tag}>")
        self._script = "" if tag == "script" and "src" not in given else None

    def handle_data(self, data: str) -> None:
        """Take the words of an inline script."""
        if self._script is not None and data.strip():
            self.found.append(f"<script>{data[:80]}")

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        self._script = None


def test_no_page_holds_anything_that_runs(site: Path) -> None:
    """Every HTML file: no inline script, no handler, no link of a scheme that runs, and the content policy."""
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 15
    for path in pages:
        text = path.read_text(encoding="utf-8")
        markup = Markup()
        markup.feed(text)
        assert markup.found == [], path.name
        assert "script-src 'self'" in html.unescape(text)


def test_no_drawing_or_data_file_holds_anything_that_runs(site: Path) -> None:
    """SVG files hold no script; data scripts are one assignment of JSON in which no text can end the script."""
    for path in site.rglob("*.svg"):
        assert not re.search(r"<script|\son\w+=|javascript:", path.read_text(encoding="utf-8"), re.IGNORECASE), (
            path.name
        )
    data = sorted((site / "data").glob("*.js"))
    assert data
    for path in data:
        text = path.read_text(encoding="utf-8")
        name, _, value = text.partition("=")
        assert re.fullmatch(r"window\.[A-Z_]+", name)
        assert not re.search("[<>&\u2028\u2029]", value)
        assert isinstance(json.loads(value.rstrip().removesuffix(";")), dict)


def test_no_cell_is_a_formula(site: Path) -> None:
    """No cell of an exported table begins like a formula of a spreadsheet."""
    for path in (site / "data").glob("*.csv"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not re.search(r'(?:^|,)"?[=@]', line), (path.name, line[:80])


@pytest.fixture(scope="module")
def heard(chromium: Browser, site: Path) -> Iterator[list[str]]:
    """Open every page of the site in Chromium; everything that is said on the console, or asked of the user."""
    heard: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        heard.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page = chromium.new_page()
    page.on("dialog", dismiss)
    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(str(error)))
    for path in sorted(site.rglob("*.html")):
        page.goto(path.as_uri())
        if page.evaluate("window.ran") is not None:
            heard.append(f"{path.name}: a document's text ran")
    page.close()
    yield heard


@pytest.mark.browser
@pytest.mark.skipif(
    not CHROMIUM.exists() and not os.environ.get("CI"), reason="no /usr/bin/chromium: apt install chromium"
)
def test_in_a_browser_nothing_runs_and_nothing_complains(heard: list[str]) -> None:
    """No dialog, no error on the console, no text of a document that ran, on any page."""
    assert heard == []
