"""What lists of pupils by name say beside the counts of their sessions: in numbers alone, never by name."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from olympiad.models import PrepSession, Pupil
from rcro_portal.lib.russian import agree, search_key


@dataclass
class PupilList:
    """Of one session: how many stand in its list, whoever has lost the name since included.

    ``known``: said to be new in the season although an earlier list of it has that name and school. ``alike``: rows of
    one name, class and school, which somebody said to be different children.
    """

    listed: int = 0
    known: int = 0
    alike: int = 0

    def doubts(self) -> Iterator[str]:
        if self.known:
            who = agree(self.known, "обучающийся", "обучающихся", "обучающихся")
            yield (
                f"Впервые в сезоне отмечены {who}, чьи имя и школа есть в списке более ранней смены. "
                "Если это те же люди, исправьте отметку: людей за сезон портал считает по ней."
            )
        if self.alike:
            yield f"Строк с одинаковыми именем, классом и школой – {self.alike}: отмечены как тёзки."


def of(sessions: Collection[PrepSession], listed: Mapping[int, int] | None = None) -> dict[int, PupilList]:
    """By the keys of the sessions; two queries for all of them, one where it was counted how many are ``listed``."""
    found = {session.pk: PupilList() for session in sessions}
    if listed is None:
        listed = Counter(Pupil.objects.filter(session__in=found).values_list("session", flat=True))
    for pk, number in listed.items():
        found[pk].listed = number
    if any(listed.values()):
        _compare(found, {session.season_id for session in sessions})
    return found


def _compare(found: dict[int, PupilList], seasons: set[int]) -> None:
    """Through each season from its first day on."""
    rows = Pupil.objects.filter(session__season__in=seasons, session__archived_at=None, nameless_at=None)
    before: dict[tuple[Any, ...], set[int]] = defaultdict(set)
    alike: Counter[tuple[Any, ...]] = Counter()
    columns = ("session", "session__season", "organization", "grade", "new_in_season", "surname", "given_name")
    told = rows.order_by("session__event__starts_at", "pk").values_list(*columns)
    for session, season, school, grade, is_new, *parts in told:
        name = search_key(" ".join(parts))
        earlier = before[season, name, school]
        if session in found:
            found[session].known += bool(is_new and earlier - {session})
            alike[session, name, school, grade] += 1
        earlier.add(session)
    for (session, *_), number in alike.items():
        found[session].alike += number if number > 1 else 0
