"""What must hold in the journal of outgoing letters under any crash, race or replay."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from reports.models import RegisterEntry, RegisterYear


def journal() -> Iterator[str]:
    """Every number from the first to the last has its row; dates never fall and lie in their year."""
    counters = {(one.register_id, one.year): one for one in RegisterYear.objects.all()}
    given: dict[tuple[int, int], list[RegisterEntry]] = defaultdict(list)
    for entry in RegisterEntry.objects.order_by("sequence", "suffix", "pk"):
        given[entry.register_id, entry.year].append(entry)
    for key in sorted(counters.keys() | given.keys()):
        for words in _year(counters.get(key), given[key]):
            yield f"Журнал {key[1]} года: {words}"


def _year(counter: RegisterYear | None, entries: list[RegisterEntry]) -> Iterator[str]:
    sequences = {entry.sequence for entry in entries}
    expected = set(range(counter.first_sequence, counter.last_sequence + 1)) if counter else set()
    if missing := expected - sequences:
        yield f"нет сведений о № {_listed(missing)}."
    if strange := sequences - expected:
        yield f"№ {_listed(strange)} вне счёта."
    for before, after in pairwise(entries):
        if (before.sequence, before.suffix) == (after.sequence, after.suffix):
            yield f"№ {after.number} выдан дважды."
        if after.registered_on < before.registered_on:
            yield f"{after} раньше, чем {before}."
    for entry in entries:
        if entry.registered_on.year != entry.year:
            yield f"{entry} датирован другим годом."
    if counter and entries and counter.last_on != entries[-1].registered_on:
        yield "дата последнего номера в счётчике не та, что в журнале."


def _listed(numbers: set[int]) -> str:
    """«943–944, 950»."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
