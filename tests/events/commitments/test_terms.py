"""Another term: asked for, granted, declined, moved for everybody; and what comes meanwhile."""

import datetime
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from centers.models import Coordinator, User
from events.commitments import changes, commitments, terms
from events.commitments.changes import Source
from events.models import Commitment, TermMove, TermRequest
from events.models.commitment import CommitmentStatus
from rcro_portal.models import Notice
from tests import clock
from tests.factories.centers import CenterFactory, CoordinatorFactory, UserFactory, coordinator, staff
from tests.factories.events import CommitmentFactory, DecisionFactory
from tests.factories.moments import DUE_ON, SENT_AT, tomsk
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
ASKED_AT, DECIDED_AT = tomsk(3, 25, 11), tomsk(3, 26, 9)
WANTED, GRANTED = datetime.date(2026, 4, 20), datetime.date(2026, 4, 13)
WHY = "Учитель физики болеет до 10 апреля."


@pytest.fixture(autouse=True)
def in_spring() -> Iterator[None]:
    with clock.standing(DECIDED_AT):
        yield


def now(commitment: Commitment) -> Commitment:
    return Commitment.objects.get(pk=commitment.pk)


def asked(**fields: object) -> tuple[Commitment, User]:
    commitment = CommitmentFactory(**fields)
    user = coordinator(commitment.center)
    terms.ask(commitment=commitment, wanted_on=WANTED, reason=WHY, by=user, at=ASKED_AT)
    return commitment, user


def ended(commitment: Commitment) -> list[tuple[str, str]]:
    rows = TermRequest.objects.filter(commitment=commitment).order_by("pk")
    return [(row.status, row.transitions.get().note if row.status != "asked" else "") for row in rows]


def told(reason: str) -> list[str]:
    return list(Notice.objects.filter(reason=reason).order_by("pk").values_list("email", flat=True))


def test_asked_for_with_a_day_and_a_reason_until_then_the_former_term_stands() -> None:
    commitment, user = asked()
    row = TermRequest.objects.get()
    assert (row.wanted_on, row.reason, row.asked_by, row.asked_at) == (WANTED, WHY, user, ASKED_AT)
    assert (now(commitment).due_on, list(Commitment.objects.overdue(WANTED))) == (DUE_ON, [commitment])
    with refused(terms.AskedAlready):
        terms.ask(commitment=commitment, wanted_on=WANTED, reason=WHY, by=user, at=DECIDED_AT)


def test_granted_with_another_day_the_letters_own_term_is_kept() -> None:
    (commitment, user), methodist = asked(), staff("methodist")
    terms.move(commitment=now(commitment), to=GRANTED, reason=WHY, by=methodist, at=DECIDED_AT)
    row = now(commitment)
    assert (row.due_on, row.letter_due_on, row.said_due_on) == (GRANTED, DUE_ON, DUE_ON)
    move = TermMove.objects.get()
    assert (move.before, move.after, move.reason, move.by, move.request) == (
        DUE_ON,
        GRANTED,
        WHY,
        methodist,
        TermRequest.objects.get(),
    )
    assert ended(commitment) == [("granted", WHY)]
    assert (list(Commitment.objects.overdue(GRANTED)), told("commitment_moved")) == ([], [user.email])
    # Moved once more, it still remembers what is printed.
    terms.move(commitment=row, to=WANTED, reason=WHY, by=methodist, at=DECIDED_AT)
    assert (now(commitment).due_on, now(commitment).letter_due_on) == (WANTED, DUE_ON)


def test_declined_with_words_the_term_stays_and_may_be_asked_for_again() -> None:
    (commitment, user), methodist = asked(), staff("methodist")
    with refused(terms.NoReason):
        terms.decline(commitment=commitment, words=" ", by=methodist, at=DECIDED_AT)
    terms.decline(commitment=commitment, words="Сводный отчёт уходит 7 апреля.", by=methodist, at=DECIDED_AT)
    assert (now(commitment).due_on, ended(commitment)) == (DUE_ON, [("declined", "Сводный отчёт уходит 7 апреля.")])
    assert told("commitment_refused") == [user.email]
    with refused(terms.NotAsked):
        terms.decline(commitment=commitment, words="Нет.", by=methodist, at=DECIDED_AT)
    terms.ask(commitment=commitment, wanted_on=GRANTED, reason=WHY, by=user, at=DECIDED_AT)
    assert [status for status, _ in ended(commitment)] == ["declined", "asked"]


def test_term_moves_to_a_later_day_alone_and_with_a_reason() -> None:
    commitment, methodist = CommitmentFactory(), staff("methodist")
    for day, reason, refusal in [(DUE_ON, WHY, terms.NotLater), (WANTED, " ", terms.NoReason)]:
        with refused(refusal):
            terms.move(commitment=commitment, to=day, reason=reason, by=methodist, at=DECIDED_AT)


