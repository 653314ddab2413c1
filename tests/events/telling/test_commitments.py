"""Those who owe are reminded on working days, and told what became of their answers; the former coordinator is not."""

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from centers.models import Center, Coordinator, User
from events.commitments import commitments, terms, told
from events.coordinators import hand_overs
from events.models import Commitment
from events.models.commitment import CommitmentStatus
from events.telling import nightly
from rcro_portal.lib.notices import choosing, telling
from rcro_portal.lib.russian import NBSP
from rcro_portal.models import Notice
from tests.factories.centers import DepartmentFactory, UserFactory, coordinator, staff
from tests.factories.events import CommitmentFactory
from tests.factories.moments import SENT_AT, tomsk

pytestmark = pytest.mark.django_db
ANSWERED_AT = tomsk(3, 25, 11)
# The term of the factories is Monday, 6 April 2026: three working days before it is a Wednesday, five after a Monday.
BEFORE, EVE, DAY_AFTER, LAST = tomsk(4, 1, 8), tomsk(4, 3, 8), tomsk(4, 7, 8), tomsk(4, 13, 8)

NIGHT, NEXT_MORNING = tomsk(3, 25, 21), tomsk(3, 26, 8)


def waiting(reason: str = "commitment_reminder") -> list[tuple[str, str, datetime.datetime]]:
    rows = Notice.objects.filter(reason=reason).planned().order_by("send_after", "email")
    return [(row.fact.partition(" ")[0], row.email, row.send_after) for row in rows]


def owed(**fields: object) -> tuple[Commitment, User]:
    commitment = CommitmentFactory(**fields)
    user = coordinator(commitment.center)
    told.given([commitment], at=SENT_AT)
    return commitment, user


def test_terms_are_reminded_of_on_the_mornings_of_working_days() -> None:
    _, user = owed()
    assert waiting() == [
        ("before-3", user.email, BEFORE),
        ("before-1", user.email, EVE),
        ("after-1", user.email, DAY_AFTER),
        ("after-5", user.email, LAST),
    ]
    assert telling.tell_due(now=BEFORE) == 1
    sent = mail.outbox[-1]
    assert "осталось 3 рабочих дня" in sent.body
    assert sent.to == [user.email]
    assert telling.tell_due(now=BEFORE + datetime.timedelta(hours=1)) == 0


def test_reminder_says_what_to_do_and_in_what_days() -> None:
    commitment, user = owed(starts_on=datetime.date(2026, 4, 2))
    commitments.answer(commitment=commitment, text="Готово.", by=user, at=ANSWERED_AT)
    commitments.give_back(commitment=commitment, note="Нет подписи.", by=staff("methodist"), at=ANSWERED_AT)
    telling.tell_due(now=BEFORE)
    assert "исправьте его и направьте ещё раз" in mail.outbox[-1].body
    Commitment.objects.update(status=CommitmentStatus.OPEN)
    telling.tell_due(now=EVE)
    words = mail.outbox[-1].body.replace(NBSP, " ")
    assert ["Период – со 2 по 6 апреля 2026 г." in words, "Нужно направить ответ." in words] == [True, True]


def test_new_year_is_no_working_day() -> None:
    owed(due_on=datetime.date(2026, 12, 31))
    # 31 December 2026 is a day off by decree, as are the days up to 10 January.
    assert [moment for _, _, moment in waiting()] == [
        tomsk(12, 28, 8),
        tomsk(12, 30, 8),
        tomsk(1, 11, 8, year=2027),
        tomsk(1, 15, 8, year=2027),
    ]


