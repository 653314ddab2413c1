"""What a replacing letter does to what centres owe: foreseen on its check page, carried out when it is sent."""

import datetime
import html

import pytest
from django.test import Client
from django.urls import reverse

from events.commitments import commitments
from events.commitments.changes import Source
from events.models import Commitment, Outcome
from events.models.commitment import ChangeKind, CommitmentStatus
from events.models.outcome import Asks, DecisionKind
from events.outcomes import decision_keys, reopenings
from rcro_portal.lib.russian import NBSP
from reports.letters import asked
from reports.models import Letter
from reports.operations import invariants
from tests.factories import centers
from tests.factories import letters as walked
from tests.factories.events import DecisionFactory
from tests.factories.moments import DUE_ON, SENT_AT
from tests.factories.replacing import LATER, NEW_TERM, REASON, SENT_LATER, begun, decided, filed, replaced, written
from tests.factories.reports import Office
from tests.untouched import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(office: Office) -> Letter:
    centers.CenterFactory()
    return walked.sent_on_paper(office)


def in_state(status: str, owed: Commitment, office: Office) -> None:
    """Walk the commitment there."""
    if status == CommitmentStatus.OPEN:
        return
    commitments.answer(commitment=owed, text="Список составлен.", by=office.methodist, at=LATER)
    if status == CommitmentStatus.ACCEPTED:
        commitments.accept(commitment=owed, by=office.methodist, at=LATER)
    if status == CommitmentStatus.RETURNED:
        commitments.give_back(commitment=owed, note="Добавьте даты.", by=office.methodist, at=LATER)


def test_nothing_changes_until_the_replacement_is_sent(sent: Letter, office: Office) -> None:
    draft = begun(sent, office)
    before = list(Commitment.objects.values())
    written(sent, office, decisions=[{**decided(sent)[0], "due_on": NEW_TERM}])
    filed(draft, office)
    assert list(Commitment.objects.values()) == before


@pytest.mark.parametrize("status", ["open", "in_review", "accepted", "returned"])
def test_term_is_moved_whatever_was_done(sent: Letter, office: Office, status: str) -> None:
    in_state(status, Commitment.objects.get(), office)
    new = replaced(sent, office, decisions=[{**decided(sent)[0], "due_on": NEW_TERM}])
    owed = Commitment.objects.get()
    assert (owed.status, owed.due_on) == (status, NEW_TERM)
    step = owed.transitions.order_by("-pk")[0]
    assert (step.before, step.after, step.by) == (status, status, None)
    assert (
        step.note == "Срок перенесён с 06.04.2026 на 20.04.2026 письмом № 942 от 18.03.2026. Причина: Перенесён срок."
    )
    rows = [(row.letter, row.change, row.due_before, row.due_on) for row in asked.letters_of(owed)]
    assert rows == [(sent, "given", None, DUE_ON), (new, "moved", DUE_ON, NEW_TERM)]


def test_period_is_noted_with_its_first_day(sent: Letter, office: Office) -> None:
    """A letter may move that day alone."""
    starts_on = DUE_ON - datetime.timedelta(days=4)
    new = replaced(sent, office, decisions=[{**decided(sent)[0], "starts_on": starts_on}])
    row = asked.letters_of(Commitment.objects.get())[-1]
    assert (row.change, row.starts_before, row.starts_on) == ("moved", None, starts_on)
    words = (row.term_before_in_words, row.term_in_words)
    assert [text.replace(NBSP, " ") for text in words] == ["до 6 апреля 2026 г.", "со 2 по 6 апреля 2026 г."]
    (asks,) = asked.of_letter(new)
    assert (asks.term_before, asks.term) == ("06.04.2026", "02.04.2026–06.04.2026")


@pytest.mark.parametrize("status", ["open", "in_review", "accepted", "returned"])
@pytest.mark.parametrize("change", [{"text": "составить смету приборов"}, {"asks": Asks.ACKNOWLEDGEMENT}])
def test_what_is_worded_anew_is_open_again(sent: Letter, office: Office, status: str, change: dict[str, str]) -> None:
    in_state(status, Commitment.objects.get(), office)
    replaced(sent, office, decisions=[{**decided(sent)[0], **change}])
    owed = Commitment.objects.get()
    assert (owed.status, owed.acknowledged_at, owed.opened_at) == (CommitmentStatus.OPEN, None, SENT_LATER)
    assert {name: getattr(owed, name) for name in change} == change
    words = "Поручение изменено письмом № 942 от 18.03.2026. Было: «составить список приборов», срок 06.04.2026."
    assert owed.transitions.order_by("-pk")[0].note == f"{words} Причина: {REASON}"
    assert owed.answers.count() == (status != "open")
    assert list(invariants.transitions()) == []


