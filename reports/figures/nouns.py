"""The nouns that follow the figures, by their names in ``nouns.toml``, which has every case of them."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from reports.figures.declension import Noun, noun


def _read() -> dict[str, Noun]:
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {name: _noun(**row) for name, row in rows.items()}


def _noun(nominative: list[str], accusative: str, animate: bool = False, head: int = -1, **oblique: list[str]) -> Noun:
    one, few, many = nominative
    pairs = {case: (single, plural) for case, (single, plural) in oblique.items()}
    return noun(one, few, many, accusative=accusative, animate=animate, head=head, **pairs)


NOUNS: Mapping[str, Noun] = _read()