def test_term_that_moved_moves_its_reminders() -> None:
    commitment, _ = owed()
    telling.tell_due(now=BEFORE)
    commitment.due_on = datetime.date(2026, 4, 20)
    commitment.save()
    told.term_moved([commitment], at=BEFORE + datetime.timedelta(hours=2))
    assert [(fact, moment) for fact, _, moment in waiting()] == [
        ("before-3", tomsk(4, 15, 8)),
        ("before-1", tomsk(4, 17, 8)),
        ("after-1", tomsk(4, 21, 8)),
        ("after-5", tomsk(4, 27, 8)),
    ]
    assert telling.tell_due(now=BEFORE + datetime.timedelta(hours=2)) == 1
    assert mail.outbox[-1].subject.startswith("Срок перенесён: «Открытая лаборатория")
    assert "20.04.2026" in mail.outbox[-1].subject
    # Moved, not made anew beside what stands.
    assert Notice.objects.filter(reason="commitment_reminder").count() == 5


def test_reminders_after_a_term_that_moved_late_leave_too() -> None:
    """Those before the new term were planned last, and are no later for it."""
    commitment, _ = owed()
    for morning in (BEFORE, EVE):
        assert telling.tell_due(now=morning) == 1
    commitment.due_on = datetime.date(2026, 4, 20)
    commitment.save()
    told.given([commitment], at=EVE + datetime.timedelta(hours=2))
    mornings = [moment for _, _, moment in waiting()]
    assert len(mornings) == 4
    assert [telling.tell_due(now=morning) for morning in mornings] == [1, 1, 1, 1]


def test_answer_takes_the_reminders_back_and_a_remark_brings_them_again() -> None:
    commitment, user = owed()
    commitments.answer(commitment=commitment, text="Готово.", by=user, at=ANSWERED_AT)
    assert waiting() == []
    taken = Notice.objects.filter(status="taken_back")
    assert set(taken.values_list("error", flat=True)) == {"Ответ направлен."}
    commitments.give_back(commitment=commitment, note="Нет подписи.", by=staff("methodist"), at=tomsk(3, 26, 9))
    assert [moment for _, _, moment in waiting()] == [BEFORE, EVE, DAY_AFTER, LAST]
    assert telling.tell_due(now=tomsk(3, 26, 9)) == 1
    assert mail.outbox[-1].subject.startswith("Ответ возвращён: ")
    assert "Замечание: Нет подписи." in mail.outbox[-1].body
    assert user.person.name_and_patronymic in mail.outbox[-1].body


def test_accepted_answer_is_told_once() -> None:
    commitment, user = owed()
    commitments.answer(commitment=commitment, text="Готово.", by=user, at=ANSWERED_AT)
    commitments.accept(commitment=commitment, by=staff("methodist"), at=tomsk(3, 26, 9))
    assert telling.tell_due(now=tomsk(3, 26, 9)) == 1
    assert telling.tell_due(now=LAST) == 0
    assert [message.subject[:13] for message in mail.outbox] == ["Ответ принят:"]


def handed_over(center: Center, on: datetime.date) -> User:
    successor = UserFactory()
    hand_overs.hand_over(center=center, to=successor.person, on=on, by=staff("methodist"), at=SENT_AT)
    return successor


def test_whoever_takes_the_centre_over_is_reminded_and_the_former_is_not() -> None:
    commitment, former = owed()
    Coordinator.objects.update(since=datetime.date(2026, 1, 1))
    successor = handed_over(commitment.center, datetime.date(2026, 4, 2))
    telling.tell_due(now=tomsk(3, 20, 9))
    mail.outbox.clear()
    assert telling.tell_due(now=BEFORE) == 1
    assert mail.outbox[-1].to == [former.email]
    nightly.follow(at=tomsk(4, 2, 0, 10))
    assert waiting() == [(fact, successor.email, moment) for fact, moment in _after_the_hand_over()]
    assert telling.tell_due(now=EVE) == 1
    assert mail.outbox[-1].to == [successor.email]


def _after_the_hand_over() -> list[tuple[str, datetime.datetime]]:
    return [("before-1", EVE), ("after-1", DAY_AFTER), ("after-5", LAST)]


def test_former_coordinator_gets_nothing_even_before_the_nightly_look() -> None:
    commitment, _ = owed()
    Coordinator.objects.update(since=datetime.date(2026, 1, 1))
    handed_over(commitment.center, datetime.date(2026, 4, 1))
    telling.tell_due(now=tomsk(3, 20, 9))
    mail.outbox.clear()
    assert telling.tell_due(now=BEFORE) == 0
    assert Notice.objects.get(fact__startswith="before-3").error == "Центр ведёт уже другой координатор."


