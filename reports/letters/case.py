"""A letter before one person at one moment: what its acts, their reasons and its page ask, each thing asked once."""

from functools import cached_property

from events import permissions as event_permissions
from events import planners
from events.permissions import PLANNERS, works_in
from rcro_portal.lib.acts import Case
from reports import permissions
from reports.approval import approvers, reasons
from reports.journal import numbering
from reports.letters import outside_signatures, replacements
from reports.models import Approval, DetachedSignature, Letter, LetterFile
from reports.models.letter import LetterStatus, Way


class LetterCase(Case[Letter]):
    @property
    def letter(self) -> Letter:
        return self.row

    @property
    def is_written(self) -> bool:
        """From a manuscript of its own, not from an outcome."""
        return hasattr(self.letter, "manuscript")

    # -- Whose duty it is -----------------------------------------------------------------------------------

    @cached_property
    def signs(self) -> bool:
        # The page of a letter has read it with the letter.
        read: bool | None = getattr(self.letter, "reader_signs", None)
        return permissions.may_sign(self.user, self.day) if read is None else read

    @cached_property
    def is_named(self) -> bool:
        """Signs, and the letter names nobody else as its signatory."""
        authority = self.letter.authority
        return self.signs and (authority is None or authority.person_id == self.user.person_id)

    @cached_property
    def files(self) -> bool:
        """Files and recalls it: methodist or head of its department."""
        return works_in(self.user, self.letter.department, self.day, PLANNERS)

    @property
    def writes(self) -> bool:
        if self.letter.outcome_id:
            return event_permissions.may_plan(self.user)
        return permissions.may_write(self.user)

    @property
    def is_clerk(self) -> bool:
        return "clerk" in self.user.roles

    @cached_property
    def approvals(self) -> list[approvers.NeededApproval]:
        return approvers.needed_approvals(self.letter, self.day, self.given)

    @cached_property
    def given(self) -> list[Approval]:
        """Nothing is asked of a letter that was read with the word that it has none."""
        return approvers.given(self.letter) if getattr(self.letter, "has_answers", True) else []

    @cached_property
    def is_asked(self) -> bool:
        """For an approval: now, before or later."""
        return bool(self.user.roles & approvers.HOUSE) and approvers.is_among(self.approvals, self.user)

    @property
    def filed_as_head(self) -> bool:
        """Whose department asks for their own approval, were it not they who filed."""
        return self.letter.filed_by_id == self.user.pk and "head" in self.user.roles

    @property
    def returns(self) -> bool:
        """Whose turn it is: an approver in review, the signatory otherwise."""
        return self.is_asked if self.letter.status == LetterStatus.REVIEW else self.signs

    # -- Where it stands --------------------------------------------------------------------------------------

    @cached_property
    def turn(self) -> approvers.Turn | None:
        in_review = self.letter.status == LetterStatus.REVIEW and self.is_asked
        return approvers.turn(self.approvals, self.user) if in_review else None

    @property
    def has_answered(self) -> bool:
        return any(approval.answer and approval.answer.by_id == self.user.pk for approval in self.approvals)

    @property
    def gave_before(self) -> bool:
        """This person's approval of the same filing stands on a text that was corrected since."""
        return approvers.gave_before(self.letter, self.user, self.given)

    @cached_property
    def is_given(self) -> bool:
        """At least one approval of the text as it stands."""
        return approvers.has_acted(self.letter, self.given)

    @cached_property
    def brought(self) -> LetterFile | DetachedSignature | None:
        """What waits for the clerk: the newest scan, or the newest file of a signature that nobody could check here."""
        if self.letter.status != LetterStatus.AWAITING or self.letter.way == Way.KEY:
            return None
        if self.letter.way == Way.PAPER:
            return self.letter.scans().first()
        return outside_signatures.waiting(self.letter)

    @cached_property
    def replacement(self) -> Letter | None:
        """The letter that is being written or signed in its place."""
        return replacements.under_way(self.letter) if self.letter.status == LetterStatus.SENT else None

    @property
    def is_begun_replacement(self) -> bool:
        """It reopened an outcome for a letter that is in force, and was never filed itself."""
        letter = self.letter
        begun = letter.status == LetterStatus.DRAFT and letter.filed_at is None and letter.replaces_id is not None
        return begun and replacements.reopens(letter)

    @cached_property
    def number_waits(self) -> str:
        """What keeps the register from giving the letter a number, in words."""
        return numbering.hindrance(self.letter, self.day) if self.letter.status == LetterStatus.APPROVED else ""

    # -- The names that several reasons say -------------------------------------------------------------------

    @cached_property
    def author(self) -> str:
        """«Иванов И.И., с 21.09.2020»."""
        return reasons.by_author(self.letter)

    @cached_property
    def director(self) -> str:
        """«директора (Иванов И.И., с 21.09.2020)»."""
        return reasons.director(self.letter, self.day)

    @cached_property
    def planners(self) -> str:
        """« (Иванов И.И., Петров П.П.)»: of its department."""
        return planners.named(self.letter.department, self.day)
