"""Figures in the editor and of a letter: found, counted, inserted, listed; frozen ones beside what they are today."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from centers.models import StatusGrant
from events.models import Outcome
from reports.figures import frozen
from reports.letters import letters
from reports.models import Letter, SnapshotFigure
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, coordinator
from tests.factories.events import OutcomeFigureFactory, TalkFactory, announced, held, ready_outcome
from tests.factories.moments import FILED_AT, LONG_AGO
from tests.factories.reports import Office
from tests.factories.requests import DataQuestionFactory, accepted, asked

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome(office: Office) -> Outcome:
    return ready_outcome(edited_by=office.methodist, prepared_by=office.methodist.person)


@pytest.fixture
def methodist(client: Client, office: Office) -> Client:
    client.force_login(office.methodist)
    return client


def url(outcome: Outcome, *parts: object) -> str:
    return "/".join(["", "outcomes", str(outcome.pk), "figures", *map(str, parts), ""])


def rows(outcome: Outcome) -> list[tuple]:
    return list(outcome.figures.order_by("pk").values_list("name", "query", "parameters", "case", "typed", "source"))


# -- The editor's slot ------------------------------------------------------------------------------


def test_search_finds_by_title_and_description_and_keeps_the_groups(outcome: Outcome, methodist: Client) -> None:
    page = methodist.get(url(outcome, "form"), {"search": "НАУК докторА"})
    assert page.context["form"].fields["query"].choices == [
        (
            "Олимпиадная подготовка",
            [
                ("session_doctors", "Доктора наук на сменах"),
                ("session_doctors_once", "Доктора наук на сменах, человек"),
            ],
        )
    ]
    assert page.context["form"].chosen == "session_doctors"
    assert [field.name for field in page.context["form"].asked] == ["since", "until", "case"]


def test_search_that_finds_nothing_says_what_to_do(outcome: Outcome, methodist: Client) -> None:
    page = methodist.get(url(outcome, "form"), {"search": "зарплата"}).content.decode()
    assert "Такого показателя нет. Измените слова поиска или внесите число из другого источника." in page


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("centers_with_status", ["year", "case"]),
        ("centers_on_day", ["day", "case"]),
        ("session_pupils", ["since", "until", "case"]),
        ("absent_centers", ["event", "case"]),
        ("request_sum", ["question", "case"]),
    ],
)
def test_only_what_the_figure_needs_is_asked(outcome: Outcome, methodist: Client, query: str, asked: list[str]) -> None:
    page = methodist.get(url(outcome, "form"), {"query": query})
    assert [field.name for field in page.context["form"].asked] == asked


def test_value_is_seen_before_it_is_inserted(outcome: Outcome, methodist: Client) -> None:
    CenterFactory()
    asked = {"query": "centers_with_status", "year": "2026", "case": "genitive"}
    assert methodist.get(url(outcome, "form"), asked).context["now"] == "1 образовательной организации"
    assert methodist.get(url(outcome, "form"), {**asked, "year": ""}).context["now"] == ""
    assert rows(outcome) == [("центры", "centers_with_status", {"year": 2026}, "nominative", "", "")]


def test_nonsense_in_the_form_is_no_error_while_it_is_filled(outcome: Outcome, methodist: Client) -> None:
    page = methodist.get(url(outcome, "form"), {"query": "salaries", "year": "x", "event": "x", "case": "x"})
    assert (page.status_code, page.context["now"]) == (200, "")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"query": "centers_with_status", "year": "2026"}, ("Организации со статусом РВЦИ, 2026", {"year": 2026})),
        ({"query": "centers_on_day", "day": "2026-03-01"}, ("РВЦИ на дату, 01.03.2026", {"day": "2026-03-01"})),
        (
            {"query": "events_held", "since": "2026-01-01", "until": "2026-03-31"},
            ("Проведённые мероприятия, 01.01.2026–31.03.2026", {"since": "2026-01-01", "until": "2026-03-31"}),
        ),
    ],
)
def test_figure_is_added_with_a_name_of_its_own(
    outcome: Outcome, methodist: Client, typed: dict, stored: tuple[str, dict]
) -> None:
    outcome.figures.all().delete()
    assert methodist.post(url(outcome, "add"), {"case": "dative", **typed}).status_code == 200
    name, parameters = stored
    assert rows(outcome) == [(name, typed["query"], parameters, "dative", "", "")]


def test_figure_of_this_event_or_of_another(outcome: Outcome, methodist: Client) -> None:
    outcome.figures.all().delete()
    other = held()
    methodist.post(url(outcome, "add"), {"case": "nominative", "query": "absent_centers"})
    methodist.post(url(outcome, "add"), {"case": "nominative", "query": "absent_centers", "event": str(other.pk)})
    assert [(name, parameters) for name, _, parameters, *_ in rows(outcome)] == [
        ("РВЦИ, не участвовавшие в мероприятии", {"event": outcome.event_id}),
        ("РВЦИ, не участвовавшие в мероприятии, 12.03.2026", {"event": other.pk}),
    ]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (lambda: {"event": announced().pk}, "Такой записи нет, или она закрыта для вас."),
        (lambda: {"event-words": "смотр"}, "Набрано, но не выбрано."),
    ],
)
def test_only_an_event_that_was_held_is_counted_over(
    outcome: Outcome, methodist: Client, sent: Callable[[], dict[str, Any]], said: str
) -> None:
    before = rows(outcome)
    page = methodist.post(url(outcome, "add"), {"case": "nominative", "query": "absent_centers", **sent()})
    assert (page.status_code, said in page.text, rows(outcome)) == (422, True, before)


def test_answers_to_a_question_are_chosen_seen_and_inserted(outcome: Outcome, methodist: Client) -> None:
    outcome.figures.all().delete()
    pupils, website = {"key": "q1", "label": "Учеников"}, {"key": "q2", "label": "Сайт", "kind": "text"}
    (sheet,) = asked(questions=(pupils, website), title="Сведения за год")
    accepted(sheet, q1="1 250", q2="https://lyceum.example")
    number, text = sheet.request.questions.order_by("position")
    DataQuestionFactory(label="Ещё не спрошено")
    said = {"query": "request_sum", "case": "nominative"}
    page = methodist.get(url(outcome, "form"), {**said, "question": str(number.pk)})
    offered = [label for _, label in page.context["form"].fields["question"].choices]
    assert offered == ["Учеников (Сведения за год)", "Сайт (Сведения за год)"]
    assert page.context["now"] == "1250"
    refused = [methodist.post(url(outcome, "add"), {**said, "question": key}) for key in ("", str(text.pk))]
    assert [(one.status_code, list(one.context["form"].errors)) for one in refused] == [(422, ["question"])] * 2
    assert methodist.post(url(outcome, "add"), {**said, "question": str(number.pk)}).status_code == 200
    name = "Сумма ответов на вопрос запроса: Учеников"
    assert rows(outcome) == [(name, "request_sum", {"question": number.pk}, "nominative", "", "")]


def test_day_that_is_missing_is_asked_for(outcome: Outcome, methodist: Client) -> None:
    answer = methodist.post(url(outcome, "add"), {"case": "nominative", "query": "centers_on_day"})
    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422,
        {"day": ["Укажите день, на который считать."]},
    )


def test_number_from_elsewhere_keeps_its_source(outcome: Outcome, methodist: Client) -> None:
    outcome.figures.all().delete()
    typed = {"typed-typed": "более 350 школьников", "typed-source": "Отчёт управления образования № 7"}
    page = methodist.post(url(outcome, "type"), typed)
    assert page.status_code == 200
    assert "Источник: Отчёт управления образования № 7" in page.content.decode()
    assert rows(outcome) == [
        ("более 350 школьников", "", {}, "nominative", "более 350 школьников", "Отчёт управления образования № 7")
    ]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"typed-typed": "много", "typed-source": "Отчёт"}, {"typed": ["Здесь нет числа. Введите его цифрами."]}),
        ({"typed-typed": "350", "typed-source": " "}, {"source": ["Обязательное поле."]}),
        ({"typed-typed": "[[5]]", "typed-source": "О"}, {"typed": ["Квадратные скобки здесь не ставят."]}),
    ],
)
def test_number_from_elsewhere_says_what_it_lacks(
    outcome: Outcome, methodist: Client, typed: dict, errors: dict
) -> None:
    answer = methodist.post(url(outcome, "type"), typed)
    assert (answer.status_code, dict(answer.context["typed_form"].errors)) == (422, errors)
    assert len(rows(outcome)) == 1


def test_same_name_again_turns_a_counted_figure_into_a_typed_one_and_back(outcome: Outcome, methodist: Client) -> None:
    typed = {"typed-typed": "40 центров", "typed-source": "Отчёт", "typed-name": "центры"}
    methodist.post(url(outcome, "type"), typed)
    assert rows(outcome) == [("центры", "", {}, "nominative", "40 центров", "Отчёт")]
    counted = {"query": "centers_with_status", "year": "2025", "case": "nominative", "name": "центры"}
    methodist.post(url(outcome, "add"), counted)
    assert rows(outcome) == [("центры", "centers_with_status", {"year": 2025}, "nominative", "", "")]


def test_another_case(outcome: Outcome, methodist: Client) -> None:
    pk = outcome.figures.get().pk
    methodist.post(url(outcome, pk, "case"), {"case": "dative"})
    methodist.post(url(outcome, pk, "case"), {"case": "vocative"})
    assert rows(outcome) == [("центры", "centers_with_status", {"year": 2026}, "dative", "", "")]


def test_editor_is_told_the_words_and_addresses_of_each_figure(outcome: Outcome, methodist: Client) -> None:
    pk = outcome.figures.get().pk
    OutcomeFigureFactory(outcome=outcome, name="дети", query="", typed="350 детей", source="Отчёт", parameters={})
    page = methodist.get(url(outcome)).content.decode()
    found = re.search(r'id="figure-values" type="application/json">(.*?)</script>', page)
    assert found
    counted, typed = json.loads(found[1])
    assert (counted["words"], counted["forms"]["dative"]) == (
        "0 образовательных организаций",
        "0 образовательным организациям",
    )
    assert (counted["case_url"], counted["list_url"]) == (url(outcome, pk, "case"), url(outcome, pk, "rows"))
    assert typed == {
        "name": "дети",
        "words": "350 детей",
        "case": "nominative",
        "forms": {},
        "case_url": "",
        "list_url": "",
    }


@pytest.mark.parametrize("number", [1, 4])
def test_list_behind_a_figure_of_the_draft(
    outcome: Outcome, methodist: Client, number: int, django_assert_num_queries: Callable
) -> None:
    centers = [CenterFactory(organization__short_name=f"Лицей № {4 - n}") for n in range(number)]
    pk = outcome.figures.get().pk
    with django_assert_num_queries(8):
        page = methodist.get(url(outcome, pk, "rows"))
    assert [(row.label, row.url) for row in page.context["rows"]] == [
        (center.organization.short_name, f"/centers/{center.pk}/") for center in reversed(centers)
    ]


# -- What a letter froze ----------------------------------------------------------------------------


def figure_of(letter: Letter) -> SnapshotFigure:
    return letter.snapshot.figures.get(name="центры")


def test_letter_shows_what_was_frozen_and_quietly_what_it_is_today(office: Office, methodist: Client) -> None:
    CenterFactory()
    letter = walked.in_review(office)
    page = methodist.get(f"/letters/{letter.pk}/").content.decode()
    assert frozen.SAME in page
    CenterFactory()
    page = methodist.get(f"/letters/{letter.pk}/").content.decode()
    assert "1 образовательная организация" in page
    assert "сейчас 2, в письме 1" in page


@pytest.mark.parametrize("number", [1, 4])
def test_figures_of_a_letter_cost_one_query_each_whatever_they_count(
    office: Office, number: int, django_assert_num_queries: Callable
) -> None:
    for _ in range(number):
        CenterFactory()
    letter = walked.in_review(office)
    with django_assert_num_queries(2):
        assert [figure.value for figure in frozen.values_today(letter)] == [0, number]


@pytest.mark.parametrize("number", [1, 4])
def test_page_of_a_frozen_figure_costs_the_same_whatever_it_counts(
    office: Office, methodist: Client, number: int, django_assert_num_queries: Callable
) -> None:
    centers = [CenterFactory() for _ in range(number)]
    letter = walked.in_review(office)
    StatusGrant.objects.update(until=LONG_AGO)
    with django_assert_num_queries(8):
        page = methodist.get(f"/letters/{letter.pk}/figures/{figure_of(letter).pk}/")
    assert sorted(row.pk for row in page.context["behind"].rows) == [center.pk for center in centers]


def test_who_came_and_who_went_is_said_in_words(office: Office, methodist: Client) -> None:
    stays, goes = (CenterFactory(organization__short_name=name) for name in ("Гимназия № 2", "Лицей № 1"))
    letter = walked.in_review(office)
    StatusGrant.objects.filter(center=goes).update(until=LONG_AGO)
    CenterFactory(organization__short_name="Школа № 3")
    page = methodist.get(f"/letters/{letter.pk}/figures/{figure_of(letter).pk}/").content.decode()
    for words in (
        "2 образовательные организации",
        frozen.SAME,
        "Прибавилось с тех пор: Школа № 3.",
        "Больше не считается: Лицей № 1.",
        "за 2026 год",
        "Каждый посчитан один раз",
        f'<a href="/centers/{stays.pk}/">Гимназия № 2</a>',
        f'<a href="/centers/{goes.pk}/">Лицей № 1</a>',
        "16.03.2026 10:00",
    ):
        assert words in page, words


def test_row_that_was_deleted_since_is_said_so(office: Office, methodist: Client) -> None:
    letter = walked.in_review(office)
    kept = {"snapshot": letter.snapshot, "name": "сеть", "parameters": {"year": 2026}, "text": "1 организация"}
    row = SnapshotFigure.objects.create(query="centers_with_status", value=1, counted=[10**6], **kept)
    page = methodist.get(f"/letters/{letter.pk}/figures/{row.pk}/").content.decode()
    assert "Записей удалено с тех пор: 1." in page
    assert "Из посчитанного удалено: 1 запись." in page


def test_sum_that_changed_over_the_same_rows(office: Office) -> None:
    row = SnapshotFigure(query="session_pupils", value=30, counted=[], parameters={}, sums_counts=True)
    behind = frozen.behind(frozen.Today(row, frozen.figures.Count(31, [])))
    assert behind.changes == ["Строки те же, изменились числа в них."]


def test_long_list_is_cut_and_counted(monkeypatch: pytest.MonkeyPatch, office: Office) -> None:
    monkeypatch.setattr(frozen, "ROWS_SHOWN", 2)
    for _ in range(5):
        CenterFactory()
    letter = walked.in_review(office)
    (figure,) = frozen.today([figure_of(letter)])
    behind = frozen.behind(figure)
    assert (len(behind.rows), behind.beyond, behind.unnamed) == (2, 3, 0)


def test_figure_that_the_registry_no_longer_knows_breaks_no_page(office: Office, methodist: Client) -> None:
    letter = walked.in_review(office)
    row = SnapshotFigure.objects.create(snapshot=letter.snapshot, name="старый", query="forgotten", value=7, text="7")
    assert frozen.values_today(letter)[-1].quiet_words == ""
    page = methodist.get(f"/letters/{letter.pk}/figures/{row.pk}/").content.decode()
    assert "Портал больше не считает такой показатель" in page
    assert methodist.get(f"/letters/{letter.pk}/").status_code == 200


def test_typed_figure_is_frozen_with_its_source(office: Office, outcome: Outcome, methodist: Client) -> None:
    typed = {"query": "", "parameters": {}, "typed": "более 350 школьников", "source": "Отчёт № 7"}
    OutcomeFigureFactory(outcome=outcome, name="дети", **typed)
    TalkFactory(outcome=outcome, text="в округе учатся [[дети]]")
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    row = letter.snapshot.figures.get(name="дети")
    assert (row.query, row.value, row.text, row.counted, row.sums_counts, row.source) == (
        *("", None, "более 350 школьников", []),
        *(False, "Отчёт № 7"),
    )
    assert "Источник: Отчёт № 7" in methodist.get(f"/letters/{letter.pk}/").content.decode()
    page = methodist.get(f"/letters/{letter.pk}/figures/{row.pk}/").content.decode()
    assert "Отчёт № 7" in page
    assert "более 350 школьников" in page


def test_sums_are_frozen_as_sums(office: Office, outcome: Outcome) -> None:
    period = {"since": "2026-01-01", "until": "2026-03-01"}
    OutcomeFigureFactory(outcome=outcome, name="смены", query="session_pupils", parameters=period)
    TalkFactory(outcome=outcome, text="приехали [[смены]]")
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    assert dict(letter.snapshot.figures.values_list("name", "sums_counts"))["смены"] is True
    assert figure_of(letter).sums_counts is False


def test_centre_reads_its_letter_without_the_figures_behind_it(key: None, client: Client, office: Office) -> None:
    center = CenterFactory()
    letter = walked.sent(office)
    letter.centers.set([center])
    client.force_login(coordinator(center))
    page = client.get(f"/letters/{letter.pk}/")
    assert (page.status_code, "Показатели письма" in page.content.decode()) == (200, False)
    assert client.get(f"/letters/{letter.pk}/figures/{figure_of(letter).pk}/").status_code == 403


def test_figure_of_another_letter_is_not_found(office: Office, methodist: Client) -> None:
    one, other = walked.in_review(office), walked.in_review(office)
    assert methodist.get(f"/letters/{one.pk}/figures/{figure_of(other).pk}/").status_code == 404
