"""What became of an item of the plan, and the order in which items stand."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from events.models import Event, PlanItem
from events.models.event import EventForm, EventStatus
from events.models.plan_item import PlanState, TermPrecision
from events.plan import items as plan_items
from events.plan_keys import plan_key
from rcro_portal.lib import written_terms
from reports import figures
from tests.factories.centers import CenterFactory, DepartmentFactory, coordinator, staff
from tests.factories.events import EventFactory, PlanItemFactory, PlanResponsibleFactory, PlanScheduleFactory, held
from tests.factories.moments import STARTS_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db

DAY = STARTS_AT.date()
BEFORE, AFTER = DAY - datetime.timedelta(days=30), DAY + datetime.timedelta(days=30)


def state(item: PlanItem, day: datetime.date) -> str:
    return str(PlanItem.objects.with_state(day).get(pk=item.pk).state)


def tied(item: PlanItem, **fields: object) -> None:
    EventFactory(plan_item=item, schedule=item.schedule, **fields)


def test_item_without_event() -> None:
    item, words = PlanItemFactory(), PlanItemFactory(first_on=None, precision=TermPrecision.WORDS)
    assert (state(item, BEFORE), state(item, DAY), state(item, AFTER)) == (
        PlanState.AHEAD,
        PlanState.AHEAD,
        PlanState.OVERDUE,
    )
    assert state(words, AFTER) == PlanState.NO_DAY
    words.done_on = DAY
    words.save()
    assert state(words, AFTER) == PlanState.HELD


def test_event_of_another_day_moves_the_item_until_that_day_has_passed() -> None:
    item = PlanItemFactory(first_on=BEFORE)
    tied(item, status=EventStatus.ANNOUNCED)
    assert state(item, BEFORE) == PlanState.MOVED
    assert state(item, AFTER) == PlanState.OVERDUE
    item.events.update(status=EventStatus.HELD)
    assert state(item, AFTER) == PlanState.HELD


def test_earlier_is_not_elsewhere_where_only_the_last_day_is_said() -> None:
    until = PlanItemFactory(first_on=AFTER, precision=TermPrecision.UNTIL)
    day = PlanItemFactory(first_on=AFTER)
    tied(until)
    tied(day)
    assert (state(until, BEFORE), state(day, BEFORE)) == (PlanState.AHEAD, PlanState.MOVED)


def test_item_is_called_off_with_the_last_of_its_events() -> None:
    item = PlanItemFactory()
    tied(item, status=EventStatus.CANCELLED)
    assert state(item, BEFORE) == PlanState.CALLED_OFF
    tied(item)
    assert state(item, BEFORE) == PlanState.AHEAD


def test_items_stand_by_the_numbers_of_sections_and_items() -> None:
    places = [("I. Конкурсы", "2"), ("I. Конкурсы", "10"), ("V. Сборы", "1"), ("Раздел IX", "1")]
    keys = [plan_key(" ".join(place)) for place in places]
    assert keys == sorted(keys)
    assert plan_key("Истоки") == "истоки"


def test_columns_of_a_term() -> None:
    term = written_terms.read("I квартал", 2026)
    columns = PlanItem.term_columns("I квартал", term)
    item = PlanItemFactory(**columns)
    assert (item.first_on, item.last_on) == (datetime.date(2026, 1, 1), datetime.date(2026, 3, 31))
    assert PlanItemFactory(**PlanItem.term_columns("по заявкам", None)).first_on is None


# -- Verbs -----------------------------------------------------------------------------------------------------


def entered(said: str, **fields: object) -> PlanItem:
    plan = PlanScheduleFactory()
    return plan_items.create(PlanItem, by=staff("methodist"), schedule=plan, title="Сборы", when_said=said, **fields)


def test_days_follow_from_the_words_until_somebody_types_others() -> None:
    item, by = entered("25–29 января"), staff("methodist")
    assert (item.first_on, item.last_on, item.precision) == (
        datetime.date(2026, 1, 25),
        datetime.date(2026, 1, 29),
        TermPrecision.PERIOD,
    )
    plan_items.change(item, by=by, when_said="по заявкам")
    assert (item.first_on, item.precision) == (None, TermPrecision.WORDS)
    day = datetime.date(2026, 11, 20)
    plan_items.change(item, by=by, when_said="2 декада ноября", first_on=day, last_on=None)
    assert (item.first_on, item.last_on, item.precision) == (day, day, TermPrecision.DAY)


def test_plan_of_an_item_with_events_and_the_year_of_a_plan_in_use_stay() -> None:
    item, by, other = PlanItemFactory(), staff("methodist"), PlanScheduleFactory(year=2027)
    tied(item)
    with refused(ValidationError):
        plan_items.change(item, by=by, schedule=other)
    with refused(ValidationError):
        plan_items.change_schedule(item.schedule, by=by, year=2027)


def test_event_is_tied_once_and_to_a_plan_of_its_year() -> None:
    item, event = PlanItemFactory(), EventFactory()
    plan_items.tie(item=item, event=event)
    event = Event.objects.get(pk=event.pk)
    assert (event.plan_item, event.schedule) == (item, item.schedule)
    second, later = PlanItemFactory(), PlanItemFactory(schedule=PlanScheduleFactory(year=2027))
    with refused(plan_items.TiedAlready):
        plan_items.tie(item=second, event=event)
    free = EventFactory()
    with refused(plan_items.OfAnotherPlan):
        plan_items.tie(item=later, event=free)
    plan_items.untie(event=event)
    event = Event.objects.get(pk=event.pk)
    assert (event.plan_item, event.schedule) == (None, item.schedule)


def test_nothing_is_tied_to_an_item_in_the_archive(client: Client) -> None:
    item, event = PlanItemFactory(), EventFactory()
    client.force_login(staff("methodist"))
    client.post(f"/plan/items/{item.pk}/archive/", {"reason": "Убран из плана"})
    answer = client.post(f"/plan/items/{item.pk}/tie/", {"event": event.pk})
    assert (answer.status_code, Event.objects.get().plan_item) == (409, None)
    assert plan_items.NoLongerPlanned.words in answer.text


def test_figures_count_what_is_held() -> None:
    item = PlanItemFactory()
    held(plan_item=item, schedule=item.schedule)
    done, _ = PlanItemFactory(done_on=DAY), PlanItemFactory()
    PlanItemFactory(archived_at=STARTS_AT, archive_reason="Повтор")
    assert figures.count("plan_items", {"year": 2026}).value == 3
    assert figures.count("plan_items_held", {"year": 2026}) == (2, [item.pk, done.pk])


# -- Pages -----------------------------------------------------------------------------------------------------


def test_event_begins_with_the_days_and_the_form_of_its_item() -> None:
    told = {"title": "Сборы «Олимп»", "form": "очно и онлайн", "first_on": DAY, "precision": TermPrecision.PERIOD}
    begun = plan_items.beginning(PlanItemFactory(last_on=DAY + datetime.timedelta(days=2), **told))
    assert (begun["form"], begun["topic"]) == (EventForm.MIXED, "Олимп")
    assert (timezone.localdate(begun["starts_at"]), timezone.localtime(begun["ends_at"]).hour) == (DAY, 17)
    month = PlanItemFactory(title="Семинар", form="", first_on=DAY, precision=TermPrecision.MONTH)
    assert "starts_at" not in plan_items.beginning(month)


def test_form_of_an_event_is_filled_from_the_item_and_ties_it(client: Client) -> None:
    item = PlanItemFactory(title="Вебинар «Разбор заданий»", form="онлайн", precision=TermPrecision.DAY)
    client.force_login(staff("methodist"))
    page = f"/events/new/?item={item.pk}"
    begun = client.get(page).context["form"].initial
    assert (begun["topic"], begun["kind"], begun["form"]) == ("Разбор заданий", "webinar", "online")
    assert begun["starts_at"].date() == DAY
    said = {"topic": "Разбор заданий", "kind": "webinar", "form": "online", "purpose": "обмена опытом"}
    said |= {"starts_at": "2026-03-12T15:00", "department": DepartmentFactory().pk, "schedule": item.schedule_id}
    wrong = client.post(page, {**said, "schedule": ""})
    assert (wrong.status_code, Event.objects.count()) == (422, 0)
    client.post(page, said)
    event = Event.objects.get()
    assert event.plan_item == item
    answer = client.post(
        f"/events/{event.pk}/edit/", {**said, "schedule": PlanScheduleFactory(project_title="Иной").pk}
    )
    assert answer.status_code == 422


def test_calendar_shows_items_on_their_days_or_apart(client: Client, django_assert_max_num_queries) -> None:
    for number in range(3):
        PlanItemFactory(title=f"Встреча {number}")
        PlanItemFactory(title=f"Весь март {number}", **PlanItem.term_columns("март", written_terms.read("март", 2026)))
    item = PlanItemFactory(title="Скрыт своим мероприятием")
    tied(item, topic="Само мероприятие", status=EventStatus.ANNOUNCED)
    client.force_login(staff("methodist"))
    with django_assert_max_num_queries(12):
        page = client.get("/plan/calendar/?month=2026-03")
    days = [day for week in page.context["weeks"] for day in week if not day.is_empty]
    assert [(day.day, len(day.items), len(day.events)) for day in days] == [(DAY, 3, 1)]
    assert len(page.context["whole"]) == 3
    assert client.get("/plan/calendar/?month=nonsense").status_code == 200


def test_coordinator_reads_the_plan_without_people_and_drafts(client: Client, django_assert_max_num_queries) -> None:
    item = PlanItemFactory(remark="для своих")
    answers = PlanResponsibleFactory(item=item)
    tied(item, topic="Тайный черновик")
    for user, sees in ((coordinator(CenterFactory()), False), (staff("methodist"), True)):
        client.force_login(user)
        for page in ("/plan/", f"/plan/items/{item.pk}/"):
            with django_assert_max_num_queries(12):
                text = client.get(page).text
            assert (answers.person.surname in text) == sees
        assert ("Тайный черновик" in text, "для своих" in text) == (sees, sees)


def test_many_items_move_to_another_place_and_back(client: Client) -> None:
    client.force_login(staff("methodist"))
    items = PlanItemFactory.create_batch(2)
    sent = {"row": [one.pk for one in items], "place": "Лицей № 5", "why": "Ремонт зала"}
    page = client.post("/plan/bulk/", sent)
    back = client.post("/plan/bulk/", {**sent, "seen": page.context["seen"]}).headers["Location"]
    assert set(PlanItem.objects.values_list("place", "when_said")) == {("Лицей № 5", "в день встречи")}
    client.post("/plan/bulk/", {"undo": back.rpartition("=")[2]})
    assert set(PlanItem.objects.values_list("place", flat=True)) == {""}
