"""What a letter asks of whom until when: foreseen while it is written, carried out and noted when it is sent.

Of a letter that replaces another this is what it changes: each commitment keeps both letters.
"""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from centers.models import Center, Organization
from events.commitments import changes
from events.commitments.changes import Change, Source
from events.models import Commitment, DecisionRow
from events.models.commitment import ChangeKind, CommitmentStatus
from events.models.outcome import Asks, DecisionKind
from events.outcomes import reopenings
from rcro_portal.lib import russian
from reports.composing import addressees, owing
from reports.composing.addressees import Resolved
from reports.letters import receivers
from reports.models import Letter, LetterCommitment
from reports.models.letter import LetterStatus

IS_SETTLED = attrgetter("is_settled")


class Asked(NamedTuple):
    """One decision as people read it, for all debtors to which the letter does the same.

    ``number`` of them, of which ``others`` are no centres. ``remarks`` say what becomes of answers; ``key`` is the
    decision's, ``position`` its place on the page (None: left out).
    """

    kind: ChangeKind
    key: str
    text: str
    term: str
    asks: str
    number: int
    text_before: str = ""
    term_before: str = ""
    position: int | None = None
    remarks: str = ""
    debtors: str = ""
    others: int = 0

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def of_whom(self) -> str:
        """«центров: 3, других организаций: 2»."""
        centers = f"центров: {self.number - self.others}" if self.number > self.others else ""
        word = "других организаций" if centers else "организаций"
        return ", ".join(filter(None, [centers, f"{word}: {self.others}" if self.others else ""]))

    @property
    def is_left_to_its_author(self) -> bool:
        """Debtors are named in words alone: nobody of them answers here."""
        return bool(self.debtors) and not self.others

    @property
    def is_reworded(self) -> bool:
        return self.kind == ChangeKind.CHANGED and self.text_before != self.text

    @property
    def is_moved(self) -> bool:
        return bool(self.term_before) and self.term_before != self.term


def foreseen(
    *,
    source: Source,
    centers: Iterable[Center],
    others: Collection[Organization] = (),
    former: Iterable[Center] = (),
) -> list[Asked]:
    """What the text, sent now, would ask; nothing is written."""
    told: dict[str, Any] = {"centers": centers, "others": others, "former": set(former)}
    planned = changes.foreseen(source=_with_last_word(source), settled=IS_SETTLED, **told)
    groups: dict[tuple[str, ChangeKind], list[Change]] = {}
    for change in planned:
        groups.setdefault((_key(change), change.kind), []).append(change)
    rows = [_asked(key, kind, group) for (key, kind), group in groups.items()]
    nobody = [one for one in source.decisions if str(one.key) not in {row.key for row in rows}]
    return _in_order([*rows, *map(_of_nobody, nobody)])


def _in_order(rows: Iterable[Asked]) -> list[Asked]:
    return sorted(rows, key=lambda row: (row.position is None, row.position or 0))


def _of_nobody(decision: DecisionRow) -> Asked:
    """What nobody owes here: those whom the text names do not answer in the portal."""
    return Asked(
        ChangeKind.GIVEN,
        str(decision.key),
        decision.text,
        decision.term,
        Asks(decision.asks).label,
        0,
        position=decision.position,
        debtors=decision.debtors,
    )


def _with_last_word(source: Source) -> Source:
    """What is owed, each row with whether the last letter that spoke of it leaves it out (``is_settled``)."""
    spoken = LetterCommitment.objects.filter(commitment=OuterRef("pk")).order_by("-letter").values("change")
    return replace(source, owed=source.owed.alias(said=Subquery(spoken[:1])).annotate(is_settled=Q(said="withdrawn")))


def _key(change: Change) -> str:
    return str(change.decision.key if change.decision else change.commitment.decision_key)


def _asked(key: str, kind: ChangeKind, group: list[Change]) -> Asked:
    first = group[0]
    said = first.decision or first.commitment
    assert said
    return Asked(
        kind,
        key,
        said.text,
        said.term,
        Asks(said.asks).label,
        len(group),
        first.text_before,
        first.term_before,
        first.decision.position if first.decision else None,
        _remarks(kind, group),
        first.decision.debtors if first.decision else "",
        sum(_is_no_center(change.organization) for change in group),
    )


def _is_no_center(organization: Organization) -> bool:
    """It never held the status. Read with ``center``, this asks nothing more."""
    return getattr(organization, "center", None) is None


def _remarks(kind: ChangeKind, group: list[Change]) -> str:
    """«Уже принято у 3: остаётся принятым»: what becomes of what the centres have done."""
    done = Counter(change.commitment.status for change in group if change.commitment)
    accepted, answered = done[CommitmentStatus.ACCEPTED], done[CommitmentStatus.IN_REVIEW]
    if kind == ChangeKind.CHANGED:
        anew = sum(change.opens_anew for change in group)
        return f"Исполнение откроется заново у {anew}: принято {accepted}, на проверке {answered}." if anew else ""
    if kind == ChangeKind.GIVEN or not accepted:
        return ""
    return f"Уже принято у {accepted}: остаётся принятым."


# -- Of a letter ------------------------------------------------------------------------------------


def of_letter(letter: Letter) -> list[Asked]:
    """Of a letter under way what it will ask of the centres that it names; of a sent one what it asked."""
    if letter.status == LetterStatus.SENT:
        return _of_sent(letter)
    return _of_named(letter, receivers.written_down(letter))


