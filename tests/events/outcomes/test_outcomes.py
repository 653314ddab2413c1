"""The outcome: begun once, saved by who saw the newest version, locked and unlocked with its letter."""

import pytest

from events.models import Outcome
from events.models.event import EventKind
from events.models.outcome import Asks, DecisionKind, OutcomeStatus, TalkAct
from events.outcomes import outcomes
from rcro_portal.lib.drafts.writing import TextChanged
from rcro_portal.lib.refusals import WrongStep
from tests.factories.centers import CenterFactory, PersonFactory, staff
from tests.factories.events import DecisionFactory, OutcomeFactory, TalkFactory, announced, held
from tests.factories.moments import DUE_ON, FILED_AT, HELD_AT, WRITTEN_AT
from tests.untouched import nothing_changes, refused

pytestmark = pytest.mark.django_db
NOTHING = {"talks": [], "problems": [], "decisions": []}


def in_database(outcome: Outcome) -> Outcome:
    return Outcome.objects.get(pk=outcome.pk)


def transitions(outcome: Outcome) -> list[tuple[object, ...]]:
    return [(step.before, step.after, step.by, step.at, step.note) for step in outcome.transitions.order_by("pk")]


def test_begun_with_what_is_usual() -> None:
    event, methodist = held(kind=EventKind.METHODS_SEMINAR), staff("methodist")
    outcome = in_database(outcomes.begin(event=event, by=methodist, at=WRITTEN_AT))
    assert (outcome.event, outcome.status, outcome.version) == (event, OutcomeStatus.DRAFT, 1)
    assert (outcome.prepared_by, outcome.edited_by, outcome.edited_at) == (methodist.person, methodist, WRITTEN_AT)
    assert outcome.subject_line == "Об итогах проведения научно-методического семинара"
    assert (outcome.addressee, outcome.salutation) == (outcomes.ADDRESSEE, outcomes.SALUTATION)


def test_begun_twice_is_one_outcome() -> None:
    event, first, second = held(), staff("methodist"), staff("methodist")
    outcome = outcomes.begin(event=event, by=first, at=WRITTEN_AT)
    with nothing_changes():
        assert outcomes.begin(event=event, by=second, at=FILED_AT) == outcome


def test_event_that_was_not_held_has_no_outcome() -> None:
    event = announced()
    with refused(outcomes.EventNotHeld):
        outcomes.begin(event=event, by=event.planned_by, at=HELD_AT)


def test_save_writes_the_page_as_it_stands() -> None:
    outcome, methodist, speaker, center = OutcomeFactory(), staff("methodist"), PersonFactory(), CenterFactory()
    TalkFactory(outcome=outcome, text="старое")
    DecisionFactory(outcome=outcome, text="старое")
    outcomes.save(
        of=outcome,
        version=1,
        talks=[
            {"speaker": speaker, "act": TalkAct.OPENED, "post": "методист", "text": "сказано"},
            {"speaker": speaker, "act": TalkAct.ANSWERED},
        ],
        problems=[{"text": "нехватка реактивов"}],
        decisions=[
            {"text": "составить список", "due_on": DUE_ON, "asks": Asks.ANSWER, "owed_by": [center]},
            {"text": "учесть в работе", "kind": DecisionKind.INFORMATION},
        ],
        by=methodist,
        at=FILED_AT,
        salutation="Коллеги!",
    )
    saved = in_database(outcome)
    assert (saved.version, saved.edited_by, saved.edited_at) == (2, methodist, FILED_AT)
    assert saved.salutation == outcome.salutation == "Коллеги!"
    assert list(saved.talks.order_by("position").values_list("position", "act", "post", "text")) == [
        (1, "opened", "методист", "сказано"),
        (2, "answered", "", ""),
    ]
    assert list(saved.problem_areas.values_list("position", "text")) == [(1, "нехватка реактивов")]
    decisions = saved.decisions.order_by("position")
    assert list(decisions.values_list("position", "kind", "text", "due_on")) == [
        (1, "decision", "составить список", DUE_ON),
        (2, "information", "учесть в работе", None),
    ]
    assert [list(decision.owed_by.all()) for decision in decisions] == [[center], []]


def test_who_saves_an_older_version_is_told_and_overwrites_nothing() -> None:
    outcome = OutcomeFactory()
    outcomes.save(of=outcome, version=1, **NOTHING, by=outcome.edited_by, at=WRITTEN_AT)
    with refused(TextChanged):
        outcomes.save(of=outcome, version=1, **NOTHING, by=outcome.edited_by, at=WRITTEN_AT, salutation="Уже не так")


def test_filed_outcome_is_not_saved() -> None:
    outcome = OutcomeFactory()
    outcomes.lock(outcome=outcome, by=outcome.edited_by, at=FILED_AT)
    with refused(outcomes.OutcomeLocked):
        outcomes.save(of=outcome, version=1, **NOTHING, by=outcome.edited_by, at=FILED_AT)


def test_locked_and_unlocked_with_their_steps() -> None:
    outcome, methodist, head = OutcomeFactory(), staff("methodist"), staff("head")
    outcomes.lock(outcome=outcome, by=methodist, at=FILED_AT)
    assert in_database(outcome).status == OutcomeStatus.FILED
    outcomes.unlock(outcome=outcome, by=head, at=FILED_AT, note="Нет темы доклада")
    assert in_database(outcome).status == OutcomeStatus.DRAFT
    assert transitions(outcome) == [
        ("draft", "filed", methodist, FILED_AT, ""),
        ("filed", "draft", head, FILED_AT, "Нет темы доклада"),
    ]


def test_neither_locked_nor_unlocked_twice() -> None:
    outcome = OutcomeFactory()
    by = outcome.edited_by
    with refused(WrongStep):
        outcomes.unlock(outcome=outcome, by=by, at=FILED_AT, note="рано")
    late = in_database(outcome)
    outcomes.lock(outcome=outcome, by=by, at=FILED_AT)
    with refused(WrongStep):
        outcomes.lock(outcome=late, by=by, at=FILED_AT)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("в сети [[центры]] и [[ проекты ]]", ["центры", "проекты"]),
        ("[[центры]] и снова [[центры]]", ["центры", "центры"]),
        ("[[не\nзакрыто]] [одна] [[]] [[[тройная]]]", ["тройная"]),
        ("{{ центры }} <b>[[a&b]]</b>", ["a&b"]),
        (f"[[{'я' * 151}]]", []),
    ],
)
def test_tokens_are_names_in_double_square_brackets(text: str, names: list[str]) -> None:
    assert list(outcomes.tokens_in(text)) == names
