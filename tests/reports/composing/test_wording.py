"""The sentences that every outcome letter uses, with their agreement, their stops and their order."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from events.models import Outcome
from events.models.event import EventKind
from events.models.outcome import DecisionKind, TalkAct
from reports.composing import wording
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
TOMSK = ZoneInfo("Asia/Tomsk")
NBSP = "\u00a0"


def plain(paragraphs: list[str] | str) -> list[str] | str:
    """With ordinary spaces, for eyes."""
    if isinstance(paragraphs, str):
        return paragraphs.replace(NBSP, " ")
    return [paragraph.replace(NBSP, " ") for paragraph in paragraphs]


def written(outcome: Outcome) -> list[str]:
    """Without the two sentences about the event."""
    return plain(wording.said(outcome))


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
        (EventKind.OLYMPIAD, "проведена олимпиада"),
        (EventKind.CONTEST, "проведён конкурс"),
        (EventKind.CHAMPIONSHIP, "проведено первенство"),
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


def test_meeting_of_another_body_took_place_without_our_department() -> None:
    event = EventFactory(kind=EventKind.BODY_MEETING, body="экспертного совета", topic="План", purpose="согласования")
    assert plain(wording.held(event, INSTITUTION)) == (
        "12 марта 2026 года состоялось заседание экспертного совета «План» с целью согласования."
    )
    event.schedule = PlanScheduleFactory()
    assert plain(wording.held(event, INSTITUTION)).endswith(
        "на 2026 год 12 марта 2026 года состоялось заседание экспертного совета «План» с целью согласования."
    )


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ((2026, 3, 2), (2026, 3, 8), "со 2 по 8 марта 2026 года проведена олимпиада"),
        ((2026, 3, 3), (2026, 3, 3), "3 марта 2026 года проведена олимпиада"),
        ((2026, 2, 27), (2026, 3, 2), "с 27 февраля по 2 марта 2026 года проведена олимпиада"),
        ((2026, 12, 28), (2027, 1, 9), "с 28 декабря 2026 года по 9 января 2027 года проведена олимпиада"),
    ],
)
def test_event_of_several_days(first: tuple[int, int, int], last: tuple[int, int, int], words: str) -> None:
    starts_at, ends_at = (datetime.datetime(*day, hour, tzinfo=TOMSK) for day, hour in ((first, 10), (last, 23)))
    event = EventFactory(kind=EventKind.OLYMPIAD, starts_at=starts_at, ends_at=ends_at)
    assert f"{INSTITUTION} {words} «" in plain(wording.held(event, INSTITUTION))


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
        (
            woman,
            TalkAct.ANSWERED,
            "В заключение Ветрова Мария Игоревна, методист, ответила на вопросы, касающиеся Т.",
        ),
        (man, TalkAct.ANSWERED, "В заключение Лугов Пётр Ильич, методист, ответил на вопросы, касающиеся Т."),
    ],
)
def test_sentence_follows_from_what_the_speaker_did(speaker: type, act: str, expected: str) -> None:
    talk = TalkFactory(speaker=speaker(), act=act, post="методист", title="Тема", text="Т")
    assert plain(wording.talk_paragraphs(talk, talk.outcome.event, [])) == [expected]


def test_who_spoke_before_answers_without_the_post() -> None:
    outcome, speaker = OutcomeFactory(), woman()
    TalkFactory(outcome=outcome, position=1, speaker=speaker, post="методист", title="", text="первое")
    TalkFactory(outcome=outcome, position=2, speaker=speaker, act=TalkAct.ANSWERED, post="методист", text="")
    TalkFactory(outcome=outcome, position=3, speaker=man(), act=TalkAct.ANSWERED, post="", text="")
    assert written(outcome)[1:] == [
        "В заключение Мария Игоревна ответила на вопросы.",
        "В заключение Лугов Пётр Ильич ответил на вопросы.",
    ]


@pytest.mark.parametrize(
    ("names", "answered"),
    [
        ({"given_name": "Амина", "patronymic": ""}, "В заключение Амина Каримова ответила на вопросы."),
        ({"given_name": "А.", "patronymic": "Р."}, "В заключение А.Р. Каримова ответила на вопросы."),
        ({"given_name": "А.", "patronymic": ""}, "В заключение А. Каримова ответила на вопросы."),
    ],
)
def test_speaker_without_a_patronymic_is_named_in_full(names: dict[str, str], answered: str) -> None:
    speaker = PersonFactory(surname="Каримова", gender="f", **names)
    talk = TalkFactory(speaker=speaker, act=TalkAct.ANSWERED, text="")
    assert plain(wording.talk_paragraphs(talk, talk.outcome.event, [], introduced=True)) == [answered]


def test_quotes_inside_what_the_portal_quotes_are_of_the_other_kind() -> None:
    schedule = PlanScheduleFactory(project_title="Сеть «Опора»")
    event = EventFactory(schedule=schedule, topic="Проект «Сириус»", purpose="обмена опытом")
    held = plain(wording.held(event, INSTITUTION))
    assert "проекта «Сеть „Опора“» на 2026 год" in held
    assert "вебинар «Проект „Сириус“» с целью" in held
    talk = TalkFactory(speaker=man(), post="методист", title="«Урок «Река»»", text="первое")
    assert plain(wording.talk_paragraphs(talk, talk.outcome.event, [])) == [
        "Лугов Пётр Ильич, методист, в своём выступлении «Урок „Река“» отметил, что первое."
    ]


def test_what_is_not_given_leaves_no_trace() -> None:
    outcome = OutcomeFactory()
    speaker = man()
    TalkFactory(outcome=outcome, speaker=woman(), act=TalkAct.OPENED, capacity="Координатор сети", post="", text="")
    TalkFactory(outcome=outcome, speaker=speaker, act=TalkAct.REPORTED, post="методист", title="")
    TalkFactory(outcome=outcome, speaker=speaker, act=TalkAct.ANSWERED, text="")
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
    TalkFactory(outcome=outcome, position=2, speaker=woman(), act=TalkAct.ANSWERED, post="", text="сроков.")
    TalkFactory(outcome=outcome, position=3, speaker=man(), act=TalkAct.SHARED, post="учитель", text="школы")
    ProblemAreaFactory(outcome=outcome)
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text="прислать фото.")
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text="сообщить адрес")
    assert written(outcome) == [
        "Лугов Пётр Ильич, методист, в своём выступлении отметил, что первое.",
        "Была выявлена проблемная зона: нехватка реактивов.",
        "В заключение Ветрова Мария Игоревна ответила на вопросы, касающиеся сроков, "
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


@pytest.mark.parametrize("text", ["с просьбой прислать фото", "с предложением прислать фото", "за помощью с фото"])
def test_an_appeal_that_says_itself_what_it_is_stays_as_it_is(text: str) -> None:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text=text)
    assert written(outcome) == [f"К РВЦИ обратились {text}."]
    TalkFactory(outcome=outcome, speaker=woman(), act=TalkAct.ANSWERED, post="", text="")
    assert written(outcome) == [f"В заключение Ветрова Мария Игоревна ответила на вопросы, и обратилась к РВЦИ {text}."]


@pytest.mark.parametrize("text", ["с 1 мая прислать фото", "за неделю до смены прислать план", "с мая вести учёт"])
def test_an_appeal_that_begins_with_a_day_is_asked_for(text: str) -> None:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, kind=DecisionKind.APPEAL, due_on=None, text=text)
    assert written(outcome) == [f"К РВЦИ обратились с просьбой {text}."]


def test_what_begins_a_sentence_begins_with_a_capital() -> None:
    outcome = OutcomeFactory()
    TalkFactory(outcome=outcome, speaker=woman(), act=TalkAct.OPENED, text="напомнила о сроках")
    text = "записи лежат на сайте\n адрес там же"
    DecisionFactory(outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text=text)
    opened, *information = written(outcome)
    assert opened.endswith("цели и задачи его проведения. Напомнила о сроках.")
    assert information == ["Записи лежат на сайте.", "Адрес там же."]


def test_one_decision_is_a_sentence_and_information_follows() -> None:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text="Записи лежат на сайте")
    DecisionFactory(outcome=outcome, text="составить список.", due_on=DUE_ON)
    assert written(outcome) == [
        "В результате было принято решение до 6 апреля 2026 г. составить список.",
        "Записи лежат на сайте.",
    ]


def test_decision_with_a_period_and_with_debtors_of_other_kinds() -> None:
    outcome = OutcomeFactory()
    first, last = datetime.date(2026, 5, 3), datetime.date(2026, 5, 14)
    DecisionFactory(
        outcome=outcome, text="провести отбор", starts_on=first, due_on=last, debtors="управлениям образования"
    )
    DecisionFactory(outcome=outcome, text="прислать списки", debtors="управлениям образования.")
    assert written(outcome) == [
        "В результате были приняты решения:",
        "1) управлениям образования с 3 по 14 мая 2026 г. провести отбор;",
        "2) управлениям образования до 6 апреля 2026 г. прислать списки.",
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


def test_lines_within_a_sentence_are_parted_and_those_for_information_are_paragraphs() -> None:
    outcome = OutcomeFactory()
    ProblemAreaFactory(outcome=outcome, text="слабая подготовка\nнехватка реактивов.")
    DecisionFactory(outcome=outcome, text="составить перечень\nприслать его")
    DecisionFactory(outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text="первое\nвторое")
    assert written(outcome) == [
        "Были выявлены проблемные зоны: слабая подготовка; нехватка реактивов.",
        "В результате было принято решение до 6 апреля 2026 г. составить перечень; прислать его.",
        "Первое.",
        "Второе.",
    ]
