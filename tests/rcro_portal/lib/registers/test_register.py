"""Which rows a list shows, in what order, on which page, and what its links keep."""

from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import QuerySet
from django.http import QueryDict

from centers.models import User
from rcro_portal.lib import as_of
from rcro_portal.lib.registers import Column, DatedBy, Filter
from tests.factories import imports
from tests.factories.centers import UserFactory
from tests.factories.moments import tomsk
from tests.rcro_portal.lib.registers.listed import COLUMNS, by_first_letter, codes, listed, made


@pytest.fixture
def rows(db: None) -> QuerySet:
    return made()


@pytest.mark.parametrize(
    ("query", "shown"),
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
def test_a_list_is_searched_filtered_and_ordered(rows: QuerySet, query: str, shown: str) -> None:
    assert codes(listed(rows, query)) == shown


@pytest.mark.parametrize(
    "query",
    [
        "order=content_type__app_label",
        "order=--code",
        "order=kind",
        "kind=<b>",
        "kind__startswith=л",
        "_connector=OR&codename=a",
        "q=%00",
        "page=1e309",
        "page=-1",
        "page=99",
        "page=%00",
    ],
)
def test_what_is_not_on_offer_is_ignored(rows: QuerySet, query: str) -> None:
    assert codes(listed(rows, query)) == "abc"


@pytest.mark.parametrize(("page", "shown"), [("", "ab"), ("1", "ab"), ("2", "c"), ("3", "c"), ("all", "abc")])
def test_pages_are_cut_by_number(rows: QuerySet, page: str, shown: str) -> None:
    assert codes(listed(rows, f"page={page}" if page else "", per_page=2)) == shown


def test_the_whole_list_for_print_ends_at_a_thousand(rows: QuerySet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rcro_portal.lib.registers.asked.ALL_AT_MOST", 2)
    register = listed(rows, "page=all")
    assert (codes(register), register.page.has_other_pages(), register.found) == ("ab", True, "3 школы")


def test_links_keep_what_was_asked_but_not_the_page(rows: QuerySet) -> None:
    register = listed(rows, "q=a%26b&kind=ш&order=-name&page=2&next=//evil.example")
    assert register.querystring == "q=a%26b&kind=%D1%88&order=-name&"
    assert (register.asked_order, listed(rows).asked_order, listed(rows).querystring) == ("-name", "", "")


def test_a_heading_turns_its_order(rows: QuerySet) -> None:
    def heads(query: str) -> list[tuple[str, str | None, str]]:
        return [(head.words, head.link, head.sort) for head in listed(rows, query).heads]

    assert heads("") == [
        ("Код", "order=-code&", "ascending"),
        ("Школа", "order=name&", ""),
        ("Вид", None, ""),
    ]
    assert heads("order=-code")[0] == ("Код", "", "descending")


def test_an_order_of_no_column_may_be_the_usual_one(rows: QuerySet) -> None:
    register = listed(rows, default="last", orders={"last": ["-name"]})
    assert (codes(register), [head.sort for head in register.heads]) == ("acb", ["", "", ""])


def test_what_an_order_needs_is_added_when_it_is_asked_for(rows: QuerySet) -> None:
    asked = []

    def noted(some: QuerySet) -> QuerySet:
        asked.append("")
        return some

    columns = [COLUMNS[0], Column("n", "N", "name", order="name", ordering=noted)]
    listed(rows, columns=columns)
    assert asked == []
    assert (codes(listed(rows, "order=n", columns=columns)), asked) == ("bca", [""])


def test_the_form_above_the_list_shows_what_is_chosen(rows: QuerySet) -> None:
    register = listed(rows, "kind=ш", filters={"other": Filter([("<", "<b>")], by_first_letter, "Другое")})
    assert [(one.key, one.label) for one in register.choices] == [("other", "Другое"), ("kind", "Вид")]
    assert register.choices[0].options == '<option value="&lt;">&lt;b&gt;</option>'
    assert register.choices[1].options.endswith('<option value="ш" selected>Школы</option>')
    assert [listed(rows).is_narrowed, register.is_narrowed] == [False, True]


def test_what_stands_beside_the_rows_is_read_for_a_page_at_once(rows: QuerySet) -> None:
    read = []

    def attach(some: Sequence[Any]) -> None:
        read.append([row.codename for row in some])

    register = listed(rows, "page=2", attach=attach, per_page=2)
    assert (codes(register), read) == ("c", [["c"]])
    assert [row.codename for row in register.every_row()] == ["a", "b", "c"]
    assert read == [["c"], ["a", "b", "c"]]


@pytest.mark.parametrize(("page", "queries"), [("1", 1), ("all", 1), ("2", 2)])
def test_a_short_list_costs_one_query(rows: QuerySet, page: str, queries: int, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(queries):
        register = listed(rows, f"q=томск&order=name&page={page}")
        assert (codes(register), register.found) == ("ba", "2 школы")


def test_sums_are_of_all_pages(rows: QuerySet, django_assert_num_queries: Any) -> None:
    columns = [*COLUMNS, Column("id", "Число", "pk", total="pk", css="numeric")]
    total = sum(rows.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        register = listed(rows, per_page=1, columns=columns)
        assert (codes(register), register.found, register.totals) == ("a", "3 школы", {"id": total})
    assert (register.sums_after, register.sums_span, len(register.sum_cells)) == (3, 3, 1)
    register.is_ticked = True
    assert register.sums_span == 4
    later, beyond = (listed(rows, query, per_page=1, columns=columns) for query in ("page=2", "page=99"))
    assert [(codes(one), one.totals["id"], one.page.number) for one in (later, beyond)] == [
        ("b", total, 2),
        ("c", total, 3),
    ]


def test_several_options_are_chosen_together(rows: QuerySet) -> None:
    schools = Filter.among("codename", [("a", "А"), ("b", "Б"), ("c", "В")], "Школы")
    register = listed(rows, "which=c&which=a&which=x", filters={"which": schools})
    assert (codes(register), register.querystring) == ("ac", "which=a&which=c&")
    choice = register.choices[0]
    assert (choice.several, choice.said, str(choice.options).count(" checked")) == (True, "А, В", 2)
    assert codes(listed(rows, "which=x", filters={"which": schools})) == "abc"


def test_columns_are_chosen_and_stay_in_links_and_files(rows: QuerySet) -> None:
    register = listed(rows, "cols=kind&cols=nothing,code")
    assert [head.words for head in register.heads] == ["Код", "Вид"]
    assert [(tick.key, tick.is_shown) for tick in register.ticks] == [("name", False), ("kind", True)]
    assert (register.querystring, [one.key for one in register.in_files]) == ("cols=kind&", ["code", "kind"])
    assert [head.words for head in listed(rows, "cols=").heads] == ["Код", "Школа", "Вид"]


def test_a_list_of_another_day_says_so(rows: QuerySet) -> None:
    day = as_of.asked(QueryDict("on=2019-12-31"))
    register = listed(rows, "on=2019-12-31", as_of=day)
    assert (register.querystring, register.file_title) == ("on=2019-12-31&", "Школы, по состоянию на 31.12.2019")
    file = register.file("csv")
    assert file.content.decode("utf-8-sig").splitlines()[:2] == [register.file_title, "Код;Школа;Вид"]
    assert 'filename="shkoly-2019-12-31.csv"' in file.headers["Content-Disposition"]
    assert imports.table(register.file("xlsx").content)[:2] == [[register.file_title, "", ""], ["Код", "Школа", "Вид"]]


@pytest.mark.parametrize("asked", ["", "31.12.2019", "0001-01-01", "9999-12-31", "2019-13-01", "\x00"])
def test_what_is_no_day_is_today(asked: str) -> None:
    day = as_of.asked({"on": asked})
    assert (day.is_today, day.asked, day.querystring) == (True, "", "")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("since=2026-01-02", "bc"),
        ("until=2026-01-02", "ab"),
        ("since=2026-01-02&until=2026-01-02", "b"),
        ("since=2026-01-03&until=2026-01-01", ""),
        ("since=yesterday&until=9999-01-01", "abc"),
        ("since=%00&until=", "abc"),
    ],
)
def test_rows_of_a_period(db: None, query: str, shown: str) -> None:
    """Both days belong to it; links, files and saved views keep it."""
    people = [UserFactory(joined_at=tomsk(1, number, 0)) for number in (1, 2, 3)]
    columns = (Column("email", "Почта", "email", order="pk", names_row=True),)
    rows = User.objects.filter(pk__in=[one.pk for one in people])
    table = listed(
        rows, query, columns=columns, default="email", search="email", dated_by=DatedBy("joined_at__date", "Вступил")
    )
    assert "".join("abc"[people.index(row)] for row in table.page) == shown
    asked = [f"{key}={day}" for key, _, day in table.period_fields if day]
    assert (table.querystring, table.is_narrowed) == ("&".join([*asked, ""]), bool(asked))
