"""Which organisation or person of the portal a file means."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from rapidfuzz import fuzz, process

from centers import powers
from centers.models import Invitation, Organization, OrganizationName, Person, User
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.asking import NEW, WITHOUT, Answers, Choice, Doubtful, question
from rcro_portal.lib.registers.importing.contacts import Named
from rcro_portal.lib.registers.importing.finding import Known, Pool, Wanted, Ways

# Of a hundred: one letter of a name in ten may be a slip.
NEAR, NEAR_SURNAME, NEAR_AT_MOST = 90, 84, 5
MAYBE_NAMESAKE = "{}: человек с таким именем в портале есть, но почта у него другая. Это он?"
SEVERAL = "{}: в портале несколько таких людей. Кто из них?"
LIKE = "{}: похоже на того, кто в портале уже есть."
NOBODY = "{}: в портале такого человека нет, а по инициалам портал никого не заводит."


def organizations(answers: Answers) -> Pool:
    """By today's names and former ones; those in the archive are meant by nobody."""
    former: dict[int, list[str]] = defaultdict(list)
    for pk, *names in OrganizationName.objects.values_list("organization", "short_name", "full_name"):
        former[pk] += names
    rows = Organization.objects.kept().order_by("pk")
    told = rows.values_list("pk", "short_name", "full_name", "municipality__name")
    known = (Known(pk, f"{short} ({place})", (short, full, *former[pk])) for pk, short, full, place in told)
    return Pool("organization", tuple(known), answers)


class People:
    """Those of the portal by name and by e-mail; initials are looked up and make nobody."""

    about = "person"

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    @cached_property
    def rows(self) -> dict[int, Person]:
        return Person.objects.kept().order_by("pk").in_bulk()

    @cached_property
    def reserved(self) -> frozenset[int]:
        """Whom no import touches."""
        return powers.reserved_persons()

    @cached_property
    def may_log_in(self) -> frozenset[int]:
        """Whoever has an account, or an invitation that makes one."""
        invited = Invitation.objects.filter(accepted_at__isnull=True).values_list("person", flat=True)
        return frozenset(User.objects.values_list("person", flat=True)) | frozenset(invited)

    def is_named(self, person: Person, name: Named) -> bool:
        return _has_name(person, name)

    @cached_property
    def _by_name(self) -> dict[str, list[Person]]:
        return _grouped((russian.folded(one.full_name), one) for one in self.rows.values())

    @cached_property
    def _by_surname(self) -> dict[str, list[Person]]:
        return _grouped((russian.folded(one.surname), one) for one in self.rows.values())

    @cached_property
    def _by_email(self) -> dict[str, list[Person]]:
        return _grouped((one.email.lower(), one) for one in self.rows.values() if one.email)

    @cached_property
    def _blocks(self) -> dict[str, dict[int, str]]:
        """Names that begin alike: only among them a slip is looked for."""
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for name, ones in self._by_name.items():
            for one in ones:
                found[name[:2]][one.pk] = name
        return dict(found)

    def find(self, name: Named, *, email: str = "", ways: Ways) -> Wanted:
        """Raises Doubtful where a person must say who is meant."""
        full = russian.folded(name.full)
        by_email = [one for one in self._by_email.get(email, ()) if _has_name(one, name)]
        same = by_email if len(by_email) == 1 else [one for one in self._of_surname(name) if _has_name(one, name)]
        if len(same) == 1 and (name.by_initials or same in ([one] for one in by_email) or not _other(same[0], email)):
            return Wanted(same[0].pk)
        key = f"{full} {email}".strip()
        if answered := self._answered(key, name, ways):
            return answered
        near = same or self._near(name, full, email)
        if not near and not name.by_initials and ways.new:
            return Wanted(None, is_new=True)
        raise Doubtful(_why(name, same, near, ways), question(self.about, key, self._choices(name, near, ways)))

    def _of_surname(self, name: Named) -> list[Person]:
        return self._by_surname.get(russian.folded(name.surname), [])

    def _near(self, name: Named, full: str, email: str) -> list[Person]:
        """Whoever lacks what the name has, has nearly this name, or this address."""
        if name.by_initials:
            return []
        found = process.extract(full, self._blocks.get(full[:2], {}), scorer=fuzz.ratio, score_cutoff=NEAR, limit=9)
        near = [self.rows[pk] for _, _, pk in found if _is_slip(self.rows[pk].surname, name.surname)]
        short = [one for one in self._of_surname(name) if _is_part(one, name)]
        return list(dict.fromkeys([*short, *near, *self._by_email.get(email, ())]))[:NEAR_AT_MOST]

    def _answered(self, key: str, name: Named, ways: Ways) -> Wanted | None:
        said = self.answers.said(self.about, key)
        if said == NEW and ways.new and not name.by_initials:
            return Wanted(None, is_new=True)
        if said == WITHOUT and ways.without:
            return Wanted(None)
        return Wanted(int(said)) if said.isdecimal() and int(said) in self.rows else None

    def _choices(self, name: Named, near: Iterable[Person], ways: Ways) -> list[Choice]:
        more = [Choice(NEW, ways.new)] if ways.new and not name.by_initials else []
        more += [Choice(WITHOUT, ways.without)] if ways.without else []
        return [*(Choice(str(one.pk), _label(one)) for one in near), *more]


def _grouped(pairs: Iterable[tuple[str, Person]]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)


def _has_name(person: Person, name: Named) -> bool:
    if russian.folded(person.surname) != russian.folded(name.surname):
        return False
    if not name.by_initials and not russian.is_initial(person.given_name):
        return russian.folded(person.full_name) == russian.folded(name.full)
    own = (person.given_name[:1], person.patronymic[:1])
    return own[0] == name.given_name[:1] and (not name.patronymic or own[1] == name.patronymic[:1])


def _is_slip(first: str, second: str) -> bool:
    """One surname may be the other, mistyped: in a long name of three the rest hides what differs."""
    return fuzz.ratio(russian.folded(first), russian.folded(second)) >= NEAR_SURNAME


def _is_part(person: Person, name: Named) -> bool:
    """«Иванова Анна» and «Иванова Анна Борисовна»."""
    return russian.folded(person.given_name) == russian.folded(name.given_name) and not (
        person.patronymic and name.patronymic
    )


def _other(person: Person, email: str) -> bool:
    return bool(email and person.email and person.email.lower() != email)


def _label(person: Person) -> str:
    return f"{person.full_name}, {person.email}" if person.email else person.full_name


def _why(name: Named, same: list[Person], near: list[Person], ways: Ways) -> str:
    if len(same) > 1:
        words = SEVERAL
    elif same:
        words = MAYBE_NAMESAKE
    else:
        words = LIKE if near else NOBODY if name.by_initials else f"{{}}: {ways.nobody}"
    said = f"{name.surname} {name.given_name}.{name.patronymic}{'.' if name.patronymic else ''}"
    return words.format(quoted(said if name.by_initials else name.full))
