"""What an organisation is called, in the genitive and the dative: a proposal that its keeper mends.

Only the adjectives and the head noun before a number, a quotation mark or another noun are declined: «Томский областной
лицей № 7» → «Томского областного лицея № 7». An abbreviation stays as it is: «МАОУ СОШ № 7», «МАОУ лицея № 7».
"""

import re
from typing import Literal

type Case = Literal["genitive", "dative"]

_ADJECTIVE = re.compile(r"(?:ый|ий|ой|ая|яя|ое|ее)$", re.IGNORECASE)
_SOFT = re.compile(r"(?:[жшщч][ие]й|[жшщч]ее|[жшщч]ая|ний|нее|няя)$", re.IGNORECASE)
_WORD = re.compile(r"[А-ЯЁа-яё]+(?:-[А-ЯЁа-яё]+)*")
# Ending, genitive, dative; the longest first.
_NOUNS = (
    ("тель", "теля", "телю"),
    ("уль", "уля", "улю"),
    ("ец", "ца", "цу"),
    ("ия", "ии", "ии"),
    ("ие", "ия", "ию"),
    ("ье", "ья", "ью"),
    ("ка", "ки", "ке"),
    ("га", "ги", "ге"),
    ("ха", "хи", "хе"),
    ("ча", "чи", "че"),
    ("ша", "ши", "ше"),
    ("ща", "щи", "ще"),
    ("ще", "ща", "щу"),
    ("ь", "и", "и"),
    ("й", "я", "ю"),
    ("а", "ы", "е"),
    ("я", "и", "е"),
    ("о", "а", "у"),
    ("е", "я", "ю"),
)


def proposed(name: str, case: Case) -> str:
    """The name in that case; what is no Russian noun comes back as it is."""
    words = name.split(" ")
    for place, word in enumerate(words):
        if not _WORD.fullmatch(word):
            break
        if sum(letter.isupper() for letter in word) > 1 + word.count("-"):
            continue
        is_adjective = bool(_ADJECTIVE.search(word)) and place + 1 < len(words) and _WORD.fullmatch(words[place + 1])
        if is_adjective:
            words[place] = _adjective(word, case)
            continue
        words[place] = "-".join(_noun(part, case) for part in word.split("-"))
        break
    return " ".join(words)


def _adjective(word: str, case: Case) -> str:
    stem, is_soft = word[:-2], bool(_SOFT.search(word))
    if word.endswith(("ая", "яя")):
        return stem + ("ей" if is_soft else "ой")
    vowel = "е" if is_soft else "о"
    return f"{stem}{vowel}{'го' if case == 'genitive' else 'му'}"


def _noun(word: str, case: Case) -> str:
    for ending, genitive, dative in _NOUNS:
        if word.lower().endswith(ending):
            return word[: -len(ending)] + (genitive if case == "genitive" else dative)
    return word + ("а" if case == "genitive" else "у")
