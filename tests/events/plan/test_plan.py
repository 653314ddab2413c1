"""The plan: put down, changed, announced, held, cancelled."""

import datetime

import pytest
from django.utils import timezone

from events.forms import NewPersonForm, PlanForm, next_working_day_at_three
from events.models import Event
from events.models.event import EventStatus
from events.plan import plan
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.working_days import Calendar
from tests.factories.centers import DepartmentFactory, staff
from tests.factories.events import EventFactory, announced, held
from tests.factories.moments import ANNOUNCED_AT, HELD_AT, PLANNED_AT, STARTS_AT
from tests.untouched import refused

pytestmark = [pytest.mark.django_db, pytest.mark.any_moment]


def transitions(event: Event) -> list[tuple[object, ...]]:
    return [(step.before, step.after, step.by, step.at, step.note) for step in event.transitions.order_by("pk")]


def in_database(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def test_put_down_event_is_a_draft_with_a_search_key() -> None:
    methodist = staff("methodist")
    event = in_database(
        plan.put_down(
            by=methodist,
            at=PLANNED_AT,
            topic="Ещё одна «Лаборатория»",
            purpose="обмена опытом",
            starts_at=STARTS_AT,
            department=DepartmentFactory(),
        )
    )
    assert (event.status, event.planned_by, event.planned_at) == (EventStatus.DRAFT, methodist, PLANNED_AT)
    assert event.search_key == "еще одна лаборатория"
    assert transitions(event) == []


def test_change_writes_the_named_fields_and_the_search_key() -> None:
    event = EventFactory(topic="Первая тема", place="зал")
    plan.change(
        event=event,
        by=event.planned_by,
        at=ANNOUNCED_AT,
        topic="Вторая Тема",
        ends_at=STARTS_AT + datetime.timedelta(hours=2),
    )
    changed = in_database(event)
    assert (changed.topic, changed.search_key, changed.place) == ("Вторая Тема", "вторая тема", "зал")
    assert changed.ends_at == STARTS_AT + datetime.timedelta(hours=2)


@pytest.mark.parametrize("status", [EventStatus.HELD, EventStatus.CANCELLED])
def test_finished_event_is_not_changed(status: str) -> None:
    event = EventFactory(status=status)
    with refused(plan.EventFinished):
        plan.change(event=event, by=event.planned_by, at=ANNOUNCED_AT, topic="Другая тема")


def test_announced_and_held_leave_their_steps() -> None:
    event, by = EventFactory(), staff("methodist")
    plan.announce(event=event, by=by, at=ANNOUNCED_AT)
    assert in_database(event).status == EventStatus.ANNOUNCED
    plan.hold(event=event, by=by, at=HELD_AT)
    assert in_database(event).status == EventStatus.HELD
    assert transitions(event) == [
        ("draft", "announced", by, ANNOUNCED_AT, ""),
        ("announced", "held", by, HELD_AT, ""),
    ]


def test_event_is_not_held_before_it_begins() -> None:
    event = announced()
    with refused(plan.NotBegunYet):
        plan.hold(event=event, by=event.planned_by, at=STARTS_AT - datetime.timedelta(seconds=1))


@pytest.mark.parametrize("make", [EventFactory, announced])
def test_cancelled_with_a_note(make: type[EventFactory]) -> None:
    event = make()
    plan.cancel(event=event, note="Заболел ведущий", by=event.planned_by, at=ANNOUNCED_AT)
    assert in_database(event).status == EventStatus.CANCELLED
    assert transitions(event)[-1][1:] == ("cancelled", event.planned_by, ANNOUNCED_AT, "Заболел ведущий")


def test_held_event_is_neither_announced_nor_held_nor_cancelled_again() -> None:
    event = held()
    by, at = event.planned_by, HELD_AT
    with refused(WrongStep):
        plan.announce(event=event, by=by, at=at)
    with refused(WrongStep):
        plan.hold(event=event, by=by, at=at)
    with refused(WrongStep):
        plan.cancel(event=event, note="", by=by, at=at)


def test_second_of_two_who_announce_is_told() -> None:
    event = EventFactory()
    late = in_database(event)
    plan.announce(event=event, by=event.planned_by, at=ANNOUNCED_AT)
    with refused(WrongStep):
        plan.announce(event=late, by=event.planned_by, at=ANNOUNCED_AT)


def test_draft_is_silent_and_only_announced_ones_are_coming() -> None:
    draft, open_one, past = EventFactory(), announced(), held()
    assert set(Event.objects.published()) == {open_one, past}
    assert list(Event.objects.coming(ANNOUNCED_AT)) == [open_one]
    assert list(Event.objects.coming(HELD_AT)) == []
    assert list(Event.objects.matching(draft.topic.upper())) == [draft]


def test_plan_compares_all_that_its_form_writes() -> None:
    assert set(plan.PLANNED) == set(PlanForm.base_fields)


@pytest.mark.parametrize(("typed", "kept"), [('"Лаборатория"', "Лаборатория"), ('Проект "Сириус"', "Проект «Сириус»")])
def test_topic_is_kept_without_the_marks_around_it(typed: str, kept: str) -> None:
    form = PlanForm({"topic": typed})
    assert form["topic"].errors == []
    assert form.cleaned_data["topic"] == kept


@pytest.mark.parametrize("purpose", ["подведение итогов", "Развитие, поддержка талантов"])
def test_purpose_goes_on_after_its_preposition(purpose: str) -> None:
    first = purpose.split()[0].rstrip(",")
    words = f"Цель продолжает фразу «с целью …»: «{first[:-1]}я», а не «{first}»."
    assert PlanForm({"purpose": purpose})["purpose"].errors == [words]


def test_purpose_in_the_genitive_is_taken() -> None:
    assert PlanForm({"purpose": "подведения итогов и развития сети"})["purpose"].errors == []


def test_form_of_a_new_event_begins_on_a_working_day() -> None:
    friday = datetime.date(2026, 11, 27)
    begins = timezone.localtime(next_working_day_at_three(Calendar(), friday))
    assert (begins.date(), begins.hour) == (datetime.date(2026, 11, 30), 15)


def test_gender_of_somebody_new_is_asked_and_not_guessed() -> None:
    form = NewPersonForm({"surname": "Осина", "given_name": "Инна"})
    assert next(iter(form.fields["gender"].choices)) == ("", "— выберите —")
    assert form["gender"].errors == ["Обязательное поле."]
