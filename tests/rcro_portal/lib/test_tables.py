"""Tried on Django's own table of permissions, since a list knows no app of ours."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.http import QueryDict

from rcro_portal.lib.tables import Filter, Table

NAMES = {"b": "лицей томск", "a": "школа томск", "c": "школа асино"}


def by_first_letter(rows: QuerySet, value: str) -> QuerySet:
    return rows.filter(name__startswith=value)


FILTERS = {"kind": Filter("Вид", [("л", "Лицеи"), ("ш", "Школы")], by_first_letter)}


@pytest.fixture
def rows(db: None) -> QuerySet:
    kind = ContentType.objects.create(app_label="school", model="school")
    for codename, name in NAMES.items():
        Permission.objects.create(content_type=kind, codename=codename, name=name)
    return Permission.objects.filter(content_type=kind)


def table(rows: QuerySet, query: str = "", **more: Any) -> Table:
    orders = {"code": "codename", "name": ("name", "codename")}
    return Table(rows, QueryDict(query), orders=orders, search="name", filters=FILTERS, **more)


def codes(listed: Table) -> str:
    return "".join(row.codename for row in listed.page)


@pytest.mark.parametrize(
    ("query", "listed"),
    [
        ("", "abc"),
        ("order=-code", "cba"),
        ("order=name", "bca"),
        ("order=-name", "acb"),
        ("q=ТОМСК", "ab"),
        ("q=томск+школа", "a"),
        ("kind=ш", "ac"),
        ("kind=ш&q=асино", "c"),
    ],
)
def test_a_list_is_searched_filtered_and_ordered(rows: QuerySet, query: str, listed: str) -> None:
    assert codes(table(rows, query)) == listed


@pytest.mark.parametrize(
    "query",
    [
        "order=content_type__app_label",
        "order=--code",
        "kind=<b>",
        "kind__startswith=л",
        "_connector=OR&codename=a",
        "q=%00",
        "page=1e309",
        "page=-1",
        "page=99",
    ],
)
def test_what_is_not_on_offer_is_ignored(rows: QuerySet, query: str) -> None:
    assert codes(table(rows, query)) == "abc"


def test_pages_are_cut_by_number(rows: QuerySet) -> None:
    assert [codes(table(rows, f"page={number}", per_page=2)) for number in (1, 2)] == ["ab", "c"]


def test_links_keep_what_was_asked_but_not_the_page(rows: QuerySet) -> None:
    listed = table(rows, "q=a%26b&kind=ш&order=-name&page=2&next=//evil.example")
    assert listed.querystring == "q=a%26b&kind=%D1%88&order=-name&"
    assert table(rows).querystring == ""


def test_a_column_head_turns_its_order(rows: QuerySet) -> None:
    assert table(rows).order_links == {"code": ("order=-code&", "ascending"), "name": ("order=name&", "none")}
    assert table(rows, "order=-code").order_links["code"] == ("", "descending")


def test_the_form_above_the_table_shows_what_is_chosen(rows: QuerySet) -> None:
    listed = table(rows, "kind=ш")
    assert listed.choices == [("kind", "Вид", [("л", "Лицеи", False), ("ш", "Школы", True)])]
    assert [table(rows).is_narrowed, listed.is_narrowed] == [False, True]


def test_a_page_costs_two_queries(rows: QuerySet, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        codes(table(rows, "q=томск&order=name"))
