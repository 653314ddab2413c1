"""Odd text in a letter: kept as text or refused in words, in every element, and never a broken file."""

import io
import random
import unicodedata

import pikepdf
import pytest

from reports.typesetting import docx_letter, rendering, sheet
from tests.reports import paper

MARKUP = [
    '<link rel=attachment href="file:///etc/passwd">',
    '<a rel=attachment href="file:///etc/passwd">x</a>',
    '<img src="http://169.254.169.254/latest/">',
    "<style>@import url(http://127.0.0.1:6379/);</style>x",
    '<p style="background:url(file:///etc/passwd)">x',
    "<style>@font-face{font-family:z;src:url(file:///etc/shadow)}",
    '<svg><image href="file:///etc/passwd"/></svg>',
    "<object data=file:///etc/passwd>, <embed src=x>, <iframe src=x>",
    '<base href="file:///etc/"><img src=passwd>',
    "<style>@color-profile --x{src:url(file:///x)}",
    "<script>alert(1)</script>text",
    "<p onclick=alert(1)>x ; <img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">, JaVa Script:',
    '<p hx-get="/admin" hx-trigger="load">',
    "<math><mtext><table><mglyph><style><img src=x onerror=1>",
    '<noscript><p title="</noscript><img src=x onerror=1>">',
    "<!--<img src=x onerror=1>-->ok",
    "<template><style>@page{size:1px}</style></template>t",
    '<meta http-equiv=refresh content="0;url=/">',
    '<p class="signature" id="signature">Подписано</p>',
    '{{ settings.SECRET_KEY }} {% include "/etc/passwd" %}',
    "${7*7} #{7*7} <%= 7*7 %>",
    "<b>" * 60 + "x",
    "<td colspan=65534>",
    "&lt;img src=x&gt; &amp; &nbsp; &#8238;",
    "№ 999/2026 от 31.12.2026 зарегистрировано",
    "Robert'); DROP TABLE letters;--",
    "O'Коннор, Анна-Мария, Ё ё, № « » — …",
    "*/ } body { display: none } /*",
]
REFUSED = {
    "NUL": "Ива\x00нов",
    "control": "до\x01 \x1b[31m \x0b",
    "C1 control": "до\x85 после",
    "noncharacter": "до\ufffe",
    "right-to-left override": "до \u202eвонавИ",
    "isolate": "до \u2066вонавИ\u2069",
    "emoji": "Отлично 😀",
    "family": "👩‍👩‍👧‍👦",
    "Han": "漢字",
    "Tamil": "தமிழ்",
    "private use": "до\ue000",
    "half a character": "до\ud800",
    "Hebrew": "שלום",
    "Arabic": "سلام",
}
LINES = ("addressee", "institution", "reference", "appendix")
SINGLE = ("subject_line", "salutation", "closing", "signatory_post", "body_above", "number", "date")


def placed(element: str, text: str) -> list[list[object]]:
    """A letter that says the text in that element."""
    rest = [pair for pair in paper.with_paragraphs("Прошу принять к сведению.") if pair[0] != element]
    if element == "table":
        return [*rest, ["table", [["Графа", text], [text, "12"], ["и ещё", text]]]]
    return [*rest, [element, [text, text] if element in LINES else text]]


def squeezed(text: str) -> str:
    """Without spaces, what is invisible, and hyphens: the sheet puts its own."""
    visible = (
        letter for letter in text if unicodedata.category(letter)[0] not in "CZ" and letter not in "-\u2010\u2011"
    )
    return unicodedata.normalize("NFC", "".join(visible))


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_printed_as_it_was_written(text: str) -> None:
    content = [
        *placed("table", text),
        ["paragraph", text],
        ["item", f"1. {text}"],
        ["closing", text],
    ]
    pdf = rendering.draw(content)
    assert squeezed(rendering.plain_text(pdf)).count(squeezed(text)) == 6
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        keys = {str(key) for found in opened.objects if isinstance(found, pikepdf.Dictionary) for key in found}
    assert keys & {"/JS", "/JavaScript", "/URI", "/EmbeddedFiles", "/EF", "/Launch", "/AA"} == set()


@pytest.mark.parametrize("element", ["paragraph", "item", "table", *LINES, *SINGLE])
def test_every_element_keeps_markup(element: str) -> None:
    text = "<b>&amp;</b> {{ 7 }}"
    assert squeezed(text) in squeezed(rendering.plain_text(rendering.draw(placed(element, text))))


