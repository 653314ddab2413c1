"""Every number of «Сеть в цифрах» is its figure: on the page, in both files, in a letter and in the list behind it."""

import io
import re
from typing import Any

import pikepdf
import pytest
from django.test import Client

from centers.models import Municipality
from reports import figures
from reports.letters import drafts, letters
from reports.models import Letter, SnapshotFigure
from reports.statistics.plots import asked as address
from reports.statistics.plots import registry
from reports.statistics.plots.asked import Asked
from reports.statistics.plots.registry import PLOTS
from reports.statistics.plots.table import Cell, Table
from reports.typesetting import rendering
from tests.factories import letters as letter_factory
from tests.factories.centers import CenterFactory, coordinator
from tests.factories.events import EventFactory
from tests.factories.imports import table as spreadsheet
from tests.factories.moments import FILED_AT, WRITTEN_AT, tomsk
from tests.factories.reports import Office, office
from tests.reports.statistics.plots import network

PERIOD = "participations:2024-01-01:2024-12-31"
# Of which years a plot is that does not show all that were asked for.
SHOWN = {"events": "2026 год", "places": "2026 год"}
NONSENSE = ("center=x", "municipality=\0", "event=" + "9" * 40)
pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Office:
    made = office()
    network.build(made)
    return made


def shown(client: Client, key: str, **params: str) -> Table:
    return client.get("/figures/", {"show": key, "until": "2026", **params}).context["table"]


def numbers(cell: Cell | None) -> list[str]:
    """As a spreadsheet says them."""
    if cell is None:
        return ["", "", ""]
    return [str(one) for one in (cell.number if cell.is_spread else [cell.value])]


def quoted(cells: list[Cell], office: Office) -> list[int | None]:
    """What a letter says that quotes each of them."""
    body = "\n".join(f"Всего [[п{place}]]." for place in range(len(cells)))
    letter = letter_factory.free(office, figure=False)
    for place, cell in enumerate(cells):
        drafts.add_figure(of=letter, name=f"п{place}", query=cell.code, parameters=cell.parameters, case="nominative")
    page = letter_factory.written(letter, body=body)
    drafts.save(of=letter, by=office.methodist, at=WRITTEN_AT, **page)
    letters.file_draft(letter=Letter.objects.get(pk=letter.pk), by=office.methodist, at=FILED_AT)
    frozen = SnapshotFigure.objects.filter(snapshot__letter=letter)
    said = dict(frozen.values_list("name", "value"))
    return [said[f"п{place}"] for place in range(len(cells))]


