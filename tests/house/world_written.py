"""What the prepared world of the tests of rights holds of letters that are written freely, without an event."""

from typing import TYPE_CHECKING

from rcro_portal.lib.notices.messages import MessageStatus
from reports.composing import renditions
from reports.letters import drafts
from reports.letters import letters as letter_verbs
from reports.models import Letter
from tests.factories import letters
from tests.factories.moments import WRITTEN_AT

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"


def digest(letter: Letter) -> str:
    paper = renditions.shown(Letter.objects.get(pk=letter.pk))
    assert paper is not None
    return paper.digest


def _drafts(world: "World") -> None:
    """Letters that no outcome writes: one that is written, one in review, each with an appendix."""
    office = world.office
    page = {"subject_line": f"О том, о чём знает {CANARY}", "body": f"Расскажем: {CANARY}.", "figure": True}
    for name in ("written", "written-filed"):
        letter = letters.free(office, **page)
        appendix = letters.enclose(letter)
        if name == "written-filed":
            letter_verbs.file_draft(letter=letter, by=office.methodist, at=WRITTEN_AT)
            letter = Letter.objects.get(pk=letter.pk)
            world.args[f"{name}.frozen"] = (letter.pk, letter.snapshot.appendices.get().pk)
        world.rows[name] = letter
        world.args |= {
            f"{name}.figure": (letter.pk, letter.figures.get().pk),
            f"{name}.revision": (letter.pk, letter.revisions.order_by("-pk").first().pk),
            f"of-{name}": ("letter", letter.pk),
            f"of-{name}.row": ("letter", letter.pk, appendix.pk),
        }
    letter, mine = world.rows["written"], letters.written(world.rows["written"], **{**page, "closing": CANARY})
    del mine["figure"]
    aside = drafts.DRAFTS.keep_aside(of=letter, by=office.methodist, at=WRITTEN_AT, **mine)
    writing = world.rows["writing"]
    world.args |= {
        "written.aside": (letter.pk, aside.pk),
        "of-writing": ("outcome", writing.pk),
        "of-writing.row": ("outcome", writing.pk, letters.enclose(writing).pk),
        "of-magic": ("magic", writing.pk),
    }


def _named(world: "World") -> None:
    """A letter to an addressee who has no account, with an appendix; nobody knows whether the message came."""
    letter = letters.free(world.office, audience="chosen", addressees=[letters.addressed()])
    letters.enclose(letter)
    letter_verbs.file_draft(letter=letter, by=world.office.methodist, at=WRITTEN_AT)
    letter = letters.send_by_key(Letter.objects.get(pk=letter.pk), world.office)
    recipient = letter.recipients.get()
    letter.recipients.update(status=MessageStatus.UNKNOWN, attempts=1)
    world.rows |= {"named": letter, "unsure-message": recipient}
    token, other = recipient.token, world.rows["sent"]
    world.args |= {
        "named.token": (token,),
        "named.page": (token, digest(letter), 1),
        "named.page-of-another": (token, digest(other), 1),
        "named.file": (token, letter.signature.original_id),
        "named.final": (token, letter.final_id),
        "named.file-of-another": (token, other.signature.original_id),
        "named.appendix": (token, letter.snapshot.appendices.get().pk),
        "named.appendix-of-another": (token, world.args["written-filed.frozen"][1]),
    }


PREPARED = (_drafts, _named)
