"""A sent letter is replaced by a later one, each names the other; for an outcome's letter the outcome is reopened."""

from typing import Any

import pytest
from django.test import Client

from events.models import Commitment, Outcome, Reopening
from events.models.outcome import OutcomeStatus
from events.outcomes import outcomes
from reports.letters import appendices, asked, letters, replacements
from reports.models import Letter
from reports.models.letter import LetterKind, LetterStatus
from reports.operations import invariants
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.events import DecisionFactory, held, ready_outcome
from tests.factories.moments import FILED_AT
from tests.factories.replacing import LATER, NEW_TERM, REASON, SENT_LATER, begun, decided, filed, replaced, written
from tests.factories.reports import Office
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.sent_on_paper(office)


# -- The outcome is opened again ----------------------------------------------------------------------


def test_outcome_is_opened_and_the_sent_letter_stays_in_force(sent: Letter, office: Office) -> None:
    draft = begun(sent, office)
    outcome = Outcome.objects.get(pk=sent.outcome_id)
    assert (draft.kind, draft.outcome, draft.replaces, draft.status, draft.replacement_reason) == (
        LetterKind.OUTCOME,
        outcome,
        sent,
        LetterStatus.DRAFT,
        REASON,
    )
    assert outcome.status == OutcomeStatus.DRAFT
    assert outcome.transitions.order_by("-pk")[0].note == "Готовится письмо взамен № 941 от 18.03.2026"
    assert (list(outcome.letters.in_force()), list(outcome.letters.under_way())) == ([sent], [draft])
    assert list(invariants.filed_outcomes()) == []


def test_replacement_that_is_filed_is_the_same_letter(sent: Letter, office: Office) -> None:
    draft = begun(sent, office)
    assert filed(draft, office) == draft
    assert Outcome.objects.get(pk=sent.outcome_id).status == OutcomeStatus.FILED
    assert list(invariants.filed_outcomes()) == []


def test_sent_replacement_links_both_ways(sent: Letter, office: Office) -> None:
    new = replaced(sent, office)
    old = Letter.objects.get(pk=sent.pk)
    assert (old.replaced_by, new.replaces, new.outcome, old.outcome) == (new, old, sent.outcome, sent.outcome)
    assert list(sent.outcome.letters.living()) == [new]
    assert not Reopening.objects.exists()
    assert {title: found for title, found in invariants.broken().items() if found} == {}


def test_replacement_of_a_replacement(sent: Letter, office: Office) -> None:
    third = replaced(replaced(sent, office), office)
    assert list(sent.outcome.letters.living()) == [third]
    assert [row.change for row in asked.letters_of(Commitment.objects.get())] == ["given", "kept", "kept"]


def test_what_others_owe_stays_what_the_letter_in_force_says(office: Office, client: Client) -> None:
    """Nobody reads on the event's page what is only being written."""
    outcome = ready_outcome(edited_by=office.methodist, event=held(department=office.department))
    DecisionFactory(outcome=outcome, debtors="управлениям образования", text="прислать списки")
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    sent = walked.send_on_paper(letter, office)
    begun(sent, office)
    written(sent, office, decisions=[{**row, "text": "прислать сметы"} for row in decided(sent)])
    client.force_login(office.methodist)
    page = client.get(f"/events/{outcome.event_id}/").text
    assert page.count("Прислать списки") == 1
    assert "сметы" not in page


def test_what_others_owed_before_is_not_called_new(office: Office, client: Client) -> None:
    outcome = ready_outcome(edited_by=office.methodist, event=held(department=office.department))
    DecisionFactory(outcome=outcome, debtors="управлениям образования", text="прислать списки")
    letter = letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    begun(walked.send_on_paper(letter, office), office)
    client.force_login(office.methodist)
    page = client.get(f"/outcomes/{outcome.pk}/check/").text
    assert "Прислать списки" in page
    assert "Новое поручение" not in page


# -- Given up -----------------------------------------------------------------------------------------


def content_of(letter: Letter) -> tuple[Any, ...]:
    outcome = Outcome.objects.get(pk=letter.outcome_id)
    page = outcomes.page(outcome)
    return outcome.status, page, list(outcome.appendices.values_list("position", "title", "digest", "sheets"))


def spoilt(letter: Letter, office: Office) -> None:
    """Everything that an outcome holds, changed."""
    outcome = Outcome.objects.get(pk=letter.outcome_id)
    written(letter, office, decisions=[], talks=[], salutation="Коллеги!")
    outcomes.add_figure(of=outcome, name="ещё один", query="centers_with_status", parameters={"year": 2025})
    appendices.remove(of=outcome, appendix=outcome.appendices.get())
    walked.enclose(outcome, title="Другой порядок")


@pytest.fixture
def with_appendix(office: Office) -> Letter:
    centers.CenterFactory()
    letter = walked.in_review(office)
    letters.recall(letter=letter, by=office.methodist, at=FILED_AT)
    walked.enclose(letter.outcome)
    outcome = Outcome.objects.get(pk=letter.outcome_id)
    letters.file_outcome(outcome=outcome, by=office.methodist, at=FILED_AT)
    return walked.send_on_paper(Letter.objects.get(pk=letter.pk), office)