def pictures(pdf: bytes) -> list[str]:
    """What those hear of each picture who do not see it."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        tags = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        return [" ".join(str(one.get("/Alt", "")).replace("\u2060", "").split()) for one in tags]


def test_page_files_letter_and_query_agree_in_every_plot(portal: Office, client: Client) -> None:
    """All plots in one world, since it takes longer to make than to ask."""
    client.force_login(portal.methodist)
    for key in PLOTS:
        table = shown(client, key)
        cells = table.cells
        assert any(cell.value for cell in cells), key
        values = [cell.value for cell in cells]
        assert (key, [figures.count(one.code, one.parameters).value for one in cells]) == (key, values)
        assert (key, quoted(cells, portal)) == (key, values)
        params = {"show": key, "until": "2026"}
        _, _, *rows = spreadsheet(client.get("/figures/table.xlsx", params).content)
        expected = [[row.words, *(one for cell in row.cells for one in numbers(cell))] for row in table.rows]
        assert (key, rows) == (key, expected)
        pdf = client.get("/figures/plot.pdf", params).content
        printed = " ".join(rendering.plain_text(pdf).split())
        for row in table.rows:
            line = " ".join([row.words, *(cell.shown if cell else "–" for cell in row.cells)])
            assert line in printed, (key, line)
        assert (key, pictures(pdf)) == (key, [f"{PLOTS[key].title}, {SHOWN.get(key, '2017–2026 годы')}"])


def test_every_mark_leads_to_exactly_its_rows(portal: Office, client: Client) -> None:
    client.force_login(portal.methodist)
    for key in PLOTS:
        table = shown(client, key)
        for cell in table.cells:
            assert bool(cell.url) == bool(cell.value or cell.is_spread), (key, cell)
            if cell.url:
                counted = figures.count(cell.code, cell.parameters).counted
                answer = client.get(cell.url).context
                rows = answer["table"].page if cell.url.startswith("/figures/") is False else answer["rows"]
                assert (key, cell.url, sorted(row.pk for row in rows)) == (key, cell.url, counted)
        links = re.findall(r'<a href="([^"]+)" aria-label', client.get("/figures/", {"show": key}).context["chart"].svg)
        assert {url.replace("&amp;", "&") for url in links} >= {cell.url for cell in table.cells if cell.url}, key


def test_a_municipality_narrows_every_number(portal: Office) -> None:
    """Its parts are those of the query; what has no place of its own is left out, in words."""
    asked = Asked(2024, 2026, network.TODAY, begins=True, municipality=Municipality.objects.get(code="chainskiy"))
    for key, plot in PLOTS.items():
        table = plot.make(asked)
        said = [figures.count(one.code, one.parameters).value for one in table.cells]
        assert (key, said) == (key, [cell.value for cell in table.cells])
    assert PLOTS["growth"].make(asked).columns == ["Организации со статусом РВЦИ", "Сетевые проекты"]
    assert PLOTS["days"].make(asked).columns == ["От письма до ответа"]
    assert [row.words for row in PLOTS["places"].make(asked).rows] == ["Лес"]


def test_growth_and_days_are_what_the_network_was(portal: Office, client: Client) -> None:
    client.force_login(portal.methodist)
    growth = {row.words: [cell.value for cell in row.cells if cell] for row in shown(client, "growth").rows}
    assert growth["2024"][2] == 1
    assert growth["2026"][2] == 2
    days = {row.words: row.cells for row in shown(client, "days").rows}
    assert [cell and cell.number for cell in days["2024"]] == [None, (36, 17, 78)]
    assert days["2026"][0] is not None


def test_a_letter_that_said_the_number_is_led_to(portal: Office, client: Client) -> None:
    """Only that very number, and only to whom may open the letter."""
    value = figures.count("centers_with_status", {"year": 2026}).value
    letter = letter_factory.free_sent(portal)
    client.force_login(portal.methodist)
    told = {cell.said_url for cell in shown(client, "growth").cells if cell.said}
    assert told == {f"/letters/{letter.pk}/"}
    stars = [cell for cell in shown(client, "growth").cells if cell.said]
    assert [(cell.value, cell.parameters) for cell in stars] == [(value, {"year": 2026})]
    assert client.get("/figures/").context["chart"].svg.count("Так сказано в письме №") == 2
    client.force_login(coordinator())
    assert not any(cell.said for cell in shown(client, "growth").cells)
    CenterFactory()
    client.force_login(portal.methodist)
    assert not any(cell.said for cell in shown(client, "growth").cells)


def test_a_coordinator_sees_plots_of_lists_that_they_may_read(portal: Office, client: Client) -> None:
    client.force_login(coordinator())
    page = client.get("/figures/?show=decisions")
    assert page.context["key"] == "growth"
    for key, plot in registry.seen_by(page.wsgi_request.user).items():
        for cell in plot.make(Asked(2024, 2026, network.TODAY)).cells:
            if cell.url:
                assert "figure=" not in cell.url, key
                found = client.get(cell.url).context["table"].page.paginator.count
                assert (key, cell.url, found) == (key, cell.url, len(figures.count(cell.code, cell.parameters).counted))
    assert client.get("/figures/rows/?figure=participations:2024-01-01:2024-12-31").status_code == 403


@pytest.mark.parametrize("key", PLOTS)
def test_nothing_yet_is_said_with_what_to_do(key: str, client: Client) -> None:
    client.force_login(office().methodist)
    page = client.get("/figures/", {"show": key})
    assert PLOTS[key].empty in page.content.decode()
    assert client.get("/figures/plot.pdf", {"show": key}).status_code == 200


def test_events_beyond_thirty_are_named(portal: Office, client: Client) -> None:
    client.force_login(portal.methodist)
    for number in range(30):
        EventFactory(status="held", starts_at=tomsk(1, 1 + number, 10), topic=f"Событие {number}")
    table = shown(client, "events")
    assert len(table.rows) == 30
    assert table.note == "Показаны последние 30 мероприятий 2026 года."


@pytest.mark.parametrize(
    ("params", "years"),
    [
        ({}, (2017, 2026)),
        ({"since": "2020", "until": "2024"}, (2020, 2024)),
        ({"since": "2024", "until": "2020"}, (2020, 2024)),
        ({"since": "2001", "until": "2026"}, (2017, 2026)),
        ({"since": "1066", "until": "²024"}, (2017, 2026)),
        ({"since": "99999", "until": "2020"}, (2011, 2020)),
    ],
)
def test_years_of_the_address(params: dict[str, str], years: tuple[int, int]) -> None:
    asked = address.read({**params, "municipality": "\0", "stage": "x", "said": "x"}, network.TODAY)
    assert (asked.since, asked.until) == years
    assert asked.municipality is None
    assert asked.params.get("stage") is None


def test_rows_of_a_figure_that_no_list_shows(portal: Office, client: Client) -> None:
    client.force_login(portal.methodist)
    page = client.get("/figures/rows/?figure=participations:2024-01-01:2024-12-31:municipality=tomsk")
    assert "с 01.01.2024 по 31.12.2024, Город" in page.content.decode()
    for nonsense in ("", "nothing", "participations:x:y", *(f"{PERIOD}:{one}" for one in NONSENSE)):
        assert client.get("/figures/rows/", {"figure": nonsense}).status_code == 404


@pytest.mark.parametrize("code", ["томский район", ""])
def test_a_code_may_be_any_word(code: str) -> None:
    """So it is where an office typed it itself; the nightly check of all counts stopped at the first of them."""
    place = CenterFactory(organization__municipality__code=code).organization.municipality
    since = {"since": "2024-01-01", "until": "2024-12-31"}
    assert figures.count("participations", {**since, "municipality": place.code}).value == 0


@pytest.mark.parametrize("key", PLOTS)
def test_a_page_asks_few_questions(key: str, client: Client, django_assert_max_num_queries: Any) -> None:
    client.force_login(office().methodist)
    client.get("/figures/")
    with django_assert_max_num_queries(10):
        client.get("/figures/", {"show": key})
