"""Forms of one record: two people who open the same form do not undo each other."""

import datetime
from typing import Any

import pytest
from django.test import Client

from centers.models import Center
from centers.organizations import cards
from events.models import Event
from events.plan import plan
from rcro_portal.lib.records import Moved
from reports.journal import entries
from reports.letters import appendices
from reports.models import RegisterEntry
from tests.factories import letters
from tests.factories.centers import CenterFactory, MunicipalityFactory, administrator, staff
from tests.factories.events import EventFactory
from tests.factories.moments import ANNOUNCED_AT, REGISTERED_AT
from tests.factories.reports import office
from tests.untouched import refused

pytestmark = pytest.mark.django_db


class Window:
    """One person's page: what its form holds is sent, but for what they type."""

    def __init__(self, user: Any, path: str, form: str = "form") -> None:
        self.client = Client()
        self.client.force_login(user)
        self.path, self.form = path, form
        self.fields = self._of(self.client.get(path))

    def _of(self, answer: Any) -> dict[str, Any]:
        form = answer.context[self.form]
        drawn = {form[name].html_name: form[name].value() for name in form.fields}
        shown = {
            name: form[plain].field.widget.format_value(value) for plain, (name, value) in self._named(form, drawn)
        }
        return {name: first(value) for name, value in shown.items()}

    def _named(self, form: Any, drawn: dict[str, Any]) -> list[tuple[str, tuple[str, Any]]]:
        return [(name, (form[name].html_name, drawn[form[name].html_name])) for name in form.fields]

    def save(self, to: str = "", **typed: str) -> Any:
        answer = self.client.post(to or self.path, {**self.fields, **typed})
        if answer.status_code != 302:
            self.fields = {**self._of(answer)}
        return answer


def first(value: Any) -> Any:
    value = value[0] if isinstance(value, list) and value else value
    return "" if value is None or value == [] else value


@pytest.fixture
def event() -> Event:
    return EventFactory(topic="Старая тема", place="у моста")


def two(path: str) -> tuple[Window, Window]:
    return Window(staff("methodist"), path), Window(staff("methodist"), path)


def test_fields_that_one_side_left_alone_are_put_together(event: Event) -> None:
    first, second = two(f"/events/{event.pk}/edit/")
    assert first.save(topic="Новая тема").status_code == 302
    assert second.save(place="в лицее").status_code == 302
    assert Event.objects.values_list("topic", "place").get() == ("Новая тема", "в лицее")


def test_field_that_both_sides_changed_shows_both_values(event: Event) -> None:
    first, second = two(f"/events/{event.pk}/edit/")
    first.save(topic="Тема первого")
    answer = second.save(topic="Тема второго", place="в лицее")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "здесь записали другое: <strong>Тема первого</strong>" in page
    assert 'name="topic-take"' in page
    assert 'value="Тема второго"' in page
    assert Event.objects.values_list("topic", "place").get() == ("Тема первого", "у моста")


def test_saving_once_more_keeps_ones_own(event: Event) -> None:
    first, second = two(f"/events/{event.pk}/edit/")
    first.save(topic="Тема первого")
    second.save(topic="Тема второго", place="в лицее")
    assert second.save().status_code == 302
    assert Event.objects.values_list("topic", "place").get() == ("Тема второго", "в лицее")


def test_a_tick_takes_what_is_written(event: Event) -> None:
    first, second = two(f"/events/{event.pk}/edit/")
    first.save(topic="Тема первого")
    second.save(topic="Тема второго", place="в лицее")
    assert second.save(**{"topic-take": "on"}).status_code == 302
    event.refresh_from_db()
    assert (event.topic, event.place) == ("Тема первого", "в лицее")
    assert "первого" in event.search_key


def test_third_save_in_between_is_shown_too(event: Event) -> None:
    first, second = two(f"/events/{event.pk}/edit/")
    first.save(topic="Тема первого")
    second.save(topic="Тема второго")
    Window(staff("methodist"), f"/events/{event.pk}/edit/").save(topic="Тема третьего")
    assert "<strong>Тема третьего</strong>" in second.save().content.decode()


def test_choices_and_moments_are_shown_in_words(event: Event) -> None:
    first, second = two(f"/events/{event.pk}/edit/")
    first.save(form="on_site", starts_at="2031-05-12T15:00")
    page = second.save(form="mixed", starts_at="2031-05-13T15:00").content.decode()
    assert "<strong>очно</strong>" in page
    assert "<strong>12.05.2031 15:00</strong>" in page