@pytest.mark.parametrize("status", ["open", "in_review", "returned"])
def test_what_is_left_out_is_withdrawn(sent: Letter, office: Office, status: str) -> None:
    in_state(status, Commitment.objects.get(), office)
    replaced(sent, office, decisions=[{**decided(sent)[0], "kind": DecisionKind.INFORMATION, "due_on": None}])
    owed = Commitment.objects.get()
    assert owed.status == CommitmentStatus.WITHDRAWN
    assert owed.transitions.order_by("-pk")[0].note == f"Снято письмом № 942 от 18.03.2026. Причина: {REASON}"
    assert asked.letters_of(owed)[-1].change == ChangeKind.WITHDRAWN
    assert list(invariants.transitions()) == []


def test_what_was_accepted_stays_accepted_though_it_is_left_out(sent: Letter, office: Office) -> None:
    in_state("accepted", Commitment.objects.get(), office)
    replaced(sent, office, decisions=[{**decided(sent)[0], "key": "", "text": "составить смету"}])
    old, new = Commitment.objects.order_by("pk")
    assert (old.status, new.status, new.text) == ("accepted", "open", "составить смету")
    assert old.transitions.order_by("-pk")[0].note.startswith("Письмо № 942 от 18.03.2026 этого больше не поручает;")


def test_what_was_withdrawn_and_comes_back_is_asked_again(sent: Letter, office: Office) -> None:
    kept = decided(sent)
    second = replaced(sent, office, decisions=[{**kept[0], "kind": DecisionKind.APPEAL, "due_on": None}])
    replaced(second, office, decisions=kept)
    assert Commitment.objects.get().status == CommitmentStatus.OPEN


def test_accepted_and_left_out_is_said_once(sent: Letter, office: Office) -> None:
    """Each later replacement says nothing of it any more: neither on its check page nor to the centre."""
    in_state("accepted", Commitment.objects.get(), office)
    kept = decided(sent)
    more = {**kept[0], "key": "", "text": "назначить ответственного"}
    second = replaced(sent, office, decisions=[more])
    owed = Commitment.objects.get(text=kept[0]["text"])
    said = owed.transitions.count()
    begun(second, office)
    receivers = list(second.centers.all())
    outcome = Outcome.objects.get(pk=sent.outcome_id)
    assert [row.kind for row in asked.foreseen(source=Source.of_outcome(outcome), centers=receivers)] == ["kept"]
    third = walked.send_on_paper(filed(second.replacements.get(), office), office, sent_at=SENT_LATER)
    assert [row.change for row in third.commitments.all()] == ["kept"]
    assert (owed.transitions.count(), Commitment.objects.get(pk=owed.pk).status) == (said, CommitmentStatus.ACCEPTED)
    assert list(invariants.commitments()) == []


def test_new_decisions_are_given_and_the_others_kept(sent: Letter, office: Office) -> None:
    more = {"key": "", "kind": "decision", "text": "назначить ответственного", "asks": Asks.ANSWER, "due_on": NEW_TERM}
    replaced(sent, office, decisions=[{**more, "owed_by": []}, *decided(sent)])
    rows = Commitment.objects.order_by("position").values_list("text", "due_on", "status")
    assert list(rows) == [
        ("назначить ответственного", NEW_TERM, "open"),
        ("составить список приборов", DUE_ON, "open"),
    ]


def test_centre_that_lost_its_status_owes_what_it_owed_and_nothing_new(sent: Letter, office: Office) -> None:
    """It must learn that the letter it holds is replaced; a centre that joined owes all of it."""
    (center,) = sent.centers.all()
    center.grants.update(until=SENT_AT.date())
    joined = centers.CenterFactory()
    more = {"key": "", "kind": "decision", "text": "назначить ответственного", "asks": Asks.ANSWER, "due_on": NEW_TERM}
    new = replaced(sent, office, decisions=[{**decided(sent)[0], "due_on": NEW_TERM}, {**more, "owed_by": []}])
    assert set(new.centers.all()) == {center, joined}
    owed = Commitment.objects.order_by("position", "pk").values_list("organization__center", "text", "due_on")
    assert list(owed) == [
        (center.pk, "составить список приборов", NEW_TERM),
        (joined.pk, "составить список приборов", NEW_TERM),
        (joined.pk, "назначить ответственного", NEW_TERM),
    ]


