"""A letter that no outcome writes: asked for two approvals at once, one of them given, with remarks."""

from centers.models import User
from rcro_portal.demo import source
from reports.letters import drafts, letters
from reports.models import Letter
from reports.models.letter import LetterKind
from reports.models.manuscript import Audience


def write(users: dict[str, User]) -> None:
    row = source.read("information_letter")
    by, approval = users[row["author"]], row["approval"]
    letter = drafts.begin(kind=LetterKind.INFORMATION, by=by, at=row["written_at"])
    page = {"audience": Audience.CENTERS, "distribution_list": None, "addressees": [], **row["page"]}
    unasked = {"reply_to_number": "", "reply_to_on": None, "version": letter.manuscript.version}
    drafts.save(of=letter, by=by, at=row["written_at"], **page, **unasked)
    letter = Letter.objects.select_related("manuscript").get(pk=letter.pk)
    letters.file_draft(letter=letter, by=by, at=row["filed_at"])
    letter.refresh_from_db()
    letters.approve(
        letter=letter,
        snapshot_id=letter.snapshot_id or 0,
        by=users[approval["by"]],
        at=approval["at"],
        note=approval["remarks"],
        remarks=True,
    )