def test_moved_for_everybody_who_still_owes_it() -> None:
    decision = DecisionFactory()
    one, later, done, wishing = (CommitmentFactory(decision=decision) for _ in range(4))
    users = {row.pk: coordinator(row.center) for row in (one, later, done, wishing)}
    methodist, other = staff("methodist"), CommitmentFactory()
    terms.move(commitment=later, to=WANTED, reason=WHY, by=methodist, at=ASKED_AT)
    terms.ask(commitment=wishing, wanted_on=WANTED, reason=WHY, by=users[wishing.pk], at=ASKED_AT)
    commitments.answer(commitment=done, text="Готово.", by=users[done.pk], at=ASKED_AT)
    commitments.accept(commitment=done, by=methodist, at=ASKED_AT)
    why = "Форма отчёта изменена."
    moves = terms.move_for_all(commitment=one, to=GRANTED, reason=why, by=methodist, at=DECIDED_AT)
    assert [(move.commitment, move.for_all) for move in moves] == [(one, True), (wishing, True)]
    terms_now = [now(row).due_on for row in (one, wishing, later, done, other)]
    assert terms_now == [GRANTED, GRANTED, WANTED, DUE_ON, DUE_ON]
    # More was asked for than everybody got: that waits for its own decision.
    assert ended(wishing) == [("asked", "")]
    assert told("commitment_moved") == [users[row.pk].email for row in (later, one, wishing)]
    with refused(terms.NobodyOwes):
        terms.move_for_all(commitment=one, to=GRANTED, reason=why, by=methodist, at=DECIDED_AT)


def test_many_are_moved_by_as_many_questions_each() -> None:
    """What is told is read for all of them at once."""

    def cost(number: int) -> int:
        decision, methodist = DecisionFactory(), staff("methodist")
        rows = [CommitmentFactory(decision=decision) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            terms.move_for_all(commitment=rows[0], to=GRANTED, reason=WHY, by=methodist, at=DECIDED_AT)
        return len(queries)

    one, three, five = cost(1), cost(3), cost(5)
    assert five - three == three - one


# -- What comes meanwhile ---------------------------------------------------------------------------------------------


def test_answer_that_came_first_ends_the_request_and_no_term_is_moved() -> None:
    (commitment, user), methodist = asked(), staff("methodist")
    read = now(commitment)
    commitments.answer(commitment=now(commitment), text="Успели.", by=user, at=DECIDED_AT)
    assert ended(commitment) == [("lapsed", terms.ANSWERED)]
    for act in (terms.move, terms.decline):
        said = {"words": "Нет."} if act is terms.decline else {"to": GRANTED, "reason": WHY}
        with refused(terms.TermChanged):
            act(commitment=read, by=methodist, at=DECIDED_AT, **said)


def test_two_setters_move_it_once() -> None:
    (commitment, _), methodist = asked(), staff("methodist")
    first, second = now(commitment), now(commitment)
    terms.move(commitment=first, to=GRANTED, reason=WHY, by=methodist, at=DECIDED_AT)
    with refused(terms.TermChanged):
        terms.move(commitment=second, to=WANTED, reason=WHY, by=methodist, at=DECIDED_AT)


def test_answer_after_the_move_is_taken_though_its_page_is_older() -> None:
    (commitment, user), methodist = asked(), staff("methodist")
    read = now(commitment)
    terms.move(commitment=now(commitment), to=GRANTED, reason=WHY, by=methodist, at=DECIDED_AT)
    commitments.answer(commitment=read, text="Готово.", by=user, at=DECIDED_AT)
    assert (now(commitment).status, now(commitment).due_on) == (CommitmentStatus.IN_REVIEW, GRANTED)


def test_two_who_accept_accept_once() -> None:
    commitment, methodist = CommitmentFactory(), staff("methodist")
    commitments.answer(commitment=commitment, text="Готово.", by=coordinator(commitment.center), at=ASKED_AT)
    first, second = now(commitment), now(commitment)
    commitments.accept(commitment=first, by=methodist, at=DECIDED_AT)
    with refused(commitments.WrongStep):
        commitments.accept(commitment=second, by=methodist, at=DECIDED_AT)
    assert told("commitment_accepted") == [Notice.objects.get(reason="commitment_accepted").email]


def test_successor_sees_what_the_former_coordinator_asked_and_is_told_the_answer(client: Client) -> None:
    commitment, former = asked()
    Coordinator.objects.filter(person=former.person).update(until=ASKED_AT.date())
    successor = UserFactory()
    CoordinatorFactory(person=successor.person, center=commitment.center, since=DECIDED_AT.date())
    terms.move(commitment=now(commitment), to=GRANTED, reason=WHY, by=staff("methodist"), at=DECIDED_AT)
    assert told("commitment_moved") == [successor.email]
    client.force_login(former)
    assert client.get(f"/commitments/{commitment.pk}/").status_code == 404
    client.force_login(successor)
    assert WHY in client.get(f"/commitments/{commitment.pk}/").text


# -- Letters ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kept"),
    [(DUE_ON, (GRANTED, DUE_ON, "asked")), (datetime.date(2026, 4, 27), (datetime.date(2026, 4, 27), None, "lapsed"))],
)
def test_later_letter_leaves_a_granted_term_where_it_says_the_same_again(
    said: datetime.date, kept: tuple[object, ...]
) -> None:
    decision, center, methodist = DecisionFactory(), CenterFactory(), staff("methodist")
    given = {"centers": [center], "reason": ""}
    changes.carry_out(**given, source=Source.of_outcome(decision.outcome), letter="№ 941 от 18.03.2026", at=SENT_AT)
    commitment = Commitment.objects.get()
    terms.move(commitment=commitment, to=GRANTED, reason=WHY, by=methodist, at=ASKED_AT)
    terms.ask(commitment=commitment, wanted_on=WANTED, reason=WHY, by=coordinator(center), at=ASKED_AT)
    decision.due_on = said
    decision.save()
    changes.carry_out(**given, source=Source.of_outcome(decision.outcome), letter="№ 950 от 26.03.2026", at=DECIDED_AT)
    row = now(commitment)
    assert (row.due_on, row.letter_due_on, ended(commitment)[-1][0]) == kept


