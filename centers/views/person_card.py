"""One page per person: posts, centres, talks, attendance, the way into the portal, merges. For the staff."""

import datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from centers import permissions, powers
from centers.accounts import mails
from centers.models import Invitation, Person, PersonMerge
from centers.people.kept import PEOPLE
from centers.views.people_list import OFFICE_ONLY
from rcro_portal.lib import phones
from rcro_portal.lib.keeping import Card
from rcro_portal.lib.refusals import require

SHOWN = 20


def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require(permissions.is_office(request.user), OFFICE_ONLY)
    # With the account, if there is one, and whatever else makes the record the administrator's.
    seen = powers.with_held(PEOPLE.seen(request.user, timezone.localdate())).select_related("user")
    person = get_object_or_404(seen, pk=pk)
    held = powers.held_of(person)
    person.reserved_words = powers.in_words(held)
    card, now = Card(PEOPLE, request.user, person), timezone.now()
    context = {
        "person": person,
        "card": card,
        "facts": _facts(person),
        "refusal": card.refusal,
        "may_invite": permissions.may_invite(request.user),
        "may_keep_accounts": permissions.may_keep_accounts(request.user),
        "may_read_mails": mails.may_read(request.user, person, held),
        "day": timezone.localdate(now),
        **_places(person),
        **_took_part(person),
        **_way_in(person, now),
        **_merges(person),
    }
    return render(request, "centers/person_detail.html", context)


def _merges(person: Person) -> dict[str, Any]:
    """``merge`` put this row away; those in ``merged_in`` brought others here."""
    rows = PersonMerge.objects.filter(Q(kept=person) | Q(gone=person), undone_at=None)
    found = list(rows.select_related("kept", "gone", "by__person").order_by("-at", "-pk"))
    return {
        "merge": next((one for one in found if one.gone_id == person.pk), None),
        "merged_in": [one for one in found if one.kept_id == person.pk],
    }


def _facts(person: Person) -> list[tuple[str, str]]:
    return [
        ("Пол", person.get_gender_display()),
        ("Электронная почта", person.email),
        ("Телефон", phones.shown(person.phone)),
    ]


def _places(person: Person) -> dict[str, Any]:
    return {
        "coordinated": person.coordinated.select_related("center__organization").order_by("-since", "-pk"),
    }


def _took_part(person: Person) -> dict[str, Any]:
    """What the floors above know of the person, by the words of their own rows."""
    seats = person.attendances.select_related("event", "center__organization").order_by("-event__starts_at")
    talks = person.talks.select_related("outcome__event").order_by("-outcome__event__starts_at", "position")
    return {"attendances": seats[:SHOWN], "talks": talks[:SHOWN], "shown": SHOWN}


def _way_in(person: Person, now: datetime.datetime) -> dict[str, Any]:
    invitation = Invitation.objects.filter(person=person).order_by("-invited_at", "-pk").first()
    return {"account": getattr(person, "user", None), "invitation": invitation, "now": now}
