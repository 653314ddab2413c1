"""The sentences that every outcome letter uses, with their agreement, their stops and their order."""

import datetime

import pytest

from events.models import Outcome
from events.models.event import EventKind
from events.models.outcome import DecisionKind, TalkAct
from reports import wording
from tests.factories.centers import PersonFactory
from tests.factories.events import (
    DecisionFactory,
    EventFactory,
    OutcomeFactory,
    PlanScheduleFactory,
    ProblemAreaFactory,
    TalkFactory,
)
from tests.factories.moments import DUE_ON, STARTS_AT

pytestmark = pytest.mark.django_db
INSTITUTION = "ОГБУ «Заречный центр»"
NBSP = "\u00a0"


def plain(paragraphs: list[str] | str) -> list[str] | str:
    """With ordinary spaces, for eyes."""
    if isinstance(paragraphs, str):
        return paragraphs.replace(NBSP, " ")
    return [paragraph.replace(NBSP, " ") for paragraph in paragraphs]


def written(outcome: Outcome) -> list[str]:
    """Without the two sentences about the event."""
    return plain(wording.paragraphs(outcome, INSTITUTION, (0, ""))[1:])


def woman(**fields: str) -> object:
    return PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна", gender="f", **fields)


def man() -> object:
    return PersonFactory(surname="Лугов", given_name="Пётр", patronymic="Ильич", gender="m")


# -- The event ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "held"),
    [
        (EventKind.WEBINAR, "проведён вебинар"),
        (EventKind.METHODS_SEMINAR, "проведён научно-методический семинар"),
        (EventKind.PANORAMA_SEMINAR, "проведён панорамный семинар"),
        (EventKind.OPEN_EVENT, "проведено открытое образовательное событие"),
        (EventKind.MEETING, "проведено совещание"),
        (EventKind.PREP_SESSION, "проведена смена"),
    ],
)
def test_held_outside_of_a_plan(kind: str, held: str) -> None:
    event = EventFactory(kind=kind, topic="Лаборатория", purpose="обмена опытом")
    assert plain(wording.held(event, INSTITUTION)) == (
        f"Отделом развития сетей {INSTITUTION} 12 марта 2026 года {held} «Лаборатория» с целью обмена опытом."
    )


def test_held_by_a_plan() -> None:
    event = EventFactory(schedule=PlanScheduleFactory(), topic="Лаборатория", purpose="обмена опытом.")
    assert plain(wording.held(event, INSTITUTION)) == (
        "В соответствии с планом-графиком реализации регионального проекта «Сеть открытых лабораторий» на 2026 год "
        f"отделом развития сетей {INSTITUTION} 12 марта 2026 года проведён вебинар «Лаборатория» "
        "с целью обмена опытом."
    )


def test_day_is_that_of_tomsk() -> None:
    event = EventFactory(starts_at=datetime.datetime(2026, 3, 12, 17, 30, tzinfo=datetime.UTC))
    assert "13 марта 2026 года" in plain(wording.held(event, INSTITUTION))


@pytest.mark.parametrize(
    ("number", "figure", "verb"),
    [
        (1, "1 координатор", "принял"),
        (23, "23 координатора", "приняли"),
        (25, "25 координаторов", "приняли"),
        (21, "21 координатор", "принял"),
        (11, "11 координаторов", "приняли"),
    ],
)
def test_who_took_part(number: int, figure: str, verb: str) -> None:
    event = EventFactory(kind=EventKind.PREP_SESSION)
    sentence = f"В смене {verb} участие {figure} РВЦИ образовательных организаций Томской области."
    assert wording.took_part(event, number, figure) == [sentence]


def test_nobody_is_not_said() -> None:
    assert wording.took_part(EventFactory(starts_at=STARTS_AT), 0, "0 координаторов") == []


# -- Talks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("speaker", "act", "expected"),
    [
        (
            woman,
            TalkAct.OPENED,
            "Ветрова Мария Игоревна, методист, открывая вебинар, обозначила основные цели и задачи его проведения. Т.",
        ),
        (
            man,
            TalkAct.OPENED,
            "Лугов Пётр Ильич, методист, открывая вебинар, обозначил основные цели и задачи его проведения. Т.",
        ),
        (woman, TalkAct.REPORTED, "Ветрова Мария Игоревна, методист, в своём выступлении «Тема» отметила, что Т."),
        (man, TalkAct.REPORTED, "Лугов Пётр Ильич, методист, в своём выступлении «Тема» отметил, что Т."),
        (
            woman,
            TalkAct.SHARED,
            "Продолжила тему вебинара Ветрова Мария Игоревна, методист. Она поделилась опытом Т.",
        ),
        (man, TalkAct.SHARED, "Продолжил тему вебинара Лугов Пётр Ильич, методист. Он поделился опытом Т."),
        (woman, TalkAct.ANSWERED, "В заключение Мария Игоревна ответила на вопросы, касающиеся Т."),
        (man, TalkAct.ANSWERED, "В заключение Пётр Ильич ответил на вопросы, касающиеся Т."),
    ],
)
def test_sentence_follows_from_what_the_speaker_did(speaker: type, act: str, expected: str) -> None:
    talk = TalkFactory(speaker=speaker(), act=act, post="методист", title="Тема", text="Т")
    assert plain(wording.talk_paragraphs(talk, talk.outcome.event, [])) == [expected]


