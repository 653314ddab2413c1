"""What must hold in the registers of outgoing letters under any crash, race or replay.

Where the portal counts, every number from the first to the last has a row that says what became of it, and dates never
fall. Numbers given by others may have gaps: those are no anomaly.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from reports.models import NumberBlock, OutgoingRegister, RegisterEntry, RegisterYear


def registers() -> Iterator[str]:
    """Every register and every year of it."""
    counters = {(one.register_id, one.year): one for one in RegisterYear.objects.all()}
    registers = {one.pk: one for one in OutgoingRegister.objects.all()}
    given: dict[tuple[int, int], list[RegisterEntry]] = defaultdict(list)
    for entry in RegisterEntry.objects.all():
        given[entry.register_id, entry.year].append(entry)
    blocks: dict[tuple[int, int], list[NumberBlock]] = defaultdict(list)
    for block in NumberBlock.objects.order_by("given_at", "pk"):
        blocks[block.register_id, block.year].append(block)
    for key in sorted(counters.keys() | given.keys() | blocks.keys()):
        register, year = registers[key[0]], key[1]
        named = f"Журнал {year} года" if len(registers) == 1 else f"{register}, {year} год"
        for words in faults(register, counters.get(key), given[key], blocks[key]):
            yield f"{named}: {words}"


def faults(
    register: OutgoingRegister,
    counter: RegisterYear | None,
    entries: Sequence[RegisterEntry],
    blocks: Sequence[NumberBlock],
) -> Iterator[str]:
    """What is wrong with one year of one register, in words."""
    entries = sorted(entries, key=lambda entry: (entry.sequence, entry.suffix, entry.pk))
    if register.counts:
        yield from _count(counter, entries)
        yield from _falling(entries)
    for block in blocks:
        own = [entry for entry in entries if entry.block_id == block.pk]
        yield from _missing(own, range(block.first_sequence, block.last_taken + 1))
        yield from _falling(own)
    yield from _rows(entries)


def _count(counter: RegisterYear | None, entries: Sequence[RegisterEntry]) -> Iterator[str]:
    expected = range(counter.first_sequence, counter.last_sequence + 1) if counter else range(0)
    yield from _missing(entries, expected)
    # Below the first one are those that were brought in from the register before.
    beyond = {entry.sequence for entry in entries if not counter or entry.sequence > counter.last_sequence}
    if beyond:
        yield f"№ {listed(beyond)} вне счёта."
    last = entries[-1] if entries else None
    if counter and last and last.sequence >= counter.first_sequence and counter.last_on != last.registered_on:
        yield "дата последнего номера в счётчике не та, что в журнале."


def _missing(entries: Sequence[RegisterEntry], expected: range) -> Iterator[str]:
    if missing := set(expected) - {entry.sequence for entry in entries}:
        yield f"нет сведений о № {listed(missing)}."


def _falling(entries: Sequence[RegisterEntry]) -> Iterator[str]:
    for before, after in pairwise(entries):
        if after.registered_on < before.registered_on:
            yield f"{after} раньше, чем {before}."


def _rows(entries: Sequence[RegisterEntry]) -> Iterator[str]:
    for before, after in pairwise(entries):
        if (before.sequence, before.suffix) == (after.sequence, after.suffix):
            yield f"№ {after.number} выдан дважды."
    for entry in entries:
        if entry.registered_on.year != entry.year:
            yield f"{entry} датирован другим годом."


def listed(numbers: set[int]) -> str:
    """«943–944, 950»."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
