"""Whether numbering and sending stand still: after a restore, until a person states the last number issued."""

from rcro_portal.lib.refusals import Refusal
from reports.models import Halt


class StandsStill(Refusal):
    words = (
        "Номера не выдаются, и письма не рассылаются: портал восстановлен из копии. "
        "Делопроизводитель или администратор должен указать последний выданный номер на главной странице."
    )


def stands_still() -> bool:
    return Halt.objects.filter(lifted_at__isnull=True).exists()


def refuse() -> None:
    """Raises StandsStill while a halt is in force."""
    if stands_still():
        raise StandsStill