def test_card_of_a_centre(db: None) -> None:
    center = CenterFactory(organization__phone="1")
    first, second = two(f"/centers/{center.pk}/edit/")
    first.save(phone="(3822) 22-33-44")
    assert second.save(phone="(3822) 55-66-77").status_code == 409
    assert Center.objects.get().organization.phone == "+73822223344"
    second.save(head_name="Иволгина Вера")
    organization = Center.objects.get().organization
    assert (organization.phone, organization.head_name) == ("+73822556677", "Иволгина Вера")


def test_line_of_the_journal(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    house = office()
    details = entries.Details(addressee="Школам", subject_line="О приёме")
    entry = entries.give(register=house.register, details=details, by=house.clerk, at=REGISTERED_AT)
    path, to = f"/register/entries/{entry.pk}/", f"/register/entries/{entry.pk}/describe/"
    first, second = (Window(house.clerk, path, "details_form") for _ in range(2))
    first.save(to, addressee="Лицеям")
    answer = second.save(to, addressee="Гимназиям")
    assert (answer.status_code, "<strong>Лицеям</strong>" in answer.content.decode()) == (409, True)
    assert RegisterEntry.objects.get().addressee == "Лицеям"


def test_count_of_an_appendix(db: None) -> None:
    house = office()
    letter = letters.free(house, figure=False)
    row = letters.enclose(letter)
    client = Client()
    client.force_login(house.methodist)
    form = next(form for _, form in client.get(f"/appendices/letter/{letter.pk}/").context["rows"])
    drawn = {form.add_prefix(name): form[name].value() for name in form.fields}
    appendices.count(of=letter, appendix=row, sheets=7, copies=1, title=row.title)
    to = f"/appendices/letter/{letter.pk}/{row.pk}/count/"
    answer = client.post(to, {**drawn, form.add_prefix("sheets"): "9"})
    assert (answer.status_code, "<strong>7</strong>" in answer.content.decode()) == (409, True)


def test_dictionary_of_the_administrator(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    row = MunicipalityFactory(name="Старый")
    path = f"/admin/centers/municipality/{row.pk}/change/"
    windows = [Client(), Client()]
    for client in windows:
        client.force_login(administrator())
    form = windows[0].get(path).context["adminform"].form
    drawn = {name: form[name].value() or "" for name in form.fields}
    assert 'name="seen"' in windows[0].get(path).content.decode()
    assert windows[0].post(path, {**drawn, "name": "Первый", "kind": "город"}).status_code == 302
    answer = windows[1].post(path, {**drawn, "name": "Второй"})
    assert "<strong>Первый</strong>" in answer.content.decode()
    row.refresh_from_db()
    assert (row.name, row.kind) == ("Первый", "город")
    assert windows[1].post(path, {**drawn, "name": "Второй", "name-take": "on"}).status_code == 302
    row.refresh_from_db()
    assert (row.name, row.kind) == ("Первый", "город")


# -- Past the form: the verb itself --------------------------------------------------------------------


def test_verb_refuses_where_the_record_moved_after_it_was_read(event: Event) -> None:
    Event.objects.update(place="в лицее")
    with refused(Moved):
        plan.change(event=event, by=event.planned_by, at=ANNOUNCED_AT, topic="Тема")


def test_verb_refuses_a_card_that_moved() -> None:
    organization = CenterFactory(organization__phone="1").organization
    type(organization).objects.update(phone="2")
    with refused(Moved):
        cards.change(organization=organization, email="", phone="3", head_name="")


def test_empty_columns_are_compared_too(event: Event) -> None:
    moment = event.starts_at + datetime.timedelta(hours=1)
    Event.objects.update(ends_at=moment)
    with refused(Moved):
        plan.change(event=event, by=event.planned_by, at=ANNOUNCED_AT, topic="Тема")
    event.refresh_from_db()
    plan.change(event=event, by=event.planned_by, at=ANNOUNCED_AT, topic="Тема", ends_at=None)
    assert Event.objects.values_list("topic", "ends_at").get() == ("Тема", None)


def test_longer_than_any_page_sends_is_a_page_that_was_tampered_with() -> None:
    event, methodist = EventFactory(), office().methodist
    window = Window(methodist, f"/events/{event.pk}/edit/")
    Event.objects.filter(pk=event.pk).update(topic="Другая тема")
    window.fields |= {"topic": "Моя тема", "seen": window.fields["seen"].replace("{", "{" + " " * 4_000)}
    assert window.client.post(window.path, window.fields).status_code == 302
    assert Event.objects.get(pk=event.pk).topic == "Моя тема"