def test_check_says_what_sending_does(sent: Letter, office: Office) -> None:
    DecisionFactory(outcome=sent.outcome, position=30_000, text="показать смету")
    begun(sent, office)
    first, second = decided(sent)
    written(sent, office, decisions=[{**second, "text": "показать план"}, {**first, "due_on": NEW_TERM}])
    receivers = list(sent.centers.all())
    rows = asked.foreseen(source=Source.of_outcome(Outcome.objects.get(pk=sent.outcome_id)), centers=receivers)
    assert [(row.kind, row.text, row.term, row.term_before, row.number) for row in rows] == [
        ("given", "показать план", "06.04.2026", "", 1),
        ("moved", "составить список приборов", "20.04.2026", "06.04.2026", 1),
    ]


def check_page(sent: Letter, client: Client) -> str:
    return html.unescape(client.get(reverse("reports:outcome-check", args=[sent.outcome_id])).text)


def foreseen(sent: Letter) -> list[asked.Asked]:
    return asked.foreseen(source=Source.of_outcome(sent.outcome), centers=list(sent.centers.all()))


def test_person_says_which_decision_is_which(sent: Letter, office: Office, client: Client) -> None:
    """A decision deleted and typed anew is taken for another one; the check offers to say that it is the same."""
    begun(sent, office)
    client.force_login(office.methodist)
    written(sent, office, decisions=[{**decided(sent)[0], "key": "", "text": "составить перечень приборов"}])
    (row,) = decided(sent)
    kinds = [one.kind for one in foreseen(sent)]
    assert kinds == ["given", "withdrawn"]
    assert "Это прежнее «составить список приборов» в новых словах" in check_page(sent, client)
    owed = Commitment.objects.get()
    identify = reverse("reports:outcome-identify", args=[sent.outcome_id])
    version = Outcome.objects.get(pk=sent.outcome_id).version
    client.post(identify, {"decision": row["key"], "key": str(owed.decision_key), "version": version})
    (one,) = foreseen(sent)
    assert (one.kind, one.text, one.text_before) == (
        "changed",
        "составить перечень приборов",
        "составить список приборов",
    )
    assert "Было: составить список приборов" in check_page(sent, client)
    client.post(identify, {"decision": str(owed.decision_key), "version": version + 1})
    kinds = [one.kind for one in foreseen(sent)]
    assert kinds == ["given", "withdrawn"]


@pytest.mark.parametrize("key", ["", "nonsense", "7e57d004-2b97-0e7a-b45f-5387367791cd"])
def test_key_of_nothing_is_refused(sent: Letter, office: Office, key: str) -> None:
    begun(sent, office)
    given = {"outcome": sent.outcome, "version": sent.outcome.version, "by": office.methodist, "at": LATER}
    with refused(decision_keys.NoSuchDecision):
        reopenings.identify(decision="nonsense" if not key else decided(sent)[0]["key"], key=key, **given)


def test_check_page_names_the_letter_and_every_change(sent: Letter, office: Office, client: Client) -> None:
    begun(sent, office)
    written(sent, office, decisions=[{**decided(sent)[0], "due_on": NEW_TERM}])
    client.force_login(office.methodist)
    page = check_page(sent, client)
    assert "№ 941 от 18.03.2026" in page
    assert "Срок перенесён" in page
    assert "Срок 20.04.2026 (было 06.04.2026)" in page


# -- An answer comes while the replacement is sent ------------------------------------------------------


def test_answer_to_the_former_words_is_refused_with_words(sent: Letter, office: Office) -> None:
    read = Commitment.objects.get()
    replaced(sent, office, decisions=[{**decided(sent)[0], "text": "составить смету"}])
    with refused(commitments.SaidAnew):
        commitments.answer(commitment=read, text="Список готов.", by=office.methodist, at=SENT_LATER)


def test_answer_to_what_was_withdrawn_is_refused_with_words(sent: Letter, office: Office) -> None:
    read = Commitment.objects.get()
    replaced(sent, office, decisions=[{**decided(sent)[0], "kind": DecisionKind.APPEAL, "due_on": None}])
    with refused(commitments.Withdrawn):
        commitments.answer(commitment=read, text="Список готов.", by=office.methodist, at=SENT_LATER)
