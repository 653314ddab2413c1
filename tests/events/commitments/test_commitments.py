"""What each centre owes by a decision, its answer, and what became of it."""

import datetime

import pytest
from django.test import Client

from events.commitments import changes, commitments
from events.commitments.changes import Source
from events.models import Commitment
from events.models.commitment import AnswerWay, CommitmentStatus
from events.models.outcome import Asks, DecisionKind
from rcro_portal.lib.refusals import WrongStep
from tests.factories.centers import CenterFactory, coordinator, staff
from tests.factories.events import CommitmentFactory, DecisionFactory, OutcomeFactory
from tests.factories.moments import DUE_ON, SENT_AT, tomsk
from tests.untouched import nothing_changes, refused

pytestmark = [pytest.mark.django_db, pytest.mark.any_moment]
ANSWERED_AT, REVIEWED_AT = tomsk(3, 25, 11), tomsk(3, 26, 9)


def in_database(commitment: Commitment) -> Commitment:
    return Commitment.objects.get(pk=commitment.pk)


def transitions(commitment: Commitment) -> list[tuple[object, ...]]:
    return [(step.before, step.after, step.by, step.at, step.note) for step in commitment.transitions.order_by("pk")]


def state(commitment: Commitment) -> tuple[str, object]:
    row = in_database(commitment)
    return row.status, row.acknowledged_at


def answered(**fields: object) -> Commitment:
    commitment = CommitmentFactory(**fields)
    commitments.answer(commitment=commitment, text="Готово.", by=coordinator(commitment.center), at=ANSWERED_AT)
    return commitment


def test_every_centre_owes_every_decision_and_nothing_else() -> None:
    outcome, centers = OutcomeFactory(), [CenterFactory(), CenterFactory()]
    first = DecisionFactory(outcome=outcome, position=1, text="составить список")
    only = DecisionFactory(outcome=outcome, position=2, text="прочесть", asks=Asks.ACKNOWLEDGEMENT)
    only.owed_by.add(centers[1])
    DecisionFactory(outcome=outcome, position=3, kind=DecisionKind.APPEAL, due_on=None)
    DecisionFactory(outcome=outcome, position=4, kind=DecisionKind.INFORMATION, due_on=None)
    made = changes.carry_out(
        source=Source.of_outcome(outcome), centers=centers, letter="№ 941 от 18.03.2026", reason="", at=SENT_AT
    )
    assert [(one.kind, one.commitment) for one in made] == [("given", row) for row in Commitment.objects.order_by("pk")]
    rows = Commitment.objects.order_by("pk").values_list(
        "decision_key", "organization__center", "status", "text", "asks", "due_on", "opened_at", "acknowledged_at"
    )
    assert list(rows) == [
        (first.key, centers[0].pk, "open", "составить список", "answer", DUE_ON, SENT_AT, None),
        (first.key, centers[1].pk, "open", "составить список", "answer", DUE_ON, SENT_AT, None),
        (only.key, centers[1].pk, "open", "прочесть", "acknowledgement", DUE_ON, SENT_AT, None),
    ]


def test_opened_twice_changes_nothing() -> None:
    decision, center = DecisionFactory(), CenterFactory()
    letter = {
        "source": Source.of_outcome(decision.outcome),
        "centers": [center],
        "letter": "№ 941 от 18.03.2026",
        "reason": "",
    }
    changes.carry_out(**letter, at=SENT_AT)
    with nothing_changes():
        made = changes.carry_out(**letter, at=ANSWERED_AT)
    assert [one.kind for one in made] == ["kept"]


def test_acknowledged_is_done_where_nothing_more_is_asked() -> None:
    commitment = CommitmentFactory(asks=Asks.ACKNOWLEDGEMENT)
    user = coordinator(commitment.center)
    commitments.acknowledge(commitment=commitment, by=user, at=ANSWERED_AT)
    assert state(commitment) == (CommitmentStatus.ACCEPTED, ANSWERED_AT)
    assert transitions(commitment) == [("open", "accepted", user, ANSWERED_AT, "")]
    with refused(WrongStep):
        commitments.acknowledge(commitment=commitment, by=user, at=REVIEWED_AT)


def test_acknowledged_is_only_noted_where_an_answer_is_asked() -> None:
    commitment = CommitmentFactory(asks=Asks.ANSWER)
    user = coordinator(commitment.center)
    commitments.acknowledge(commitment=commitment, by=user, at=ANSWERED_AT)
    assert (state(commitment), transitions(commitment)) == ((CommitmentStatus.OPEN, ANSWERED_AT), [])
    with nothing_changes():
        commitments.acknowledge(commitment=commitment, by=user, at=REVIEWED_AT)


