"""The bytes of a letter at each stage, as the person sees them: draft, final, signed, or the scan."""

import hashlib
from typing import NamedTuple

from django.core.cache import cache
from django.utils import timezone

from rcro_portal import store
from reports import content, rendering
from reports.models import Letter, LetterFile, Snapshot
from reports.sheet import Content

DRAFT_KEPT_SECONDS = 3600
# A page on the screen: A4 at about 150 dpi, enough for a telephone held wide.
PAGE_WIDTH_PX = 1240


class Paper(NamedTuple):
    """What is shown now; ``digest`` names exactly these bytes."""

    digest: str
    pdf: bytes
    file: LetterFile | None


def shown(letter: Letter) -> Paper | None:
    """The signed original where it is a PDF of the portal's own, else the final PDF, else a draft of the snapshot."""
    file = _newest(letter)
    if file is not None:
        return Paper(file.digest, store.read(file.digest), file)
    if letter.snapshot is None:
        return None
    pdf = draft(letter.snapshot)
    return Paper(hashlib.sha256(pdf).hexdigest(), pdf, None)


def _newest(letter: Letter) -> LetterFile | None:
    signature = getattr(letter, "signature", None)
    if signature and signature.original.media_type == "application/pdf":
        return signature.original
    return letter.final


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


def page(paper: Paper, number: int) -> bytes | None:
    """A page as PNG, or None where the letter has no such page. Kept for an hour: the digest names the bytes."""
    key = f"page-{paper.digest}-{number}"
    image = cache.get(key)
    if image is None:
        if not 1 <= number <= rendering.page_count(paper.pdf):
            return None
        image = rendering.page_image(paper.pdf, number, PAGE_WIDTH_PX)
        cache.set(key, image, DRAFT_KEPT_SECONDS)
    return image
