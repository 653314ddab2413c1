"""What was read of a file, without names: what the inbox keeps, and what is judged as often as somebody looks."""

from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: its column as the file's letter, what is wrong, what would be right."""

    column: str
    problem: str
    suggestion: str = ""


@dataclass(frozen=True)
class Participation:
    """One line of a protocol. ``grade``: where somebody learns; ``tasks``: whose tasks were done.

    ``twice``: the row where the same person stands already; ``namesake``: the row of another one of that name.
    ``section``: what stands alone above it and may be its subject.
    """

    sheet: str
    row: int
    subject: str
    grade: int | None
    tasks: int | None
    municipality: str
    organization: str
    status: str
    score: float | None
    best: float | None
    twice: int | None
    namesake: int | None
    faults: tuple[Fault, ...]
    section: str = ""


@dataclass(frozen=True)
class Count:
    """Counts of one subject in one line of a report; None where it does not say."""

    sheet: str
    row: int
    subject: str
    grade: int | None
    municipality: str
    participants: int | None
    winners: int | None
    prize_winners: int | None
    faults: tuple[Fault, ...]
    is_total: bool = False

    @property
    def numbers(self) -> tuple[int | None, int | None, int | None]:
        return self.participants, self.winners, self.prize_winners


@dataclass
class Found:
    """``sheets``: name, rows of headings, what stands above them; ``skipped``: sheet, row and why.

    ``stages``: those that the file names; ``totals``: what protocols say beside their lines of how many there are.
    """

    sheets: list[dict[str, Any]] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    stages: list[str] = field(default_factory=list)
    totals: list[Count] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Lines with results, each once, whatever it counts."""
        counted = {(one.sheet, one.row) for one in self.counts if not one.is_total}
        return len(self.participations) + len(counted)

    def skip(self, sheet: str, row: int, why: str) -> None:
        self.skipped.append({"sheet": sheet, "row": row, "why": why})

    def told(self) -> dict[str, Any]:
        """For the inbox."""
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        rows = [Participation(**{**one, "faults": _faults(one)}) for one in told["participations"]]
        counts = [Count(**{**one, "faults": _faults(one)}) for one in told["counts"]]
        totals = [Count(**{**one, "faults": _faults(one)}) for one in told.get("totals", ())]
        return cls(**{**told, "participations": rows, "counts": counts, "totals": totals})


def _faults(told: dict[str, Any]) -> tuple[Fault, ...]:
    return tuple(Fault(**one) for one in told["faults"])