def test_answer_acknowledges_and_waits_for_review() -> None:
    commitment = CommitmentFactory()
    user = coordinator(commitment.center)
    given = commitments.answer(
        commitment=commitment, text="Список готов.", by=user, at=ANSWERED_AT, files=[("список.pdf", "a" * 64, 1024)]
    )
    assert state(commitment) == (CommitmentStatus.IN_REVIEW, ANSWERED_AT)
    assert transitions(commitment) == [("open", "in_review", user, ANSWERED_AT, "")]
    assert (given.text, given.way, given.by, given.at) == ("Список готов.", AnswerWay.PORTAL, user, ANSWERED_AT)
    assert list(given.files.values_list("name", "digest", "size")) == [("список.pdf", "a" * 64, 1024)]


def test_answer_keeps_the_moment_of_an_earlier_acknowledgement() -> None:
    commitment = CommitmentFactory()
    user = coordinator(commitment.center)
    commitments.acknowledge(commitment=commitment, by=user, at=ANSWERED_AT)
    commitments.answer(commitment=in_database(commitment), text="Готово.", by=user, at=REVIEWED_AT)
    assert state(commitment) == (CommitmentStatus.IN_REVIEW, ANSWERED_AT)


def test_methodist_enters_an_answer_that_came_by_telephone() -> None:
    commitment, methodist = CommitmentFactory(), staff("methodist")
    given = commitments.answer(
        commitment=commitment, text="Готово.", by=methodist, at=ANSWERED_AT, way=AnswerWay.TELEPHONE
    )
    assert (given.way, given.by) == (AnswerWay.TELEPHONE, methodist)


def test_answered_twice_is_refused_and_the_first_stays() -> None:
    commitment = CommitmentFactory()
    late, user = in_database(commitment), coordinator(commitment.center)
    commitments.answer(commitment=commitment, text="Первый.", by=user, at=ANSWERED_AT)
    with refused(WrongStep):
        commitments.answer(commitment=late, text="Второй.", by=user, at=REVIEWED_AT)


def test_accepted_ends_it() -> None:
    commitment, methodist = answered(), staff("methodist")
    commitments.accept(commitment=commitment, by=methodist, at=REVIEWED_AT)
    assert state(commitment) == (CommitmentStatus.ACCEPTED, ANSWERED_AT)
    assert transitions(commitment)[-1] == ("in_review", "accepted", methodist, REVIEWED_AT, "")
    for act in (
        lambda: commitments.accept(commitment=commitment, by=methodist, at=REVIEWED_AT),
        lambda: commitments.answer(commitment=commitment, text="Ещё.", by=methodist, at=REVIEWED_AT),
        lambda: commitments.give_back(commitment=commitment, note="Поздно", by=methodist, at=REVIEWED_AT),
    ):
        with refused(WrongStep):
            act()


def test_what_was_not_answered_is_neither_accepted_nor_returned() -> None:
    commitment, methodist = CommitmentFactory(), staff("methodist")
    with refused(WrongStep):
        commitments.accept(commitment=commitment, by=methodist, at=REVIEWED_AT)
    with refused(WrongStep):
        commitments.give_back(commitment=commitment, note="Нет ответа", by=methodist, at=REVIEWED_AT)


def test_returned_with_a_note_is_answered_again() -> None:
    commitment, methodist = answered(), staff("methodist")
    commitments.give_back(commitment=commitment, note="Нет количества", by=methodist, at=REVIEWED_AT)
    assert state(commitment) == (CommitmentStatus.RETURNED, ANSWERED_AT)
    assert transitions(commitment)[-1] == ("in_review", "returned", methodist, REVIEWED_AT, "Нет количества")
    commitments.answer(commitment=commitment, text="С количеством.", by=methodist, at=REVIEWED_AT)
    assert state(commitment) == (CommitmentStatus.IN_REVIEW, ANSWERED_AT)
    assert list(commitment.answers.order_by("pk").values_list("text", flat=True)) == ["Готово.", "С количеством."]


@pytest.mark.parametrize("note", ["", " \n"])
def test_returned_without_a_note_is_refused(note: str) -> None:
    commitment, methodist = answered(), staff("methodist")
    with refused(commitments.NothingToSay):
        commitments.give_back(commitment=commitment, note=note, by=methodist, at=REVIEWED_AT)


def test_overdue_is_what_the_centre_still_has_to_do_after_the_term() -> None:
    due = CommitmentFactory(due_on=DUE_ON)
    answered(due_on=DUE_ON)
    after = DUE_ON.replace(day=DUE_ON.day + 1)
    assert list(Commitment.objects.overdue(DUE_ON)) == []
    assert list(Commitment.objects.overdue(after)) == [due]


def test_coordinator_sees_the_commitments_of_the_own_centre_only() -> None:
    own, _ = CommitmentFactory(), CommitmentFactory()
    user, methodist = coordinator(own.center), staff("methodist")
    assert list(Commitment.objects.visible_to(user, DUE_ON)) == [own]
    assert Commitment.objects.visible_to(methodist, DUE_ON).count() == 2
    assert list(Commitment.objects.visible_to(user, DUE_ON.replace(year=2019))) == []


