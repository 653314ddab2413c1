"""The buttons of a release's page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse

from rcro_portal.lib.acts import Offer
from reports.models import CertificateRelease

# The buttons above the list in their order: how each looks, and what is asked before.
BUTTONS: Mapping[str, tuple[str, str]] = {
    "submit": ("btn-primary", ""),
    "release": (
        "btn-primary btn-large",
        "Выпустить сертификатов: {count}? Номера присвоятся сразу, письма уйдут каждому.",
    ),
    "stop": ("btn-outline", ""),
    "resume": ("btn-primary", ""),
    "give_up": ("btn-danger", "Номера без файлов останутся в журнале аннулированными. Завершить?"),
    "try_again": ("btn-primary", ""),
    "take_back": ("btn-outline", ""),
    "cancel": ("btn-link", "Список пропадёт, номера не присвоены. Отменить выпуск?"),
}


def above(offer: Offer, release: CertificateRelease, *, seen: str, count: int) -> Iterator[dict[str, Any]]:
    """What this person may press now. The director releases what they saw: ``seen`` is its digest."""
    for key, (css, sure) in BUTTONS.items():
        if act := offer.acts.get(key):
            is_release = key == "release"
            yield {
                "label": f"{act.label}: {count}" if is_release else act.label,
                "url": reverse(act.url, args=[release.pk]),
                "css": css,
                "confirm": sure.format(count=count),
                "fields": {"seen": seen} if is_release else {},
            }
