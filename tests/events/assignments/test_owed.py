"""Commitments that an amended technical assignment fulfils: from the letter's page to «Принято»."""

import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from centers.models import Center
from events.assignments import assignments, owed
from events.commitments import changes
from events.commitments.changes import Source
from events.models import Commitment, Decision
from events.outcomes import forms
from tests.factories import assignments as made
from tests.factories import events
from tests.factories.centers import CenterFactory, OrganizationFactory
from tests.factories.editor import as_drawn, posted
from tests.factories.moments import SENT_AT
from tests.untouched import nothing_changes

pytestmark = pytest.mark.django_db
LATER = SENT_AT + datetime.timedelta(days=2)


@pytest.fixture
def center() -> Center:
    return CenterFactory(organization__short_name="Лицей у реки")


@pytest.fixture
def agreed(center: Center) -> Any:
    return made.agreed(made.begun(center))


@pytest.fixture
def asked(center: Center) -> Commitment:
    """As a letter gave it."""
    decision = events.DecisionFactory(text="уточнить события", asks="assignment", amends="events")
    sent = {"letter": "№ 941 от 25.09.2026", "reason": "", "at": SENT_AT}
    changes.carry_out(source=Source.of_outcome(decision.outcome), centers=[center], **sent)
    return Commitment.objects.get()


def logged_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def amended(agreed: Any, fulfils: tuple[int, ...]) -> None:
    """Submitted anew with another number of people."""
    by = agreed.edited_by
    assignments.amend(assignment=agreed, by=by, at=LATER)
    page = assignments.written(agreed)
    page["events"][0]["expected"] = 90
    assignments.save(of=agreed, by=by, at=LATER, version=made.fresh(agreed).version, **page)
    now = made.fresh(agreed)
    assignments.submit(assignment=now, version=now.version, fulfils=fulfils, by=by, at=LATER)


def status(commitment: Commitment) -> str:
    return Commitment.objects.get(pk=commitment.pk).status


def test_from_the_page_of_the_commitment_to_accepted(agreed: Any, asked: Commitment) -> None:
    own, methodist = logged_in(agreed.edited_by), logged_in(made.methodist())
    page = own.get(reverse("events:commitment-detail", args=[asked.pk])).text
    assert "Внести изменения в техническое задание" in page
    assert "Направить ответ" not in page
    opened = own.post(reverse("events:assignment-amend", args=[agreed.pk]), {"commitment": asked.pk})
    assert opened["Location"] == f"/assignments/{agreed.pk}/edit/?commitment={asked.pk}#events"
    edit = own.get(opened["Location"]).text
    assert ("Уточнить события" in edit, 'id="events"' in edit) == (True, True)
    typed = as_drawn(edit, "assignment-form") | {"events-0-expected": "90"}
    own.post(reverse("events:assignment-save", args=[agreed.pk]), typed)
    detail = own.get(reverse("events:assignment-detail", args=[agreed.pk])).text
    own.post(reverse("events:assignment-submit", args=[agreed.pk]), as_drawn(detail, "submit-form"))
    assert status(asked) == "in_review"
    review = methodist.get(reverse("events:commitment-detail", args=[asked.pk])).text
    assert "Рассмотреть техническое задание" in review
    methodist.post(reverse("events:assignment-agree", args=[agreed.pk]), {"number": "2"})
    assert status(asked) == "accepted"
    done = own.get(reverse("events:commitment-detail", args=[asked.pk])).text
    assert "Техническое задание, редакция 2: согласовано." in done


def test_returned_and_recalled_with_its_version(agreed: Any, asked: Commitment) -> None:
    amended(agreed, (asked.pk,))
    now, by = made.fresh(agreed), made.methodist()
    assignments.give_back(assignment=now, number=2, note="Мало событий.", remarks={}, by=by, at=LATER)
    assert status(asked) == "returned"
    now = made.fresh(agreed)
    again = assignments.submit(assignment=now, version=now.version, fulfils=(asked.pk,), by=now.edited_by, at=LATER)
    assert (again.number, status(asked)) == (3, "in_review")
    assignments.recall(assignment=made.fresh(agreed), by=now.edited_by, at=LATER)
    assert (status(asked), made.fresh(agreed).status) == ("open", "changed")


def test_what_was_not_ticked_stays_owed(agreed: Any, asked: Commitment) -> None:
    amended(agreed, ())
    assignments.agree(assignment=made.fresh(agreed), number=2, by=made.methodist(), at=LATER)
    assert status(asked) == "open"


