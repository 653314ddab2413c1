"""The board of a letter, the letters of a period, and the reminder of those who are silent."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centers.models import Center, User
from events.commitments import commitments, terms
from events.models import Commitment
from rcro_portal.models import Notice
from reports.delivery.fulfilment import board, matrix, reminders
from reports.models import Letter, LetterCommitment, Recipient
from reports.operations import invariants
from tests import clock
from tests.factories import imports
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, coordinator
from tests.factories.events import CommitmentFactory
from tests.factories.moments import DUE_ON, tomsk
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
BEFORE, AFTER = tomsk(3, 25, 11), tomsk(4, 8, 11)


def sent(office: Office, number: int) -> tuple[Letter, list[Center], list[User]]:
    centers = [CenterFactory() for _ in range(number)]
    users = [coordinator(center) for center in centers]
    return walked.sent_on_paper(office), centers, users


def owed(center: Center) -> Commitment:
    return Commitment.objects.get(organization=center.organization)


def answer(center: Center, by: User) -> None:
    commitments.answer(commitment=owed(center), text="Список составлен.", by=by, at=BEFORE)


def counted(letter: Letter, day: datetime.date) -> board.Tally:
    asked = board.asked(letter.pk, day)
    return board.tally(board.rows(letter.pk, asked), asked)


def told() -> list[tuple[str, str]]:
    rows = Notice.objects.filter(reason="commitment_reminded").order_by("pk")
    return [(row.email, row.fact) for row in rows]


def test_each_recipient_is_counted_where_it_stands(office: Office) -> None:
    letter, centers, users = sent(office, 4)
    answer(centers[1], users[1])
    answer(centers[2], users[2])
    commitments.accept(commitment=owed(centers[2]), by=office.methodist, at=BEFORE)
    Recipient.objects.filter(center=centers[3]).update(status="bounced", bounced_at=BEFORE, sent_at=BEFORE)
    Recipient.objects.filter(center=centers[0]).update(opened_at=BEFORE, status="sent", sent_at=BEFORE)
    on_the_day = counted(letter, DUE_ON)
    assert (on_the_day.total, on_the_day.counts) == (
        4,
        {
            "delivered": 1,
            "lost": 3,
            "opened": 1,
            "unopened": 3,
            "acknowledged": 2,
            "silent": 2,
            "in_review": 1,
            "done": 1,
            "overdue": 0,
        },
    )
    assert counted(letter, DUE_ON + datetime.timedelta(days=1)).counts["overdue"] == 2


def test_page_begins_with_who_is_late_and_costs_the_same_for_one_and_for_five(client: Client, office: Office) -> None:
    letter, centers, users = sent(office, 5)
    answer(centers[0], users[0])
    client.force_login(office.methodist)
    with clock.standing(AFTER):
        page = client.get(f"/fulfilment/letter/?letter={letter.pk}")
        names = [str(row.center) for row in page.context["table"].page]
        assert names == [str(center) for center in [*centers[1:], centers[0]]]
        assert f'href="/letters/{letter.pk}/remind/"' in page.text
        narrowed = client.get(f"/fulfilment/letter/?letter={letter.pk}&state=in_review")
        assert [row.center for row in narrowed.context["table"].page] == [centers[0]]
        costs = []
        for state in ("in_review", "silent"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/fulfilment/letter/?letter={letter.pk}&state={state}")
            costs.append(len(queries))
    assert costs[0] == costs[1]


def test_file_has_whom_to_telephone(client: Client, office: Office) -> None:
    letter, centers, users = sent(office, 1)
    users[0].person.phone = "8 (3822) 51-56-66"
    users[0].person.save()
    client.force_login(office.head)
    rows = imports.table(client.get(f"/fulfilment/letter/table.xlsx?letter={letter.pk}").content)
    row = dict(zip(rows[0], rows[1], strict=True))
    assert (row["Кто исполняет"], row["Координатор"]) == (str(centers[0]), users[0].person.surname_first)
    assert "51-56-66" in row["Телефон"]
    assert row["Исполнение"].startswith("принято 0 из 1")


def test_letters_of_a_period_stand_beside_each_other(client: Client, office: Office) -> None:
    letter, centers, users = sent(office, 3)
    answer(centers[1], users[1])
    with clock.standing(AFTER):
        assert matrix.letters(AFTER.date(), "30") == [letter]
        client.force_login(office.methodist)
        rows = client.get("/fulfilment/letters/?period=30").context["table"].page
        assert [center.marks[letter.pk] for center in rows] == ["overdue", "in_review", "overdue"]
        assert matrix.letters(AFTER.date() + datetime.timedelta(days=60), "30") == []
    assert matrix.worst({"accepted", "withdrawn"}) == "accepted"


def test_moved_term_is_late_by_its_own_day_and_the_letter_still_says_its(office: Office) -> None:
    letter, centers, _ = sent(office, 2)
    day = DUE_ON + datetime.timedelta(days=7)
    terms.move(commitment=owed(centers[0]), to=day, reason="Болезнь.", by=office.methodist, at=BEFORE)
    late = [counted(letter, on).counts["overdue"] for on in (day, day + datetime.timedelta(1))]
    assert late == [1, 2]
    assert set(letter.commitments.values_list("due_on", flat=True)) == {DUE_ON}
    assert list(invariants.commitments()) == []


# -- The reminder -----------------------------------------------------------------------------------------------------


def test_the_first_press_looks_and_the_second_sends(client: Client, office: Office) -> None:
    letter, centers, users = sent(office, 2)
    client.force_login(office.methodist)
    with clock.standing(BEFORE):
        page = client.get(f"/letters/{letter.pk}/remind/")
        assert [str(center) in page.text for center in centers] == [True, True]
        assert "Напоминаем о поручении по теме" in page.text
        assert told() == []
        to = [center.organization_id for center in centers]
        assert client.post(f"/letters/{letter.pk}/remind/", {"to": to}).status_code == 302
        again = client.get(f"/letters/{letter.pk}/remind/").text
    assert sorted(told()) == sorted((user.email, "2026-03-25") for user in users)
    assert again.count("сегодня напомнили") == 2
    assert "Письмом напоминать больше некому" in again
    assert "Отправить напоминание" not in again


def test_looking_costs_the_same_for_one_and_for_three(client: Client, office: Office) -> None:
    letter, centers, users = sent(office, 3)
    client.force_login(office.methodist)
    costs = []
    for address in (f"/letters/{letter.pk}/remind/", "/fulfilment/letters/?period=365"):
        with clock.standing(BEFORE), CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    for center, user in list(zip(centers, users, strict=True))[1:]:
        answer(center, user)
    for address in (f"/letters/{letter.pk}/remind/", "/fulfilment/letters/?period=365"):
        with clock.standing(BEFORE), CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))
    assert costs[:2] == costs[2:]


def test_nobody_who_answered_meanwhile_is_reminded(office: Office) -> None:
    letter, centers, users = sent(office, 2)
    to = [center.organization_id for center in centers]
    answer(centers[0], users[0])
    assert reminders.send(letter=letter, to=to, at=BEFORE) == 1
    assert [email for email, _ in told()] == [users[1].email]
    answer(centers[1], users[1])
    with refused(reminders.NobodySilent):
        reminders.send(letter=letter, to=to, at=BEFORE)


def test_reminded_once_a_day_whoever_presses_and_again_the_next(office: Office) -> None:
    letter, centers, users = sent(office, 1)
    to = [centers[0].organization_id]
    day = datetime.timedelta(days=1)
    sent_now = [reminders.send(letter=letter, to=to, at=at) for at in (BEFORE, BEFORE, BEFORE + day)]
    assert sent_now == [1, 0, 1]
    assert told() == [(users[0].email, "2026-03-25"), (users[0].email, "2026-03-26")]


def test_reminded_once_a_day_of_a_letter_that_asks_two_things(office: Office) -> None:
    letter, centers, users = sent(office, 1)
    other = CommitmentFactory(center=centers[0], due_on=DUE_ON + datetime.timedelta(days=1))
    note = {"text": other.text, "change": "given", "due_on": other.due_on}
    LetterCommitment.objects.create(letter=letter, commitment=other, **note)
    to = [centers[0].organization_id]
    assert reminders.send(letter=letter, to=to, at=BEFORE) == 1
    commitments.answer(commitment=letter.commitments.first().commitment, text="Да.", by=users[0], at=BEFORE)
    assert reminders.send(letter=letter, to=to, at=BEFORE) == 0


def test_only_the_chosen_are_written_to_and_nobody_is_by_an_empty_press(client: Client, office: Office) -> None:
    letter, centers, users = sent(office, 2)
    assert reminders.send(letter=letter, to=[centers[1].organization_id], at=BEFORE) == 1
    assert [email for email, _ in told()] == [users[1].email]
    client.force_login(office.methodist)
    with nothing_changes():
        assert client.post(f"/letters/{letter.pk}/remind/", {"to": ["x", "9" * 30]}).status_code == 409
        assert "Никто не отмечен" in client.post(f"/letters/{letter.pk}/remind/", follow=True).text


def test_one_without_a_coordinator_is_telephoned(client: Client, office: Office) -> None:
    center = CenterFactory()
    letter = walked.sent_on_paper(office)
    client.force_login(office.methodist)
    page = client.get(f"/letters/{letter.pk}/remind/").text
    assert "координатора нет, письмо не уйдёт" in page
    assert f'value="{center.organization_id}"' not in page