def _of_named(letter: Letter, whom: Resolved) -> list[Asked]:
    told, former = receivers.told(letter, whom), receivers.former(whom)
    source = _source(letter)
    if letter.outcome and letter.replaces_id is None:
        # By the first letter of an outcome nobody owes anything yet.
        source = replace(source, owed=source.owed.none())
    return foreseen(source=source, centers=told.centers, others=told.others, former=former)


def _source(letter: Letter) -> Source:
    return Source.of_outcome(letter.outcome) if letter.outcome else owing.source(letter)


def of_draft(letter: Letter, found: Resolved, day: datetime.date) -> list[Asked]:
    """Of a written letter that is no further than its draft, were it sent to whom it names on that day."""
    told = owing.told(letter, found.centers, found.addressees)
    former = receivers.without_status(found.centers, day) if letter.replaces_id else set()
    return foreseen(source=owing.source(letter), centers=told.centers, others=told.others, former=former)


def noted() -> QuerySet[LetterCommitment]:
    """What sent letters asked of each, as it was noted then."""
    rows = LetterCommitment.objects.select_related("commitment__organization__center")
    return rows.order_by("commitment__position", "pk")


def shown(letter: Letter, day: datetime.date) -> dict[str, Any]:
    """For the page of a letter: to whom it goes by name, and what it asks of whom until when.

    Nothing of a draft: its check shows that, for whom it would go to today.
    """
    if letter.status in (LetterStatus.DRAFT, LetterStatus.ANNULLED):
        return {}
    if letter.status == LetterStatus.SENT:
        rows, to = _of_sent(letter), []
    else:
        whom = receivers.written_down(letter)
        rows, to = _of_named(letter, whom), addressees.receivers(whom.centers, whom.addressees, day)
    return {
        "asked": rows,
        "receivers": to,
        "without_address": sum(not receiver.email for receiver in to),
        "replacement": letter.replaces_id is not None and (letter.outcome_id is not None or bool(rows)),
        "reason": letter.replacement_reason,
    }


def _of_sent(letter: Letter) -> list[Asked]:
    """As it was noted for each centre then; what others owe, as the text says that was sent."""
    decisions = {str(one.key): one for one in _decisions_sent(letter)}
    prefetch_related_objects([letter], Prefetch("commitments", noted()))
    rows = _noted_then(letter.commitments.all())
    said = ((row, decisions.get(row.key)) for row in rows)
    placed = [row._replace(position=one.position, debtors=one.debtors) if one else row for row, one in said]
    told = {row.key for row in rows}
    others = [_of_nobody(one) for key, one in decisions.items() if one.debtors and key not in told]
    return _in_order([*placed, *others])


def _decisions_sent(letter: Letter) -> list[Any]:
    if letter.outcome is None:
        rows: list[Any] = list(letter.decisions.order_by("position", "pk"))
    elif letter.replaced_by_id is None:
        rows = reopenings.decisions_sent(letter.outcome)
    else:
        sent = letter.transitions.filter(after=LetterStatus.SENT).latest("at")
        rows = reopenings.decisions_at(letter.outcome, sent.at)
    return [row for row in rows if row.kind == DecisionKind.DECISION]


def _noted_then(sent: Iterable[LetterCommitment]) -> list[Asked]:
    groups: dict[tuple[str, str, str], list[LetterCommitment]] = {}
    for row in sent:
        groups.setdefault((row.text, row.change, str(row.commitment.decision_key)), []).append(row)
    return [
        Asked(
            ChangeKind(change),
            key,
            text,
            group[0].term,
            group[0].commitment.get_asks_display(),
            len(group),
            group[0].text_before,
            group[0].term_before,
            others=sum(_is_no_center(row.commitment.organization) for row in group),
        )
        for (text, change, key), group in groups.items()
    ]


def carry_out(*, letter: Letter, at: datetime.datetime) -> None:
    """Give, move, change and withdraw commitments, each noted beside the letter; call it where the letter is sent."""
    source, whom = _source(letter), receivers.written_down(letter)
    told = receivers.told(letter, whom)
    if not source.decisions and not source.owed.exists():
        return
    named = f"№ {letter.entry.number} от {russian.short_date(letter.entry.registered_on)}"
    made = changes.carry_out(
        source=_with_last_word(source),
        centers=told.centers,
        others=told.others,
        former=receivers.former(whom),
        settled=IS_SETTLED,
        letter=named,
        reason=letter.replacement_reason,
        at=at,
    )
    LetterCommitment.objects.bulk_create(_noted(letter, change) for change in made)


def _noted(letter: Letter, change: Change) -> LetterCommitment:
    said = change.decision or change.commitment
    assert said
    assert said.due_on, "a decision that is sent has its term: a constraint says so"
    return LetterCommitment(
        letter=letter,
        commitment=change.commitment,
        change=change.kind,
        text=said.text,
        starts_on=said.starts_on,
        due_on=said.due_on,
        text_before=change.text_before,
        starts_before=change.starts_before,
        due_before=change.due_before,
    )


def letters_of(commitment: Commitment) -> list[LetterCommitment]:
    """The letters that spoke of it, in their order."""
    return list(commitment.letters.select_related("letter__entry").order_by("pk"))
