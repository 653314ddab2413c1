"""From the director's resolution to the end of an incoming letter: who, when, who is told, what stands where."""

import datetime
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from events.models import Commitment
from rcro_portal.lib.notices import choosing, telling
from rcro_portal.lib.notices.messages import TAKEN_BACK, MessageStatus
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from reports import tasks
from reports.home import inbox
from reports.incoming import arrivals, notices, resolutions
from reports.letters import drafts, letters
from reports.models import IncomingLetter, Letter
from reports.models.incoming import IncomingStatus
from reports.operations import invariants
from tests import clock
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, OrganizationFactory, PersonFactory, staff
from tests.factories.moments import FILED_AT, LONG_AGO, SENT_AT, tomsk
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db
NOW = SENT_AT
DUE = datetime.date(2026, 4, 6)


@pytest.fixture(autouse=True)
def first_factor_is_enough(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


@pytest.fixture
def arrived(office: Office) -> IncomingLetter:
    return came(office)


def came(office: Office, **fields: Any) -> IncomingLetter:
    row = {
        "sender": OrganizationFactory(short_name="Лицей у реки"),
        "sender_name": "Лицей у реки",
        "their_number": "17",
        "their_on": datetime.date(2026, 3, 10),
        "subject": "О приборах",
        "received_on": NOW.date(),
        **fields,
    }
    return arrivals.register(by=office.clerk, at=NOW, **row)


def resolve(row: IncomingLetter, office: Office, **changed: Any) -> None:
    said = {"executor": office.methodist.person, "resolution": "Подготовить ответ.", "due_on": DUE, **changed}
    resolutions.resolve(incoming=row, by=office.director, at=NOW, **said)


def steps(row: IncomingLetter) -> list[tuple[str, str, str]]:
    return list(row.transitions.order_by("pk").values_list("before", "after", "note"))


def planned(row: IncomingLetter, reason: str) -> list[tuple[str, str]]:
    found = Notice.objects.filter(reason=reason, about=f"reports.incomingletter:{row.pk}", status=MessageStatus.QUEUED)
    return list(found.order_by("send_after", "pk").values_list("email", "fact"))


# -- The road ---------------------------------------------------------------------------------------


def test_resolution_names_executor_department_and_term(arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    arrived.refresh_from_db()
    assert (arrived.status, arrived.executor, arrived.department, arrived.due_on) == (
        "in_work",
        office.methodist.person,
        office.department,
        DUE,
    )
    words = f"Подготовить ответ. Исполнитель – {office.methodist.person.surname_first}, срок 06.04.2026"
    assert steps(arrived) == [("registered", "in_work", words)]


def test_another_resolution_takes_its_place_and_the_reminders(arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    resolve(arrived, office, executor=office.head.person, resolution="Доложить.")
    assert [(before, after) for before, after, _ in steps(arrived)][-1] == ("in_work", "in_work")
    assert {email for email, _ in planned(arrived, "incoming_reminder")} == {office.head.email}
    taken = Notice.objects.filter(reason="incoming_reminder", status=TAKEN_BACK)
    assert set(taken.values_list("email", "error")) == {(office.methodist.email, notices.CHANGED)}


def test_two_resolutions_at_once_leave_the_first(arrived: IncomingLetter, office: Office) -> None:
    read = IncomingLetter.objects.get(pk=arrived.pk)
    resolve(arrived, office)
    with refused(WrongStep):
        resolve(read, office, executor=office.head.person)


@pytest.mark.parametrize("duty", ["clerk", None, "past"])
def test_executor_is_a_methodist_or_head_in_office(duty: str | None, arrived: IncomingLetter, office: Office) -> None:
    person = PersonFactory() if duty is None else staff("methodist" if duty == "past" else duty).person
    if duty == "past":
        person.posts.update(since=LONG_AGO, until=datetime.date(2026, 1, 1))
    with refused(resolutions.NoExecutor):
        resolve(arrived, office, executor=person)


def test_sent_reply_ends_the_work(arrived: IncomingLetter, office: Office) -> None:
    """And each letter leads to the other."""
    resolve(arrived, office)
    draft = drafts.begin(kind="reply", incoming=arrived, by=office.methodist, at=FILED_AT)
    page = drafts.written(draft) | {"body": "Приборы направим.", "subject_line": "О приборах"}
    drafts.save(of=draft, version=1, by=office.methodist, at=FILED_AT, **page)
    letters.file_draft(letter=draft, by=office.methodist, at=FILED_AT)
    sent = walked.send_on_paper(Letter.objects.select_related("manuscript").get(pk=draft.pk), office)
    arrived.refresh_from_db()
    assert (arrived.status, list(arrived.answers.all())) == ("answered", [sent])
    assert steps(arrived)[-1][2] == f"Отправлен ответ № {sent.entry.number} от 18.03.2026"
    assert planned(arrived, "incoming_reminder") == []
    assert not any(invariants.broken().values())


def test_answer_to_a_commitment_closes_it(office: Office) -> None:
    center = CenterFactory()
    letter = walked.free_sent(office, figure=False, body="Сообщаем.", decisions=[walked.decided()])
    owed = Commitment.objects.get()
    row = came(office, sender=center.organization, replies_to=letter)
    assert list(arrivals.owed(row)) == [owed]
    arrivals.count_as_answer(incoming=row, commitment=owed, by=office.methodist, at=NOW)
    row.refresh_from_db()
    owed.refresh_from_db()
    assert (row.status, row.commitment, owed.status) == ("closed", owed, "in_review")


def test_closed_with_a_reason_and_taken_up_again(arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    with refused(resolutions.NoEnd):
        resolutions.close(incoming=arrived, note=" ", by=office.methodist, at=NOW)
    resolutions.close(incoming=arrived, note="Решено по телефону.", by=office.methodist, at=NOW)
    assert (arrived.status, planned(arrived, "incoming_reminder")) == ("closed", [])
    resolutions.reopen(incoming=arrived, note="Пришло дополнение.", by=office.director, at=NOW)
    assert [after for _, after, _ in steps(arrived)] == ["in_work", "closed", "registered"]


def test_filed_away_without_an_executor(arrived: IncomingLetter, office: Office) -> None:
    resolutions.file_away(incoming=arrived, by=office.director, at=NOW)
    assert (arrived.status, arrived.executor) == ("closed", None)
    with refused(WrongStep):
        resolutions.file_away(incoming=arrived, by=office.director, at=NOW)


def test_answer_is_begun_once_by_whoever_presses_first(arrived: IncomingLetter, office: Office) -> None:
    """The second had the page open before the first pressed."""
    resolve(arrived, office)
    first = drafts.begin(kind="reply", incoming=arrived, by=office.methodist, at=FILED_AT)
    with refused(drafts.AnswerBegun):
        drafts.begin(kind="reply", incoming=arrived, by=office.head, at=FILED_AT)
    assert list(arrived.answers.all()) == [first]


# -- Told and reminded ------------------------------------------------------------------------------


def test_executor_is_told_at_once_and_reminded_on_working_days(arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    assert [email for email, _ in planned(arrived, "incoming_assigned")] == [office.methodist.email]
    facts = [fact for _, fact in planned(arrived, "incoming_reminder")]
    assert facts
    assert {fact.split()[1] for fact in facts} == {"2026-04-06"}


def test_whoever_wants_reminders_again_has_them_from_the_next_night_on(arrived: IncomingLetter, office: Office) -> None:
    resolve(arrived, office)
    before = planned(arrived, "incoming_reminder")
    choosing.choose(email=office.methodist.email, way="", stops=True, at=NOW)
    assert planned(arrived, "incoming_reminder") == []
    choosing.choose(email=office.methodist.email, way="", stops=False, at=NOW)
    with clock.standing(NOW):
        tasks.follow_incoming()
    assert planned(arrived, "incoming_reminder") == before


def test_resolution_written_twice_by_night_is_told_once(arrived: IncomingLetter, office: Office) -> None:
    for minute, words in enumerate(("Подготовить ответ.", "Рассмотреть и доложить.")):
        at = tomsk(3, 16, 21, minute)
        said = {"executor": office.methodist.person, "resolution": words, "due_on": DUE}
        resolutions.resolve(incoming=arrived, by=office.director, at=at, **said)
    assert telling.tell_due(now=tomsk(3, 17, 8)) == 1
    assert "Рассмотреть и доложить." in mail.outbox[-1].body


# -- Pages ------------------------------------------------------------------------------------------


def address(row: IncomingLetter, act: str) -> str:
    return reverse(f"reports:incoming-{act}", args=[row.pk])


def test_usual_resolution_is_one_press(office: Office, client: Client) -> None:
    """The author of the letter that it answers is suggested; the term is in working days from today."""
    row = came(office, replies_to=walked.sent_on_paper(office))
    client.force_login(office.director)
    page = client.get(address(row, "detail"))
    form = page.context["resolution_form"]
    assert (form["executor"].value(), form.presses[0]) == (
        office.methodist.person.pk,
        ("answer", "Подготовить ответ, до 11.12.2026"),
    )
    assert "Подготовить ответ, до 11.12.2026" in page.text
    client.post(address(row, "resolve"), {"executor": office.methodist.person_id, "usual": "answer"})
    row.refresh_from_db()
    assert (row.status, row.resolution, row.due_on) == ("in_work", "Подготовить ответ.", datetime.date(2026, 12, 11))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"executor": "", "usual": "answer"}, "Обязательное поле"),
        ({"resolution": ""}, "Напишите резолюцию или нажмите одну из обычных."),
        ({"due_on": ""}, "Укажите срок."),
        ({"due_on": "2026-11-01"}, "Этот день уже прошёл. Укажите срок не раньше сегодняшнего."),
    ],
)
def test_page_says_what_is_missing(
    typed: dict[str, str], words: str, arrived: IncomingLetter, office: Office, client: Client
) -> None:
    client.force_login(office.director)
    said = {"executor": office.methodist.person_id, "resolution": "Доложить", "due_on": "2026-12-14", **typed}
    page = client.post(address(arrived, "resolve"), said)
    arrived.refresh_from_db()
    assert (page.status_code, arrived.status) == (422, "registered")
    assert words in page.text


def test_executor_begins_the_answer_from_the_card(arrived: IncomingLetter, office: Office, client: Client) -> None:
    resolve(arrived, office)
    client.force_login(office.methodist)
    client.post(address(arrived, "answer"))
    draft = Letter.objects.get()
    assert (draft.answers, draft.manuscript.reply_to_number) == (arrived, "17")
    refused_now = client.post(address(arrived, "answer"))
    assert refused_now.status_code == 409
    assert "Ответ уже готовится" in refused_now.text


def test_new_letter_offers_what_is_theirs_to_answer(arrived: IncomingLetter, office: Office, client: Client) -> None:
    mine, other = came(office, subject="Моё"), came(office, subject="Чужое")
    resolve(mine, office)
    resolve(other, office, executor=staff("methodist", office.department).person)
    offered = {
        name: [row.subject for row in resolutions.answerable(getattr(office, name), NOW.date()).order_by("pk")]
        for name in ("methodist", "head", "clerk")
    }
    assert offered == {"methodist": ["Моё"], "head": ["Моё", "Чужое"], "clerk": []}
    client.force_login(office.methodist)
    page = client.get(reverse("reports:draft-new")).text
    assert ("Моё" in page, "Чужое" in page) == (False, False)
    form = client.get(reverse("reports:draft-new")).context["form"]
    assert list(form.fields["incoming"].chooser.rows(office.methodist)) == [mine]


def test_home_shows_what_waits_for_whom(office: Office) -> None:
    waiting, mine = came(office, subject="Ждёт"), came(office, subject="В работе")
    resolve(mine, office)

    def shown(user: Any, heading: str) -> list[tuple[str, str]]:
        found = [one["items"] for one in inbox.sections(user, clock.now()) if one["heading"] == heading]
        return [(item["title"], item.get("tone", "")) for items in found for item in items]

    assert shown(office.director, "На резолюцию") == [("Ждёт", "")]
    assert shown(office.methodist, "Ответить на письма") == [("В работе", "overdue")]
    assert shown(office.head, "Ответить на письма") == [("В работе", "overdue")]
    assert shown(office.clerk, "Ответить на письма") == []
    assert waiting.status == IncomingStatus.REGISTERED


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "overdue"}, ["Об учёте"]),
        ({"status": "registered"}, ["О приборах"]),
        ({"executor": "mine"}, ["Об учёте"]),
    ],
)
def test_list_is_narrowed(asked: dict[str, str], found: list[str], office: Office, client: Client) -> None:
    came(office)
    row = came(office, subject="Об учёте")
    resolve(row, office)
    client.force_login(office.methodist)
    page = client.get(reverse("reports:incoming-list"), asked).text
    assert [subject for subject in ("О приборах", "Об учёте") if f">{subject}<" in page] == found
