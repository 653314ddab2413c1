"""In what look a person reads the portal («Версия для слабовидящих»)."""

from centers.models import User
from rcro_portal.lib import reading


def choose(*, user: User, word: str) -> None:
    """Keeps the look for wherever they log in; what is none of ``reading.PARTS`` is left out."""
    user.reading = reading.joined(*reading.parts(word)) or reading.USUAL
    user.save(update_fields=["reading"])
