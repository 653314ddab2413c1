"""The nouns after the figures, in every case, and the registry that uses them."""

import pytest

from rcro_portal.lib.drafts.models import GrammaticalCase
from reports import figures
from reports.figures.nouns import NOUNS


@pytest.mark.parametrize(
    ("code", "value", "case", "words"),
    [
        ("present_coordinators", 23, "nominative", "23 координатора"),
        ("centers_with_status", 47, "nominative", "47 образовательных организаций"),
        ("projects_under_way", 49, "nominative", "49 сетевых инновационных проектов"),
        ("clusters_formed", 8, "nominative", "8 инновационных образовательных кластеров"),
        ("centers_with_model", 34, "prepositional", "34 РВЦИ"),
        ("session_pupils", 475, "nominative", "475 обучающихся"),
        ("session_educators", 87, "nominative", "87 педагогов"),
        ("session_lecturers", 147, "nominative", "147 преподавателей"),
        ("session_doctors", 5, "nominative", "5 докторов наук"),
        ("session_candidates", 53, "nominative", "53 кандидата наук"),
        ("lesson_subjects", 9, "dative", "9 общеобразовательным предметам"),
        ("lesson_pupils", 1074, "nominative", "1074 школьника"),
        ("lesson_school_teachers", 571, "nominative", "571 учитель"),
    ],
)
def test_figures_of_letter_941(code: str, value: int, case: str, words: str) -> None:
    assert figures.words(code, value, case) == words


@pytest.mark.parametrize(
    ("number", "form"),
    [
        (0, "many"), (1, "one"), (2, "few"), (4, "few"), (5, "many"), (11, "many"), (12, "many"), (14, "many"),
        (21, "one"), (22, "few"), (101, "one"), (111, "many"), (1001, "one"), (1012, "many"),
    ],
)  # fmt: skip
def test_number_chooses_the_form(number: int, form: str) -> None:
    assert NOUNS["educator"].after(number, "nominative") == f"{number} {getattr(NOUNS['educator'], form)}"


@pytest.mark.parametrize(
    ("code", "value", "words"),
    [
        ("present_coordinators", 1, "1 координатора"),
        ("present_coordinators", 21, "21 координатора"),
        ("present_coordinators", 2, "2 координаторов"),
        ("present_coordinators", 4, "4 координаторов"),
        ("present_coordinators", 22, "22 координатора"),
        ("present_coordinators", 25, "25 координаторов"),
        ("session_pupils", 3, "3 обучающихся"),
        ("session_candidates", 31, "31 кандидата наук"),
        ("centers_with_status", 1, "1 образовательную организацию"),
        ("centers_with_status", 21, "21 образовательную организацию"),
        ("centers_with_status", 2, "2 образовательные организации"),
        ("centers_with_status", 12, "12 образовательных организаций"),
        ("projects_under_way", 21, "21 сетевой инновационный проект"),
        ("projects_under_way", 3, "3 сетевых инновационных проекта"),
        ("events_held", 101, "101 мероприятие"),
        ("sessions_held", 1, "1 смену"),
        ("centers_with_model", 34, "34 РВЦИ"),
    ],
)
def test_accusative(code: str, value: int, words: str) -> None:
    assert figures.words(code, value, GrammaticalCase.ACCUSATIVE) == words


def test_accusative_of_one_is_that_of_somebody_or_of_something() -> None:
    """Only feminine nouns have a form of their own: «организацию», «смену»."""
    own = {
        name: noun.accusative
        for name, noun in NOUNS.items()
        if noun.accusative != (noun.oblique["genitive"][0] if noun.animate else noun.one)
    }
    assert own == {
        "organization": "образовательную организацию",
        "partner": "организацию-партнёра",
        "member": "организацию",
        "session": "смену",
        "programme": "программу подготовки",
        "team": "команду",
    }


OBLIQUE = [case for case in GrammaticalCase if case not in (GrammaticalCase.NOMINATIVE, GrammaticalCase.ACCUSATIVE)]


@pytest.mark.parametrize("case", OBLIQUE)
@pytest.mark.parametrize("number", [1, 2, 5, 11, 21])
def test_oblique_case_knows_singular_and_plural(number: int, case: str) -> None:
    singular, plural = NOUNS["schoolchild"].oblique[case]
    assert NOUNS["schoolchild"].after(number, case) == f"{number} {singular if number in (1, 21) else plural}"


@pytest.mark.parametrize("name", NOUNS)
def test_every_noun_has_every_case(name: str) -> None:
    assert {"nominative", "accusative", *NOUNS[name].oblique} == set(GrammaticalCase.values)


def test_every_query_has_a_noun_of_its_own_words() -> None:
    """But for numbers whose word the writer says."""
    asked = {id(query.noun) for query in figures.QUERIES.values() if query.noun.one}
    assert asked == {id(noun) for noun in NOUNS.values()}
