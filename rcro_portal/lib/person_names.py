"""Whom a name means that somebody gave themself on a platform: «Белоусова, Анна», «Anna Belousova», «Белоусова А.С.».

A surname with a given name, or with both initials, is a person where only one bears them. Whatever else is near is
doubtful: it proposes, a person decides. Knows no tables.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from rcro_portal.lib import latin_names, personal_names, russian

_DASHES = re.compile(r"\s*[‐-―−]\s*|(?<=\w)\s+-\s*(?=\w)|(?<=\w)-\s+(?=\w)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CYRILLIC = re.compile("[а-яё]")
_LOOK, _RUSSIAN_LOOK = frozenset("aeopcyxkmtbh"), "аеорсухкмтвн"
_TO_LATIN = str.maketrans(_RUSSIAN_LOOK, "aeopcyxkmtbh")
_SON = re.compile(rf"([а-я]{{2}})({'|'.join(personal_names.SON_OR_DAUGHTER)})$")
_LATIN_PATRONYMIC = re.compile(r"(?:[vw]na|[cs]hna|i(?:t?ch|c)|-?ogl[yiu]|-?[kqg][yi]z[yi])$")
# Out of a hundred: a slip of the pen in a whole name, in a patronymic.
_NEAR, _AT_MOST = 86, 5
# «Наталия» is «Наталья», «Алла» is not «Анна».
_ALIKE = 80
_SHORT = {
    "анна": "аня анюта нюра", "александра": "саша шура", "александр": "саша шура", "алексей": "леша", "елена": "лена",
    "екатерина": "катя", "татьяна": "таня", "наталья": "наташа", "наталия": "наташа", "ольга": "оля", "мария": "маша",
    "ирина": "ира", "светлана": "света", "юлия": "юля", "людмила": "люда мила", "надежда": "надя", "любовь": "люба",
    "галина": "галя", "валентина": "валя", "вера": "верочка", "евгения": "женя", "евгений": "женя", "оксана": "ксюша",
    "дмитрий": "дима митя", "сергей": "сережа", "михаил": "миша", "николай": "коля", "владимир": "вова володя",
    "иван": "ваня", "андрей": "андрюша", "павел": "паша", "константин": "костя", "анастасия": "настя", "дарья": "даша",
    "виктория": "вика", "лариса": "лара", "маргарита": "рита", "антонина": "тоня", "вячеслав": "слава", "петр": "петя",
}  # fmt: skip


class Known(NamedTuple):
    """Somebody who may be meant, by the parts of their name as ``words`` spells them."""

    pk: int
    surname: str
    given: str
    patronymic: str

    @property
    def whole(self) -> str:
        return " ".join(filter(None, (self.surname, self.given, self.patronymic)))


class Found(NamedTuple):
    """``sure``: the only one who can be meant. ``likely``: who is to be asked about."""

    sure: int | None = None
    likely: tuple[int, ...] = ()


def known(pk: int, surname: str, given_name: str, patronymic: str) -> Known:
    return Known(pk, *("-".join(words(part)) for part in (surname, given_name, patronymic)))


def words(text: str) -> list[str]:
    """Small, ё as е, without digits, double names by one hyphen; of a word in two scripts the one that fits."""
    composed = _DASHES.sub("-", unicodedata.normalize("NFC", text).lower())
    found = [_folded(word) for word in _WORD.findall(latin_names.bare(composed))]
    joined: list[str] = []
    for word in found:
        if word in personal_names.SON_OR_DAUGHTER and joined:
            joined[-1] += f"-{word}"
        else:
            joined.append(word)
    return joined


def _folded(word: str) -> str:
    """«Bетрова» is Russian, «Belоusova» with a Russian о is Latin: letters that only one script has decide."""
    parts = [_of_one_script(part) for part in word.split("-")]
    return _SON.sub(r"\1-\2", "-".join(parts))


def _of_one_script(word: str) -> str:
    if not _CYRILLIC.search(word):
        return word
    latin = word.translate(_TO_LATIN)
    return latin if latin.isascii() and not set(word) <= _LOOK | set(_RUSSIAN_LOOK) else russian.search_key(word)


def _same(told: str, word: str) -> bool:
    """«told» is how a platform writes it."""
    if told == word:
        return True
    if _CYRILLIC.search(told) or not told:
        return False
    if set(told) <= _LOOK | {"-"} and "-".join(map(russian.search_key, told.split("-"))) == word:
        return True
    parts, wanted = told.split("-"), word.split("-")
    return len(parts) == len(wanted) and all(map(latin_names.may_be, parts, wanted))


class Told:
    """A name as it was told: which words of it are left once a part of somebody's name is found."""

    def __init__(self, text: str) -> None:
        self.words = words(text)
        self.full = [word for word in self.words if len(word) > 1]
        self.initials = [word for word in self.words if len(word) == 1]
        joined = [f"{first}-{second}" for first, second in zip(self.full, self.full[1:], strict=False)]
        self.whole_words = [*self.full, *joined]

    def has(self, word: str) -> bool:
        return bool(word) and any(_same(one, word) for one in self.whole_words)

    @cached_property
    def patronymics(self) -> list[str]:
        said = (word for word in self.full if len(word) > 4)
        return [word for word in said if personal_names.gender_of(word) or _LATIN_PATRONYMIC.search(word)]

    def patronymics_beside(self, one: Known) -> list[str]:
        """Without the surname: «Петрович Анна» has none."""
        return [word for word in self.patronymics if not _same(word, one.surname)]

    def begins(self, place: int, word: str) -> bool:
        """The initial at that place may stand for the word."""
        told = self.initials[place] if place < len(self.initials) else ""
        return bool(told and word) and (told == word[0] or word[0] in latin_names.initials(told))


