"""The site as files: pages, links, headings, escaping, size, sameness, empty states."""

from __future__ import annotations

import dataclasses
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from lxml import html

import world
from publication import hostile
from tasdiq.publication import checker
from tasdiq.publication.pages import PAGES
from tasdiq.publication.site import publish

STATES = {"joint": world.state, "desk": world.desk, "empty": world.empty, "hostile": hostile.state}


@pytest.fixture(scope="module", params=sorted(STATES))
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site of each kind of record."""
    out = tmp_path_factory.mktemp(request.param) / "out"
    publish(STATES[request.param](), out, published_at=world.CLOCK)
    return out


def _pages(site: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.fromstring(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def test_every_page_is_there(site: Path) -> None:
    """All named pages exist, whatever the record holds."""
    assert {f"{page.name}.html" for page in PAGES} <= {path.name for path in site.glob("*.html")}


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    """Each relative link and each anchor exists, except into the record, which another layer writes."""
    pages = _pages(site)
    ids = {path: set(tree.xpath("//@id")) for path, tree in pages.items()}
    for path, tree in pages.items():
        for href in tree.xpath("//@href | //@src"):
            target, anchor = urldefrag(href)
            if re.match(r"[a-z]+:", target):
                assert target.startswith("https://")
                continue
            found = (path.parent / unquote(target)).resolve() if target else path
            assert found.exists(), f"{path.name}: {href}"
            assert found.is_relative_to(site.resolve())
            if anchor and found.suffix == ".html":
                assert unquote(anchor) in ids[found], f"{path.name}: {href}"


def test_each_page_has_one_question_and_ordered_headings(site: Path) -> None:
    """One h1, no level skipped, a title of its own, a language, a main landmark."""
    for path, tree in _pages(site).items():
        levels = [int(node.tag[1]) for node in tree.xpath("//h1|//h2|//h3|//h4")]
        assert levels.count(1) == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), path
        assert tree.xpath("boolean(//main[@id='main'])")
        assert tree.get("lang") == "en"
        if path.parent == site:
            assert tree.xpath("string(//h1)").strip().endswith("?")


def test_ids_are_unique(site: Path) -> None:
    """No id stands twice on a page, so that links are sure."""
    for path, tree in _pages(site).items():
        found = tree.xpath("//@id")
        assert len(found) == len(set(found)), (path, [i for i in found if found.count(i) > 1][:3])


def test_no_text_becomes_script_or_style(site: Path) -> None:
    """The only scripts are the site's own files; nothing has an event handler or an inline style."""
    for path, tree in _pages(site).items():
        more = checker.SCRIPTS if path.name == "audit.html" else ()
        assert [s.rpartition("/")[2] for s in tree.xpath("//script/@src")] == ["theme.js", "site.js", *more], path
        assert not tree.xpath("//script[not(@src)] | //style | //iframe | //object | //@style | //img")
        assert not tree.xpath("//@*[starts-with(name(), 'on')]")
        assert "default-src 'none'" in tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")


def test_pages_are_small(site: Path) -> None:
    """No page is larger than 300 KB."""
    assert max(path.stat().st_size for path in site.rglob("*.html")) < 300_000


def test_ten_thousand_entries_stay_on_small_pages(tmp_path: Path) -> None:
    """A long record is listed on pages of 500 entries, each under 300 KB, and items lead to the page of their entry."""
    state = world.state()
    line = state.entries[-1]
    state.entries += [dataclasses.replace(line, index=n, id=f"{n:064x}") for n in range(len(state.entries), 10_000)]
    name = next(iter(state.statements))
    state.provenance[name] = dataclasses.replace(state.provenance[name], index=9_876)
    publish(state, tmp_path, published_at=world.CLOCK)
    assert len(list((tmp_path / "e").iterdir())) == 19
    assert max(path.stat().st_size for path in tmp_path.rglob("*.html")) < 300_000
    assert any("e/20.html#e9876" in path.read_text(encoding="utf-8") for path in (tmp_path / "d").iterdir())
    assert 'id="e9876"' in (tmp_path / "e" / "20.html").read_text(encoding="utf-8")


def test_nothing_is_fetched(site: Path) -> None:
    """No page or style names a host to load from."""
    for path in site.rglob("*"):
        if path.suffix in (".css", ".js") and path.parent.name != "data":
            assert "http" not in path.read_text(encoding="utf-8").replace("http://www.w3.org", "")


def test_publishing_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same state at the same time gives the same files, byte for byte, over an older site too."""
    first = publish(world.state(), tmp_path / "a", published_at=world.CLOCK)
    publish(hostile.state(), tmp_path / "b", published_at=world.CLOCK)
    publish(world.state(), tmp_path / "b", published_at=world.CLOCK)
    other = {p.relative_to(tmp_path / "b"): p.read_bytes() for p in (tmp_path / "b").rglob("*") if p.is_file()}
    assert {p.relative_to(tmp_path / "a"): p.read_bytes() for p in first} == other


def test_what_other_layers_wrote_is_left_alone(tmp_path: Path) -> None:
    """`record/`, `bundle/` and the manifest survive, and proofs found there are linked."""
    for name in ("record/checkpoint", "bundle/p-violence-orm.tasdiq.json", "manifest.note"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("example/log\n3\nAAAA\n\n— log AAAA\n", encoding="utf-8")
    written = publish(world.state(), tmp_path, published_at=world.CLOCK)
    assert not any("record/" in str(p) or p.name == "manifest.note" for p in written)
    assert "bundle/p-violence-orm.tasdiq.json" in (tmp_path / "p" / "p-violence-orm.html").read_text(encoding="utf-8")
    assert "example/log" in (tmp_path / "record.html").read_text(encoding="utf-8")


def test_empty_states_teach(tmp_path: Path) -> None:
    """A record of nothing but its charter says on each page what would stand there."""
    publish(world.empty(), tmp_path, published_at=world.CLOCK)
    for name in ("positions", "origins", "incidents", "crossings", "cases", "engagement", "disagreements"):
        assert 'class="empty"' in (tmp_path / f"{name}.html").read_text(encoding="utf-8"), name


def test_unsafe_links_are_not_links(tmp_path: Path) -> None:
    """A source that is no web address is not linked."""
    publish(hostile.state(), tmp_path, published_at=world.CLOCK)
    assert not any("javascript:" in p.read_text(encoding="utf-8") for p in tmp_path.rglob("*.html"))
