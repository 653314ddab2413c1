"""What stands between an outcome and its filing, in words and with the place where it is mended."""

import datetime

import pytest

from events.models import Outcome
from events.models.outcome import DecisionKind, TalkAct
from reports import content, lint
from reports.lint import Finding
from tests.factories.centers import PersonFactory
from tests.factories.events import DecisionFactory, OutcomeFactory, OutcomeFigureFactory, TalkFactory, ready_outcome
from tests.factories.moments import DUE_ON, FILED_AT
from tests.untouched import refused

pytestmark = pytest.mark.django_db
ON_THE_TERM = datetime.datetime.combine(DUE_ON, datetime.time(23), FILED_AT.tzinfo)


def found(outcome: Outcome, at: datetime.datetime = FILED_AT) -> list[Finding]:
    return list(lint.findings(outcome, at=at))


def test_ready_outcome_has_none() -> None:
    outcome = ready_outcome()
    assert found(outcome) == []
    lint.refuse_unready(outcome, at=FILED_AT)


def test_empty_outcome() -> None:
    assert found(OutcomeFactory(subject_line="Итоги")) == [
        Finding("Заголовок письма начинается с «О» или «Об».", "letter"),
        Finding("Внесите хотя бы одно выступление.", "talks"),
        Finding("Внесите решение, обращение или пункт «К сведению».", "decisions"),
    ]


def test_refusal_holds_all_findings_in_words() -> None:
    outcome = OutcomeFactory()
    with refused(
        lint.NotReady,
        "Итоги пока нельзя направить. Внесите хотя бы одно выступление. "
        "Внесите решение, обращение или пункт «К сведению».",
    ):
        lint.refuse_unready(outcome, at=FILED_AT)


@pytest.mark.parametrize("subject_line", ["О проведении", "Об итогах", "О\u00a0семинаре", "Об\u00a0итогах"])
def test_heading_begins_with_about(subject_line: str) -> None:
    assert found(ready_outcome(subject_line=subject_line)) == []


@pytest.mark.parametrize("subject_line", ["", "Итоги", "Отчёт", "Обзор", "об итогах"])
def test_heading_that_does_not(subject_line: str) -> None:
    assert [finding.anchor for finding in found(ready_outcome(subject_line=subject_line))] == ["letter"]


def test_speaker_without_a_post() -> None:
    outcome = ready_outcome()
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна")
    TalkFactory(outcome=outcome, speaker=speaker, post="")
    assert found(outcome) == [Finding("Не указана должность: Ветрова М.И.", "talks")]


def test_who_answers_questions_needs_neither_post_nor_text() -> None:
    outcome = ready_outcome()
    TalkFactory(outcome=outcome, act=TalkAct.ANSWERED, post="", text="")
    TalkFactory(outcome=outcome, act=TalkAct.OPENED, text="")
    assert found(outcome) == []


@pytest.mark.parametrize("act", [TalkAct.REPORTED, TalkAct.SHARED])
def test_talk_without_content(act: str) -> None:
    outcome = ready_outcome()
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна")
    TalkFactory(outcome=outcome, speaker=speaker, act=act, text="")
    assert found(outcome) == [Finding("Не внесено содержание выступления: Ветрова М.И.", "talks")]


def test_decision_without_a_term() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, due_on=None)
    DecisionFactory(outcome=outcome, due_on=None, kind=DecisionKind.INFORMATION)
    DecisionFactory(outcome=outcome, due_on=None, kind=DecisionKind.APPEAL)
    words = "У решения нет срока. Укажите срок или отметьте «К сведению»."
    assert found(outcome) == [Finding(words, "decisions")]


def test_term_that_is_over() -> None:
    outcome = ready_outcome()
    assert found(outcome, ON_THE_TERM) == []
    after = ON_THE_TERM + datetime.timedelta(hours=1)
    assert found(outcome, after) == [Finding("Срок решения 06.04.2026 уже прошёл.", "decisions")]


@pytest.mark.parametrize("place", ["salutation", "addressee", "problem_source"])
def test_figure_that_is_not_in_the_list(place: str) -> None:
    outcome = ready_outcome(**{place: "Итоги [[проекты]]"})
    words = "Показателя «проекты» нет в списке. Вставьте его кнопкой «Вставить показатель»."
    assert found(outcome) == [Finding(words, "figures")]


def test_name_that_the_portal_keeps_for_itself() -> None:
    outcome = ready_outcome()
    OutcomeFigureFactory(outcome=outcome, name=content.PRESENT)
    words = f"Показатель «{content.PRESENT}» портал считает сам. Назовите свой иначе."
    assert found(outcome) == [Finding(words, "figures")]


def test_character_that_the_letter_cannot_print() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, text="составить 漢")
    (finding,) = found(outcome)
    assert finding.anchor == "talks"
    assert "漢" in finding.words
