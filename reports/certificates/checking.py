"""What anybody may learn of a certificate by the address in its QR code: whose it is, and whether it stands."""

import dataclasses

from django.utils import timezone

from rcro_portal.lib import russian
from reports.models import Certificate
from reports.models.certificate import CertificateState

NO_SUCH_KEY = (
    "Адрес набран с ошибкой, или код принадлежит не этому порталу. Наведите камеру на код ещё раз или позвоните в "
    "учреждение."
)
STANDS = "Сверьте с бумагой номер, имя, роль и мероприятие."
NOT_READY = "Номер присвоен, файл ещё готовится. Откройте страницу через несколько минут."


@dataclasses.dataclass(frozen=True)
class CertificateAnswer:
    """What the page says: tone of the notice, its title and words, and the certificate that it speaks of."""

    tone: str
    title: str
    words: str
    certificate: Certificate | None = None

    @property
    def has_file(self) -> bool:
        return bool(self.certificate and self.certificate.is_issued and not self.certificate.revoked_at)


def found(token: str) -> Certificate | None:
    """Of those that have a number."""
    rows = Certificate.objects.numbered().select_related("release__event", "replaced_by")
    return rows.filter(token=token).first()


def by_token(token: str) -> CertificateAnswer:
    row = found(token)
    if row is None:
        return CertificateAnswer("error", "Такого сертификата нет", NO_SUCH_KEY)
    if row.status == CertificateState.REPLACED:
        return CertificateAnswer("warning", "Сертификат заменён", _replaced(row), row)
    if row.status == CertificateState.REVOKED:
        return CertificateAnswer("error", "Сертификат аннулирован", _revoked(row), row)
    if row.status == CertificateState.NUMBERED:
        return CertificateAnswer("warning", "Сертификат готовится", NOT_READY, row)
    return CertificateAnswer("success", "Такой сертификат выдан, он действует", STANDS, row)


def _replaced(row: Certificate) -> str:
    return f"С {_day(row)} действует сертификат № {row.replaced_by.number}: в этом исправлена ошибка."


def _revoked(row: Certificate) -> str:
    return f"Не действует с {_day(row)} Причина: {row.revoked_reason}"


def _day(row: Certificate) -> str:
    return russian.long_date(timezone.localdate(row.revoked_at))
