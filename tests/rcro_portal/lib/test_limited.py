"""Work on strangers' files in a process under limits: what it returns and raises, and how it ends beyond them."""

import functools
import io
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from rcro_portal.lib import file_contents, files, limited, sheet_sizes
from rcro_portal.lib.limited import Limits
from rcro_portal.lib.registers.importing import reading
from rcro_portal.lib.spreadsheets import brought as spreadsheet
from reports.composing import enclosed_docx
from reports.typesetting import pages
from tests.factories import brought
from tests.pace import Stopwatch

pytestmark = pytest.mark.drawn_anew

# -- What is called in the process: it finds this module by the same name ------------------------------


def backwards(data: bytes, *more: str) -> bytes:
    return data[::-1] + "".join(more).encode()


def takes(_: bytes, megabytes: int) -> bytes:
    return str(len(bytearray(megabytes << 20))).encode()


def sleeps(_: bytes) -> bytes:
    time.sleep(60)
    return b""


def falls(_: bytes) -> bytes:
    os.abort()


def writes(_: bytes, path: str) -> bytes:
    Path(path).write_bytes(b"x")
    return b""


def prints(_: bytes) -> bytes:
    print("a library's own words")
    return b"the answer"


def sees(_: bytes) -> bytes:
    return repr((sorted(os.environ), resource.getrlimit(resource.RLIMIT_CORE))).encode()


def refuses(_: bytes, words: str) -> bytes:
    raise sheet_sizes.Unfit(words)


# -- The other side -------------------------------------------------------------------------------------


def test_bytes_and_arguments_go_in_and_bytes_come_out() -> None:
    assert limited.call(backwards, b"\x00\xff\n1", "«", "»") == b"1\n\xff\x00" + "«»".encode()
    assert limited.call(prints, b"") == b"the answer"


def test_expected_refusal_comes_back_as_itself_also_by_its_base() -> None:
    with pytest.raises(sheet_sizes.Unfit, match="Слишком велико"):
        limited.call(refuses, b"", "Слишком велико", raises=(sheet_sizes.Unfit,))
    with pytest.raises(ValueError, match="велико"):
        limited.call(refuses, b"", "велико", raises=(ValueError,))
    with pytest.raises(limited.Fell):
        limited.call(refuses, b"", "велико", raises=(KeyError,))


def test_memory_ends_where_the_limit_says() -> None:
    assert limited.call(takes, b"", 10, limits=Limits(memory=200 << 20)) == str(10 << 20).encode()
    with pytest.raises(limited.OutOfMemory):
        limited.call(takes, b"", 300, limits=Limits(memory=200 << 20))


def test_time_ends_where_the_limit_says() -> None:
    watch = Stopwatch()
    with pytest.raises(limited.OutOfTime):
        limited.call(sleeps, b"", limits=Limits(seconds=1))
    assert watch.within(20)


def test_who_waits_in_vain_for_a_turn_is_told_so_and_not_that_the_file_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    with limited._one_at_a_time, pytest.raises(limited.Busy):
        limited.call(backwards, b"", limits=Limits(seconds=0.1))

    def waits(*_: object, **__: object) -> bytes:
        raise limited.Busy

    monkeypatch.setattr(limited, "call", waits)
    with pytest.raises(files.NotTaken, match="Подождите минуту"):
        files.judge(brought.pdf(), taken=[files.PDF])
    with pytest.raises(reading.CannotRead, match="Подождите минуту"):
        reading.read(b"a;b")


def test_a_reader_that_falls_takes_nobody_along(tmp_path: Path) -> None:
    with pytest.raises(limited.Fell):
        limited.call(falls, b"")
    with pytest.raises(limited.Fell):
        limited.call(writes, b"", str(tmp_path / "file"))
    assert (tmp_path / "file").stat().st_size == 0


def test_secrets_of_the_portal_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCRO_SECRET_KEY", "secret")
    variables, core = eval(limited.call(sees, b""))
    assert (set(variables) - {"LC_CTYPE"}, core) == ({"HOME", "LC_ALL", "PATH"}, (0, 0))


