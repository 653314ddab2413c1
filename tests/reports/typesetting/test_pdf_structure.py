"""What the file claims and keeps: PDF/A-2a, tags, language, embedded faces, one empty field, nothing that acts."""

import io
import re
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from reports.typesetting import rendering, signature_field
from tests.reports import paper


@pytest.fixture(scope="module")
def letter() -> bytes:
    return rendering.draw(paper.letter_941())


@pytest.fixture(scope="module")
def opened(letter: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        yield pdf


def tags(element: Any) -> Iterator[Any]:
    """The tag tree from here on, in reading order."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from tags(kid)


def test_claims_pdf_a_2a(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as metadata:
        assert metadata.pdfa_status == "2A"
    assert (opened.pdf_version, opened.Root.get("/Version")) == ("1.7", None)
    assert str(opened.Root.OutputIntents[0].S) == "/GTS_PDFA1"


def test_is_russian_and_titled(opened: pikepdf.Pdf) -> None:
    title = "Об итогах проведения вебинара. № 941 от 25.09.2020"
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"] == title
    assert (str(opened.Root.Lang), str(opened.docinfo.Title)) == ("ru", title)
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)


def test_every_face_is_ours_and_embedded(opened: pikepdf.Pdf) -> None:
    fonts = [
        object_ for object_ in opened.objects if isinstance(object_, pikepdf.Dictionary) and "/FontName" in object_
    ]
    assert sorted(str(font.FontName).split("+")[1] for font in fonts) == ["Tinos-Letter", "Tinos-Letter-Bold"]
    assert all("/FontFile2" in font for font in fonts)


def test_is_tagged_in_reading_order(opened: pikepdf.Pdf) -> None:
    assert bool(opened.Root.MarkInfo.Marked)
    kinds = [str(tag.S) for tag in tags(opened.Root.StructTreeRoot.K[0])]
    assert kinds[0] == "/Document"
    assert kinds.count("/H1") == 1
    assert kinds.index("/H1") < kinds.index("/Form")


def test_one_empty_field_is_tagged_between_post_and_name(opened: pikepdf.Pdf) -> None:
    (field,) = opened.Root.AcroForm.Fields
    (form,) = [tag for tag in tags(opened.Root.StructTreeRoot.K[0]) if tag.S == "/Form"]
    assert (str(field.T), str(field.FT), "/V" in field) == ("Signature", "/Sig", False)
    assert str(field.TU) == str(form.Alt) == signature_field.DESCRIPTION
    assert form.K[0].Obj.objgen == field.objgen
    parents = list(opened.Root.StructTreeRoot.ParentTree.Nums)
    assert parents[parents[::2].index(field.StructParent) * 2 + 1].objgen == form.objgen
    assert field.P.objgen == opened.pages[1].obj.objgen


def test_field_takes_70_by_25_mm_between_post_and_name(opened: pikepdf.Pdf, letter: bytes) -> None:
    (field,) = opened.Root.AcroForm.Fields
    left, lower, right, upper = (float(edge) * paper.MM_PER_POINT for edge in field.Rect)
    assert (round(right - left, 1), round(upper - lower, 1)) == (70, 25)
    assert paper.line(letter, "Директор", right=70).right < left
    assert right < paper.line(letter, "Н.П. Лыжина", left=140).left
    post = paper.line(letter, "Директор", right=70)
    assert (post.top + post.bottom) / 2 == pytest.approx(297 - (upper + lower) / 2, abs=1)


def test_draft_has_no_field() -> None:
    with pikepdf.open(io.BytesIO(rendering.draw(paper.letter_941(), draft=True))) as draft:
        assert "/AcroForm" not in draft.Root
        assert [len(page.get("/Annots", [])) for page in draft.pages] == [0, 0]


def test_nothing_in_the_file_acts(letter: bytes) -> None:
    with pikepdf.open(io.BytesIO(letter)) as pdf:
        keys = {str(key) for object_ in pdf.objects if isinstance(object_, pikepdf.Dictionary) for key in object_}
    assert (
        keys & {"/JS", "/JavaScript", "/OpenAction", "/AA", "/A", "/URI", "/EmbeddedFiles", "/EF", "/Launch"} == set()
    )


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and who has called at it."""
    callers: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                callers.append(str(address))
                connection.close()

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", callers
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def test_even_markup_of_our_own_opens_no_file_and_no_address(listener: tuple[str, list[str]]) -> None:
    """Text never becomes markup; should it ever, the fetcher is still closed."""
    address, callers = listener
    pdf = rendering.stamp(
        f"""<html lang="ru"><head><title>т</title><link rel="attachment" href="file:///etc/passwd">
        <link rel="stylesheet" href="{address}/a.css"><style>@import url("{address}/b.css");
        @font-face {{ font-family: X; src: url("{address}/c.ttf") }} p {{ background: url("{address}/d.png") }}</style>
        </head><body><p>текст<img alt="" src="{address}/e.png"><img alt="" src="file:///etc/hostname">
        <object data="{address}/f.svg"></object></p></body></html>"""
    )
    assert callers == []
    assert re.search(rb"root:|EmbeddedFile", pdf) is None
    assert rendering.plain_text(pdf) == "текст"