def test_what_is_not_given_leaves_no_trace() -> None:
    outcome = OutcomeFactory()
    TalkFactory(outcome=outcome, speaker=woman(), act=TalkAct.OPENED, capacity="Координатор сети", post="", text="")
    TalkFactory(outcome=outcome, speaker=man(), act=TalkAct.REPORTED, post="методист", title="")
    TalkFactory(outcome=outcome, speaker=man(), act=TalkAct.ANSWERED, text="")
    assert written(outcome) == [
        "Координатор сети Ветрова Мария Игоревна, открывая вебинар, обозначила основные цели и задачи его проведения.",
        "Лугов Пётр Ильич, методист, в своём выступлении отметил, что приборы собирают сами ученики.",
        "В заключение Пётр Ильич ответил на вопросы.",
    ]


def test_further_paragraphs_of_a_talk_are_paragraphs() -> None:
    talk = TalkFactory(speaker=man(), post="методист", title="", text="первое\n\nВторое.\nТретье?")
    assert plain(wording.talk_paragraphs(talk, talk.outcome.event, [])) == [
        "Лугов Пётр Ильич, методист, в своём выступлении отметил, что первое.",
        "Второе.",
        "Третье?",
    ]


# -- Problem areas, appeals, decisions ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "areas", "sentence"),
    [
        ("", ["нехватка реактивов."], "Была выявлена проблемная зона: нехватка реактивов."),
        ("", ["нехватка;", "теснота"], "Были выявлены проблемные зоны: нехватка; теснота."),
        ("года", ["теснота"], "По итогам года была выявлена и проблемная зона: теснота."),
        ("года", ["нехватка", "теснота"], "По итогам года были выявлены и проблемные зоны: нехватка; теснота."),
    ],
)
def test_problem_areas(source: str, areas: list[str], sentence: str) -> None:
    outcome = OutcomeFactory(problem_source=source)
    for text in areas:
        ProblemAreaFactory(outcome=outcome, text=text)
    assert wording.problem_areas(outcome) == [sentence]


def test_problem_areas_stand_before_the_answers_whose_last_words_are_the_appeals() -> None:
    outcome = OutcomeFactory()
    TalkFactory(outcome=outcome, position=1, speaker=man(), post="методист", title="", text="первое")
    TalkFactory(outcome=outcome, position=2, speaker=woman(), act=TalkAct.ANSWERED, text="сроков.")
    TalkFactory(outcome=outcome, position=3, speaker=man(), act=TalkAct.SHARED, post="учитель", text="школы")
    ProblemAreaFactory(outcome=outcome)
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text="прислать фото.")
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text="сообщить адрес")
    assert written(outcome) == [
        "Лугов Пётр Ильич, методист, в своём выступлении отметил, что первое.",
        "Была выявлена проблемная зона: нехватка реактивов.",
        "В заключение Мария Игоревна ответила на вопросы, касающиеся сроков, "
        "и обратилась к РВЦИ прислать фото; сообщить адрес.",
        "Продолжил тему вебинара Лугов Пётр Ильич, учитель. Он поделился опытом школы.",
    ]


def test_without_answers_problem_areas_and_appeals_follow_the_talks() -> None:
    outcome = OutcomeFactory()
    TalkFactory(outcome=outcome, speaker=man(), post="методист", title="", text="первое")
    ProblemAreaFactory(outcome=outcome)
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text="прислать фото")
    assert written(outcome) == [
        "Лугов Пётр Ильич, методист, в своём выступлении отметил, что первое.",
        "Была выявлена проблемная зона: нехватка реактивов.",
        "К РВЦИ обратились с просьбой прислать фото.",
    ]


def test_one_decision_is_a_sentence_and_information_follows() -> None:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text="Записи лежат на сайте")
    DecisionFactory(outcome=outcome, text="составить список.", due_on=DUE_ON)
    assert written(outcome) == [
        "В результате было принято решение до 6 апреля 2026 г. составить список.",
        "Записи лежат на сайте.",
    ]


def test_several_decisions_are_a_numbered_list() -> None:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, text="составить список;")
    DecisionFactory(outcome=outcome, text="прислать его")
    assert written(outcome) == [
        "В результате были приняты решения:",
        "1) до 6 апреля 2026 г. составить список;",
        "2) до 6 апреля 2026 г. прислать его.",
    ]


def test_year_keeps_its_stop_and_gets_no_second() -> None:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, text="составить план на октябрь–декабрь 2026 г.")
    assert written(outcome) == [
        "В результате было принято решение до 6 апреля 2026 г. составить план на октябрь–декабрь 2026 г."
    ]


@pytest.mark.parametrize(
    ("text", "ended"),
    [("Да", "Да."), ("Да.", "Да."), ("Да!", "Да!"), ("Да?", "Да?"), ("Да: ", "Да:"), ("Да…", "Да…"), ("Да;", "Да;")],
)
def test_sentence_ends_once(text: str, ended: str) -> None:
    assert wording.sentence(text) == ended
