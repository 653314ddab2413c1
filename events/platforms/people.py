"""Whom the lines of a platform's list mean, how long each was there, and who stays doubtful."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from centers.models import Person, StaffPost, User
from events.attendance import attendance
from events.models import Event
from rcro_portal.lib import person_names, russian
from rcro_portal.lib.person_names import Found
from rcro_portal.lib.platforms import presence
from rcro_portal.lib.platforms.report import Entry, Report
from rcro_portal.lib.registers.importing.asking import Answers

ABOUT, NOBODY = "attendance", "nobody"


@dataclass(frozen=True)
class Participant:
    """One person of the list, by all their lines. ``person``: who they surely are; ``likely``: who they may be;

    ``answered``: the keys of what somebody said of them, that they are this person or nobody of ours.
    """

    key: str
    label: str
    rows: tuple[int, ...]
    minutes: int | None
    organizer: bool
    person: int | None = None
    likely: tuple[int, ...] = ()
    answered: tuple[str, ...] = ()


@dataclass
class Crowd:
    """The whole list, each of its people in one of the four; ``expected``: who registered, and all coordinators.

    ``named``: everybody of the portal, as a page names them; coordinators with their centre.
    """

    matched: list[Participant] = field(default_factory=list)
    doubtful: list[Participant] = field(default_factory=list)
    organizers: list[Participant] = field(default_factory=list)
    nobody: list[Participant] = field(default_factory=list)
    expected: frozenset[int] = frozenset()
    named: Mapping[int, str] = field(default_factory=dict)

    @property
    def people(self) -> int:
        return sum(map(len, (self.matched, self.doubtful, self.organizers, self.nobody)))

    @cached_property
    def absent(self) -> frozenset[int]:
        """Expected, and certainly no line is theirs; who is doubtful may be one of them."""
        return self.expected - {one.person for one in self.matched if one.person}


class Directory:
    """Everybody of the portal, by address and by name, and what was answered before."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        rows = Person.objects.kept().values_list("pk", "surname", "given_name", "patronymic", "email")
        self.by_email: dict[str, set[int]] = defaultdict(set)
        people, self.named = [], dict[int, str]()
        for pk, *name, email in rows:
            people.append(person_names.known(pk, *name))
            self.named[pk] = russian.full_name(*name)
            if email:
                self.by_email[email.lower()].add(pk)
        for pk, email in User.objects.values_list("person", "email"):
            self.by_email[email.lower()].add(pk)
        self.known = {one.pk for one in people}
        self.register = person_names.Register(people)

    def find(self, entry: Entry) -> Found:
        """By address, then by what was answered, then by name. An address whose name is another's is doubtful."""
        named = self.register.find(entry.names)
        here = self.by_email.get(entry.email, set()) & self.known if entry.email else set()
        if len(here) == 1:
            (pk,) = here
            if named.sure in (None, pk) and not self.register.is_another(entry.names, pk):
                return Found(pk)
            return self._answered(entry, Found(likely=tuple(dict.fromkeys((pk, named.sure or pk)))))
        if here:
            among = [pk for pk in (named.sure, *named.likely) if pk in here]
            return Found(among[0]) if len(among) == 1 else self._answered(entry, Found(likely=tuple(sorted(here))))
        return named if named.sure else self._answered(entry, named)

    def _answered(self, entry: Entry, found: Found) -> Found:
        said = self.answers.said(ABOUT, key_of(entry))
        if said == NOBODY:
            return Found()
        return Found(int(said)) if said.isdecimal() and int(said) in self.known else found


def key_of(entry: Entry) -> str:
    """By which an answer is remembered: the address with the name, for a school's address is several people's."""
    words = sorted(person_names.words(" ".join(entry.names)))
    return " ".join(filter(None, (entry.email, *words))) or " ".join(entry.names).lower()


def crowd(event: Event, report: Report, answers: Answers) -> Crowd:
    directory, lines = Directory(answers), defaultdict(list)
    for entry in report.entries:
        found = directory.find(entry)
        lines[found.sure or key_of(entry)].append((entry, found))
    centers = {person.pk: f"{person}, {center}" for center, person in attendance.coordinators(event).items()}
    registered = event.attendances.registered().values_list("person", flat=True)
    told = Crowd(expected=frozenset([*centers, *registered]), named=directory.named | centers)
    staff = frozenset(_staff(event))
    for key, ones in lines.items():
        one = _participant(key, ones, report.platform)
        asked = dict.fromkeys(key_of(entry) for entry, _ in ones)
        meant = str(one.person or NOBODY)
        _place(told, replace(one, answered=tuple(key for key in asked if answers.said(ABOUT, key) == meant)), staff)
    return told


def _place(told: Crowd, one: Participant, staff: frozenset[int]) -> None:
    """A coordinator who was made an organiser of the meeting came all the same; staff of the institution held it."""
    if one.person in told.expected and one.person is not None:
        told.matched.append(one)
    elif one.organizer or one.person in staff:
        told.organizers.append(one)
    elif one.person:
        told.matched.append(one)
    elif one.likely:
        told.doubtful.append(one)
    else:
        told.nobody.append(one)


def _participant(key: int | str, ones: Sequence[tuple[Entry, Found]], platform: str) -> Participant:
    entries, first = [entry for entry, _ in ones], ones[0][0]
    likely = tuple(dict.fromkeys(pk for _, found in ones for pk in found.likely))
    return Participant(
        key=key_of(first),
        label=", ".join(filter(None, (first.names[0] if first.names else "", first.email))),
        rows=tuple(entry.row for entry in entries),
        minutes=presence.minutes(entries, platform),
        organizer=any(entry.organizer for entry in entries),
        person=key if isinstance(key, int) else None,
        likely=() if isinstance(key, int) else likely,
    )


def _staff(event: Event) -> Iterable[int]:
    day: datetime.date = event.first_day
    return StaffPost.objects.in_force_on(day).values_list("person", flat=True)
