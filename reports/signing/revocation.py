"""Lists of revoked certificates (CRL) that lie beside the trusted ones: does one of them name this certificate?

Whether a list is its authority's own word depends on the algorithm: whoever asks brings that check. Nothing is
fetched; how old a list is stands in the words.
"""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from django.utils import timezone

from rcro_portal.lib.russian import short_date

type RevocationList = x509.CertificateRevocationList

NO_LIST = "не проверялся: списка отозванных от этого удостоверяющего центра на сервере нет"


class ListsUnreadable(Exception):
    """A file in the folder is no list; nobody may be trusted until it is mended or taken away."""


class Finding(NamedTuple):
    """``since``: revoked from then on, None where no list says so; ``words`` are for the report."""

    since: dt.datetime | None
    words: str


def find(
    certificate: x509.Certificate, *, folder: Path, is_genuine: Callable[[RevocationList], bool], now: dt.datetime
) -> Finding:
    """What the newest genuine list of the certificate's issuer in the folder (``*.crl``, PEM or DER) said by ``now``.

    A revocation that came later does not count. Raises ListsUnreadable.
    """
    lists = [one for one in _lists(folder) if one.issuer == certificate.issuer and is_genuine(one)]
    if not lists:
        return Finding(None, NO_LIST)
    newest = max(lists, key=lambda one: one.last_update_utc)
    entry = newest.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is not None and entry.revocation_date_utc <= now:
        return Finding(entry.revocation_date_utc, f"сертификат отозван {_day(entry.revocation_date_utc)}")
    words = f"сертификата нет в списке отозванных от {_day(newest.last_update_utc)}"
    if newest.next_update_utc is not None and newest.next_update_utc < now:
        words += f"; новый список ожидался {_day(newest.next_update_utc)}, этот устарел"
    return Finding(None, words)


def _lists(folder: Path) -> list[RevocationList]:
    try:
        return [_read(file.read_bytes()) for file in sorted(folder.glob("*.crl"))]
    except (OSError, ValueError) as error:
        raise ListsUnreadable(str(error)) from error


def _read(data: bytes) -> RevocationList:
    return x509.load_pem_x509_crl(data) if data.startswith(b"-----") else x509.load_der_x509_crl(data)


def _day(moment: dt.datetime) -> str:
    return short_date(timezone.localdate(moment))
