"""What the prepared world of the tests of rights holds of mails to people, and a calendar."""

from typing import TYPE_CHECKING

from centers.accounts import secret_links
from events.models import CalendarFeed
from rcro_portal.api import tokens
from rcro_portal.lib.notices import stopping
from tests import clock
from tests.factories.moments import SENT_AT
from tests.factories.notices import NoticeFactory

if TYPE_CHECKING:
    from tests.house.world import World

SECRET = "secret-of-a-calendar"


def mails(world: "World") -> None:
    own, past = world.people["own"], world.people["past"]
    told = {"reason": "commitment_reminder", "in_digest": True}
    reminder = NoticeFactory(user=own, email=own.email, subject=f"Срок 06.04.2026: {world.rows['draft'].topic}", **told)
    CalendarFeed.objects.create(user=past, secret_digest=secret_links.digest(SECRET), made_at=SENT_AT)
    doubtful = NoticeFactory(reason="inspection", status="unknown", error="Связь прервалась.")
    sent = NoticeFactory(reason="inspection", status="sent", sent_at=SENT_AT)
    given = {"by": world.people["administrator"], "at": SENT_AT}
    held, gone = (
        tokens.issue(system="Сайт", scopes=["centers"], ends_on=clock.today(), secret=one, **given) for one in "ab"
    )
    tokens.revoke(token=gone, **given)
    world.args |= {
        "token": (held.pk,),
        "token.revoked": (gone.pk,),
        "notice": (doubtful.pk,),
        "notice.sent": (sent.pk,),
        "stop": (stopping.address(reminder).rstrip("/").rpartition("/")[2],),
        "stop.guess": (f"{reminder.pk}.guess",),
        "calendar": (SECRET,),
        "calendar.former": ("secret-that-was-made-anew",),
    }
