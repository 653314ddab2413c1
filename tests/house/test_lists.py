"""Every list of the machine: its files hold what its page shows to the same reader, and every heading orders it."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse

from tests.factories import imports
from tests.house.rights import ROLES
from tests.house.test_rights import walk
from tests.house.world import World

pytestmark = pytest.mark.django_db
LISTS = sorted(name.removesuffix("-csv") for name in walk(get_resolver()) if name.endswith("-csv"))
# Lists that an administrator does not see: who does.
READERS = {"olympiad:pupil-list": "methodist"}
INSIDE = [role for role in ROLES if role != "stranger"]
MOMENT = re.compile(r"(\d\d\.\d\d\.\d{4}) \d\d:\d\d")


def test_the_walk_meets_the_lists() -> None:
    assert len(LISTS) > 12
    assert {"centers:center-list", "reports:register", "reports:archive"} < set(LISTS)


@pytest.mark.parametrize("name", LISTS)
def test_files_hold_what_the_page_shows(name: str, world: World, clients: dict[str, Client]) -> None:
    for role in INSIDE:
        page, table = clients[role].get(reverse(name)), clients[role].get(reverse(f"{name}-csv"))
        assert (role, table.status_code) == (role, page.status_code)
        if page.status_code == 403:
            continue
        listed, rows = page.context["table"], imports.table(table.content)
        assert [column.heading for column in listed.in_files] == rows[0]
        assert len(rows) - 1 - bool(listed.totals) == listed.page.paginator.count
        named = next(column for column in listed.columns if column.names_row)
        place = rows[0].index(named.heading)
        assert names_of_rows(page) == [row[place] for row in rows[1 : 1 + len(listed.page)]]


def names_of_rows(page: HttpResponse) -> list[str]:
    """What the cells that name the rows say to whoever reads the page, but for «№» and quiet lines below the name."""
    body = page.text.partition("<tbody>")[2].partition("</tbody>")[0]
    cells = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', body, re.DOTALL)
    names = [re.sub(r"<[^>]*>", "", cell.partition("<br>")[0]) for cell in cells]
    return [unescape(name).strip().removeprefix("№ ") for name in names]


@pytest.mark.same_on_both("the rows are those of the page, which the tests before and after compare and order")
@pytest.mark.parametrize("name", LISTS)
def test_both_files_say_the_same(name: str, world: World, clients: dict[str, Client]) -> None:
    """But for the hour of a moment, which a table of strangers loses."""
    files = [clients[reader(name)].get(reverse(f"{name}-{ending}")).content for ending in ("xlsx", "csv")]
    book, text = [[list(map(day_of, row)) for row in imports.table(data)] for data in files]
    assert book == text


def reader(name: str) -> str:
    return READERS.get(name, "administrator")


def day_of(cell: str) -> str:
    """The day alone where the cell is a moment."""
    moment = MOMENT.fullmatch(cell)
    return moment[1] if moment else cell


@pytest.mark.parametrize("name", LISTS)
def test_every_heading_orders_and_every_filter_narrows(name: str, world: World, clients: dict[str, Client]) -> None:
    client = clients[reader(name)]
    table = client.get(reverse(name)).context["table"]
    orders = [f"order={sign}{key}" for key in table.orders for sign in ("", "-")]
    chosen = [f"{key}={value}" for key, one in table.filters.items() for value, _ in one.options]
    for query in [*orders, *chosen, "q=а", "page=all"]:
        for address in (reverse(name), reverse(f"{name}-csv")):
            assert (query, client.get(f"{address}?{query}").status_code) == (query, 200)


@pytest.mark.same_on_both("as many queries are asked of either")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_little(
    name: str, world: World, clients: dict[str, Client], django_assert_max_num_queries
) -> None:
    """Its rows are on one page here; counting more of them is one query more."""
    with django_assert_max_num_queries(8):
        clients["methodist"].get(reverse(name))
