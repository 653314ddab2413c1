"""The mark of a signature holds whatever a certificate says, nothing over anything."""

import datetime as dt
from dataclasses import dataclass
from itertools import pairwise

import pytest

from reports.signing import stamp_sheet
from reports.typesetting import rendering
from tests.reports import paper

SERIAL = "01D8F3A2" * 5  # 40 digits, as certificates of ГОСТ have
OWNER = "Преображенская-Ланская Екатерина-Александра Константиновна-Гаврилов"


@dataclass(frozen=True)
class Said:
    owner: str = "Лыжина Н.П."
    serial: str = "4A7F"
    demonstration: bool = False
    valid_from: dt.datetime = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    valid_to: dt.datetime = dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize("demonstration", [False, True])
@pytest.mark.parametrize("serial", ["4A7F", SERIAL])
@pytest.mark.parametrize("owner", ["Лыжина Н.П.", OWNER[:66], "Ж" * 66, "Областное учреждение " * 14])
def test_nothing_is_printed_over_anything(owner: str, serial: str, demonstration: bool) -> None:
    pdf = rendering.stamp(stamp_sheet.html(Said(owner=owner, serial=serial, demonstration=demonstration)))
    lines = paper.lines(pdf)
    assert all(after.top >= before.bottom - 0.5 for before, after in pairwise(lines))
    assert (min(line.left for line in lines) >= 1.5, max(line.right for line in lines) <= 68.5) == (True, True)
    assert (lines[0].top >= 0.5, lines[-1].bottom <= 24.5, rendering.page_count(pdf)) == (True, True, 1)
    said = "".join(rendering.plain_text(pdf).split())
    assert serial in said
    assert "Действителенс01.01.2026по01.01.2027" in said


def test_owner_of_66_letters_and_a_serial_of_40_digits_are_whole() -> None:
    pdf = rendering.stamp(stamp_sheet.html(Said(owner=OWNER[:66], serial=SERIAL, demonstration=True)))
    assert "".join(OWNER[:66].split()) in "".join(rendering.plain_text(pdf).split())


def test_what_no_size_holds_is_cut_in_the_picture_and_whole_in_words() -> None:
    said = Said(owner="Областное учреждение " * 14)
    assert "…" in stamp_sheet.html(said)
    assert said.owner in stamp_sheet.words(said)


def test_usual_mark_keeps_its_size() -> None:
    assert 'class="stamp stamp-7-5"' in stamp_sheet.html(Said())