# -- Pages ------------------------------------------------------------------------------------------------------------


def sent(client: Client, commitment: Commitment, act: str, **fields: object) -> object:
    read = {"seen": commitment.opened_at.isoformat(), "due": commitment.due_on.isoformat()}
    return client.post(f"/commitments/{commitment.pk}/term/{act}/", {**read, **fields})


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-04-06", "Нужен день позже нынешнего срока – 06.04.2026."),
        ("2026-04-19", "19.04.2026 – выходной день (воскресенье). Ближайший рабочий – 20.04.2026."),
        ("2027-06-07", "Это больше года вперёд. Проверьте год."),
        ("послезавтра", "Укажите день: 05.10.2026."),
        ("", "Обязательное поле."),
    ],
)
def test_day_that_cannot_be_is_said_and_the_reason_is_not_lost(client: Client, day: str, words: str) -> None:
    commitment = CommitmentFactory()
    client.force_login(coordinator(commitment.center))
    with nothing_changes():
        page = sent(client, commitment, "ask", **{"ask-day": day, "ask-reason": WHY})
    assert page.status_code == 422
    assert words in page.text
    assert WHY in page.text


def test_page_shows_the_wish_to_the_setter_and_the_moved_term_beside_the_letters(client: Client) -> None:
    commitment, user = asked()
    head = staff("methodist", department=commitment.outcome.event.department)
    client.force_login(head)
    page = client.get(f"/commitments/{commitment.pk}/").text
    assert "Просьба о переносе срока до 20 апреля 2026 г." in page
    assert 'value="2026-04-20"' in page
    assert sent(client, commitment, "move", **{"term-day": "2026-04-13", "term-reason": WHY}).status_code == 302
    client.force_login(user)
    page = client.get(f"/commitments/{commitment.pk}/").text
    assert "по письму – 6 апреля 2026 г." in page
    assert f"Срок перенесён с 06.04.2026 на 13.04.2026. Причина: {WHY}" in page


def test_move_read_with_another_term_is_refused_in_words(client: Client) -> None:
    commitment, _ = asked()
    client.force_login(staff("methodist", department=commitment.outcome.event.department))
    read = now(commitment)
    terms.move(commitment=now(commitment), to=GRANTED, reason=WHY, by=staff("methodist"), at=DECIDED_AT)
    with nothing_changes():
        page = sent(client, read, "move", **{"term-day": "2026-04-20", "term-reason": WHY})
    assert page.status_code == 409
    assert str(terms.TermChanged()) in page.text


def test_moving_for_all_names_them_beforehand(client: Client) -> None:
    decision = DecisionFactory()
    rows = [CommitmentFactory(decision=decision) for _ in range(2)]
    client.force_login(staff("methodist", department=decision.outcome.event.department))
    address = f"/commitments/{rows[0].pk}/term/all/"
    page = client.get(address).text
    assert [str(row.organization) in page for row in rows] == [True, True]
    assert client.post(address, {"day": "2026-04-13", "reason": WHY}).status_code == 302
    assert [now(row).due_on for row in rows] == [GRANTED, GRANTED]
