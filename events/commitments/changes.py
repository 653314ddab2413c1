"""What a letter changes in what is owed: foreseen before it is filed, carried out when it is sent.

A letter's first sending gives commitments, whether an outcome writes it or a person; one that replaces it moves their
terms, words them anew, withdraws what it leaves out and gives what it adds. Which is which, the key of the decision
says.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import F, QuerySet, Value

from centers.models import Center, Department, Organization, Person
from events.commitments import terms, told
from events.models import Commitment, CommitmentTransition, DecisionRow, Outcome
from events.models.commitment import ChangeKind, CommitmentStatus
from events.models.outcome import DecisionKind
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.transitions import move

# Relations of a decision to those who owe it by name.
CENTERS, OTHERS = "owed_by", "owed_by_others"


@dataclass(frozen=True)
class Source:
    """What asks: the decisions in their order, what is owed by them and their forerunners already, and in whose name.

    ``outcome``: none where a letter decides that no outcome writes. ``all_told``: where nobody is chosen or named,
    organisations that are no centres owe too.
    """

    outcome: Outcome | None
    decisions: list[Any]
    owed: QuerySet[Commitment]
    department: Department
    setter: Person
    subject_line: str = ""
    all_told: bool = False

    @classmethod
    def of_outcome(cls, outcome: Outcome) -> Self:
        decisions = asking(outcome.decisions.all())
        return cls(outcome, decisions, outcome.commitments.all(), outcome.event.department, outcome.prepared_by)


@dataclass(frozen=True)
class Change:
    """For one debtor: the decision as the letter has it (None: left out), what was owed before (None: nothing).

    ``text`` and term of the commitment are read before it is changed.
    """

    kind: ChangeKind
    organization: Organization
    decision: DecisionRow | None
    commitment: Commitment | None
    text_before: str = ""
    starts_before: datetime.date | None = None
    due_before: datetime.date | None = None
    term_before: str = ""

    @property
    def is_accepted(self) -> bool:
        return self.commitment is not None and self.commitment.status == CommitmentStatus.ACCEPTED

    @property
    def opens_anew(self) -> bool:
        """What was answered, accepted or withdrawn is asked again, in other words."""
        begun = self.commitment is not None and self.commitment.status != CommitmentStatus.OPEN
        return begun and self.kind == ChangeKind.CHANGED


def foreseen(
    *,
    source: Source,
    centers: Iterable[Center],
    others: Collection[Organization] = (),
    former: Collection[Center] = (),
    settled: Callable[[Any], bool] = lambda _: False,
) -> list[Change]:
    """What the text, sent now, would change; its decisions in their order, then what is left out.

    ``centers`` and ``others``, which are no centres, get the letter: nobody owes what no letter told them.
    ``former``: centres that get the letter only because they got the one that it replaces. They owe what they owed.
    ``settled``: whether an earlier letter left out what is owed; what stayed accepted is not left out again.
    """
    owed = {(row.decision_key, row.organization_id): row for row in _owed(source)}
    only_told = {center.organization_id for center in former}
    found = []
    for decision in source.decisions:
        for debtor in owing(decision, centers, others, all_told=source.all_told):
            before = owed.pop((decision.key, debtor.pk), None)
            if before or debtor.pk not in only_told:
                found.append(_change(decision, debtor, before))
    left = [row for row in owed.values() if row.status != CommitmentStatus.WITHDRAWN and not settled(row)]
    return found + [_left_out(row) for row in left]


def asking(decisions: QuerySet[Any]) -> list[Any]:
    """Those that ask for something by a term, in their order, with whom they name."""
    rows = list(decisions.filter(kind=DecisionKind.DECISION).order_by("position", "pk"))
    named: dict[tuple[int, str], set[int]] = defaultdict(set)
    for pk, debtor, name in _named(rows):
        named[pk, name].add(debtor)
    for row in rows:
        row.centers_named, row.others_named = named[row.pk, CENTERS], named[row.pk, OTHERS]
    return rows


def _named(decisions: list[Any]) -> Iterable[tuple[int, int, str]]:
    """Decision, whom it names, and as what: by one query."""
    parts = []
    for name in (CENTERS, OTHERS) if decisions else ():
        field = type(decisions[0])._meta.get_field(name)
        own, debtor = field.m2m_field_name(), field.m2m_reverse_field_name()
        rows = field.remote_field.through._default_manager.filter(**{f"{own}__in": decisions})
        parts.append(rows.values_list(own, debtor, Value(name)))
    return parts[0].union(*parts[1:], all=True) if parts else ()


def owing(
    decision: Any, centers: Iterable[Center], others: Iterable[Organization] = (), *, all_told: bool = False
) -> list[Organization]:
    """The chosen centres and organisations; all centres where nobody was chosen or named, and of ``all_told`` others.

    Of those who get the letter alone; ``decision`` is a row of ``asking``.
    """
    chosen, named = decision.centers_named, decision.others_named
    everybody = not (chosen or named or decision.debtors)
    of_centers = [
        center.organization for center in centers if everybody or center.pk in chosen or center.organization_id in named
    ]
    return [*of_centers, *(other for other in others if other.pk in named or (everybody and all_told))]


def _owed(source: Source) -> Iterable[Commitment]:
    return source.owed.select_related("organization__center").order_by("position", "pk")


def _change(decision: DecisionRow, debtor: Organization, before: Commitment | None) -> Change:
    if before is None:
        return Change(ChangeKind.GIVEN, debtor, decision, None)
    return Change(_kind(decision, before), debtor, decision, before, *_said_before(before))


def _left_out(before: Commitment) -> Change:
    return Change(ChangeKind.WITHDRAWN, before.organization, None, before, *_said_before(before))


def _said_before(row: Commitment) -> tuple[str, datetime.date | None, datetime.date, str]:
    return row.text, row.starts_on, row.due_on, row.term


def _kind(decision: DecisionRow, before: Commitment) -> ChangeKind:
    said_anew = (decision.text, decision.asks, decision.amends) != (before.text, before.asks, before.amends)
    if said_anew or before.status == CommitmentStatus.WITHDRAWN:
        return ChangeKind.CHANGED
    # What was granted to a centre since is kept while the letters say the same term as before.
    same = (decision.starts_on, decision.due_on) == (before.starts_on, before.said_due_on)
    return ChangeKind.KEPT if same else ChangeKind.MOVED


def carry_out(
    *,
    source: Source,
    centers: Iterable[Center],
    others: Collection[Organization] = (),
    former: Collection[Center] = (),
    settled: Callable[[Any], bool] = lambda _: False,
    letter: str,
    reason: str,
    at: datetime.datetime,
) -> list[Change]:
    """Make what ``foreseen`` says, each change with its commitment. Call it in the transaction that sends the letter.

    ``letter`` («№ 950 от 20.03.2026») and ``reason`` go into the words that each centre reads.
    """
    _hold(source)
    planned = foreseen(source=source, centers=centers, others=others, former=former, settled=settled)
    given = [change for change in planned if change.kind == ChangeKind.GIVEN]
    rows = Commitment.objects.bulk_create(_row(change, source, at) for change in given)
    for change in planned:
        _amend(change, _words(change, letter, reason), at)
    amended = [change.commitment for change in planned if change.commitment and change.kind != ChangeKind.KEPT]
    terms.lapse(commitments=amended, because=terms.BY_LETTER, at=at)
    owed = {*source.owed.values_list("pk", flat=True), *(row.pk for row in rows)}
    now = Commitment.objects.filter(pk__in=owed).select_related("organization__center", "outcome__event")
    told.given(now.exclude(status=CommitmentStatus.WITHDRAWN), at=at)
    told.withdrawn(now.filter(status=CommitmentStatus.WITHDRAWN), at=at)
    made = [Change(one.kind, one.organization, one.decision, row) for one, row in zip(given, rows, strict=True)]
    return made + [change for change in planned if change.kind != ChangeKind.GIVEN]


def _hold(source: Source) -> None:
    """Answers that come meanwhile wait for the commit and then find what was changed; in one order, for no deadlock."""
    for pk in source.owed.order_by("pk").values_list("pk", flat=True):
        Commitment.objects.filter(pk=pk).update(position=F("position"))


def _row(change: Change, source: Source, at: datetime.datetime) -> Commitment:
    return Commitment(
        outcome=source.outcome,
        subject_line=source.subject_line,
        department=source.department,
        setter=source.setter,
        organization=change.organization,
        opened_at=at,
        **_said(change),
    )


def _said(change: Change) -> dict[str, Any]:
    """Copied from the decision as it was signed; it has its term, a constraint says so."""
    decision = change.decision
    assert decision
    return {
        "decision_key": decision.key,
        "position": decision.position,
        "text": decision.text,
        "asks": decision.asks,
        "amends": decision.amends,
        "starts_on": decision.starts_on,
        "due_on": decision.due_on,
        "letter_due_on": None,
    }


def _amend(change: Change, note: str, at: datetime.datetime) -> None:
    row = change.commitment
    if row is None:
        return
    if change.kind == ChangeKind.WITHDRAWN:
        if change.is_accepted:
            _note(row, note, at)
        else:
            move(row, CommitmentStatus.WITHDRAWN, by=None, at=at, note=note, transitions=CommitmentTransition)
        return
    fields = _said(change)
    if change.kind == ChangeKind.KEPT:
        del fields["due_on"], fields["letter_due_on"]
    else:
        fields |= {"sequence": row.sequence + 1, "changed_at": at}
    if change.kind == ChangeKind.CHANGED:
        fields |= {"opened_at": at, "acknowledged_at": None}
    if change.opens_anew:
        move(row, CommitmentStatus.OPEN, by=None, at=at, note=note, transitions=CommitmentTransition, **fields)
        return
    if not Commitment.objects.filter(pk=row.pk, status=row.status).update(**fields):
        raise WrongStep
    if change.kind != ChangeKind.KEPT:
        _note(row, note, at)


def _note(row: Commitment, note: str, at: datetime.datetime) -> None:
    """A step that changes no state: it says what a letter did."""
    CommitmentTransition.objects.create(commitment=row, before=row.status, after=row.status, by=None, at=at, note=note)


def _words(change: Change, letter: str, reason: str) -> str:
    why = f" Причина: {reason}" if reason else ""
    match change.kind:
        case ChangeKind.MOVED:
            term = f"с {change.term_before} на {change.decision.term}"
            return f"Срок перенесён {term} письмом {letter}.{why}"
        case ChangeKind.CHANGED:
            before = f"Было: «{change.text_before}», срок {change.term_before}."
            return f"Поручение изменено письмом {letter}. {before}{why}"
        case ChangeKind.WITHDRAWN:
            if change.is_accepted:
                return f"Письмо {letter} этого больше не поручает; принятое остаётся принятым.{why}"
            return f"Снято письмом {letter}.{why}"
    return ""