@pytest.mark.parametrize("name", REFUSED)
@pytest.mark.parametrize("element", ["paragraph", "subject_line", "table", "addressee"])
def test_what_cannot_be_printed_is_refused_in_words(name: str, element: str) -> None:
    content = placed(element, REFUSED[name])
    for make in (rendering.draw, lambda content: docx_letter.write(content, draft=False)):
        with pytest.raises(rendering.UnknownGlyph, match=r"Этого знака нет в шрифте письма: .*U\+"):
            make(content)


@pytest.mark.parametrize("element", ["paragraph", "item", "table", *LINES, *SINGLE])
@pytest.mark.parametrize("letter", ["ы", "W", "-", "/"])
def test_word_of_200_letters_stays_on_the_sheet(element: str, letter: str) -> None:
    pdf = rendering.draw(placed(element, letter * 200))
    printed = squeezed(rendering.plain_text(pdf))
    assert printed.count(letter) >= (0 if letter == "-" else 200)
    edges = [(line.left, line.right) for line in paper.lines(pdf)]
    assert (min(edges)[0] >= 19.9, max(right for _, right in edges) <= 200.1) == (True, True)


def test_executor_wider_than_the_sheet_is_refused() -> None:
    with pytest.raises(rendering.BadContent, match="исполнител"):
        rendering.draw(paper.replaced(prepared_by=["ы" * 200]))


def test_spaces_of_all_kinds_are_one() -> None:
    ours, plain = (
        rendering.draw(paper.with_paragraphs(text))
        for text in ("Прошу \t принять\r\n  к   сведению. ", "Прошу принять к сведению.")
    )
    assert ours == plain


PLAIN = [*"абвгдежзийклмнопрстуфхцчшщъыьэюяАБВЁё" * 3, *"abcxyzWM", *"0123456789" * 2, *" " * 60, *".,:;!?…%№«»()—–-/"]
PRINTED = [
    *PLAIN, *"\u00a0\u2009\u2002\u202f\t\n", *"‐‑„“”\"'[]{}<>\\|§&@#*+=_~^`$₽€°±×·•", *"éüñßøœ", *"²™©®αβγѣѳѵі",
]  # fmt: skip
ODD = [*PRINTED, *"\u0301\u0300\u0308", *"\u00ad\u2060\u200b\u200d", *"ﬁﬂ½", *"\u202e\u2066\x07\ufeff", *"אب中😀"]


def odd(rng: random.Random, letters: list[str]) -> str:
    return "".join(rng.choices(letters, k=rng.choice([0, 1, 2, 5, 30, 120, 600])))


def odd_letter(rng: random.Random, letters: list[str]) -> list[list[object]]:
    body: list[list[object]] = []
    for _ in range(rng.randint(0, 6)):
        kind = rng.choice(["paragraph", "item", "table"])
        rows = [[odd(rng, letters)[:60] for _ in range(rng.randint(1, 6))] for _ in range(rng.randint(1, 5))]
        body.append([kind, rows if kind == "table" else odd(rng, letters)])
    rest = [pair for pair in paper.letter_941() if pair[0] not in ("paragraph", "subject_line", "addressee")]
    return [
        *rest,
        ["subject_line", odd(rng, letters)[:120]],
        ["addressee", [odd(rng, letters)[:120] for _ in range(rng.randint(1, 4))]],
        *body,
        ["appendix", [odd(rng, letters)[:200] for _ in range(rng.randint(0, 3))]],
        ["closing", odd(rng, letters)[:60]],
    ]


def assert_whole(content: list[list[object]], pdf: bytes) -> None:
    printed = squeezed(rendering.plain_text(pdf))
    assert [text for _, text in sheet.text_of(content) if squeezed(text) not in printed] == []
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
    assert docx_letter.write(content, draft=False)[:2] == b"PK"


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("letters", [PLAIN, PRINTED], ids=["plain", "printed"])
def test_any_letter_of_what_the_typeface_has_is_printed_whole(letters: list[str], seed: int) -> None:
    content = odd_letter(random.Random(seed), letters)
    assert_whole(content, rendering.draw(content))


@pytest.mark.parametrize("seed", range(30))
def test_any_letter_is_printed_whole_or_refused_in_words(seed: int) -> None:
    content = odd_letter(random.Random(seed), ODD if seed % 5 else [*PRINTED, "\u0301", "\u00ad", "ﬁ"])
    pdf, words = drawn_or_refused(content)
    if pdf:
        assert_whole(content, pdf)
    else:
        assert (words[0].isupper(), words[-1]) == (True, ".")


def drawn_or_refused(content: list[list[object]]) -> tuple[bytes, str]:
    try:
        return rendering.draw(content), ""
    except rendering.CannotDraw as refusal:
        return b"", str(refusal)