@pytest.mark.parametrize(
    ("reader", "data", "arguments", "answer"),
    [
        (file_contents.kind, brought.pdf(), (), files.PDF.encode()),
        (spreadsheet.read, b"a;b", reading.BOUNDS, b'"rows": [[1, ["a", "b"]]]'),
        (sheet_sizes.check, brought.pdf(), sheet_sizes.Bounds(), b""),
        (pages.counted, brought.pdf(), (), b"1"),
        (pages.told, brought.pdf(), (3,), b'"pages": 1'),
        (pages.page_image, brought.pdf(), (1, 100), b"PNG"),
        (enclosed_docx.told, brought.document(""), (), b"[false, false, false, 0]"),
    ],
    ids=lambda value: value.__module__ if callable(value) else "",
)
def test_each_reader_does_its_work_there(
    reader: Callable[..., bytes], data: bytes, arguments: tuple[object, ...], answer: bytes
) -> None:
    """Without the portal's settings, within the usual limits; other tests read in their own process."""
    assert answer in limited.call(reader, data, *arguments)


# -- Sizes of pages and pictures ----------------------------------------------------------------------------


def pdf(*sizes: tuple[float, float]) -> bytes:
    made = io.BytesIO()
    with pikepdf.new() as document:
        for size in sizes:
            document.add_blank_page(page_size=size)
        document.save(made)
    return made.getvalue()


def picture(kind: str, *size: int) -> bytes:
    made = io.BytesIO()
    Image.new("L", size, "white").save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(pdf((595, 842), (20, 150)), "Страница 2: 7 × 53 мм", id="strip"),
        pytest.param(pdf(*[(595, 842)] * 4), "Страниц в файле: 4", id="pages"),
        pytest.param(picture("PNG", 120, 110), "Изображение: 120 × 110 точек, а портал", id="png"),
        pytest.param(picture("JPEG", 120, 110), "Изображение: 120 × 110 точек, а портал", id="jpeg"),
        pytest.param(picture("PDF", 120, 110), "Изображение: 120 × 110 точек, а портал", id="picture in a pdf"),
        pytest.param(picture("PNG", 10, 100), "одна сторона больше другой", id="strip of a picture"),
    ],
)
def test_what_is_too_large_to_be_shown_is_refused_with_its_figures(data: bytes, words: str) -> None:
    with pytest.raises(sheet_sizes.Unfit, match=words):
        sheet_sizes.check(data, 3, 5, 12_000)


@pytest.mark.parametrize("data", [pdf((595, 842), (842, 595)), picture("PDF", 100, 100), picture("PNG", 100, 100)])
def test_sheets_are_taken(data: bytes) -> None:
    assert sheet_sizes.check(data, 3, 5, 12_000) == b""


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7 scan", b"%PDF-1.4\n%%EOF", b"\x89PNG\r\n\x1a\nnothing", b"\xff\xd8\xff"]
)
def test_what_does_not_open_is_not_judged_here(data: bytes) -> None:
    assert sheet_sizes.check(data, *sheet_sizes.Bounds()) == b""


# -- What is brought -----------------------------------------------------------------------------------------


def test_what_is_brought_is_judged_beside_the_portal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_contents, "kind", named_like(file_contents.kind))
    assert files.judge(brought.pdf(), taken=[files.PDF]) == files.PDF
    with pytest.raises(files.NotTaken, match="В PDF есть: сценарий"):
        files.judge(brought.pdf(brought.scripted), taken=[files.PDF])


def named_like(function: Callable[..., bytes]) -> Callable[..., bytes]:
    """Fails here, is another one there: only its name goes over."""

    @functools.wraps(function)
    def fails(_: bytes) -> bytes:
        raise AssertionError("the file was opened in the portal's own process")

    return fails


@pytest.mark.parametrize("failure", [limited.OutOfMemory, limited.OutOfTime, limited.Fell])
def test_what_cannot_be_judged_within_the_limits_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, failure: type[limited.Failed]
) -> None:
    def fails(*_: object, **__: object) -> bytes:
        raise failure

    monkeypatch.setattr(limited, "call", fails)
    with pytest.raises(files.NotTaken, match="Файл не удалось проверить"):
        files.judge(brought.pdf(), taken=[files.PDF])
