"""Forms of events against what people type by mistake or on purpose: words, the status, and nothing lost."""

import datetime
from html import escape
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from events.models import Event, Outcome, PlanSchedule
from events.models.event import EventStatus
from rcro_portal.lib.drafts.writing import TextChanged
from rcro_portal.lib.text import TALK_LIMIT
from tests import clock
from tests.factories import centers, events
from tests.factories.editor import posted
from tests.factories.reports import Office

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script> {{ settings.SECRET_KEY }} {% debug %}"
PLAN = {
    "kind": "webinar",
    "form": "online",
    "topic": "Лаборатория",
    "purpose": "обмена опытом",
    "starts_at": "2026-10-12T15:00",
}


@pytest.fixture
def methodist(client: Client, office: Office) -> Client:
    client.force_login(office.methodist)
    return client


def put_down(methodist: Client, office: Office, **typed: str) -> HttpResponse:
    return methodist.post("/events/new/", {**PLAN, "department": office.department.pk, **typed})


@pytest.mark.parametrize("name", ["kind", "form", "topic", "purpose", "starts_at", "department"])
def test_plan_asks_for_what_is_missing(methodist: Client, office: Office, name: str) -> None:
    answer = put_down(methodist, office, **{name: ""})
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, {name: ["Обязательное поле."]})
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"starts_at": "завтра"}, {"starts_at": ["Укажите день и время: 12.10.2026, 15:00."]}),
        ({"starts_at": "2026-02-30T15:00"}, {"starts_at": ["Укажите день и время: 12.10.2026, 15:00."]}),
        ({"starts_at": "0026-10-12T15:00"}, {"starts_at": ["Проверьте год."]}),
        ({"starts_at": "0001-01-01T00:00"}, {"starts_at": ["Проверьте год."]}),
        ({"ends_at": "0001-01-01"}, {"ends_at": ["Проверьте год."]}),
        ({"ends_at": "2026-10-12T14:00"}, {"ends_at": ["Окончание раньше начала. Проверьте время."]}),
        ({"ends_at": "2026-10-12T15:00"}, {"ends_at": ["Окончание раньше начала. Проверьте время."]}),
    ],
)
def test_plan_refuses_wrong_dates(
    methodist: Client, office: Office, typed: dict[str, str], words: dict[str, list[str]]
) -> None:
    answer = put_down(methodist, office, **typed)
    assert (answer.status_code, dict(answer.context["form"].errors)) == (422, words)


@pytest.mark.parametrize(("year", "status"), [("2026", 302), ("2027", 422)])
def test_event_is_of_the_year_of_its_plan_schedule(methodist: Client, office: Office, year: str, status: int) -> None:
    schedule = PlanSchedule.objects.create(project_title="Сеть РВЦИ", year=year)
    answer = put_down(methodist, office, schedule=str(schedule.pk))
    assert (answer.status_code, Event.objects.count()) == (status, int(status == 302))
    if status == 422:
        words = "Мероприятие 2026 года, а план-график – на 2027 год. Выберите план-график того же года."
        assert dict(answer.context["form"].errors) == {"schedule": [words]}


def test_plan_refuses_a_long_topic_and_keeps_it_on_the_page(methodist: Client, office: Office) -> None:
    topic = "слово " * 60
    answer = put_down(methodist, office, topic=topic)
    words = "Текст длиннее 300 знаков (сейчас 359). Сократите его: введённое сохранено на странице."
    assert (answer.status_code, dict(answer.context["form"].errors)) == (
        422,
        {"topic": [words]},
    )
    assert topic in answer.text


def test_markup_in_the_plan_is_text_on_every_page(methodist: Client, office: Office) -> None:
    put_down(methodist, office, topic=MARKUP, purpose=MARKUP, place=MARKUP)
    event = Event.objects.get()
    assert (event.topic, event.purpose) == (MARKUP, MARKUP)
    for path in (f"/events/{event.pk}/", "/events/", f"/events/{event.pk}/edit/", "/"):
        page = methodist.get(path).text
        assert escape(MARKUP) in page
        assert MARKUP not in page


