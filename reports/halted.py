"""Whether numbering and sending are halted: after a restore, until a person states the last number issued."""

from rcro_portal.lib.refusals import Refusal
from reports.models import Halt


class Halted(Refusal):
    words = (
        "Номера не выдаются, и письма не рассылаются: портал восстановлен из копии. "
        "Делопроизводитель или администратор должен указать последний выданный номер на главной странице."
    )


def is_halted() -> bool:
    return Halt.objects.filter(lifted_at__isnull=True).exists()


def refuse() -> None:
    """Raise Halted while a halt is in force."""
    if is_halted():
        raise Halted
