"""People and where they work, as ``rcro_portal.lib.keeping`` makes pages of them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from centers import permissions, powers
from centers.dictionaries import STAFF_POSTS
from centers.models import Coordinator, Degree, Employment, Person, PersonMerge
from centers.organizations.kept import term
from centers.people.forms import DegreeForm, EmploymentForm, PersonForm
from rcro_portal.lib import russian
from rcro_portal.lib.keeping import Keeper, Noun, Part
from rcro_portal.lib.quotes import quoted

NOT_YOURS = "Людей ведут методист сети и администратор."


def refusal(user: Any, person: Any) -> str:
    """Why this user may not change the record, None for a new one; nothing where they may."""
    if not permissions.may_keep_people(user):
        return NOT_YOURS
    if person is None or "administrator" in user.roles:
        return ""
    if not hasattr(person, "reserved_words"):
        person.reserved_words = powers.reserved(person)
    return str(person.reserved_words)


def _seen(user: Any, day: Any) -> QuerySet:  # noqa: ARG001
    """Of people only the institution's staff knows who there are."""
    return Person.objects.select_related("user") if permissions.is_office(user) else Person.objects.none()


def _merged(user: Any, person: Any) -> str:  # noqa: ARG001
    merge = PersonMerge.objects.filter(gone=person, undone_at=None).select_related("kept").first()
    return f"Эта запись объединена: меняйте {quoted(merge.kept.full_name)} или отмените объединение." if merge else ""


def _in_office(person: Any) -> str:
    """Who coordinates a centre, today or from a day to come, is not put away: the centre's letters are read by them."""
    goes_on = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
    held = Coordinator.objects.filter(goes_on, person=person).order_by("since")
    post = held.select_related("center__organization").first()
    return f"Это координатор центра «{post.center}». Сначала передайте или прекратите полномочия." if post else ""


EMPLOYMENTS = Part(
    model=Employment,
    form=EmploymentForm,
    noun=Noun("Место работы", "Новое место работы", "место работы"),
    name="employment",
    route="places/",
    owner="person",
    title="Места работы",
    empty="Не внесены. Должность отсюда печатается в письмах, если человек не координатор.",
    note=term,
    ends=True,
    rows=lambda rows: rows.select_related("organization"),
)
DEGREES = Part(
    model=Degree,
    form=DegreeForm,
    noun=Noun("Учёная степень", "Новая учёная степень", "учёную степень"),
    name="degree",
    route="degrees/",
    owner="person",
    title="Учёные степени",
    empty="Не внесены.",
    line=lambda degree: russian.upper_first(str(degree)),
    note=term,
    ends=True,
)
PEOPLE = Keeper(
    model=Person,
    form=PersonForm,
    noun=Noun("Человек", "Новый человек", "человека"),
    app="centers",
    name="person",
    route="people/",
    seen=_seen,
    may=refusal,
    not_now=_merged,
    parts=(STAFF_POSTS, EMPLOYMENTS, DEGREES),
    listed="centers:people-list",
    not_archived=_in_office,
)
