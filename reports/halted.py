"""Whether numbering and sending are halted: after a restore, until a person states the last number issued."""

from django.db.models import Exists

from rcro_portal.lib.refusals import Refusal
from reports.models import Halt


class Halted(Refusal):
    words = (
        "Номера не выдаются, и письма не рассылаются: портал восстановлен из копии. "
        "Делопроизводитель или администратор должен указать последний выданный номер на главной странице."
    )


def is_halted() -> bool:
    return Halt.objects.filter(lifted_at__isnull=True).exists()


def now() -> Exists:
    """The same as an annotation."""
    return Exists(Halt.objects.filter(lifted_at__isnull=True))


def refuse() -> None:
    """Raise Halted while a halt is in force."""
    if is_halted():
        raise Halted
