"""A person's own calendar, which programs read by a secret address: what its owner may see that day, and no more."""

import datetime
import secrets
from collections.abc import Collection, Iterator

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from centers.accounts import secret_links
from centers.models import Center, StatusGrant, User
from events import permissions
from events.models import Attendance, CalendarFeed, Commitment, Event
from events.models.attendance import Presence
from events.telling import invitations
from rcro_portal.lib import ics

NAME = "Портал сети РВЦИ"
LOOKS_BACK = datetime.timedelta(days=180)
SUMMARY_AT_MOST = 120


def make(*, user: User, at: datetime.datetime) -> str:
    """The address of the feed, told this once; the one before it opens nothing from now on."""
    secret = secrets.token_urlsafe(32)
    values = {"secret_digest": secret_links.digest(secret), "made_at": at}
    CalendarFeed.objects.update_or_create(user=user, defaults=values)
    return settings.BASE_URL + reverse("events:calendar-read", args=[secret])


def forget(*, user: User) -> None:
    CalendarFeed.objects.filter(user=user).delete()


def owner(secret: str) -> User | None:
    """Whose feed it is; None where the secret was made anew, and of whoever logs in no longer."""
    feeds = CalendarFeed.objects.filter(secret_digest=secret_links.digest(secret), user__is_active=True)
    feed = feeds.select_related("user__person").first()
    return feed.user if feed else None


def read(user: User, *, now: datetime.datetime) -> bytes:
    """The same bytes while nothing has changed."""
    return ics.feed([*_events(user, now), *_terms(user, timezone.localdate(now))], name=NAME)


def _events(user: User, now: datetime.datetime) -> Iterator[ics.Entry]:
    coordinated = Center.objects.coordinated_by(user.person, timezone.localdate(now))
    centers = list(coordinated.values_list("pk", flat=True))
    comes = _comes(user, centers)
    seen = Q(pk__in=comes) | Q(pk__in=_invited(centers, now)) | Q(pk__in=_of_departments(user, now))
    rows = Event.objects.published().filter(seen, calendar_entry__isnull=False, starts_at__gte=now - LOOKS_BACK)
    for event in rows.select_related("department", "calendar_entry").order_by("starts_at", "pk"):
        takes_part = event.pk in comes or permissions.is_office(user)
        yield invitations.entry_of(event, shows_link=takes_part, is_open=not takes_part)


def _comes(user: User, centers: Collection[int]) -> set[int]:
    """In which they or somebody of their centres take part, or speak themselves."""
    mine = Attendance.objects.filter(Q(person=user.person) | Q(center__in=centers))
    seated = mine.filter(presence__in=[Presence.REGISTERED, Presence.PRESENT]).values_list("event", flat=True)
    speaks = Q(programme__speaker=user.person) | Q(programme__with_speaker=user.person)
    return {*seated, *Event.objects.filter(speaks).values_list("pk", flat=True)}


def _of_departments(user: User, now: datetime.datetime) -> QuerySet:
    """All that the departments hold in which this person works that day."""
    rows = Event.objects.filter(department__in=user.departments_on(timezone.localdate(now)))
    return rows.values("pk")


def _invited(centers: Collection[int], now: datetime.datetime) -> QuerySet:
    """Announced and to come, while a centre of theirs has the status on the day of the event."""
    on_these_days = Q(pk__in=[])
    for since, until in StatusGrant.objects.filter(center__in=centers).values_list("since", "until"):
        on_these_days |= Q(starts_at__date__gte=since, **({"starts_at__date__lte": until} if until else {}))
    return Event.objects.coming(now).filter(on_these_days).values("pk")


def _terms(user: User, day: datetime.date) -> Iterator[ics.Entry]:
    """What the centres that they coordinate that day still owe."""
    rows = Commitment.objects.coordinated_by(user, day).to_do().select_related("organization")
    for row in rows.order_by("due_on", "pk"):
        page = settings.BASE_URL + reverse("events:commitment-detail", args=[row.pk])
        text = row.text if len(row.text) <= SUMMARY_AT_MOST else f"{row.text[:SUMMARY_AT_MOST]}…"
        yield ics.Entry(
            uid=f"{row.decision_key}-{row.organization_id}",
            summary=f"Срок: {text}",
            starts=row.due_on,
            ends=row.due_on,
            description=f"{row.organization}\n{row.text}\nОтветить: {page}",
            url=page,
            sequence=row.sequence,
            changed_at=row.changed_at or row.opened_at,
        )
