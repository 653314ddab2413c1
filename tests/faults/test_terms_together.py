"""A term is moved, an answer comes, two accept, two remind: at the same moment, by real connections."""

import pytest

from events.commitments import commitments, terms
from events.models import Answer, Commitment, TermMove, TermRequest
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.models import Notice
from reports.delivery.fulfilment import reminders
from reports.operations import invariants
from tests.events.commitments.test_terms import GRANTED, WANTED, WHY
from tests.factories import letters as walked
from tests.factories.centers import CenterFactory, coordinator
from tests.factories.moments import DUE_ON, tomsk
from tests.factories.reports import Office
from tests.faults.together import at_once

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
ASKED_AT, DECIDED_AT = tomsk(3, 25, 11), tomsk(3, 26, 9)


def test_answer_and_term_do_not_lose_each_other(office: Office) -> None:
    user = coordinator(CenterFactory())
    walked.sent_on_paper(office)
    read = Commitment.objects.get()
    terms.ask(commitment=read, wanted_on=WANTED, reason=WHY, by=user, at=ASKED_AT)
    one, two = Commitment.objects.get(), Commitment.objects.get()
    answered, moved = at_once(
        lambda: commitments.answer(commitment=one, text="Готово.", by=user, at=DECIDED_AT),
        lambda: terms.move(commitment=two, to=GRANTED, reason=WHY, by=office.methodist, at=DECIDED_AT),
    )
    owed, request = Commitment.objects.get(), TermRequest.objects.get()
    assert (isinstance(answered, Answer), owed.status) == (True, "in_review")
    if isinstance(moved, TermMove):
        assert (owed.due_on, request.status) == (GRANTED, "granted")
    else:
        assert type(moved) is terms.TermChanged
        assert (owed.due_on, request.status) == (DUE_ON, "lapsed")
    assert [*invariants.transitions(), *invariants.commitments()] == []


def test_two_who_accept_are_told_apart_and_two_who_remind_write_once(office: Office) -> None:
    silent, done = coordinator(CenterFactory()), coordinator(CenterFactory())
    letter = walked.sent_on_paper(office)
    center = done.person.coordinated.get().center
    answered = Commitment.objects.get(organization=center.organization)
    commitments.answer(commitment=answered, text="Готово.", by=done, at=ASKED_AT)
    read = [Commitment.objects.get(pk=answered.pk) for _ in range(2)]
    ends = at_once(
        *[lambda row=row: commitments.accept(commitment=row, by=office.methodist, at=DECIDED_AT) for row in read]
    )
    assert sorted(type(end).__name__ for end in ends) == ["NoneType", WrongStep.__name__]
    to = [silent.person.coordinated.get().center.organization_id]
    sent = at_once(*[lambda: reminders.send(letter=letter, to=to, at=DECIDED_AT)] * 3)
    assert sorted(map(str, sent)) == ["0", "0", "1"]
    assert Notice.objects.filter(reason="commitment_reminded").count() == 1
