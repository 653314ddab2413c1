"""Letters drawn again from their snapshots come out the same."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rcro_portal.lib import store
from reports.models import Letter, LetterFile
from reports.operations import redrawing
from reports.operations.redrawing import RedrawVerdict
from reports.typesetting import rendering
from tests.factories import letters as walked
from tests.factories.reports import Office

pytestmark = [pytest.mark.django_db, pytest.mark.drawn_anew]
OTHER_VERSION = [["WeasyPrint", "1"]]


@pytest.fixture
def letter(office: Office, without_triggers: None) -> Letter:
    return walked.awaiting(office)


def verdicts(sample: int | None = None) -> list[RedrawVerdict]:
    return [one.verdict for one in redrawing.redraw(sample)]


def put_in_place(letter: Letter, pdf: bytes, versions: list[list[str]] | None = None) -> None:
    """Another file as the letter's final PDF."""
    fields = {"digest": store.put(pdf), "size": len(pdf), "versions": versions or letter.final.versions}
    LetterFile.objects.filter(pk=letter.final_id).update(**fields)


def changed(letter: Letter) -> bytes:
    """The letter with another salutation."""
    content = [[element, "Иное" if element == "salutation" else value] for element, value in letter.snapshot.content]
    return rendering.draw(content)


def test_same_version_same_bytes(letter: Letter) -> None:
    assert [str(one) for one in redrawing.redraw()] == [f"Письмо {letter.pk} ({letter.entry}): те же байты."]


def test_other_bytes_of_the_same_version(letter: Letter) -> None:
    put_in_place(letter, store.read(letter.final.digest) + b"\n")
    assert verdicts() == [RedrawVerdict.OTHER_BYTES]


def test_other_version_is_compared_by_its_text(letter: Letter) -> None:
    put_in_place(letter, store.read(letter.final.digest) + b"\n", OTHER_VERSION)
    assert verdicts() == [RedrawVerdict.SAME_TEXT]
    put_in_place(letter, changed(letter), OTHER_VERSION)
    assert verdicts() == [RedrawVerdict.OTHER_TEXT]


def test_same_bytes_are_the_same_whatever_drew_them(letter: Letter) -> None:
    put_in_place(letter, store.read(letter.final.digest), OTHER_VERSION)
    assert verdicts() == [RedrawVerdict.SAME]


@pytest.mark.parametrize(("known", "verdict"), [(True, RedrawVerdict.OTHER_BYTES), (False, RedrawVerdict.SAME_TEXT)])
def test_file_without_an_edition_is_judged_by_its_sources(
    letter: Letter, known: bool, verdict: RedrawVerdict, monkeypatch: pytest.MonkeyPatch
) -> None:
    ((sources, edition),) = rendering.EDITIONS_BY_SOURCES.items()
    monkeypatch.setattr(rendering, "EDITION", edition)
    others = [version for version in rendering.versions() if version[0] != "sheet"]
    former = [*others, ["template", sources if known else "0" * 64]]
    put_in_place(letter, store.read(letter.final.digest) + b"\n", former)
    assert verdicts() == [verdict]


def test_what_hinders_is_said(letter: Letter, monkeypatch: pytest.MonkeyPatch) -> None:
    def too_long(content: object) -> bytes:
        raise rendering.TooLong

    monkeypatch.setattr(rendering, "draw", too_long)
    (one,) = redrawing.redraw()
    assert (one.verdict, one.why) == (RedrawVerdict.NOT_DRAWN, rendering.TooLong.words)


def test_missing_file_is_said(letter: Letter) -> None:
    LetterFile.objects.filter(pk=letter.final_id).update(digest="0" * 64)
    (one,) = redrawing.redraw()
    assert (one.verdict, one.why.startswith("Файла 000000000000… нет")) == (RedrawVerdict.NOT_DRAWN, True)


def test_sample_is_no_greater_than_asked(office: Office) -> None:
    walked.awaiting(office)
    walked.awaiting(office)
    walked.preparing(office)
    assert verdicts(1) == [RedrawVerdict.SAME]
    assert verdicts(20) == [RedrawVerdict.SAME] * 2
    assert verdicts() == [RedrawVerdict.SAME] * 2


def test_command_says_each_letter_and_ends_well(letter: Letter) -> None:
    said = StringIO()
    call_command("redraw", all=True, stdout=said)
    assert said.getvalue().splitlines() == [
        f"Письмо {letter.pk} ({letter.entry}): те же байты.",
        "Нарисовано заново: 1. Различий нет.",
    ]


def test_command_ends_with_an_error_where_something_else_comes_out(letter: Letter) -> None:
    put_in_place(letter, changed(letter))
    with pytest.raises(CommandError, match=r"^Писем, которые получаются другими: 1 из 1\.$"):
        call_command("redraw", sample=5, stdout=StringIO())
