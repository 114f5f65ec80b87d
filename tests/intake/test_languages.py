"""Documents in Urdu, Pashto, Dari, Arabic and Turkish: recognised, their reported speech read by rules, the rest left."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.in_languages import PARTIES, TEXTS
from tasdiq.intake.article import receive_file
from tasdiq.intake.extract import Extract, extract
from tasdiq.intake.languages import recognise
from tasdiq.intake.languages.fold import fold, folded
from tasdiq.intake.languages.names import _countries, name_index
from tasdiq.intake.languages.quotes import masked, quotations, sentences
from tasdiq.intake.languages.source import read_source
from tasdiq.model.document import Received
from tasdiq.model.statement import Statement

ALL = sorted(TEXTS)
MINISTER = {"ur": "احمد بیل", "fa": "احمد بیل", "ps": "احمد بېل", "ar": "أحمد بيل", "tr": "Ahmet Bel"}
LAST = {"ur": "مقامی", "fa": "برای مردم", "ps": "سیمې", "ar": "صعبة", "tr": "Bölge"}


@pytest.fixture(scope="module")
def read() -> tuple[Extract, dict[str, Received]]:
    """All five articles as one folder."""
    files = {code: receive_file(f"{code}.txt", text.encode()) for code, text in TEXTS.items()}
    return extract(PARTIES, list(files.values()), "test"), files


def said(read: tuple[Extract, dict[str, Received]], code: str) -> list[tuple[Statement, str, str]]:
    """Return a language's statements with source and content."""
    found, files = read
    text = files[code].text

    def words(spans: tuple) -> str:  # type: ignore[type-arg]
        return " … ".join(text[span.start : span.end] for span in spans)

    return [(s, words(s.source), words(s.content)) for d in files[code].documents for s in found.statements[d.id]]


@pytest.mark.parametrize("code", ALL)
def test_languages_are_told_by_letters_and_small_words(code: str) -> None:
    """A whole article, each of its longer paragraphs, and the same without any letter of its own alphabet's neighbours."""
    assert recognise(TEXTS[code]) == code
    for paragraph in TEXTS[code].strip().split("\n\n")[1:]:
        assert recognise(paragraph) in (code, ""), paragraph


def test_other_languages_are_not_taken_for_these() -> None:
    """English stays English, Kurdish and Azerbaijani in like letters are themselves, a few letters are nothing."""
    assert recognise("The ministry said that the crossing would open on Tuesday and that talks go on.") == "en"
    assert recognise("وەزارەت ڕایگەیاند کە سنوورەکە لە ڕۆژی سێشەممە دەکرێتەوە و دانوستانەکان بەردەوام دەبن") == "ckb"
    assert recognise("Nazirlik bildirdi ki, sərhəd çərşənbə axşamı açılacaq və danışıqlar davam edəcək") == "az"
    assert recognise("Talvik 12") == ""


