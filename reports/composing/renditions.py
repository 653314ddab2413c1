"""The bytes of a letter at each stage, as the person sees them: draft, final, signed, or the scan."""

import hashlib
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from rcro_portal.lib import downloads, store
from reports.composing import content, small_screen
from reports.models import DetachedSignature, Letter, LetterFile, Snapshot
from reports.models.letter import FileKind
from reports.signing import scans
from reports.typesetting import rendering
from reports.typesetting.sheet import Content

DRAFT_KEPT_SECONDS = 3600
# A page on the screen: A4 at about 150 dpi, enough for a telephone held wide.
PAGE_WIDTH_PX = scans.WIDTH_PX


class Rendition(NamedTuple):
    """What is shown now; ``digest`` names exactly these bytes."""

    digest: str
    pdf: bytes
    file: LetterFile | None

    @property
    def is_scan(self) -> bool:
        """A stranger's file: the portal did not draw it."""
        return self.file is not None and self.file.kind == FileKind.SCAN

    @property
    def scan(self) -> scans.Look:
        return scans.look(self.digest, self.pdf, scans.PDF)


def shown(letter: Letter) -> Rendition | None:
    """The signed original where it is a PDF of the portal's own, else the final PDF, else a draft of the snapshot."""
    file = _newest(letter)
    if file is not None:
        return Rendition(file.digest, store.read(file.digest), file)
    if letter.snapshot is None:
        return None
    pdf = draft(letter.snapshot)
    return Rendition(hashlib.sha256(pdf).hexdigest(), pdf, None)


def _newest(letter: Letter) -> LetterFile | None:
    signature = getattr(letter, "signature", None)
    if signature and signature.original.media_type == "application/pdf":
        return signature.original
    return letter.final


def pages(letter: Letter, rendition: Rendition | None) -> list[dict[str, Any]]:
    """Addresses and sizes of the pictures of its pages."""
    if rendition is None:
        return []
    height = round(PAGE_WIDTH_PX * 297 / 210)
    return [
        {
            "url": reverse("reports:letter-page", args=[letter.pk, rendition.digest, number]),
            "width": PAGE_WIDTH_PX,
            "height": height,
        }
        for number in range(1, (rendition.scan.shown if rendition.is_scan else rendering.page_count(rendition.pdf)) + 1)
    ]


def leaves(letter: Letter, rendition: Rendition | None) -> dict[str, Any]:
    """For a page that shows them: pictures, what these do not show, text, and the text for a small screen."""
    return {
        "pages": pages(letter, rendition),
        "pages_note": note(rendition),
        "text": text(rendition),
        "reading": small_screen.text(letter.snapshot.content) if letter.snapshot else "",
    }


def note(rendition: Rendition | None) -> str:
    """What the pictures of its pages do not show, in words."""
    return rendition.scan.note if rendition is not None and rendition.is_scan else ""


def text(rendition: Rendition | None) -> str:
    """Its plain text; of a scan whatever the scanner's program has read."""
    if rendition is None:
        return ""
    return rendition.scan.text if rendition.is_scan else rendering.plain_text(rendition.pdf)


def given_out(letter: Letter) -> "QuerySet[LetterFile]":
    """What a centre may have of a signed letter: the original, the files of its signatures with what they sign.

    The copy with the mark is for print.
    """
    own = detached(letter)
    given = Q(pk=letter.signature.original_id) | Q(pk__in=own.values("file")) | Q(pk__in=own.values("over"))
    return letter.files.filter(given | Q(kind=FileKind.STAMPED))


def detached(letter: Letter) -> "QuerySet[DetachedSignature]":
    """Signatures in files of their own over the letter as it is now: the PDF that awaits, or its signed form."""
    signature = getattr(letter, "signature", None)
    over = [pk for pk in (letter.final_id, signature and signature.original_id) if pk]
    rows = letter.detached.filter(over__in=over)
    return rows.select_related("file", "over", "uploaded_by__person").order_by("pk")


def file_stem(letter: Letter, kind: str = "pismo") -> str:
    """«pismo-941-2020», «pismo-GD-1736-03-2020»: the letter's files' name, of whatever number, without an ending."""
    if letter.entry is None:
        return downloads.ascii_name(kind, "proekt", letter.pk)
    return downloads.ascii_name(kind, letter.entry.number, letter.entry.year)


def draft(snapshot: Snapshot) -> bytes:
    """The snapshot as a draft; drawn once and kept for an hour, since each page of it is asked for on its own."""
    key = f"draft-{snapshot.digest}-{timezone.localdate()}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = drawn(snapshot.content)
        cache.set(key, pdf, DRAFT_KEPT_SECONDS)
    return pdf


def drawn(letter: Content) -> bytes:
    """The content as a draft with today's signatory."""
    return rendering.draw(content.rehearsed(letter, timezone.localdate()), draft=True)


def page(rendition: Rendition, number: int) -> bytes | None:
    """A page as PNG, or None where the letter has no such page. Kept for an hour: the digest names the bytes.

    Raises scans.CannotShow.
    """
    if rendition.is_scan:
        return scans.page(rendition.digest, rendition.pdf, number)
    key = f"page-{rendition.digest}-{number}"
    image: bytes | None = cache.get(key)
    if image is None:
        if not 1 <= number <= rendering.page_count(rendition.pdf):
            return None
        image = rendering.page_image(rendition.pdf, number, PAGE_WIDTH_PX)
        cache.set(key, image, DRAFT_KEPT_SECONDS)
    return image