# -- The page was read before a letter worded it anew -----------------------------------------------------


def test_answer_to_other_words_is_refused_and_stays_on_the_page(client: Client) -> None:
    commitment = CommitmentFactory(opened_at=ANSWERED_AT)
    client.force_login(coordinator(commitment.center))
    typed = {"text": "Список составлен и проверен.", "seen": SENT_AT.isoformat()}
    with nothing_changes():
        page = client.post(f"/commitments/{commitment.pk}/answer/", typed)
    assert page.status_code == 422
    assert str(commitments.SaidAnew()) in page.text
    assert typed["text"] in page.text
    assert f'name="seen" value="{ANSWERED_AT.astimezone(datetime.UTC).isoformat()}"' in page.text
    client.post(f"/commitments/{commitment.pk}/answer/", {**typed, "seen": ANSWERED_AT.isoformat()})
    assert in_database(commitment).status == CommitmentStatus.IN_REVIEW


@pytest.mark.parametrize("asks", [Asks.ACKNOWLEDGEMENT, Asks.ANSWER])
def test_reading_of_other_words_confirms_nothing(client: Client, asks: str) -> None:
    commitment = CommitmentFactory(opened_at=ANSWERED_AT, asks=asks)
    client.force_login(coordinator(commitment.center))
    with nothing_changes():
        page = client.post(f"/commitments/{commitment.pk}/acknowledge/", {"seen": SENT_AT.isoformat()})
    assert page.status_code == 409
    assert str(commitments.SaidAnew()) in page.text


@pytest.mark.parametrize("act", ["accept", "give-back"])
def test_answer_to_other_words_is_neither_accepted_nor_given_back_unread(client: Client, act: str) -> None:
    """It was asked anew, and answered again, since the page of the reviewer was opened."""
    commitment = CommitmentFactory(
        opened_at=ANSWERED_AT, status=CommitmentStatus.IN_REVIEW, acknowledged_at=ANSWERED_AT
    )
    client.force_login(staff("methodist"))
    with nothing_changes():
        page = client.post(
            f"/commitments/{commitment.pk}/{act}/", {"note": "Нет подписи.", "seen": SENT_AT.isoformat()}
        )
    assert page.status_code == 409
    assert str(commitments.SaidAnew()) in page.text
    shown = client.get(f"/commitments/{commitment.pk}/").text
    assert shown.count(f'name="seen" value="{ANSWERED_AT.astimezone(datetime.UTC).isoformat()}"') == 2


@pytest.mark.parametrize("seen", ["", "вчера", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_page_that_does_not_say_what_was_read_counts_as_read_now(client: Client, seen: str) -> None:
    commitment = CommitmentFactory(opened_at=ANSWERED_AT, asks=Asks.ACKNOWLEDGEMENT)
    client.force_login(coordinator(commitment.center))
    assert client.post(f"/commitments/{commitment.pk}/acknowledge/", {"seen": seen}).status_code == 302
    assert in_database(commitment).status == CommitmentStatus.ACCEPTED


def test_withdrawn_one_says_so_and_asks_nothing(client: Client) -> None:
    commitment = CommitmentFactory(status=CommitmentStatus.WITHDRAWN)
    note = "Снято письмом № 950 от 20.03.2026. Причина: Не нужно."
    step = {"before": "open", "after": "withdrawn", "by": None, "at": ANSWERED_AT, "note": note}
    commitment.transitions.create(**step)
    client.force_login(coordinator(commitment.center))
    page = client.get(f"/commitments/{commitment.pk}/").text
    assert f"Исполнять не нужно. {note}" in page
    assert "Направить ответ" not in page
    answer = client.post(f"/commitments/{commitment.pk}/answer/", {"text": "Готово."})
    assert (answer.status_code, str(commitments.Withdrawn()) in answer.text) == (409, True)


def test_list_begins_with_what_waits_and_ends_with_what_is_done(client: Client) -> None:
    done, late = CommitmentFactory(due_on=DUE_ON), CommitmentFactory(due_on=DUE_ON)
    day = datetime.timedelta(days=1)
    soon = CommitmentFactory(center=late.center, due_on=DUE_ON + 2 * day)
    review, user = CommitmentFactory(center=late.center, due_on=DUE_ON - 3 * day), coordinator(late.center)
    commitments.answer(commitment=review, text="Готово.", by=user, at=ANSWERED_AT)
    Commitment.objects.filter(pk=done.pk).update(
        organization=late.organization,
        status=CommitmentStatus.ACCEPTED,
        acknowledged_at=ANSWERED_AT,
        due_on=DUE_ON - 9 * day,
    )
    client.force_login(user)
    rows = client.get("/commitments/").context["table"].page.object_list
    assert [row.pk for row in rows] == [late.pk, soon.pk, review.pk, done.pk]