def test_foreign_commitment_is_not_fulfilled(agreed: Any) -> None:
    theirs = events.CommitmentFactory(asks="assignment")
    answer = events.CommitmentFactory(center=agreed.center)
    amended(agreed, (theirs.pk, answer.pk))
    assert (status(theirs), status(answer)) == ("open", "open")


def test_withdrawn_by_a_letter_leaves_the_assignment_alone(agreed: Any, asked: Commitment) -> None:
    amended(agreed, (asked.pk,))
    now = made.fresh(agreed)
    Decision.objects.all().delete()
    sent = {"letter": "№ 950 от 20.03.2026", "reason": "Ошибка.", "at": LATER}
    changes.carry_out(source=Source.of_outcome(asked.outcome), centers=[agreed.center], **sent)
    after = made.fresh(agreed)
    assert (status(asked), after.status, after.version) == ("withdrawn", now.status, now.version)
    assignments.agree(assignment=after, number=2, by=made.methodist(), at=LATER)
    assert (status(asked), made.fresh(agreed).agreed.number) == ("withdrawn", 2)


def test_worded_anew_while_in_review_is_asked_anew(agreed: Any, asked: Commitment) -> None:
    amended(agreed, (asked.pk,))
    Decision.objects.update(text="уточнить события и показатели")
    sent = {"letter": "№ 950 от 20.03.2026", "reason": "", "at": LATER + datetime.timedelta(hours=1)}
    changes.carry_out(source=Source.of_outcome(asked.outcome), centers=[agreed.center], **sent)
    assignments.agree(assignment=made.fresh(agreed), number=2, by=made.methodist(), at=LATER)
    assert status(asked) == "open"


def test_commitment_belongs_to_the_period_of_its_term(agreed: Any, asked: Commitment) -> None:
    next_year = {"since": datetime.date(2027, 1, 1), "until": datetime.date(2027, 12, 31)}
    made.AssignmentPeriodFactory(title="2027 год", **next_year, due_on=datetime.date(2027, 2, 1))
    assert list(owed.asked_of(agreed)) == [asked]
    Commitment.objects.update(due_on=datetime.date(2027, 3, 1))
    assert list(owed.asked_of(agreed)) == []
    target = owed.target(Commitment.objects.get())
    assert target
    assert (target.period.title, target.assignment) == ("2027 год", None)


def test_answer_and_verdict_by_hand_are_refused_in_words(agreed: Any, asked: Commitment) -> None:
    own, methodist = logged_in(agreed.edited_by), logged_in(made.methodist())
    with nothing_changes():
        answered = own.post(reverse("events:commitment-answer", args=[asked.pk]), {"text": "Сделано."})
    assert (answered.status_code, "новая редакция технического задания" in answered.text) == (409, True)
    amended(agreed, (asked.pk,))
    accepted = methodist.post(reverse("events:commitment-accept", args=[asked.pk]))
    assert (accepted.status_code, "вместе с техническим заданием" in accepted.text) == (409, True)


@pytest.mark.parametrize(
    ("said", "is_hidden"),
    [({"asks": "assignment"}, False), ({"asks": "answer"}, True), ({"asks": "assignment", "kind": "appeal"}, True)],
)
def test_what_to_amend_is_asked_where_an_assignment_is(said: dict[str, str], is_hidden: bool) -> None:
    outcome = events.OutcomeFactory()
    row = {"kind": "decision", "text": "уточнить", "due_on": "2026-04-06", **said}
    data = posted(outcome, decisions=[row])
    editor = forms.OutcomeEditor(outcome, {"talks": [], "problems": [], "decisions": []}, outcome.version, data)
    assert editor.rows["decisions"].forms[0].amends_nothing is is_hidden


def test_only_centres_can_be_asked_for_it() -> None:
    outcome, school = events.OutcomeFactory(), OrganizationFactory()
    row = {"kind": "decision", "text": "уточнить", "due_on": "2026-04-06", "asks": "assignment"}
    data = posted(outcome, decisions=[{**row, "amends": "goals", "owed_by_others": school.pk}])
    editor = forms.OutcomeEditor(outcome, {"talks": [], "problems": [], "decisions": []}, outcome.version, data)
    assert not editor.is_valid()
    assert forms.ONLY_CENTERS in str(editor.rows["decisions"].errors)
    said = posted(outcome, decisions=[{**row, "asks": "answer", "amends": "goals"}])
    editor = forms.OutcomeEditor(outcome, {"talks": [], "problems": [], "decisions": []}, outcome.version, said)
    assert editor.is_valid(), editor.rows["decisions"].errors
    assert editor.cleaned()["decisions"][0]["amends"] == ""
