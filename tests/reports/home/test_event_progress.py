"""The bar of five steps and the next step of an event's page, for whoever looks."""

import datetime

import pytest

from centers.models import User
from events.acts import EventCase
from events.attendance import attendance, registrations
from events.commitments import commitments
from events.models import Commitment, Event
from events.outcomes import outcomes
from events.plan import plan
from reports.home import event_progress
from reports.home.event_beside import Beside, events
from reports.letters import replacements
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CoordinatorFactory, coordinator, staff
from tests.factories.events import EventFactory, announced, held
from tests.factories.moments import ANNOUNCED_AT, FILED_AT, HELD_AT, SENT_AT, WRITTEN_AT, tomsk
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
LATE = tomsk(4, 10, 12)


def tracked(event: Event, user: User, now: datetime.datetime) -> event_progress.EventProgress:
    return event_progress.track(Beside(EventCase(events().get(pk=event.pk), user, now)))


def states(event: Event, user: User) -> str:
    """One letter a step: d(one), c(urrent), t(odo)."""
    return "".join(step["state"][0] for step in tracked(Event.objects.get(pk=event.pk), user, HELD_AT).steps)


def next_step(event: Event, user: User, now: datetime.datetime = HELD_AT) -> tuple[str, str, str]:
    """Title, where the button leads, and why it cannot be pressed."""
    step = tracked(Event.objects.get(pk=event.pk), user, now).next_step
    assert step
    return step["title"], step.get("url", ""), step.get("reason", "")


def planners(office: Office) -> str:
    people = ", ".join(user.person.surname_first for user in (office.methodist, office.head))
    return f"{office.department.name} ({people})"


def marked(**fields: object) -> Event:
    event = announced(**fields)
    post = CoordinatorFactory()
    attendance.mark(event=event, center=post.center, person=post.person, by=event.planned_by, at=HELD_AT)
    return event


def test_a_draft_waits_to_be_announced(office: Office) -> None:
    event = EventFactory()
    assert states(event, office.methodist) == "ctttt"
    assert next_step(event, office.methodist) == ("Объявить мероприятие", f"/events/{event.pk}/announce/", "")
    assert next_step(event, office.clerk)[2] == f"Объявляет методист или начальник отдела: {planners(office)}."


def test_an_announced_event_waits_for_its_day(office: Office) -> None:
    event = announced()
    user = coordinator()
    # A coordinator is one by today's posts, whatever the day of the event.
    title, url, _ = next_step(event, user, ANNOUNCED_AT)
    assert (title.replace("\u00a0", " "), url) == (
        "Мероприятие состоится 12 марта 2026 г., 15:00",
        f"/events/{event.pk}/register/",
    )
    registrations.register(
        event=event,
        center=user.person.coordinated.get().center,
        person=user.person,
        by=user,
        at=ANNOUNCED_AT,
    )
    assert next_step(event, user, ANNOUNCED_AT)[0].startswith("Вы заявлены.")
    assert next_step(event, office.methodist, ANNOUNCED_AT)[1] == ""


def test_a_begun_event_waits_for_ticks(office: Office) -> None:
    event = announced()
    assert states(event, office.methodist) == "dcttt"
    assert next_step(event, office.methodist) == ("Отметить участников", f"/events/{event.pk}/attendance/", "")
    assert next_step(event, office.clerk)[2] == f"Участников отмечает методист: {planners(office)}."
    assert tracked(event, coordinator(), HELD_AT).next_step is None


def test_a_held_event_waits_for_its_outcome(office: Office) -> None:
    event = marked(department=office.department)
    assert states(event, office.methodist) == "ddctt"
    assert next_step(event, office.methodist) == ("Внести итоги", f"/events/{event.pk}/outcome/", "")
    assert next_step(event, office.director)[2] == f"Итоги вносит методист: {planners(office)}."
    outcomes.begin(event=event, by=office.methodist, at=WRITTEN_AT)
    assert next_step(event, office.methodist)[0] == "Закончить и направить итоги"


def test_a_filed_outcome_leads_to_its_letter(office: Office) -> None:
    event = marked(department=office.department)
    letter = walked.in_review(office, event=event)
    assert states(event, office.head) == "dddct"
    assert next_step(event, office.head) == ("Письмо: на согласовании", f"/letters/{letter.pk}/", "")
    step = tracked(Event.objects.get(pk=event.pk), office.clerk, HELD_AT).next_step
    assert step
    asked = f"начальник отдела {office.head.person.surname_first}, с {FILED_AT:%d.%m.%Y}"
    assert step["text"] == f"Ждёт визы: {asked}."


