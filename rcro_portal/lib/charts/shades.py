"""Shades by counts: few steps that differ in lightness, so that they can be told apart in grey and by any eye."""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

INK, WHITE = "#1b2423", "#ffffff"
# From paper to deep pine; the last is for what exceeds all other steps.
FILLS = ("#faf8f3", "#d5e5e2", "#a3c7c2", "#5d979a", "#0f5257")
# 4.5 : 1 at least on each.
INKS = (INK, INK, INK, INK, WHITE)


class Shade(NamedTuple):
    """One step: the counts that it stands for in words, its colour, and the colour of text on it."""

    words: str
    fill: str
    ink: str


@dataclass(frozen=True)
class Scale:
    """Steps that begin at 0, 1, and the ``bounds`` above: each but the last ends where the next begins."""

    bounds: tuple[int, ...]

    @classmethod
    def up_to(cls, greatest: int) -> "Scale":
        """The bounds that part counts up to ``greatest`` into steps, each about twice as wide as the one before."""
        third = max(3, round(greatest / 6)) if greatest > 3 else 3
        return cls(tuple(bound for bound in (1, 2, third, 2 * third) if bound <= greatest) or (1,))

    @classmethod
    def among(cls, numbers: Collection[int]) -> "Scale":
        """The same; of numbers that all lie far from nought in even steps between them, or they would be one shade."""
        least, greatest = min(numbers, default=0), max(numbers, default=0)
        steps = cls.up_to(greatest)
        even = tuple(least + (greatest - least) * part // len(INKS) for part in range(1, len(INKS)))
        return cls(even) if least >= steps.bounds[-1] and len({least, *even}) == len(INKS) else steps

    def step(self, count: int) -> int:
        """Which of the shades it is, from the lightest."""
        return bisect_right(self.bounds, count)

    def of(self, count: int) -> Shade:
        step = self.step(count)
        return Shade(self._words(step), FILLS[step], INKS[step])

    @property
    def legend(self) -> list[Shade]:
        return [self.of(first) for first in (0, *self.bounds)]

    def _words(self, step: int) -> str:
        """«0», «2–4», «10 и больше»."""
        first = (0, *self.bounds)[step]
        if step == len(self.bounds):
            return f"{first} и больше" if first else "0"
        last = self.bounds[step] - 1
        return str(first) if last == first else f"{first}–{last}"