class Register:
    """All who may be meant."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_pk = {one.pk: one for one in people}
        self._by_surname: dict[str, list[Known]] = defaultdict(list)
        for one in self._by_pk.values():
            self._by_surname[one.surname].append(one)
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for surname in self._by_surname:
            self._by_letter[surname[:1]].append(surname)
        self._found: dict[tuple[str, ...], Found] = {}

    def find(self, names: Sequence[str]) -> Found:
        """By the first of the names that means somebody surely, else whoever any of them is near to."""
        key = tuple(names)
        if key not in self._found:
            found = [self._find(Told(name)) for name in names]
            sure = next((one for one in found if one.sure), None)
            likely = dict.fromkeys(pk for one in found for pk in one.likely)
            self._found[key] = sure or Found(likely=tuple(likely)[:_AT_MOST])
        return self._found[key]

    def is_another(self, names: Sequence[str], pk: int) -> bool:
        """A given name is told, and it is not that person's: somebody who shares their address."""
        told, given = [Told(name) for name in names], self._by_pk[pk].given
        if any(one.has(given) for one in told):
            return False
        said = [word for one in told for word in one.full if word in self._given]
        return bool(said) and all(fuzz.ratio(word, given) < _ALIKE for word in said)

    @cached_property
    def _given(self) -> frozenset[str]:
        return frozenset([*_SHORT, *(one.given for one in self._by_pk.values())])

    def _find(self, told: Told) -> Found:
        same = self._of_surname(told)
        named = [one for one in same if told.has(one.given)]
        exact = [one for one in named if _fits(told, one)]
        if exact:
            whole = [one for one in exact if one.patronymic and told.has(one.patronymic)] or exact
            return _one_or_several(whole)
        if named:
            near = [one for one in named if self._slips(told, one)]
            return Found(likely=tuple(one.pk for one in near))
        by_initials = [one for one in same if not _given_told(told, one) and told.begins(0, one.given)]
        if by_initials and len(told.initials) > 1:
            both = [one for one in by_initials if told.begins(1, one.patronymic)]
            if both:
                return _one_or_several(both)
            by_initials = []
        return Found(likely=tuple(one.pk for one in (by_initials or self._near(told, same))))

    def _of_surname(self, told: Told) -> list[Known]:
        found: dict[int, Known] = {}
        for word in told.whole_words:
            for surname in self._spelled(word):
                found |= {one.pk: one for one in self._by_surname[surname]}
        return list(found.values())

    def _spelled(self, word: str) -> list[str]:
        """The surnames that this word may be."""
        if word in self._by_surname:
            return [word]
        if _CYRILLIC.search(word):
            return []
        letters = latin_names.initials(word[0]) | {russian.search_key(word[0])}
        return [one for letter in letters for one in self._by_letter.get(letter, ()) if _same(word, one)]

    @staticmethod
    def _slips(told: Told, one: Known) -> bool:
        """Another patronymic is another person, unless it is a slip of the pen."""
        return any(fuzz.ratio(word, one.patronymic) >= _NEAR for word in told.patronymics_beside(one))

    def _near(self, told: Told, same: Sequence[Known]) -> list[Known]:
        """Of that surname: where nothing more is told, or the short form of the name; else by a slip of the pen."""
        rest = [word for word in told.full if not any(_same(word, one.surname) for one in same)]
        if same and not rest and not told.initials:
            return list(same)
        short = [one for one in same if any(word in _SHORT.get(one.given, "").split() for word in rest)]
        return short or self._by_part(told) or self._by_letters(told)

    def _by_part(self, told: Told) -> list[Known]:
        """One half of a double surname with the given name: before or after a marriage."""
        halves = [half for word in told.full if "-" in word for half in word.split("-")]
        found = [one for half in halves for one in self._by_surname.get(half, ()) if told.has(one.given)]
        doubles = [name for name in self._by_surname if "-" in name and any(map(told.has, name.split("-")))]
        return found + [one for name in doubles for one in self._by_surname[name] if told.has(one.given)]

    def _by_letters(self, told: Told) -> list[Known]:
        if len(told.full) < 2:
            return []
        text = " ".join(told.full)
        choices = self._short if len(told.full) == 2 else self._long
        found = process.extract(text, choices, scorer=fuzz.token_sort_ratio, score_cutoff=_NEAR, limit=_AT_MOST)
        return [self._by_pk[pk] for _, _, pk in found]

    @cached_property
    def _short(self) -> dict[int, str]:
        return {pk: f"{one.surname} {one.given}" for pk, one in self._by_pk.items()}

    @cached_property
    def _long(self) -> dict[int, str]:
        return {pk: one.whole for pk, one in self._by_pk.items()}


def _fits(told: Told, one: Known) -> bool:
    """No other patronymic is told."""
    return told.has(one.patronymic) or not (one.patronymic and told.patronymics_beside(one))


def _given_told(told: Told, one: Known) -> bool:
    """Another whole word stands where the given name would: «Белоусова Ирина А.» is no Анна."""
    return any(word in _SHORT for word in told.full if not _same(word, one.surname))


def _one_or_several(found: Sequence[Known]) -> Found:
    return Found(found[0].pk) if len(found) == 1 else Found(likely=tuple(one.pk for one in found))