def test_replacement_that_is_given_up_leaves_all_as_it_was(with_appendix: Letter, office: Office) -> None:
    before, owed = content_of(with_appendix), list(Commitment.objects.values())
    draft = begun(with_appendix, office)
    spoilt(with_appendix, office)
    replacements.give_up(letter=draft, by=office.methodist, at=LATER)
    assert content_of(with_appendix) == before
    assert list(Commitment.objects.values()) == owed
    assert list(with_appendix.outcome.letters.all()) == [with_appendix]
    assert not Reopening.objects.exists()
    assert {title: found for title, found in invariants.broken().items() if found} == {}


@pytest.mark.parametrize("returned", [True, False])
def test_replacement_that_is_annulled_leaves_all_as_it_was(
    with_appendix: Letter, office: Office, returned: bool
) -> None:
    before, owed = content_of(with_appendix), list(Commitment.objects.values())
    draft = begun(with_appendix, office)
    written(with_appendix, office, decisions=[{**decided(with_appendix)[0], "due_on": NEW_TERM}])
    letter = filed(draft, office)
    if returned:
        letters.give_back(letter=letter, note="Проверьте срок.", by=office.head, at=LATER)
        spoilt(with_appendix, office)
    letters.annul(letter=Letter.objects.get(pk=letter.pk), note="Не нужно", by=office.director, at=LATER)
    assert content_of(with_appendix) == before
    assert list(Commitment.objects.values()) == owed
    assert {title: found for title, found in invariants.broken().items() if found} == {}
    assert begun(with_appendix, office).replaces == with_appendix


def test_replacement_that_was_filed_is_annulled_not_given_up(sent: Letter, office: Office) -> None:
    letter = filed(begun(sent, office), office)
    letters.recall(letter=letter, by=office.methodist, at=LATER)
    with refused(replacements.WasFiled):
        replacements.give_up(letter=letter, by=office.methodist, at=LATER)


# -- Refusals, and letters that no outcome writes -----------------------------------------------------


def test_second_replacement_is_refused_while_one_is_under_way(sent: Letter, office: Office) -> None:
    draft = begun(sent, office)
    with refused(replacements.UnderWay):
        begun(sent, office)
    assert replacements.under_way(sent) == draft


def test_replacement_wants_a_reason(sent: Letter, office: Office) -> None:
    with refused(replacements.NoReason):
        replacements.begin(letter=sent, reason=" ", by=office.methodist, at=LATER)


def test_only_a_sent_letter_that_is_not_replaced_yet(sent: Letter, office: Office) -> None:
    under_way = walked.in_review(office)
    with refused(replacements.NotSent):
        begun(under_way, office)
    replaced(sent, office)
    with refused(replacements.AlreadyReplaced):
        begun(sent, office)


def test_free_letter_is_replaced_with_figures_addressees_and_appendices(office: Office) -> None:
    centers.CenterFactory()
    letter = walked.free(office)
    walked.enclose(letter, title="Порядок")
    letters.file_draft(letter=letter, by=office.methodist, at=FILED_AT)
    old = walked.send_on_paper(Letter.objects.get(pk=letter.pk), office)
    draft = begun(old, office)
    assert draft.manuscript.body == walked.BODY
    assert [row.name for row in draft.figures.all()] == ["центры"]
    assert [row.title for row in draft.appendices.all()] == ["Порядок"]
    assert draft.replacement_reason == REASON


# -- Broken off ------------------------------------------------------------------------------------------


def test_letter_that_fails_while_it_is_sent_changes_nothing(
    sent: Letter, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever step of the sending breaks: no half state."""
    begun(sent, office)
    written(sent, office, decisions=[{**decided(sent)[0], "due_on": NEW_TERM}])
    letter = walked.signed_on_paper(filed(replacements.under_way(sent), office), office)
    for module, name in (
        ("reports.letters.replacements", "settle"),
        ("reports.letters.letters", "_move"),
        ("reports.delivery.dispatch", "queue"),
        ("events.commitments.changes", "carry_out"),
        ("reports.letters.asked", "carry_out"),
    ):
        with monkeypatch.context() as patched, nothing_changes():
            break_after(patched, module, name)
            with pytest.raises(RuntimeError, match="broken"):
                letters.release(letter_id=letter.pk, at=SENT_LATER)
    assert letters.release(letter_id=letter.pk, at=SENT_LATER)
    assert Commitment.objects.get().due_on == NEW_TERM


def break_after(patched: pytest.MonkeyPatch, module: str, name: str) -> None:
    import importlib

    owner = importlib.import_module(module)
    call = getattr(owner, name)

    def through(*args: Any, **kwargs: Any) -> None:
        call(*args, **kwargs)
        raise RuntimeError("broken")

    patched.setattr(owner, name, through)
