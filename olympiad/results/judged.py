"""What a file says once it was judged: counts to take, errors to mend, doubts to look at, remarks to know of."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from centers.models import Municipality
from olympiad.models import Subject
from rcro_portal.lib.registers.importing.asking import Question


class Bad(NamedTuple):
    sheet: str
    row: int
    column: str
    problem: str
    suggestion: str = ""


class Doubt(NamedTuple):
    """``question``: what a person answers; without one it is looked at and taken as it is. ``remark``: good to know."""

    sheet: str
    row: int
    why: str
    question: Question | None = None
    remark: bool = False


class Key(NamedTuple):
    """By what is counted; the words of the file stand where the portal knows no such subject or place."""

    subject: str
    grade: int | None
    municipality: str


@dataclass
class Tally:
    """Numbers of one key; None where the file does not say."""

    subject: Subject | None
    municipality: Municipality | None
    participants: int | None = None
    winners: int | None = None
    prize_winners: int | None = None

    def add(self, **numbers: int | None) -> None:
        for name, number in numbers.items():
            if number is not None:
                setattr(self, name, (getattr(self, name) or 0) + number)

    @property
    def numbers(self) -> dict[str, int | None]:
        return {"participants": self.participants, "winners": self.winners, "prize_winners": self.prize_winners}

    @property
    def says_something(self) -> bool:
        return any(number is not None for number in self.numbers.values())


@dataclass
class Judged:
    tallies: dict[Key, Tally] = field(default_factory=dict)
    bad: list[Bad] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def asked(self) -> list[Doubt]:
        """Each question once."""
        found = {(one.question.about, one.question.key): one for one in self.doubts if one.question}
        return list(found.values())

    @property
    def to_look_at(self) -> list[Doubt]:
        return [one for one in self.doubts if not one.question and not one.remark]

    @property
    def remarks(self) -> list[Doubt]:
        return [one for one in self.doubts if one.remark]

    def told(self) -> list[dict[str, Any]]:
        """For machines: the counts in the order of subjects, grades and places."""
        rows = sorted(
            self.tallies.items(), key=lambda pair: (pair[0].subject, pair[0].grade or 0, pair[0].municipality)
        )
        return [
            {"subject": key.subject, "grade": key.grade, "municipality": key.municipality or None, **tally.numbers}
            for key, tally in rows
        ]

    def sums(self) -> list[dict[str, Any]]:
        """By subject, as people look through them."""
        found: dict[str, dict[str, Any]] = {}
        for key, tally in self.tallies.items():
            row = found.setdefault(key.subject, {"subject": key.subject, **dict.fromkeys(tally.numbers)})
            for name, number in tally.numbers.items():
                if number is not None:
                    row[name] = (row[name] or 0) + number
        return sorted(found.values(), key=lambda row: row["subject"])


def places(rows: Iterable[Any]) -> str:
    return ", ".join(str(row) for row in rows)
