"""Typical paragraphs: kept out of an outcome by one press, put into another with figures of its own year."""

import datetime
import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from lxml import html

from events.models import Outcome, StockParagraph
from events.outcomes import paragraphs
from tests.factories import centers as people
from tests.factories import events

pytestmark = pytest.mark.django_db
YEAR = datetime.timedelta(days=365)
TEXT = "В сети работают [[Проекты за 2024 год]], на встрече [[Были]]."


@pytest.fixture
def outcome() -> Outcome:
    event = events.held(starts_at=events.STARTS_AT.replace(year=2024))
    outcome = events.OutcomeFactory(event=event)
    of_figures = {
        "Проекты за 2024 год": ("projects_under_way", {"year": 2024}),
        "Были": ("present_coordinators", {"event": event.pk}),
    }
    for name, (query, parameters) in of_figures.items():
        events.OutcomeFigureFactory(outcome=outcome, name=name, query=query, parameters=parameters)
    return outcome


def next_year(outcome: Outcome, **event: object) -> Outcome:
    of = {"starts_at": outcome.event.starts_at + YEAR, "department": outcome.event.department, **event}
    return events.OutcomeFactory(event=events.held(**of))


def test_paragraph_is_kept_and_put_with_the_figures_of_the_next_year(outcome: Outcome, client: Client) -> None:
    client.force_login(people.staff("methodist", outcome.event.department))
    told = client.post(f"/outcomes/{outcome.pk}/paragraphs/keep/", {"text": f" {TEXT} "}).json()
    kept = StockParagraph.objects.get()
    assert told["words"] == "Абзац запомнен: «В сети работают Проекты за 2024 год, на встрече…»."
    assert (kept.text, kept.department, kept.since) == (TEXT, outcome.event.department, outcome.event.first_day)
    later = next_year(outcome)
    offered = html.document_fromstring(client.get(f"/outcomes/{later.pk}/edit/").text)
    (known,) = json.loads(offered.get_element_by_id("stock-paragraphs").text)
    assert known["text"] == TEXT.replace("2024", "2025")
    assert client.post(known["url"]).json() == {"text": known["text"]}
    client.post(known["url"])
    assert dict(later.figures.values_list("name", "parameters")) == {
        "Проекты за 2025 год": {"year": 2025},
        "Были": {"event": later.event_id},
    }


def test_same_words_are_kept_once_and_nothing_is_refused(outcome: Outcome, client: Client) -> None:
    client.force_login(people.staff("methodist", outcome.event.department))
    url = f"/outcomes/{outcome.pk}/paragraphs/keep/"
    assert [client.post(url, {"text": TEXT}).status_code for _ in range(2)] == [200, 200]
    assert StockParagraph.objects.count() == 1
    assert client.post(url, {"text": " [[Были]] "}).status_code == 409
    long = client.post(url, {"text": "слово " * 2_000})
    assert (long.status_code, "10000" in long.json()["words"].replace(" ", "")) == (422, True)


def test_offered_by_day_department_and_kind(outcome: Outcome) -> None:
    day, department = outcome.event.first_day, outcome.event.department
    yesterday = day - datetime.timedelta(days=1)
    ours = events.StockParagraphFactory(title="1", department=department, since=day, until=day)
    everybody = events.StockParagraphFactory(title="2", kind="webinar")
    events.StockParagraphFactory(department=people.DepartmentFactory(name="другой отдел"))
    events.StockParagraphFactory(kind="meeting")
    events.StockParagraphFactory(until=yesterday)
    events.StockParagraphFactory(since=day + datetime.timedelta(days=1))
    assert paragraphs.offered(outcome) == [ours, everybody]


def test_figure_that_the_paragraph_has_not_is_refused_in_its_form(client: Client) -> None:
    paragraph = events.StockParagraphFactory()
    client.force_login(people.staff("methodist"))
    fields = {"title": "О сети", "text": "Было [[Такого нет]].", "since": "2020-01-01"}
    page = client.post(f"/paragraphs/{paragraph.pk}/edit/", fields)
    assert page.status_code == 422
    assert "Показателя «Такого нет» в этом абзаце нет." in page.text


def test_constraints_speak_and_hold() -> None:
    with pytest.raises(ValidationError):
        StockParagraph(title="О сети", text="Текст.", since="2020-01-02", until="2020-01-01").full_clean()
    with pytest.raises(IntegrityError, match="stock_paragraph_says_something"):
        events.StockParagraphFactory(text="")


def test_kind_of_paragraph_is_known() -> None:
    with pytest.raises(IntegrityError, match="kind_of_stock_paragraph_is_known"):
        events.StockParagraphFactory(kind="picnic")
