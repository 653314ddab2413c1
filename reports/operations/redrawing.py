"""Drawing stored letters again from their snapshots: within one version of the renderer the bytes are the same.

Where they differ and the version is another one, the text is still the same. Nothing is stored and no row is changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from django.db.models import QuerySet

from rcro_portal.lib import store
from reports.composing import content
from reports.models import Letter
from reports.typesetting import rendering

SAMPLE = 20


class RedrawVerdict(Enum):
    """What came of it, and whether that is as it must be."""

    SAME = "те же байты", True
    SAME_TEXT = "другая версия, текст тот же", True
    OTHER_BYTES = "получаются другие байты", False
    OTHER_TEXT = "другая версия, и текст получается другой", False
    NOT_DRAWN = "не рисуется", False

    @property
    def words(self) -> str:
        return self.value[0]

    @property
    def holds(self) -> bool:
        return self.value[1]


@dataclass(frozen=True)
class Redrawn:
    """One letter, drawn again; ``why`` says what hindered it."""

    letter: Letter
    verdict: RedrawVerdict
    why: str = ""

    def __str__(self) -> str:
        because = f": {self.why}" if self.why else "."
        return f"Письмо {self.letter.pk} ({self.letter.entry}): {self.verdict.words}{because}"


def redraw(sample: int | None = None) -> Iterator[Redrawn]:
    """Every letter whose final PDF is stored, or so many of them taken at random."""
    drawn = Letter.objects.exclude(final=None).select_related("snapshot", "entry", "final")
    for letter in _taken(drawn, sample).iterator(chunk_size=100):
        try:
            yield Redrawn(letter, _verdict(letter))
        except (rendering.CannotDraw, store.StoreError) as error:
            yield Redrawn(letter, RedrawVerdict.NOT_DRAWN, str(error))


def _taken(letters: QuerySet[Letter], sample: int | None) -> QuerySet[Letter]:
    return letters.order_by("pk") if sample is None else letters.order_by("?")[:sample]


def _verdict(letter: Letter) -> RedrawVerdict:
    assert letter.final, "only letters with a final PDF are asked for"
    stored = store.read(letter.final.digest)
    again = rendering.draw(content.final(letter))
    if again == stored:
        return RedrawVerdict.SAME
    if rendering.named(letter.final.versions) == rendering.versions():
        return RedrawVerdict.OTHER_BYTES
    return RedrawVerdict.SAME_TEXT if _text(again) == _text(stored) else RedrawVerdict.OTHER_TEXT


def _text(pdf: bytes) -> str:
    """Without spaces: another version may break the lines elsewhere."""
    return "".join(rendering.plain_text(pdf).split())
