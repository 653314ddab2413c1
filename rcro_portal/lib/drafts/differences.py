"""What changed: between two texts word by word, between two versions of a draft part by part."""

import difflib
import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_WORDS = re.compile(r"\S+|\n")


class DiffPiece(NamedTuple):
    """A run of words that stayed («same»), went («gone») or came («new»); lines are kept."""

    kind: str
    text: str


class Part(NamedTuple):
    """A field of a draft, or a row of one («number» counts from 1), as people read it and as it is kept: what it puts
    on the page, or the row."""

    field: str
    name: str
    text: str
    value: dict[str, Any]
    number: int = 0

    @property
    def title(self) -> str:
        return f"{self.name} {self.number}" if self.number else self.name


class Pair(NamedTuple):
    """A part before and after; one of both is missing where it came or went."""

    before: Part | None
    after: Part | None

    @property
    def title(self) -> str:
        part = self.after or self.before
        return part.title if part else ""

    @property
    def differs(self) -> bool:
        return self.before is None or self.after is None or self.before.text != self.after.text

    @property
    def key(self) -> str:
        """The same wherever the same two texts differ in the same field: a choice between them is found again by it."""
        sides = [part and part.text for part in (self.before, self.after)]
        field = (self.after or self.before or Part("", "", "", {})).field
        return hashlib.sha256(json.dumps([field, *sides]).encode()).hexdigest()[:16]

    @property
    def pieces(self) -> list[DiffPiece]:
        return list(pieces(self.before.text if self.before else "", self.after.text if self.after else ""))


def pieces(before: str, after: str) -> Iterator[DiffPiece]:
    """The way from one text to the other, in whole words."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    for tag, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPiece("same", _joined(old[a:b]))
            continue
        if a < b:
            yield DiffPiece("gone", _joined(old[a:b]))
        if c < d:
            yield DiffPiece("new", _joined(new[c:d]))


def _joined(words: list[str]) -> str:
    return " ".join(words).replace(" \n", "\n").replace("\n ", "\n")


def aligned(before: Iterable[Part], after: Iterable[Part]) -> list[Pair]:
    """Every part of both sides once, field by field; a row that came or went moves no other row into a false pair."""
    old, new = _by_field(before), _by_field(after)
    return [pair for field in {**old, **new} for pair in _rows(old.get(field, []), new.get(field, []))]


def _by_field(parts: Iterable[Part]) -> dict[str, list[Part]]:
    fields: dict[str, list[Part]] = {}
    for part in parts:
        fields.setdefault(part.field, []).append(part)
    return fields


def _rows(old: list[Part], new: list[Part]) -> Iterator[Pair]:
    matcher = difflib.SequenceMatcher(None, [part.text for part in old], [part.text for part in new], autojunk=False)
    for _, a, b, c, d in matcher.get_opcodes():
        yield from _rewritten(old[a:b], new[c:d])


def _rewritten(gone: list[Part], came: list[Part]) -> Iterator[Pair]:
    """Rows in place of others: by their keys where they bear any, what is left one after another."""
    keys = {part.value["key"]: part for part in gone if part.value.get("key")}
    mates = {id(part): keys[part.value["key"]] for part in came if part.value.get("key") in keys}
    known = {id(part) for part in mates.values()}
    # A row with a key of its own is a new one, and no rewording of another that has one.
    left = [part for part in gone if id(part) not in known]
    for part in came:
        before = mates.get(id(part)) or _first_free(left, part)
        if before in left:
            left.remove(before)
        yield Pair(before, part)
    yield from (Pair(part, None) for part in left)


def _first_free(left: list[Part], part: Part) -> Part | None:
    return next((one for one in left if not (one.value.get("key") and part.value.get("key"))), None)


def in_words(pairs: Iterable[Pair]) -> str:
    """«изменено: обращение, выступление 2; добавлено: решение 3»; nothing where nothing differs."""
    found: dict[str, list[str]] = {"изменено": [], "добавлено": [], "убрано": []}
    for pair in pairs:
        if pair.differs:
            what = "добавлено" if pair.before is None else "убрано" if pair.after is None else "изменено"
            found[what].append(pair.title[:1].lower() + pair.title[1:])
    return "; ".join(f"{what}: {', '.join(names)}" for what, names in found.items() if names)


def merged(pairs: list[Pair], after: set[int]) -> dict[str, Any]:
    """Fields by name, rows as lists: of each pair its after-side where its index is chosen, else its before-side."""
    page: dict[str, Any] = {}
    for index, pair in enumerate(pairs):
        kept = pair.after if index in after else pair.before
        known = pair.before or pair.after
        assert known
        if known.number:
            page.setdefault(known.field, []).extend([kept.value] if kept else [])
        else:
            page |= (kept or known).value
    return page
