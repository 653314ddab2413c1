"""What stands beside a letter on its page: each table asked once, and only where it can say something of the letter."""

from collections.abc import Iterable
from functools import cached_property

from django.db.models import Prefetch, prefetch_related_objects

from events.permissions import is_office
from reports.approval import sheet
from reports.composing import renditions
from reports.delivery import delivery_progress
from reports.letters import asked
from reports.letters.case import LetterCase
from reports.models import (
    DetachedSignature,
    IncomingLetter,
    LetterFile,
    LetterTransition,
    Recipient,
    RegisterEntry,
    Snapshot,
    SnapshotAppendix,
)
from reports.models.letter import DRAWN, NUMBERED, FileKind, LetterStatus, Way


class Beside:
    """Rows of the letter of a ``LetterCase``, read when they are asked for."""

    def __init__(self, case: LetterCase) -> None:
        """The letter keeps what acts and reasons ask as well."""
        self.case, self.letter = case, case.letter
        rows: list[Prefetch] = [Prefetch("transitions", sheet.STEPS.all())]
        self.is_told = self.letter.status == LetterStatus.SENT and is_office(case.user)
        if self.is_told:
            rows += [Prefetch("recipients", delivery_progress.rows()), Prefetch("commitments", asked.noted())]
        prefetch_related_objects([self.letter], *rows)

    @property
    def steps(self) -> list[LetterTransition]:
        return list(self.letter.transitions.all())

    @cached_property
    def texts(self) -> list[Snapshot]:
        return sheet.texts(self.letter) if self.letter.snapshot_id else []

    @property
    def rounds(self) -> list[sheet.Round]:
        if not self.texts:
            return []
        needed = self.case.approvals if self.letter.status == LetterStatus.REVIEW else []
        return sheet.rounds_of(self.letter, sheet.Read(self.texts, self.case.given, self.steps, needed))

    @property
    def last_note(self) -> str:
        """Why it is a draft again."""
        notes = (step.note for step in reversed(self.steps) if step.after == LetterStatus.DRAFT)
        return next(notes, "") if self.letter.status == LetterStatus.DRAFT else ""

    @property
    def recipients(self) -> list[Recipient]:
        return list(self.letter.recipients.all()) if self.is_told else []

    @property
    def own_messages(self) -> Iterable[Recipient]:
        """What this person, or their centre, got of the letter."""
        user, rows = self.case.user, self.letter.recipients
        if self.letter.status != LetterStatus.SENT:
            return []
        if "coordinator" in user.roles or any(row.addressee_id for row in self.recipients):
            return rows.of_reader(user, self.case.day).select_related("center__organization")
        # To a centre its coordinators read what comes, and nobody else.
        return []

    @property
    def annulled(self) -> Iterable[RegisterEntry]:
        """Numbers that the letter had and lost: it went back, or ended, with one."""
        lost = (LetterStatus.DRAFT, LetterStatus.ANNULLED)
        if any(step.before in NUMBERED and step.after in lost for step in self.steps):
            return self.letter.entries.filter(status="annulled").order_by("-pk")
        return []

    @property
    def appendices(self) -> Iterable[SnapshotAppendix]:
        return self.letter.snapshot.appendices.order_by("position", "pk") if self.letter.snapshot else []

    @property
    def replies(self) -> Iterable[IncomingLetter]:
        return self.letter.replies.all() if self.letter.status == LetterStatus.SENT else []

    # -- Files --------------------------------------------------------------------------------------------------------

    @cached_property
    def detached(self) -> Iterable[DetachedSignature]:
        return renditions.detached(self.letter) if self.letter.status in DRAWN else []

    @property
    def stamped(self) -> LetterFile | None:
        if self.letter.way != Way.GOST or self.letter.status not in DRAWN:
            return None
        return self.letter.files.filter(kind=FileKind.STAMPED).order_by("-pk").first()