@pytest.mark.parametrize("code", ALL)
def test_offices_organs_and_countries_settle_the_party(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """Headline, minister and the other side's ministry are own voices of their parties, the same actors in every language."""
    rows = said(read, code)
    assert rows[0][0].speaker in ("kes/foreign-ministry-spokesperson", "kes/foreign-office")
    assert {s.party for s, source, _ in rows if MINISTER[code] in source} == {"kes"}
    vor = [s for s, _, content in rows if "3" in folded(content)]
    assert [(s.speaker, s.party, s.teller) for s in vor] == [("vor/ministry-of-defence", "vor", "own")]
    assert all(s.teller == "own" for s, source, _ in rows if MINISTER[code] in source)


def test_a_name_in_one_script_is_one_person(read: tuple[Extract, dict[str, Received]]) -> None:
    """Urdu, Dari and Arabic write the minister with letters that are one: one actor, with every spelling kept."""
    held = {s.speaker for code in ("ur", "fa", "ar") for s, source, _ in said(read, code) if MINISTER[code] in source}
    assert len(held) == 1
    names = {each.text for each in read[0].actors[held.pop() or ""].designations}
    assert names == {MINISTER["ur"], MINISTER["ar"]}


@pytest.mark.parametrize("code", ALL)
def test_pages_and_feeds_are_read_alike(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """The same article as a page and as an entry of a feed has the same language and the same statements."""
    title, *body = TEXTS[code].strip().split("\n\n")
    markup = "".join(f"<p>{words}</p>" for words in body)
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{markup}</article></body></html>"
    entry = f"<item><title>{title}</title><description><![CDATA[{markup}]]></description></item>"
    feed = f"<rss><channel><title>Courier</title>{entry}</channel></rss>"
    for name, data in (("a.html", page), ("a.rss", feed)):
        file = receive_file(name, data.encode())
        (document,) = file.documents
        found = extract(PARTIES, [file], "test").statements[document.id]
        assert document.language == code
        assert file.text.count("\u200c") == TEXTS[code].count("\u200c")
        assert [(s.party, s.act, s.quote) for s in found] == [(s.party, s.act, s.quote) for s, _, _ in said(read, code)]


@pytest.mark.parametrize("code", ALL)
def test_direct_words_stand_in_their_marks(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """Quoted words are direct speech of whoever is named before or after, or meant by a pronoun, and stand verbatim."""
    direct = [(s, content) for s, _, content in said(read, code) if s.quote == "direct"]
    assert len(direct) == (1 if code == "ar" else 3 if code == "tr" else 2)
    assert all(content in TEXTS[code] and content[0] in '”«"' for _, content in direct)
    assert {s.party for s, _ in direct[:2]} == {"kes"}


@pytest.mark.parametrize("code", ALL)
def test_who_is_set_apart_from_a_country_has_no_party(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """A former ambassador, an analyst, and an ambassador of one country in the other leave the party open."""
    last = said(read, code)[-1][0]
    assert (last.speaker, last.party, last.teller) == (None, None, "third")


@pytest.mark.parametrize("code", ALL)
def test_the_rest_is_left_for_a_person(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """Nothing is narrated or told from these documents, and each says how far it was read."""
    found, files = read
    (document,) = files[code].documents
    assert document.language == code
    assert any(note.startswith("not read: language") for note in document.notes)
    assert not any(LAST[code] in content for _, _, content in said(read, code))
    assert found.told[document.id] == []
    assert not any(s.narrated for s in found.statements[document.id])


def test_negated_speech_is_no_speech(read: tuple[Extract, dict[str, Received]]) -> None:
    """ "The spokesperson did not say that …" reports nothing."""
    assert not any("سرحد بند" in content for _, _, content in said(read, "ur"))


def test_a_language_without_rules_is_not_read() -> None:
    """A document in another language gives no statement, and says that it was not read."""
    text = (
        "Der Sprecher des Außenministeriums sagte am Dienstag, die Gespräche würden fortgesetzt und der Übergang geöffnet. "
        * 3
    )
    file = receive_file("de.txt", text.encode())
    (document,) = file.documents
    assert document.language == "de"
    assert extract(PARTIES, [file], "test").statements[document.id] == []
    assert "not read: language (de): left for a person" in document.notes


def test_nested_speech_stays_with_its_teller() -> None:
    """What a minister says the other side said, quoted, is the minister's statement, mixed, and never the other side's."""
    text = "کیستریا کے وزیر خارجہ نے صحافیوں کو بتایا کہ ورلینڈ کی وزارت دفاع نے کہا ہے: ”ہم تیار ہیں اور انتظار کر رہے ہیں۔“"
    file = receive_file("a.txt", (text + "\n").encode())
    found = extract(PARTIES, [file], "test").statements[file.documents[0].id]
    assert [(s.party, s.quote) for s in found] == [("kes", "mixed")]


@pytest.mark.parametrize(
    ("code", "phrase", "whose", "kind"),
    [
        ("ur", "پاکستان کے وزیر دفاع", "PAK", "office"),
        ("ur", "افغان وزارت خارجہ", "AFG", "organ"),
        ("ur", "افغانستان میں اقوام متحدہ کے نمائندے", "", "other"),
        ("ur", "تحریک طالبان پاکستان کے ترجمان", "", "other"),
        ("fa", "سفیر پاکستان در کابل", "PAK", "office"),
        ("fa", "نماینده ویژه پاکستان برای افغانستان", "PAK", "office"),
        ("fa", "کابل", "AFG", "party"),
        ("ps", "د پاکستان حکومت", "PAK", "organ"),
        ("ar", "والسفير الباكستاني لدى أفغانستان", "PAK", "office"),
        ("ar", "الحكومة القطرية", "QAT", "organ"),
        ("ar", "لاجئون أفغان", "", "other"),
        ("tr", "Türkiye'nin Dışişleri Bakanlığı", "TUR", "organ"),
        ("tr", "Afganistan'da yaşayan öğretmen", "", "other"),
        ("tr", "İran ve Irak sözcüsü", "", "office"),
    ],
)
def test_countries_are_met_in_their_forms(
    read: tuple[Extract, dict[str, Received]], code: str, phrase: str, whose: str, kind: str
) -> None:
    """Names, adjectives and capitals own an office beside them; where somebody is, or whom they deal with, does not."""
    found = read_source(phrase, name_index(code, read[0].directory))
    assert (found.whose, found.kind) == (whose, kind) or (not whose and not found.whose)


TWO_IN_ONE = [
    (
        "ur",
        "کیستریا کے وزیر خارجہ سے ملاقات کے بعد ورلینڈ کے سفیر نے کہا کہ مذاکرات جاری رہیں گے اور سرحد کھلی ہے۔",
        ["vor"],
    ),
    ("ur", "کیستریا میں ورلینڈ کے سفیر نے کہا کہ مذاکرات جاری رہیں گے اور سرحد کھلی رہے گی۔", ["vor"]),
    ("ur", "ورلینڈ کے وزیر سے ملنے والے سفیر نے کہا کہ مذاکرات جاری رہیں گے اور سرحد کھلی ہے۔", [None]),
    ("fa", "پس از دیدار با وزیر خارجه کستریا، سفیر ورلاند گفت که گفتگوها ادامه دارد و مرز باز است.", ["vor"]),
    ("fa", "پس از دیدار وزیر خارجه کستریا سخنگوی هیئت گفت که گفتگوها ادامه دارد و مرز باز است.", [None]),
    ("fa", "وزیر خارجه کستریا در دیدار با سفیر ورلاند گفت که گفتگوها ادامه دارد و مرز باز است.", ["kes"]),
    ("fa", "به کستریا گفته شد که گفتگوها ادامه دارد و مرز باز است و هیچ کس آن را نمی‌بندد.", []),
    ("ps", "د کستریا د بهرنیو چارو وزیر سره تر لیدو وروسته د ورلند سفیر وویل چې خبرې به دوام ومومي.", [None]),
    ("ps", "د ورلند د دفاع وزارت ویاند خبریالانو ته وویل چې خبرې به دوام ومومي او پوله خلاصه ده.", ["vor"]),
    ("ps", "د ورلند سفیر نه دي ویلي چې خبرې به دوام ومومي او پوله به خلاصه وي.", []),
    ("ar", "قال سفير كستريا بعد لقائه وزير خارجية فورلاند إن المحادثات مستمرة والمعبر مفتوح اليوم.", ["kes"]),
    ("ar", "وفي لقاء مع وزير خارجية كستريا قال سفير فورلاند إن المحادثات مستمرة والمعبر مفتوح.", ["vor"]),
    ("ar", "بعد لقاء وزير خارجية كستريا المتحدث قال إن المحادثات مستمرة والمعبر مفتوح اليوم.", [None]),
    (
        "tr",
        'Kestriya Dışişleri Bakanı ile görüşen büyükelçi Ali Bel, "Görüşmeler sürüyor ve sınır açık." dedi.',
        [None],
    ),
    ("tr", 'Kestriya Bakanı ile görüşen Vorland Büyükelçisi, "Görüşmeler sürüyor ve sınır açık." dedi.', [None]),
]


@pytest.mark.parametrize(("code", "text", "parties"), TWO_IN_ONE)
def test_the_other_in_a_sentence_never_lends_a_party(code: str, text: str, parties: list[str | None]) -> None:
    """Whom a speaker met, where they are, whom they speak of: the party is the speaker's or nobody's."""
    file = receive_file("a.txt", f"{text}\n".encode())
    (document,) = file.documents
    assert document.language == code
    assert [s.party for s in extract(PARTIES, [file], "test").statements[document.id]] == parties


def test_a_pronoun_never_reaches_past_another_party() -> None:
    """After a sentence about the other side that no frame reads, "he added" is nobody's."""
    said = "قال وزير الخارجية الكستري أحمد بيل إن المحادثات مستمرة. {}وأضاف أن المعبر سيفتح غدا والأسواق مفتوحة.\n"
    parties = []
    for between in ("", "ودعا وزير فورلاند إلى الهدوء. "):
        file = receive_file("a.txt", said.format(between).encode())
        parties.append([s.party for s in extract(PARTIES, [file], "test").statements[file.documents[0].id]])
    assert parties == [["kes", "kes"], ["kes", None]]


PHRASES = {
    "ur": ("{} کے وزیر خارجہ", "{} وزیر خارجہ"),
    "fa": ("وزیر خارجه {}", "وزیر خارجه {}"),
    "ps": ("د {} د بهرنیو چارو وزیر", "{} ویاند"),
    "ar": ("سفير {}", "الوزير ال{}"),
    "tr": ("{} Dışişleri Bakanı", "{} sözcü"),
}


@pytest.mark.parametrize("code", ALL)
def test_every_country_is_itself_or_nobody(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """The minister of each of the world's countries, by every name and adjective, is that country's; almost none stays open."""
    index, known, found = name_index(code, read[0].directory), 0, 0
    for row in _countries():
        form = "{}" if row["sort"] == "capital" else PHRASES[code][row["sort"] == "people"]
        for name in filter(None, row[code].split("|")):
            whose = read_source(form.format(name), index).whose
            assert whose in ("", row["iso3"]), name
            known, found = known + 1, found + bool(whose)
    assert known > 300 and found >= 0.98 * known


@pytest.mark.parametrize("code", ["ur", "fa", "ps"])
def test_parties_exchanged_give_the_same_exchanged(read: tuple[Extract, dict[str, Received]], code: str) -> None:
    """The same article with the two names exchanged gives the same statements, each with the other party."""
    one, other = {"ur": ("کیستریا", "ورلینڈ"), "fa": ("کستریا", "ورلاند"), "ps": ("کستریا", "ورلند")}[code]
    text = re.sub(rf"{one}[ئي]?ی?|{other}ی?", lambda m: other if m[0].startswith(one) else one, TEXTS[code])
    plain = re.sub(rf"{one}[ئي]?ی?|{other}ی?", lambda m: one if m[0].startswith(one) else other, TEXTS[code])
    parties = []
    for words in (plain, text):
        file = receive_file(f"{code}.txt", words.encode())
        found = extract(PARTIES, [file], "test").statements[file.documents[0].id]
        parties.append([(s.party, s.teller, s.act, s.quote) for s in found])
    swap = {"kes": "vor", "vor": "kes", None: None}
    assert parties[1] == [(swap[party], *rest) for party, *rest in parties[0]]
    assert {party for party, *_ in parties[0]} == {"kes", "vor", None}


def test_folding_leads_back_to_the_text() -> None:
    """Vowel signs, joiners and marks of direction change no word, and offsets stay those of the text."""
    text = "\u200fكَستريّا\u200c ۱۲ Işık"
    whole = fold(text, offset=5)
    assert whole.text == "کستریا  12 işık"
    assert folded("IŞIK İL", turkish=True) == "ışık il"
    span = whole.span(0, 6)
    assert text[span.start - 5 : span.end - 5] == "كَستريّا"[: span.end - span.start]


def test_quotation_marks_in_either_order() -> None:
    """Exchanged marks open and close; one that nothing closes is none; sentences do not end inside."""
    text = "”ایک۔ دو“ اس نے کہا۔ «سه» “vier"
    ranges = quotations(text)
    assert [text[start:end] for start, end in ranges] == ["”ایک۔ دو“", "«سه»"]
    mask = masked(text, ranges)
    assert len(mask) == len(text)
    assert next(sentences(mask))[1] == text.index("۔ «") + 1


@settings(max_examples=40, deadline=None)
@given(
    code=st.sampled_from(ALL),
    at=st.integers(0, 900),
    noise=st.text(alphabet="”“«»\"':،.؟! نےکہاقالandedi\u200c\u202e\n", max_size=30),
)
def test_no_text_raises_and_spans_lie_in_it(code: str, at: int, noise: str) -> None:
    """Cut and disturbed articles give spans within the text, of words that are there."""
    text = TEXTS[code][:at] + noise + TEXTS[code][at:]
    file = receive_file("a.txt", text.encode())
    found = extract(PARTIES, [file], "test")
    for statement in (s for each in found.statements.values() for s in each):
        for span in (*statement.source, *statement.cue, *statement.content):
            assert 0 <= span.start < span.end <= len(file.text)
            assert file.text[span.start : span.end].strip()