def test_whoever_stopped_is_not_reminded_but_told_of_the_remark() -> None:
    commitment, user = owed()
    choosing.stop(email=user.email, at=SENT_AT)
    assert waiting() == []
    nightly.follow(at=tomsk(3, 20, 0, 10))
    assert waiting() == []
    told.term_moved([commitment], at=ANSWERED_AT)
    assert told.reminded([commitment], at=ANSWERED_AT) == 1
    assert telling.tell_due(now=ANSWERED_AT) == 2
    choosing.choose(email=user.email, way="", stops=False, at=ANSWERED_AT)
    nightly.follow(at=tomsk(3, 26, 0, 10))
    assert len(waiting()) == 4


def test_reminded_by_hand_at_most_once_a_day() -> None:
    open_one, _ = owed()
    told.reminded([open_one], at=ANSWERED_AT)
    told.reminded([open_one], at=ANSWERED_AT + datetime.timedelta(hours=2))
    assert len(waiting("commitment_reminded")) == 1
    told.reminded([open_one], at=ANSWERED_AT + datetime.timedelta(days=1))
    assert len(waiting("commitment_reminded")) == 2
    done, _ = owed(status=CommitmentStatus.ACCEPTED, acknowledged_at=SENT_AT)
    assert told.reminded([done], at=ANSWERED_AT) == 0


def test_queries_do_not_grow_with_those_who_owe() -> None:
    def counted(number: int) -> int:
        rows = [CommitmentFactory() for _ in range(number)]
        for row in rows:
            coordinator(row.center)
        read = Commitment.objects.filter(pk__in=[row.pk for row in rows])
        read = read.select_related("organization__center", "outcome__event")
        with CaptureQueriesContext(connection) as queries:
            told.given(read, at=SENT_AT)
        return len(queries)

    assert counted(1) == counted(12)


def test_asked_for_a_term_the_department_is_told() -> None:
    commitment, _ = owed()
    methodist = staff("methodist", commitment.outcome.event.department)
    staff("methodist", DepartmentFactory(name="другой отдел"))
    ask(commitment, ANSWERED_AT)
    assert [email for _, email, _ in waiting("commitment_term_asked")] == [methodist.email]
    assert telling.tell_due(now=ANSWERED_AT) == 1
    assert "просит о другом сроке" in mail.outbox[-1].body


def ask(commitment: Commitment, at: datetime.datetime) -> None:
    user = commitment.center.coordinators.get().person.user
    terms.ask(commitment=commitment, wanted_on=datetime.date(2026, 4, 20), reason="Отпуск.", by=user, at=at)


def test_nobody_is_asked_in_the_morning_for_a_term_that_was_granted_at_night() -> None:
    commitment, _ = owed()
    methodist = staff("methodist", commitment.outcome.event.department)
    ask(commitment, NIGHT)
    terms.move(commitment=commitment, to=datetime.date(2026, 4, 20), reason="Отпуск.", by=methodist, at=NIGHT)
    telling.tell_due(now=NEXT_MORNING)
    assert [message.subject[:14] for message in mail.outbox] == ["Срок перенесён"]
    assert Notice.objects.get(reason="commitment_term_asked").status == "taken_back"


def test_of_a_term_nothing_is_said_once_the_commitment_is_done() -> None:
    commitment, user = owed()
    methodist = staff("methodist", commitment.outcome.event.department)
    terms.move(commitment=commitment, to=datetime.date(2026, 4, 20), reason="Отпуск.", by=methodist, at=NIGHT)
    commitments.answer(commitment=commitment, text="Готово.", by=user, at=NIGHT)
    commitments.accept(commitment=commitment, by=methodist, at=NIGHT)
    telling.tell_due(now=NEXT_MORNING)
    assert [message.subject[:12] for message in mail.outbox] == ["Ответ принят"]
