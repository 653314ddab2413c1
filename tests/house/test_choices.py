"""No form holds a whole register: rows of tables without a limit are found by typed letters, twenty at most."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.test import Client

from centers.models import Center, Organization, Person
from events.models import Commitment, Event
from projects.models import NetworkProject
from rcro_portal import choices
from rcro_portal.lib.drafts.fields import OneOf
from rcro_portal.lib.keeping.drafted import FoundRow, FoundRows
from reports.models import IncomingLetter, Letter
from tests.factories.centers import coordinator, staff
from tests.factories.events import announced

UNLIMITED = (Center, Commitment, Event, IncomingLetter, Letter, NetworkProject, Organization, Person)
OURS = ("centers", "projects", "events", "olympiad", "reports", "rcro_portal")
# Fields that offer few of such a table, and which.
FEW = {
    "events.attendance.forms.ExpectedForm.person": "who is registered for the event, as ticks",
    "events.attendance.forms.MarkForm.center": "sent by the button of a centre's own row",
    "events.attendance.forms.UnmarkForm.person": "sent by the button of a person's own row",
    "events.requests.forms.SendForm.centers": "centres of the day, as ticks: who is asked is looked through",
    "olympiad.sessions.forms.SessionForm.event": "sessions of the plan that nobody has described yet",
    "reports.approval.forms.DeputyForm.deputy": "in Django's admin, found there by letters",
    "reports.approval.forms.DeputyForm.person": "in Django's admin, found there by letters",
    "reports.approval.forms.StageForm.person": "in Django's admin, found there by letters",
    "reports.incoming.resolution_form.ReassignForm.executor": "staff of one department",
    "reports.incoming.resolution_form.ResolutionForm.executor": "staff who answer letters",
    "reports.operations.handing_over.forms.HandOverForm.receiver": "staff of the same department",
    "reports.operations.handing_over.forms.WhoForm.giver": "staff who ever wrote letters",
}


def kinds(form: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    for kind in form.__subclasses__():
        yield kind
        yield from kinds(kind)


def selects() -> Iterator[tuple[str, Any]]:
    """Fields whose choices are rows: their names, and the model of the rows."""
    for kind in kinds():
        if kind.__module__.partition(".")[0] not in OURS:
            continue
        for name, field in getattr(kind, "base_fields", {}).items():
            place = f"{kind.__module__}.{kind.__qualname__}.{name}"
            if isinstance(field, forms.ModelChoiceField) and not isinstance(field, FoundRows):
                # What is said only when the form is made may be any table.
                yield place, field.queryset.model if field.queryset is not None else UNLIMITED[0]
            elif isinstance(field, OneOf) and not isinstance(field, FoundRow):
                yield place, field.model


def test_no_field_offers_a_whole_register() -> None:
    assert choices.CHOOSERS  # every form is loaded with the addresses
    assert {place for place, model in selects() if model in UNLIMITED} == FEW.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", sorted(choices.CHOOSERS))
def test_a_search_line_answers_staff_and_leaks_nothing_to_others(kind: str, client: Client) -> None:
    """What a coordinator finds is what every coordinator may see anyhow."""
    topic = announced(topic="Смотр приборов").topic
    for user in (staff("methodist"), coordinator()):
        client.force_login(user)
        page = client.get(f"/choices/{kind}/", {"name": "x", "x-words": "смотр"})
        assert page.status_code == 200
        shown = kind == "coming-event" and user.roles == {"methodist"}
        assert (kind, user.roles, topic in page.text) == (kind, user.roles, shown)
