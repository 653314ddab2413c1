"""What stands between an outcome and its filing, in words and with the place where it is mended."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from centers.models import CalendarYear, Center
from events.models import Outcome
from events.models.outcome import DecisionKind, TalkAct
from reports.composing import content, lint
from reports.composing.findings import Finding
from tests.factories.centers import CenterFactory, CoordinatorFactory, OrganizationFactory, PersonFactory
from tests.factories.events import (
    DecisionFactory,
    OutcomeFactory,
    OutcomeFigureFactory,
    ProblemAreaFactory,
    TalkFactory,
    ready_outcome,
)
from tests.factories.moments import DUE_ON, FILED_AT
from tests.factories.reports import Office
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
        Finding("Заголовок письма начинается с «О» или «Об».", "subject_line"),
        Finding("Внесите хотя бы одно выступление или «Итоги в целом».", "talks"),
        Finding("Внесите решение, обращение или пункт «К сведению».", "decisions"),
    ]


def test_organization_that_owes_and_cannot_be_written_to_is_named() -> None:
    silent = OrganizationFactory(email="")
    words = f"Нет адреса электронной почты: {silent}. Поручение будет, но письмо туда не уйдёт."
    assert list(lint.others_without_mail([OrganizationFactory(), silent])) == [Finding(words, blocks=False)]


def test_refusal_holds_all_findings_in_words() -> None:
    outcome = OutcomeFactory()
    with refused(
        lint.OutcomeNotReady,
        "Итоги пока нельзя направить. Внесите хотя бы одно выступление или «Итоги в целом». "
        "Внесите решение, обращение или пункт «К сведению».",
    ):
        lint.refuse_unready(outcome, at=FILED_AT)


@pytest.mark.parametrize(
    ("debtors", "undeclined"),
    [
        ("управления образования", True),
        ("муниципальные органы управления образованием", True),
        ("директор лицея", True),
        ("руководители школ", True),
        ("управлениям образования", False),
        ("муниципальным органам управления образованием", False),
        ("администрации района", False),
        ("директору лицея", False),
        ("ОГБУ «РЦРО»", False),
    ],
)
def test_others_who_owe_are_named_in_the_dative(debtors: str, undeclined: bool) -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, debtors=debtors)
    words = f"Исполнителей пишут в дательном падеже: «управлениям», а не «{debtors}»."
    asked = Finding(words, "decisions-1-debtors", blocks=False)
    assert ([one.words for one in found(outcome)].count(asked.words) == 1) is undeclined


@pytest.mark.parametrize("subject_line", ["О проведении", "Об итогах", "О\u00a0семинаре", "Об\u00a0итогах"])
def test_heading_begins_with_about(subject_line: str) -> None:
    assert found(ready_outcome(subject_line=subject_line)) == []


@pytest.mark.parametrize("subject_line", ["", "Итоги", "Отчёт", "Обзор", "об итогах"])
def test_heading_that_does_not(subject_line: str) -> None:
    assert [finding.anchor for finding in found(ready_outcome(subject_line=subject_line))] == ["subject_line"]


def test_speaker_without_a_post() -> None:
    outcome = ready_outcome()
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна")
    TalkFactory(outcome=outcome, speaker=speaker, post="")
    assert found(outcome) == [Finding("Не указана должность: Ветрова М.И.", "talks-1-post")]


def test_who_answers_questions_after_their_talk_needs_neither_post_nor_text() -> None:
    outcome = ready_outcome()
    opened = TalkFactory(outcome=outcome, act=TalkAct.OPENED, text="")
    TalkFactory(outcome=outcome, act=TalkAct.ANSWERED, speaker=opened.speaker, post="", text="")
    assert found(outcome) == []


def test_who_only_answers_questions_is_named_with_the_post() -> None:
    outcome = ready_outcome()
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна")
    TalkFactory(outcome=outcome, speaker=speaker, act=TalkAct.ANSWERED, post="", text="")
    assert found(outcome) == [Finding("Не указана должность: Ветрова М.И.", "talks-1-post")]


@pytest.mark.parametrize("act", [TalkAct.REPORTED, TalkAct.SHARED])
def test_talk_without_content(act: str) -> None:
    outcome = ready_outcome()
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна")
    TalkFactory(outcome=outcome, speaker=speaker, act=act, text="")
    assert found(outcome) == [Finding("Не внесено содержание выступления: Ветрова М.И.", "talks-1-text")]


def test_decision_without_a_term() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, due_on=None)
    DecisionFactory(outcome=outcome, due_on=None, kind=DecisionKind.INFORMATION)
    DecisionFactory(outcome=outcome, due_on=None, kind=DecisionKind.APPEAL)
    words = "У решения нет срока. Укажите срок или отметьте «К сведению»."
    assert found(outcome) == [Finding(words, "decisions-1-due_on")]


def test_term_that_is_over() -> None:
    outcome = ready_outcome()
    assert found(outcome, ON_THE_TERM) == []
    after = ON_THE_TERM + datetime.timedelta(hours=1)
    assert found(outcome, after) == [Finding("Срок решения 06.04.2026 уже прошёл.", "decisions-0-due_on")]


@pytest.mark.parametrize("place", ["salutation", "addressee", "problem_source"])
def test_figure_that_is_not_in_the_list(place: str) -> None:
    outcome = ready_outcome(**{place: "Итоги [[проекты]]"})
    words = "Показателя «проекты» нет в списке. Вставьте его кнопкой «Вставить показатель»."
    assert found(outcome) == [Finding(words, place)]


def test_name_that_the_portal_keeps_for_itself() -> None:
    outcome = ready_outcome()
    OutcomeFigureFactory(outcome=outcome, name=content.PRESENT)
    words = f"Показатель «{content.PRESENT}» портал считает сам. Назовите свой иначе."
    assert found(outcome) == [Finding(words, "figures")]


def test_character_that_the_letter_cannot_print() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, text="составить 漢")
    (finding,) = found(outcome)
    assert finding.anchor == "decisions-1-text"
    assert "漢" in finding.words


def test_heading_without_a_stop() -> None:
    assert found(ready_outcome(subject_line="Об итогах.")) == [
        Finding("Точку в конце заголовка не ставят.", "subject_line")
    ]


# -- Terms on days off ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (datetime.date(2026, 4, 11), "Срок 11.04.2026 – суббота. Поставить 13.04.2026?"),
        (datetime.date(2026, 4, 12), "Срок 12.04.2026 – воскресенье. Поставить 13.04.2026?"),
        (datetime.date(2026, 5, 1), "Срок 01.05.2026 – нерабочий день. Поставить 04.05.2026?"),
    ],
)
def test_term_on_a_day_off_offers_the_next_working_day(due_on: datetime.date, words: str) -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, due_on=due_on)
    (finding,) = found(outcome)
    assert finding == Finding(words, "decisions-1-due_on", blocks=False)
    assert finding.act
    assert (finding.act.label, finding.act.fields) == (
        words.split(". ")[1].rstrip("?"),
        {"decision": "1", "version": str(outcome.version)},
    )
    lint.refuse_unready(outcome, at=FILED_AT)


def test_term_on_a_day_moved_by_decree_and_on_a_worked_saturday() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, due_on=datetime.date(2026, 5, 11))
    DecisionFactory(outcome=outcome, due_on=datetime.date(2027, 2, 20))
    (finding,) = found(outcome)
    assert finding.words == "Срок 11.05.2026 – нерабочий день. Поставить 12.05.2026?"


def test_term_in_a_year_without_a_known_decree_is_doubted_until_somebody_puts_it_down() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, due_on=datetime.date(2028, 1, 11))
    (finding,) = found(outcome)
    doubt = (
        "Производственный календарь 2028 года портал не знает: перенесённые дни не учтены. Проверьте срок 11.01.2028."
    )
    assert finding == Finding(doubt, "decisions-1-due_on", blocks=False)
    year = CalendarYear.objects.create(year=2028, decree="от 01.10.2027 № 1")
    assert found(outcome) == []
    year.days.create(day=datetime.date(2028, 1, 11))
    (finding,) = found(outcome)
    assert finding.words == "Срок 11.01.2028 – нерабочий день. Поставить 12.01.2028?"


def test_term_on_a_working_day_is_silent() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, due_on=datetime.date(2026, 4, 13))
    assert found(outcome) == []


# -- What the texts say -----------------------------------------------------------------------------


def spoken(text: str) -> Outcome:
    """A ready outcome whose second talk says this."""
    outcome = ready_outcome()
    speaker = PersonFactory(surname="Ветрова", given_name="Мария", patronymic="Игоревна", gender="f")
    TalkFactory(outcome=outcome, speaker=speaker, text=text)
    return outcome


def test_number_typed_by_hand_blocks_and_says_where() -> None:
    outcome = spoken("на смену приехали 60 обучающихся")
    words = "Число введено вручную: «60 обучающихся». Вставьте показатель или укажите источник."
    assert found(outcome) == [Finding(words, "talks-1-text")]
    with refused(lint.OutcomeNotReady, f"Итоги пока нельзя направить. Выступление 2: {words}"):
        lint.refuse_unready(outcome, at=FILED_AT)


def test_number_that_has_its_source_is_silent() -> None:
    outcome = spoken("на смену приехали 60 обучающихся, в округе [[дети]]")
    typed = {"query": "", "parameters": {}, "source": "Письмо управления № 7"}
    OutcomeFigureFactory(outcome=outcome, name="дети", typed="более 350 школьников", **typed)
    OutcomeFigureFactory(outcome=outcome, name="смена", typed="60 обучающихся", **typed)
    assert found(outcome) == []


def test_decision_may_ask_for_a_number() -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, text="направить на смену 5 обучающихся и 2 педагогов")
    assert found(outcome) == []


def test_parts_that_exceed_the_whole_are_found_in_what_will_be_printed() -> None:
    outcome = spoken("работали [[центры]], в т.ч. [[сельские]]")
    OutcomeFigureFactory(outcome=outcome, name="сельские", query="", typed="5 сельских", source="Отчёт", parameters={})
    words = "В том числе (5) больше общего числа (0). Проверьте."
    assert found(outcome) == [Finding(words, "talks-1-text")]


def test_parts_that_fit_are_silent() -> None:
    outcome = spoken("работали [[все]], в т.ч. [[сельские]]")
    for name, typed in (("все", "8 организаций"), ("сельские", "5 сельских")):
        OutcomeFigureFactory(outcome=outcome, name=name, query="", typed=typed, source="Отчёт", parameters={})
    assert found(outcome) == []


def test_part_and_whole_of_different_times() -> None:
    outcome = spoken("занимались [[вся]], из них [[часть]]")
    OutcomeFigureFactory(outcome=outcome, name="вся", query="centers_with_status", parameters={"year": 2026})
    part = OutcomeFigureFactory(outcome=outcome, name="часть", query="centers_granted", parameters={"year": 2025})
    words = "Показатели «часть» и «вся» взяты за разное время. Проверьте."
    assert found(outcome) == [Finding(words, "talks-1-text", blocks=False)]
    part.parameters = {"year": 2026}
    part.save(update_fields=["parameters"])
    assert found(outcome) == []


def test_gap_that_nobody_filled() -> None:
    words = "В тексте осталось незаполненное место: «___». Заполните или удалите его."
    assert found(spoken("открыт центр в ___")) == [Finding(words, "talks-1-text")]


def test_verb_that_does_not_agree_with_the_speaker_is_advice() -> None:
    outcome = spoken("сеть растёт. Далее подчеркнул роль школ")
    words = "Ветрова М.И.: «подчеркнул» не согласуется с именем. Напишите «подчеркнула»."
    assert found(outcome) == [Finding(words, "talks-1-text", blocks=False)]
    lint.refuse_unready(outcome, at=FILED_AT)


# -- Who gets no message ----------------------------------------------------------------------------


def test_center_without_any_address() -> None:
    silent = CenterFactory(organization__email="", organization__short_name="Лицей № 7")
    CenterFactory(organization__email="school@school.example")
    reached = CoordinatorFactory(center=CenterFactory(organization__email=""), person__email="k@school.example").center
    said = list(lint.without_mail(Center.objects.select_related("organization").order_by("pk"), FILED_AT.date()))
    assert reached.organization.email == ""
    words = "Нет адреса электронной почты: Лицей № 7. Письмо туда не уйдёт."
    assert said == [Finding(words, url=f"/centers/{silent.pk}/", blocks=False)]


def test_many_centers_without_an_address_are_counted(django_assert_num_queries: Callable) -> None:
    for _ in range(7):
        CenterFactory(organization__email="")
    with django_assert_num_queries(2):
        said = list(lint.without_mail(Center.objects.select_related("organization").order_by("pk"), FILED_AT.date()))
    assert len(said) == 6
    assert said[-1] == Finding("Без адреса ещё 2 РВЦИ.", url="/centers/", blocks=False)


# -- The places -------------------------------------------------------------------------------------


def test_every_anchor_is_a_place_of_the_editor(client: Client, office: Office) -> None:
    outcome = spoken("приехали 60 обучающихся")
    ProblemAreaFactory(outcome=outcome, text="нет ___")
    TalkFactory(outcome=outcome, post="", text="", act=TalkAct.REPORTED, title="Доклад ___", capacity="Заведующий ___")
    DecisionFactory(outcome=outcome, due_on=None, text="сделать ___")
    for name in ("subject_line", "addressee", "salutation", "problem_source"):
        setattr(outcome, name, "Кому ___")
    outcome.save(update_fields=["subject_line", "addressee", "salutation", "problem_source"])
    client.force_login(office.methodist)
    page = client.get(f"/outcomes/{outcome.pk}/edit/").content.decode()
    anchors = {finding.anchor for finding in found(outcome)}
    assert anchors == {
        *("subject_line", "addressee", "salutation", "problem_source", "problems-0"),
        *("talks-1-text", "talks-2-post", "talks-2-text", "talks-2-title", "talks-2-capacity"),
        *("decisions-1-due_on", "decisions-1-text"),
    }
    assert {anchor for anchor in anchors | {"talks", "decisions"} if page.count(f'id="{anchor}"') != 1} == set()
