"""A decision is the same decision through every save, whatever is typed into it."""

import uuid
from typing import Any

import pytest

from events.models import Outcome
from events.models.outcome import Asks
from events.outcomes import decision_keys, due_dates, outcomes
from tests.factories.events import CommitmentFactory, DecisionFactory, OutcomeFactory
from tests.factories.moments import DUE_ON, WRITTEN_AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def outcome() -> Outcome:
    outcome = OutcomeFactory()
    DecisionFactory(outcome=outcome, position=1, text="составить список")
    DecisionFactory(outcome=outcome, position=2, text="показать смету")
    return outcome


def rows(outcome: Outcome) -> list[dict[str, Any]]:
    return outcomes.written(outcome)["decisions"]


def keys(outcome: Outcome) -> list[str]:
    return [row["key"] for row in rows(outcome)]


def save(outcome: Outcome, decisions: list[dict[str, Any]]) -> None:
    fresh = Outcome.objects.get(pk=outcome.pk)
    page = outcomes.written(fresh) | {"decisions": decisions}
    outcomes.save(of=fresh, version=fresh.version, by=fresh.edited_by, at=WRITTEN_AT, **page)


def added(text: str) -> dict[str, Any]:
    """A row that was added on the page: it has no key yet."""
    return {"key": "", "kind": "decision", "text": text, "asks": Asks.ANSWER, "due_on": DUE_ON, "owed_by": []}


def test_key_stays_with_the_row_whatever_changes(outcome: Outcome) -> None:
    first, second = keys(outcome)
    one, two = rows(outcome)
    save(outcome, [{**two, "text": "показать план"}, {**one, "due_on": None}])
    assert [(row["key"], row["text"]) for row in rows(outcome)] == [
        (second, "показать план"),
        (first, "составить список"),
    ]


def test_row_without_a_key_is_the_decision_of_the_same_words_or_a_new_one(outcome: Outcome) -> None:
    first, second = keys(outcome)
    save(outcome, [added("назначить ответственного"), added("Показать  смету"), added("показать смету")])
    new, same, another = keys(outcome)
    assert same == second
    assert len({first, second, new, another}) == 4


def test_words_that_centres_were_asked_are_found_though_the_row_is_gone(outcome: Outcome) -> None:
    owed = CommitmentFactory(decision=outcome.decisions.get(text="показать смету"), text="показать смету")
    save(outcome, [rows(outcome)[0]])
    save(outcome, [added("показать смету")])
    assert keys(outcome) == [str(owed.decision_key)]


def test_the_same_page_without_keys_saved_again_changes_nothing(outcome: Outcome) -> None:
    """As a page posts it that stood open while it was saved by itself."""
    page = [added("назначить ответственного"), *rows(outcome)]
    save(outcome, page)
    saved = outcomes.page(outcome)
    save(outcome, page)
    assert outcomes.page(outcome) == saved


def test_key_that_comes_twice_is_the_first_rows(outcome: Outcome) -> None:
    first, _ = keys(outcome)
    one, two = rows(outcome)
    save(outcome, [one, {**two, "key": first, "text": "показать план"}])
    assert keys(outcome)[0] == first
    assert keys(outcome)[1] != first


def test_moved_term_and_restored_page_keep_the_keys(outcome: Outcome) -> None:
    before = keys(outcome)
    outcome.decisions.update(due_on="2026-04-05")
    outcome.refresh_from_db()
    due_dates.postpone(of=outcome, decision=0, version=outcome.version, by=outcome.edited_by, at=WRITTEN_AT)
    assert keys(outcome) == before
    revision = outcome.revisions.order_by("pk").first()
    save(outcome, [added("другое")])
    fresh = Outcome.objects.get(pk=outcome.pk)
    written = {"of": fresh, "version": fresh.version, "by": fresh.edited_by, "at": WRITTEN_AT}
    outcomes.DRAFTS.restore(revision=revision, **written)
    assert keys(outcome) == before


@pytest.mark.parametrize("key", ["", "nonsense", "7e57d004-2b97-0e7a-b45f-5387367791cd"])
def test_form_takes_nonsense_for_no_key(outcome: Outcome, key: str) -> None:
    form = outcomes.DRAFTS.editor(outcome).rows["decisions"].empty_form
    cleaned = form.fields["key"].clean(key)
    assert cleaned == (key if key.count("-") == 4 else "")


def test_known_key_can_be_given_to_another_row(outcome: Outcome) -> None:
    owed = CommitmentFactory(decision=outcome.decisions.get(text="показать смету"))
    first, second = keys(outcome)
    renamed = decision_keys.renamed(outcome.commitments.all(), rows(outcome), first, str(owed.decision_key))
    assert next(row["key"] for row in renamed) == second
    assert uuid.UUID(renamed[1]["key"]) not in {uuid.UUID(first), uuid.UUID(second)}
