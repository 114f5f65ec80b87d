"""The commands take every format of document: a feed, an e-mail, a web archive and a PDF beside text, and a rerun adds nothing."""

from __future__ import annotations

import hashlib
import json
from email.message import EmailMessage
from pathlib import Path

from doors.folders import CROSSING, DENIAL, SHELLING, tasdiq, write_folder
from intake.test_article_pdf import pdf
from intake.test_article_warc import answer, record
from tasdiq.intake.article import receive_file


def write_formats(folder: Path) -> None:
    """Write one made-up report in each format."""
    words = DENIAL.split("\n\n")[2:]
    item = f"<item><title>Denial</title><description>{' '.join(words)}</description></item>"
    (folder / "desk.rss").write_text(
        f"<rss><channel><title>Harbour Times</title>{item}</channel></rss>", encoding="utf-8"
    )
    message = EmailMessage()
    message["From"], message["Subject"] = "Ana Belk <ana@post.example>", "Crossing at Brenk closed"
    message.set_content(CROSSING)
    (folder / "note.eml").write_bytes(message.as_bytes())
    page = (
        "<html><body><article>"
        + "".join(f"<p>{line}</p>" for line in SHELLING.split("\n\n"))
        + "</article></body></html>"
    )
    (folder / "web.warc").write_bytes(record(answer(page.encode())))
    (folder / "print.pdf").write_bytes(pdf(SHELLING.split("\n")))
    (folder / "scan.pdf").write_bytes(pdf(b"0 0 9 9 re f"))


def test_a_folder_of_every_format_is_assessed_once(tmp_path: Path) -> None:
    """Each gives a document, a scan is rejected with its reason, and a rerun appends nothing."""
    folder = write_folder(tmp_path / "folder")
    write_formats(folder)
    runs = [tasdiq(tmp_path / "state", "assess", folder, "-o", tmp_path / "site", "--json") for _ in range(2)]
    first, second = (json.loads(run.stdout) for run in runs)
    assert first["counts"]["documents"] == 7 and second["appended"] == 0
    assert [(item["file"], item["reason"][:13]) for item in first["rejected"]] == [("scan.pdf", "no text layer")]


def test_attribute_names_the_extracted_text_of_every_format(tmp_path: Path) -> None:
    """Offsets count the extracted text, whose SHA-256 is in every row."""
    write_formats(tmp_path)
    names = ("desk.rss", "note.eml", "web.warc", "print.pdf")
    done = tasdiq(tmp_path / "state", "attribute", *(tmp_path / name for name in names), "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["document"] for row in rows} == set(names)
    for row in rows:
        text = receive_file(row["document"], (tmp_path / row["document"]).read_bytes()).text
        assert row["text_sha256"] == hashlib.sha256(text.encode()).hexdigest()
        assert " … ".join(text[start:end] for start, end in row["content"]) == row["text"]["content"]
