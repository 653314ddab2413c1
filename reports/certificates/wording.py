"""What certificates say: of a release its common words, copied as it is released; of a row its role and its person.

Nominatives throughout: «подтверждает, что Ёлкина Анна – слушатель вебинара», so no name is declined and no verb agrees.
"""

import datetime
import re
from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from events import kinds
from events.models import Event
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from reports.models import Certificate, CertificateRelease, Letterhead, SigningAuthority
from reports.models.certificate import CertificateRole
from reports.typesetting import certificate_sheet
from reports.typesetting.balance import balanced
from reports.typesetting.certificate_sheet import CertificateWords, Holder

type Printed = Sequence[Sequence[str]]

INSTITUTION_MM, INSTITUTION_PT = 150, 11.5
CHECKED = "Подлинность проверяется по QR-коду"
# A certificate of taking part is no document of further training (273-ФЗ, article 76), and must not look like one.
_FURTHER_TRAINING = re.compile(r"удостоверени|повышени\w*\s+квалификаци", re.IGNORECASE)
TALKS = {CertificateRole.SPEAKER: "тема выступления", CertificateRole.MASTER_CLASS: "тема мастер-класса"}


class NoLetterhead(Refusal):
    words = "На сегодня в портале нет бланка. Попросите администратора внести его в справочник."


class SaysTooMuch(Refusal):
    """The text speaks of further training."""


def printed(
    release: CertificateRelease, *, day: datetime.date, authority: SigningAuthority | None = None
) -> list[list[str]]:
    """The common words as of that day; without an authority the signatory's place is empty. Raises NoLetterhead."""
    letterhead = Letterhead.objects.in_force_on(day).order_by("-since", "-pk").first()
    if letterhead is None:
        raise NoLetterhead
    return [
        ["edition", str(certificate_sheet.EDITION)],
        ["body_above", letterhead.body_above],
        ["institution", " ".join(letterhead.institution.split())],
        ["topic", release.event.topic],
        ["details", _details(release)],
        ["signatory_post", authority.post if authority else ""],
        ["signatory_name", authority.person.initials_first if authority else ""],
        ["issued", f"Дата выдачи: {russian.long_date(day)}"],
        *([role, _role(role, release.event)] for role in CertificateRole.values),
    ]


def words_of(said: Printed, certificate: Certificate) -> CertificateWords:
    """Those of one role and talk, of what ``printed`` gave."""
    values = {element: text for element, text in said}  # noqa: C416
    institution = balanced(values["institution"], face="bold", size_pt=INSTITUTION_PT, width_mm=INSTITUTION_MM)
    talk = f"{TALKS[role]}: {quoted(certificate.talk)}" if (role := _talks(certificate)) else ""
    common = {name: values[name] for name in ("body_above", "topic", "details", "signatory_post", "signatory_name")}
    return CertificateWords(
        institution=institution,
        role=values[certificate.role],
        talk=talk,
        issued=values["issued"],
        checked_at=CHECKED,
        **common,
    )


def holder_of(certificate: Certificate) -> Holder:
    return Holder(certificate.name, certificate.place, f"№ {certificate.number or '_____'}", address_of(certificate))


def address_of(certificate: Certificate) -> str:
    """Where the QR code leads."""
    return f"{settings.BASE_URL}{reverse('reports:certificate-check', args=[certificate.token])}"


def refuse_further_training(text: str) -> None:
    """Raises SaysTooMuch, which quotes the words."""
    if found := _FURTHER_TRAINING.search(text):
        raise SaysTooMuch(
            f"В тексте есть слова «{found[0]}…». Сертификат участия не может быть похож на документ о дополнительном "
            "образовании. Измените тему, выступление или должность."
        )


def _details(release: CertificateRelease) -> str:
    event = release.event
    said = [release.get_level_display(), event.get_form_display(), event.days_in_words]
    if release.hours:
        hours = russian.agree_oblique(release.hours, "академического часа", "академических часов")
        said.append(f"в объёме {hours}")
    return " · ".join(said)


def _role(role: str, event: Event) -> str:
    words = kinds.words(event.kind)
    of, at = kinds.named(event, words.genitive), kinds.named(event, words.prepositional)
    return {
        CertificateRole.LISTENER: f"слушатель {of}",
        CertificateRole.SPEAKER: f"докладчик {of}",
        CertificateRole.MASTER_CLASS: f"ведущий мастер-класса на {at}",
        CertificateRole.JURY: f"член жюри {of}",
        CertificateRole.ORGANISER: f"организатор {of}",
    }[CertificateRole(role)]


def _talks(certificate: Certificate) -> CertificateRole | None:
    role = CertificateRole(certificate.role)
    return role if role in TALKS and certificate.talk else None