def test_a_sent_letter_waits_for_the_centers(office: Office) -> None:
    event = marked(department=office.department)
    letter = walked.sent_on_paper(office, event=event)
    assert states(event, office.methodist) == "ddddc"
    step = tracked(Event.objects.get(pk=event.pk), office.methodist, SENT_AT).next_step
    assert step
    assert (step["caption"], step["title"].replace("\u00a0", " ")) == ("Исполнение", "Принято 0 из 1, срок 6 апреля")
    assert step["text"] == f"Письмо № {letter.entry.number} отправлено центрам. Ответы появятся ниже."
    assert "done" not in step
    notes = {step["name"]: step["note"] for step in tracked(event, office.methodist, SENT_AT).steps}
    assert notes == {
        "План": "Проведено",
        "Участники": "1 участник",
        "Итоги": "направлены",
        "Письмо": "Отправлено",
        "Исполнение": "принято 0 из 1, срок 6 апреля",
    }


def test_fulfilment_says_what_is_late_and_what_waits_and_when_all_is_done(office: Office) -> None:
    """«Всё сделано» only where nothing is open; what a later letter withdrew does not count."""
    event = marked(department=office.department)
    CoordinatorFactory(), CoordinatorFactory()
    walked.sent_on_paper(office, event=event)
    first, second, third = Commitment.objects.order_by("pk")
    commitments.answer(commitment=first, text="Готово.", by=office.methodist, at=SENT_AT)
    commitments.answer(commitment=second, text="Готово.", by=office.methodist, at=SENT_AT)
    commitments.accept(commitment=second, by=office.methodist, at=SENT_AT)
    step = tracked(Event.objects.get(pk=event.pk), office.methodist, LATE).next_step
    assert step
    assert step["title"].replace("\u00a0", " ") == "Принято 1 из 3, срок 6 апреля"
    assert step["text"] == "Письмо № 941 отправлено центрам. Просрочено: 1. Ждут проверки: 1."
    assert states(event, office.methodist) == "ddddc"
    commitments.accept(commitment=first, by=office.methodist, at=SENT_AT)
    Commitment.objects.filter(pk=third.pk).update(status="withdrawn")
    step = tracked(Event.objects.get(pk=event.pk), office.methodist, LATE).next_step
    assert step
    assert (step["title"], step["done"]) == ("Принято всё: 2 из 2", True)
    assert states(event, office.methodist) == "ddddd"


def test_a_replacement_on_its_way_is_the_next_step_and_the_sent_letter_stays(office: Office) -> None:
    event = marked(department=office.department)
    sent = walked.sent_on_paper(office, event=event)
    draft = replacements.begin(letter=sent, reason="Перенесён срок.", by=office.methodist, at=LATE)
    assert states(event, office.methodist) == "ddddc"
    assert next_step(event, office.methodist) == ("Письмо взамен: черновик", f"/letters/{draft.pk}/", "")
    steps = tracked(Event.objects.get(pk=event.pk), office.methodist, LATE).steps
    assert [step["note"] for step in steps[2:4]] == ["открыты для замены письма", "Отправлено"]
    assert steps[3]["url"] == f"/letters/{sent.pk}/"


def test_a_coordinator_learns_nothing_of_the_inner_steps(office: Office) -> None:
    event = marked(department=office.department)
    walked.in_review(office, event=event)
    steps = tracked(Event.objects.get(pk=event.pk), coordinator(), HELD_AT).steps
    assert [(step["note"], step["url"]) for step in steps] == [("Проведено", "")] + [("", "")] * 4
    assert [step["state"] for step in steps] == ["done", "done", "current", "todo", "todo"]


def test_a_cancelled_event_says_why(office: Office) -> None:
    event = announced()
    plan.cancel(event=event, note="Переносим на осень.", by=office.methodist, at=ANNOUNCED_AT)
    step = tracked(Event.objects.get(pk=event.pk), staff("methodist"), clock.now()).next_step
    assert step == {"title": "Мероприятие отменено", "caption": "Отменено", "text": "Переносим на осень."}


def test_held_without_a_coordinator_goes_on_and_the_ticks_stay_within_reach(office: Office) -> None:
    event = held()
    step = tracked(Event.objects.get(pk=event.pk), office.methodist, HELD_AT).next_step
    assert step
    assert (step["title"], step["other_label"]) == ("Внести итоги", "Отметить участников")
    assert step["other_url"] == f"/events/{event.pk}/attendance/"
    assert states(event, office.methodist) == "ddctt"
