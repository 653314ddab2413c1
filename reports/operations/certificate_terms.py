"""Whose term ends soon: the roots that the portal trusts, and the certificates by which its signatories signed last.

A key's own file tells nothing without its password; what it last signed names its certificate and those between.
"""

import contextlib
import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cryptography import x509
from django.utils import timezone

from rcro_portal.lib import store
from reports.letters import outside_signatures
from reports.models import DetachedSignature, Signature, SigningAuthority
from reports.models.letter import Way
from reports.signing import detached, gost, pades_verification, trust
from reports.signing import keys as signing_key

SOON = dt.timedelta(days=60)
KEY, BETWEEN, ROOT = "Сертификат подписи", "Сертификат промежуточного центра", "Корневой сертификат"


class Ending(NamedTuple):
    """``what`` is KEY, BETWEEN or ROOT."""

    what: str
    certificate: x509.Certificate

    @property
    def owner(self) -> str:
        return signing_key.common_name(self.certificate.subject)

    @property
    def ends(self) -> dt.datetime:
        return self.certificate.not_valid_after_utc


def ending(now: dt.datetime) -> list[Ending]:
    """Certificates in use that are over or will be within 60 days, the first to end first.

    A root that is over and kept for letters of its time is passed over where a later one took its place.
    """
    used = list(_used(now))
    issuers = {one.issuer for _, one in used}
    roots = [root for folder in (_of_keys(), _of_gost()) for root in _in_use(folder, issuers, now)]
    known = dict.fromkeys([*used, *((ROOT, root) for root in roots)])
    found = [Ending(what, one) for what, one in known if one.not_valid_after_utc < now + SOON]
    return sorted(found, key=lambda one: one.ends)


def _in_use(folder: list[x509.Certificate], issuers: set[x509.Name], now: dt.datetime) -> Iterator[x509.Certificate]:
    lasting = [root.subject for root in folder if root.not_valid_after_utc >= now + SOON]
    for root in folder:
        over = root.not_valid_after_utc < now
        replaced = root.subject in lasting or (lasting and root.subject not in issuers)
        if not (over and replaced):
            yield root


def _used(now: dt.datetime) -> Iterator[tuple[str, x509.Certificate]]:
    """Of each who may sign now: the certificates in the last signature by key, and in the last by ГОСТ."""
    for authority in SigningAuthority.objects.in_force_on(timezone.localdate(now)).order_by("pk"):
        of_them = Signature.objects.filter(letter__authority__person=authority.person_id)
        for way in (Way.KEY, Way.GOST):
            if last := of_them.filter(way=way).select_related("original").order_by("-signed_at", "-pk").first():
                yield from _named(last)


def _named(signature: Signature) -> Iterator[tuple[str, x509.Certificate]]:
    """Nothing where the file is not whole: the inspection says that."""
    with contextlib.suppress(store.StoreError):
        signer, *others = _inside(signature)
        yield KEY, signer
        yield from ((BETWEEN, one) for one in others if one.issuer != one.subject)


def _inside(signature: Signature) -> Iterable[x509.Certificate]:
    """The signer's certificate and those beside it; the portal verified them when it was signed."""
    if signature.way == Way.KEY:
        return _in_seal(signature.original.digest)
    files = DetachedSignature.objects.filter(over=signature.original, fingerprint=signature.fingerprint)
    return _in_file(files.values_list("file__digest", flat=True).get())


@functools.lru_cache(maxsize=16)
def _in_seal(digest: str) -> Iterable[x509.Certificate]:
    return pades_verification.certificates(store.read(digest))


@functools.lru_cache(maxsize=16)
def _in_file(digest: str) -> Iterable[x509.Certificate]:
    found = detached.read(store.read(digest))
    return [found.certificate, *found.others]


def _of_keys() -> list[x509.Certificate]:
    try:
        return trust.roots()
    except trust.NoAuthority:
        return []


def _of_gost() -> list[x509.Certificate]:
    try:
        return gost.trusted(outside_signatures.roots())
    except gost.RootsUnreadable:
        return []
