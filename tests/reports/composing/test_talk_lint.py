"""Who spoke, as what and from where, on what; and what the portal says itself: advice, each at its field."""

import pytest

from events.models import Outcome
from events.models.event import EventKind
from events.models.outcome import DecisionKind, TalkAct
from reports.composing import lint
from reports.composing.lint import Finding
from tests.factories.centers import PersonFactory
from tests.factories.events import DecisionFactory, TalkFactory, ready_outcome
from tests.factories.moments import DUE_ON, FILED_AT

pytestmark = pytest.mark.django_db


def found(outcome: Outcome) -> list[Finding]:
    return list(lint.findings(outcome, at=FILED_AT))


def spoken(**fields: object) -> Outcome:
    outcome = ready_outcome()
    names = {"surname": "Ветрова", "given_name": "Мария", "patronymic": "Игоревна", "gender": "f"}
    speaker = PersonFactory(**names | fields.pop("names", {}))  # type: ignore[operator]
    TalkFactory(outcome=outcome, speaker=speaker, **fields)
    return outcome


@pytest.mark.parametrize(
    "post",
    [
        "старший методист",
        "начальник отдела развития сетей",
        "методист, координатор РВЦИ",
        "учитель физики высшей категории",
        "заместитель директора по научно-методической работе",
        "доцент, кандидат технических наук",
    ],
)
def test_post_without_an_organisation(post: str) -> None:
    words = f"Ветрова М.И.: в должности «{post}» не названа организация."
    assert found(spoken(post=post)) == [Finding(words, "talks-1-post", blocks=False)]


@pytest.mark.parametrize(
    "post",
    [
        "старший методист отдела развития сетей ОГБУ «РЦРО»",
        "заместитель директора МАОУ Гуманитарного лицея г. Томска, координатор РВЦИ",
        "учитель физики Лицея № 1",
        "учитель Песчаной школы",
        "методист МАОУ гимназии «Ключи» г. Томска, координатор РВЦИ",
        "педагог-организатор МАОУ ДО ДЮЦ «Плёс» г. Колпашево",
        "доцент Сибирской инженерной академии, кандидат технических наук",
        "начальник управления образования",
        "депутат Думы",
        "индивидуальный предприниматель",
        "ветеран педагогического труда",
        "консультант Департамента общего образования",
        "директор Дома детского творчества",
        "воспитатель детского сада",
        "инженер завода",
    ],
)
def test_post_that_names_one_or_needs_none(post: str) -> None:
    assert found(spoken(post=post)) == []


@pytest.mark.parametrize("names", [{"given_name": "М."}, {"given_name": "М", "patronymic": "И."}, {"patronymic": "И"}])
def test_speaker_known_by_initials_only(names: dict[str, str]) -> None:
    words = "Ветрова М.И.: вместо имени инициалы. Внесите имя и отчество полностью в справочник людей."
    assert found(spoken(names=names)) == [Finding(words, "talks-1-speaker", blocks=False)]


def test_speaker_without_a_patronymic_is_right() -> None:
    assert found(spoken(names={"patronymic": ""})) == []


def test_report_without_a_topic() -> None:
    (finding,) = found(spoken(title=""))
    assert finding == Finding("Не указана тема выступления: Ветрова М.И.", "talks-1-title", blocks=False)
    assert found(spoken(title="", act=TalkAct.OPENED)) == found(spoken(title="", act=TalkAct.SHARED)) == []


@pytest.mark.parametrize(
    ("act", "text", "own"),
    [
        (
            TalkAct.OPENED,
            "Обозначила цели и задачи вебинара.",
            "…, открывая вебинар, обозначила основные цели и задачи его проведения",
        ),
        (
            TalkAct.OPENED,
            "Открывая вебинар, приветствовала коллег.",
            "…, открывая вебинар, обозначила основные цели и задачи его проведения",
        ),
        (TalkAct.REPORTED, "отметила, что сеть растёт", "… в своём выступлении отметила, что"),
        (TalkAct.REPORTED, "что сеть растёт", "… в своём выступлении отметила, что"),
        (TalkAct.SHARED, "поделилась опытом проведения смен", "… поделилась опытом"),
        (TalkAct.SHARED, "опытом проведения смен", "… поделилась опытом"),
        (TalkAct.ANSWERED, "ответила на вопросы о сроках", "… ответила на вопросы, касающиеся"),
        (TalkAct.ANSWERED, "вопросы коллег", ""),
    ],
)
def test_what_the_portal_says_itself(act: str, text: str, own: str) -> None:
    words = f"Портал сам пишет «{own}», а текст это повторяет. Уберите повтор."
    assert found(spoken(act=act, text=text)) == ([Finding(words, "talks-1-text", blocks=False)] if own else [])


def test_the_editor_says_beside_the_field_what_the_portal_writes(office_page: str) -> None:
    own = "«…, открывая панорамный семинар, обозначил(а) основные цели и задачи его проведения.»"
    assert own in office_page


@pytest.fixture
def office_page(client, office) -> str:  # type: ignore[no-untyped-def]
    outcome = ready_outcome()
    outcome.event.kind = EventKind.PANORAMA_SEMINAR
    outcome.event.save(update_fields=["kind"])
    client.force_login(office.methodist)
    return client.get(f"/outcomes/{outcome.pk}/edit/").content.decode()


# -- Decisions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "term", ["до 6 апреля 2026 г.", "до 06.04.2026", "до 6 апреля", "не позднее 6 апреля 2026 года"]
)
def test_term_that_the_portal_writes_itself(term: str) -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, text=f"{term} составить план смены", due_on=DUE_ON)
    words = "Срок назван дважды: портал сам пишет «до 6\u00a0апреля\u00a02026\u00a0г.». Уберите его."
    assert found(outcome) == [Finding(words, "decisions-1-text", blocks=False)]


@pytest.mark.parametrize("text", ["составить план до 1 сентября 2026 г.", "подвести итоги на 6 апреля 2026 г."])
def test_another_day_in_a_decision_is_its_own_matter(text: str) -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, text=text, due_on=DUE_ON)
    assert found(outcome) == []


@pytest.mark.parametrize(
    ("kind", "text", "own"),
    [
        (DecisionKind.DECISION, "Принято решение составить план", "В результате было принято решение"),
        (DecisionKind.APPEAL, "обратилась к РВЦИ прислать фото", "… обратились к РВЦИ"),
    ],
)
def test_beginning_of_a_decision_that_the_portal_writes_itself(kind: str, text: str, own: str) -> None:
    outcome = ready_outcome()
    DecisionFactory(outcome=outcome, kind=kind, text=text, due_on=DUE_ON if kind == DecisionKind.DECISION else None)
    words = f"Портал сам пишет «{own} …», а текст это повторяет. Уберите повтор."
    assert found(outcome) == [Finding(words, "decisions-1-text", blocks=False)]


def test_request_with_a_term_that_nobody_follows() -> None:
    outcome = ready_outcome()
    text = "Просим прислать фотографии до 1 июня 2026 г."
    DecisionFactory(outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text=text)
    words = "«до 1 июня 2026 г.»: за этим сроком портал не следит. Срок с исполнителями даёт решение в итогах."
    assert found(outcome) == [Finding(words, "decisions-1-text", blocks=False)]
    outcome.decisions.last().delete()
    DecisionFactory(
        outcome=outcome, kind=DecisionKind.INFORMATION, due_on=None, text="Записи открыты до 1 июня 2026 г."
    )
    assert found(outcome) == []
