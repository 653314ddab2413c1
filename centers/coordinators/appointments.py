"""Who coordinates a centre: appointed, handed over, ended, always by days; the persons are told of each.

What the centre owes stays the centre's. Access follows from the days alone: whoever is in office that day has it.
"""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from centers import powers
from centers.accounts import invitations
from centers.coordinators import notices
from centers.models import Center, Coordinator, Person, User
from rcro_portal.lib import records, rules
from rcro_portal.lib.changes import authorship
from rcro_portal.lib.notices import planning
from rcro_portal.lib.refusals import Refusal

DAY = datetime.timedelta(days=1)
TAKEN_BACK = "Назначение отменено."


class Occupied(Refusal):
    words = "У центра в эти дни уже есть координатор. Передайте полномочия от него или выберите другой день."


class NobodyToFollow(Refusal):
    words = "Передавать некому и не от кого: в этот день у центра нет координатора. Назначьте его."


class TheSamePerson(Refusal):
    words = "Этот человек и так координатор центра. Выберите другого."


class NotYet(Refusal):
    words = "Этот день раньше, чем координатор приступил к работе. Укажите более поздний."


class BegunAlready(Refusal):
    words = "Координатор уже приступил к работе. Прекратите его полномочия или передайте их."


def held(post: Coordinator) -> dict[str, object]:
    """What a page showed of a post, and must still find."""
    return {"person": post.person_id, "since": post.since, "until": post.until}


@transaction.atomic
def appoint(
    *,
    center: Center,
    person: Person,
    since: datetime.date,
    by: User,
    at: datetime.datetime,
    title: str = "",
    until: datetime.date | None = None,
) -> Coordinator:
    """A centre without a coordinator gets one. Raises Occupied where somebody is in office on one of these days."""
    _hold(center)
    if _met_by(center, since, until).exists():
        raise Occupied
    with authorship.explain("Назначение координатора", by=by.pk):
        post = Coordinator(center=center, person=person, title=title, since=since, until=until)
        rules.require(post, timezone.localdate(at))
        post.save()
    notices.tell(notices.APPOINTED, post, at)
    return post


@transaction.atomic
def hand_over(
    *, center: Center, to: Person, on: datetime.date, by: User, at: datetime.datetime, title: str = ""
) -> Coordinator:
    """``on`` is the first day of the successor, the day before it the last of whoever is in office then.

    Raises NobodyToFollow, TheSamePerson; Occupied where somebody is appointed for later already.
    """
    _hold(center)
    former = center.coordinators.in_force_on(on - DAY).select_related("person").order_by("-since", "-pk").first()
    if former is None:
        raise NobodyToFollow
    if former.person_id == to.pk:
        raise TheSamePerson
    if _met_by(center, on, None).exclude(pk=former.pk).exists():
        raise Occupied
    with authorship.explain(f"Передача полномочий: {to.surname_first}", by=by.pk):
        theirs = former.until
        records.change(former, held=held(former), until=on - DAY)
        post = Coordinator(center=center, person=to, title=title, since=on, takes_over=former, theirs_until=theirs)
        rules.require(post, timezone.localdate(at))
        post.save()
    notices.tell(notices.RELEASED, former, at)
    notices.tell(notices.APPOINTED, post, at)
    return post


@transaction.atomic
def end(*, post: Coordinator, last: datetime.date, by: User, at: datetime.datetime, why: str = "") -> None:
    """``last`` is the last day in office. Raises NotYet, and Moved where the post has changed since it was read."""
    if last < post.since:
        raise NotYet
    with authorship.explain(why or "Полномочия прекращены", by=by.pk):
        records.change(post, held=held(post), until=last)
    notices.tell(notices.RELEASED, post, at)


@transaction.atomic
def take_back(*, post: Coordinator, by: User, at: datetime.datetime, why: str = "") -> None:
    """An appointment whose first day has not come is none; whoever was to hand over stays. Raises BegunAlready.

    Who had left before the appointment, by an act of its own, does not come back by this.
    """
    _hold(post.center)
    today = timezone.localdate(at)
    if post.since <= today:
        raise BegunAlready
    _untell(post, at)
    with authorship.explain(why or TAKEN_BACK, by=by.pk):
        Coordinator.objects.filter(takes_over=post).update(takes_over=None, theirs_until=None)
        if Coordinator.objects.filter(pk=post.pk, since__gt=today).delete()[0] != 1:
            raise BegunAlready
        _reinstate(post, at)
        if not powers.gives_rights(post.person, today):
            invitations.withdraw(person=post.person, because=TAKEN_BACK, at=at)


def _reinstate(post: Coordinator, at: datetime.datetime) -> None:
    """The one who would have handed over on the day before stays in office as long as before, and is told so."""
    former = post.takes_over
    if former and former.until == post.since - DAY:
        planning.take_back(reason=notices.RELEASED, about=former, because=TAKEN_BACK, at=at)
        records.change(former, held=held(former), until=post.theirs_until)
        notices.tell(notices.REINSTATED, former, at)


def _untell(post: Coordinator, at: datetime.datetime) -> None:
    """What was not mailed yet is not; what was, is mended by another message."""
    if not planning.take_back(reason=notices.APPOINTED, about=post, because=TAKEN_BACK, at=at):
        notices.tell(notices.NOT_APPOINTED, post, at)


def _hold(center: Center) -> None:
    """Of two acts on a centre's coordinators the second waits for the first."""
    Center.objects.select_for_update(of=("self",)).get(pk=center.pk)


def _met_by(center: Center, since: datetime.date, until: datetime.date | None) -> QuerySet[Coordinator]:
    """Posts of the centre that share a day with these days."""
    rows = center.coordinators.filter(Q(until__isnull=True) | Q(until__gte=since))
    return rows.filter(since__lte=until) if until else rows


def may_be(person: Person, user: User) -> str:
    """Why this user may not appoint the person; nothing where they may.

    Whoever works in the institution would be given one more right by a colleague.
    """
    if "administrator" in user.roles or not powers.works_here(person):
        return ""
    return "Это сотрудник института или у него есть право подписи: назначить его координатором может администратор."
