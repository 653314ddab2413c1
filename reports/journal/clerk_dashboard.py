"""The clerk's dashboard: the next number, what waits for the clerk, and what in the register is not as it should be."""

import datetime
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import F

from centers.models import User
from reports.journal import external_numbers, year_opening
from reports.journal import invariants as journal_invariants
from reports.models import Letter, NumberBlock, OutgoingRegister, Recipient, RegisterEntry, RegisterYear
from reports.models.register import EntryStatus, Origin, RegisterMode

LAST_ROWS = 5


def may_keep(user: User) -> bool:
    """Give, type, reserve and annul numbers: the clerk alone."""
    return "clerk" in user.roles


@dataclass(frozen=True)
class ClerkDashboard:
    """What the clerk sees above everything else."""

    register: OutgoingRegister
    registers: list[OutgoingRegister]
    year: int
    following: str
    left: int | None
    last: list[RegisterEntry]
    waiting: list[Letter]
    undelivered: int
    unexplained: int
    forgotten: int
    questions: list[year_opening.Question]

    @property
    def gives(self) -> bool:
        """Numbers are taken here, not typed."""
        return self.register.mode != RegisterMode.TYPED


def all_registers() -> list[OutgoingRegister]:
    return list(OutgoingRegister.objects.order_by("pk"))


def dashboard_of(
    user: User,
    day: datetime.date,
    register: OutgoingRegister | None = None,
    registers: list[OutgoingRegister] | None = None,
) -> ClerkDashboard | None:
    """The dashboard of that register, else of the first one; nothing for those who only read it."""
    if not may_keep(user):
        return None
    registers = all_registers() if registers is None else registers
    if not registers:
        return None
    register = register or registers[0]
    following, left = _following(register, day.year)
    entries = register.entries.filter(year=day.year)
    return ClerkDashboard(
        register=register,
        registers=registers,
        year=day.year,
        following=following,
        left=left,
        last=list(entries.select_related("letter").order_by("-sequence", "-suffix", "-pk")[:LAST_ROWS]),
        waiting=waiting_for_numbers(registers, day.year),
        undelivered=Recipient.objects.doubtful().count(),
        unexplained=register.entries.unexplained().count(),
        forgotten=register.entries.forgotten(day).count(),
        questions=questions(registers, day),
    )


def questions(registers: list[OutgoingRegister], day: datetime.date) -> list[year_opening.Question]:
    """Of the registers whose year opens only by the clerk's word."""
    return [asked for one in registers if (asked := year_opening.question(one, day))]


def _following(register: OutgoingRegister, year: int) -> tuple[str, int | None]:
    """The next number as it will be written, nothing where there is none; and how many a block has left."""
    if register.mode == RegisterMode.TYPED:
        return "", None
    if register.mode == RegisterMode.BLOCK:
        unused = NumberBlock.objects.filter(register=register, year=year, last_taken__lt=F("last_sequence"))
        blocks = list(unused.order_by("given_at", "pk"))
        left = sum(block.last_sequence - block.last_taken for block in blocks)
        return (register.written(blocks[0].last_taken + 1) if blocks else ""), left
    counter = RegisterYear.objects.filter(register=register, year=year).first()
    if counter:
        return register.written(counter.last_sequence + 1), None
    top = register.entries.filter(year=year).order_by("-sequence").first()
    return register.written(top.sequence + 1 if top else 1), None


def waiting_for_numbers(registers: list[OutgoingRegister], year: int) -> list[Letter]:
    """Approved letters whose number comes from the records office and has not been typed for this year."""
    if not any(one.mode == RegisterMode.TYPED for one in registers):
        return []
    rows = external_numbers.waiting(year).select_related("outcome__event", "department", "prepared_by")
    return list(rows.order_by("filed_at", "pk")[:20])


# -- Anomalies ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Anomalies:
    """One year of one register: what the check finds, and the rows that lack an explanation."""

    faults: list[str]
    unexplained: list[dict[str, Any]]
    forgotten: list[RegisterEntry]
    reserved: list[RegisterEntry]
    late: list[RegisterEntry]
    annulled: list[RegisterEntry]

    @property
    def words(self) -> str:
        """«Нет сведений о № 943–944. Внесите письма или укажите причину.»"""
        numbers = journal_invariants.listed({row.sequence for run in self.unexplained for row in run["rows"]})
        return f"Нет сведений о № {numbers}. Внесите письма или укажите причину." if numbers else ""


def anomalies(register: OutgoingRegister, year: int, day: datetime.date) -> Anomalies:
    entries = list(
        register.entries.filter(year=year).select_related("annulled_by__person").order_by("sequence", "suffix", "pk")
    )
    counter = RegisterYear.objects.filter(register=register, year=year).first()
    blocks = list(NumberBlock.objects.filter(register=register, year=year).order_by("given_at", "pk"))
    reserved = [row for row in entries if row.status == EntryStatus.RESERVED and row.letter_id is None]
    unexplained = [row for row in entries if row.is_unexplained]
    return Anomalies(
        faults=list(journal_invariants.faults(register, counter, entries, blocks)),
        unexplained=_runs(unexplained),
        forgotten=[row for row in reserved if row.reserved_until and row.reserved_until < day],
        reserved=[row for row in reserved if row.reserved_until and row.reserved_until >= day],
        late=[row for row in entries if row.suffix and row.origin != Origin.IMPORTED],
        annulled=[row for row in entries if row.status == EntryStatus.ANNULLED],
    )


def _runs(rows: list[RegisterEntry]) -> list[dict[str, Any]]:
    """Neighbours of one day together: «№ 943–944»."""
    runs = groupby(enumerate(rows), key=lambda pair: (pair[1].sequence - pair[0], pair[1].registered_on))
    found = []
    for _, pairs in runs:
        run = [row for _, row in pairs]
        found.append({"rows": run, "numbers": journal_invariants.listed({row.sequence for row in run})})
    return found
