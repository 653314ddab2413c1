"""A sheet as pages show it: each question with its answer, what the portal knew, last year's, and what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass

from events.models import DataQuestion, DataSheet
from events.models.request_sheet import SILENT
from events.requests import checks, past, sheets


@dataclass(frozen=True)
class Line:
    """One question of one centre, in words."""

    question: DataQuestion
    answer: str
    known: str
    last: str
    fault: str
    remark: str

    @property
    def differs(self) -> bool:
        """The registers say something else."""
        return bool(self.known and self.answer and not _same(self.known, self.answer))

    @property
    def is_notable(self) -> bool:
        return past.is_notable(self.answer, self.last)


def lines(sheet: DataSheet) -> list[Line]:
    """In the order of the questions. Faults only while the centre has something to do."""
    questions = sheet.asked
    last: Mapping[str, str] = past.answers(sheet.request, [sheet.center_id])[sheet.center_id]
    faults = checks.faults(questions, sheet.answers) if sheet.status in SILENT else {}
    remarks = sheets.remarks(sheet)
    return [
        Line(
            one,
            checks.said(one, sheet.answers.get(one.key, "")),
            sheet.known.get(one.key, ""),
            checks.said(one, last.get(one.key, "")),
            faults.get(one.key, ""),
            remarks.get(one.key, ""),
        )
        for one in questions
    ]


def _same(one: str, other: str) -> bool:
    first, second = (checks.amount(text) for text in (one, other))
    if first is not None and second is not None:
        return first == second
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