def test_markup_in_an_answer_is_text(methodist: Client, office: Office) -> None:
    commitment = events.AnswerFactory(text=MARKUP).commitment
    page = methodist.get(f"/commitments/{commitment.pk}/").text
    assert (escape(MARKUP) in page, MARKUP in page) == (True, False)


def test_answer_is_asked_for_and_may_not_be_endless(client: Client) -> None:
    coordinator = centers.coordinator()
    commitment = events.CommitmentFactory(center=coordinator.person.coordinated.get().center)
    client.force_login(coordinator)
    empty = client.post(f"/commitments/{commitment.pk}/answer/", {"text": " "})
    assert (empty.status_code, dict(empty.context["answer_form"].errors)) == (422, {"text": ["Обязательное поле."]})
    endless = client.post(f"/commitments/{commitment.pk}/answer/", {"text": "да " * 5_000})
    assert endless.status_code == 422
    assert "Текст длиннее 10 000 знаков" in endless.text.replace("\xa0", " ")


# -- The editor -------------------------------------------------------------------------------------


@pytest.fixture
def outcome(office: Office) -> Outcome:
    return events.OutcomeFactory(edited_by=office.methodist, prepared_by=office.methodist.person)


def talk(text: str, **fields: object) -> dict[str, object]:
    return {"speaker": centers.PersonFactory().pk, "act": "opened", "text": text, "post": "учитель", **fields}


def save(methodist: Client, outcome: Outcome, data: dict[str, object], **headers: str) -> HttpResponse:
    """As browsers encode a form, which makes six bytes of each Cyrillic letter."""
    kind = "application/x-www-form-urlencoded"
    return methodist.post(f"/outcomes/{outcome.pk}/save/", urlencode(data), content_type=kind, headers=headers)


def prose(length: int) -> str:
    return ("слова " * (length // 6 + 1))[: length - 1] + "."


def test_talk_of_ten_thousand_characters_is_saved(methodist: Client, outcome: Outcome) -> None:
    text = prose(TALK_LIMIT)
    answer = save(methodist, outcome, posted(outcome, talks=[talk(text)]))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/outcomes/{outcome.pk}/check/")
    assert outcome.talks.get().text == text


@pytest.mark.parametrize("length", [TALK_LIMIT + 1, 1_000_000])
def test_longer_talk_is_refused_and_stays_on_the_page(methodist: Client, outcome: Outcome, length: int) -> None:
    text = prose(length)
    answer = save(methodist, outcome, posted(outcome, talks=[talk(text)]))
    assert answer.status_code == 422
    assert "Текст длиннее 10 000 знаков" in answer.text.replace("\xa0", " ")
    assert text in answer.text
    assert not outcome.talks.exists()


def test_longer_talk_is_refused_in_words_while_it_saves_itself(methodist: Client, outcome: Outcome) -> None:
    answer = save(methodist, outcome, posted(outcome, talks=[talk(prose(20_000))]), HX_Request="true")
    assert answer.status_code == 422
    assert "Не сохранено: не все поля заполнены верно." in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"subject_line": ""}, "Обязательное поле."),
        ({"talks": [{"speaker": "", "act": "opened", "text": "речь"}]}, "Обязательное поле."),
        ({"talks": [{"speaker": "999999", "act": "opened", "text": "речь"}]}, "Выберите корректный вариант."),
        (
            {"decisions": [{"kind": "decision", "text": "", "asks": "answer", "due_on": "2026-10-05"}]},
            "Обязательное поле.",
        ),
        (
            {"decisions": [{"kind": "decision", "text": "составить", "asks": "answer", "due_on": "31.02.2026"}]},
            "Укажите день: 05.10.2026.",
        ),
        ({"talks": [{"speaker": "1", "act": "danced", "text": "речь"}]}, "Выберите корректный вариант."),
    ],
)
def test_editor_says_what_is_wrong(methodist: Client, outcome: Outcome, fields: dict, words: str) -> None:
    answer = save(methodist, outcome, posted(outcome, **fields))
    assert answer.status_code == 422
    assert words in answer.text
    outcome.refresh_from_db()
    assert outcome.version == 1


def test_stale_text_is_not_saved_and_not_lost(methodist: Client, outcome: Outcome) -> None:
    typed = posted(outcome, talks=[talk("приборы собирают сами ученики")])
    assert save(methodist, outcome, posted(outcome, subject_line="Об итогах другими словами")).status_code == 302
    answer = save(methodist, outcome, typed)
    assert answer.status_code == 409
    assert str(TextChanged.by(Outcome.objects.get(pk=outcome.pk))) in answer.text
    assert "приборы собирают сами ученики" in answer.text
    outcome.refresh_from_db()
    assert (outcome.subject_line, outcome.talks.count()) == ("Об итогах другими словами", 0)


@pytest.mark.parametrize("version", ["-1", "2147483648", "9" * 30, "вторая", ""])
def test_text_of_a_version_that_never_was_is_kept_aside(methodist: Client, outcome: Outcome, version: str) -> None:
    answer = save(methodist, outcome, posted(outcome, salutation="Коллеги!", version=version))
    assert answer.status_code == 409
    assert outcome.revisions.get(aside=True).page["salutation"] == "Коллеги!"
    outcome.refresh_from_db()
    assert outcome.version == 1


def test_stale_text_that_saves_itself_is_told_so(methodist: Client, outcome: Outcome) -> None:
    typed = posted(outcome, salutation="Коллеги!")
    assert save(methodist, outcome, posted(outcome)).status_code == 302
    answer = save(methodist, outcome, typed, HX_Request="true")
    words = str(TextChanged.by(Outcome.objects.get(pk=outcome.pk)))
    assert (answer.status_code, words in answer.text) == (409, True)


# -- Steps out of order -----------------------------------------------------------------------------


def test_steps_out_of_order_are_refused_in_words(methodist: Client, office: Office) -> None:
    draft = events.EventFactory(department=office.department)
    held = events.held(department=office.department)
    cancelled = events.EventFactory(department=office.department, status=EventStatus.CANCELLED)
    over, off = "Мероприятие уже проведено: в плане его не меняют.", "Мероприятие отменено: в плане его не меняют."
    assert refused(methodist, f"/events/{held.pk}/announce/") == over
    assert refused(methodist, f"/events/{cancelled.pk}/announce/") == off
    assert refused(methodist, f"/events/{held.pk}/cancel/", note="Не нужно.") == over
    assert (
        refused(methodist, f"/events/{draft.pk}/outcome/")
        == "Итоги вносят после мероприятия. Отметьте его проведённым."
    )
    assert refused(methodist, f"/events/{draft.pk}/attendance/mark/") == "Сначала объявите мероприятие."
    ahead = events.EventFactory(
        department=office.department, status=EventStatus.ANNOUNCED, starts_at=clock.now() + datetime.timedelta(days=1)
    )
    assert (
        refused(methodist, f"/events/{ahead.pk}/attendance/mark/")
        == "Отметить участников можно после начала мероприятия."
    )
    assert methodist.get(f"/events/{held.pk}/edit/").status_code == 409


def refused(methodist: Client, path: str, **typed: str) -> str:
    """The words of the refusal."""
    answer = methodist.post(path, typed)
    assert answer.status_code == 409
    return answer.context["words"]


def test_registration_is_over_when_the_event_has_begun(client: Client) -> None:
    client.force_login(centers.coordinator())
    event = events.announced()
    words = "На это мероприятие сейчас нельзя заявиться: оно не объявлено, уже прошло или отменено."
    assert refused(client, f"/events/{event.pk}/register/") == words


def test_unanswered_commitment_cannot_be_accepted(methodist: Client) -> None:
    commitment = events.CommitmentFactory()
    wrong = f"Сначала нужен ответ, его срок – {commitment.due_on:%d.%m.%Y}."
    assert refused(methodist, f"/commitments/{commitment.pk}/accept/") == wrong
    assert refused(methodist, f"/commitments/{commitment.pk}/give-back/", note="Дополните.") == wrong
