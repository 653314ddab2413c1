"""Names of organisations and people as two spellings of them are compared. Knows no tables.

«Муниципальное бюджетное общеобразовательное учреждение «Берёзовская средняя общеобразовательная школа»» and «МБОУ
"Березовская СОШ"» are one name; «СОШ № 9» and «СОШ № 19» are two, however near their letters.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from rcro_portal.lib import russian

# Words by which offices write out what others abbreviate; longer ones first, each as ``russian.search_key`` spells it.
_WRITTEN_OUT = (
    ("муниципальное", "м"), ("областное государственное", "ог"), ("краевое государственное", "кг"),
    ("федеральное государственное", "фг"), ("государственное", "г"), ("частное", "ч"), ("бюджетное", "б"),
    ("автономное", "а"), ("казенное", "к"), ("профессиональное образовательное", "по"),
    ("общеобразовательное", "о"), ("дошкольное образовательное", "до"), ("образовательное", "о"), ("учреждение", "у"),
    ("организация", "у"),
)  # fmt: skip
_SCHOOLS = (
    ("средняя общеобразовательная школа", "сош"),
    ("основная общеобразовательная школа", "оош"),
    ("начальная общеобразовательная школа", "нош"),
    ("средняя школа", "сош"),
    ("детский сад", "дс"),
    ("высшего образования", "во"),
    ("дополнительного образования", "до"),
    ("общество с ограниченной ответственностью", "ооо"),
    ("автономная некоммерческая организация", "ано"),
)
_FORM = re.compile(r"(?:ф|м|ог|г|кг|ч)?г?[бак]?(?:по|до|о)?у|ооо|ано|нко|зао|пао|ао|ип")
_OUT_OF_FORM = re.compile(
    "(?:^| )((?:{})(?: (?:{}))+)(?= |$)".format(*["|".join(word for word, _ in _WRITTEN_OUT)] * 2)
)
# Out of a hundred: so near are slips of the pen, also where the number is the same; a name that holds the other whole.
_NEAR, _NUMBERED, _INSIDE, _AT_MOST = 84, 75, 95, 5


class Spelled(NamedTuple):
    """A name folded: its legal form («мбоу»), the words that are left, in their order, and its numbers."""

    form: str
    core: str
    numbers: tuple[str, ...]

    @property
    def whole(self) -> str:
        return f"{self.form} {self.core}".strip()


@lru_cache(maxsize=20_000)
def spelled(name: str) -> Spelled:
    key = russian.search_key(name)
    for written, short in _SCHOOLS:
        key = key.replace(written, short)
    key = _OUT_OF_FORM.sub(_abbreviated, key).strip()
    words = key.split()
    form = words[0] if len(words) > 1 and _FORM.fullmatch(words[0]) and len(words[0]) > 1 else ""
    rest = words[1:] if form else words
    return Spelled(form, " ".join(rest), tuple(sorted(word for word in rest if word.isdecimal())))


def _abbreviated(found: re.Match[str]) -> str:
    text = found[1]
    for word, short in _WRITTEN_OUT:
        text = re.sub(rf"\b{word}\b", short, text)
    return f" {text.replace(' ', '')}"


def are_one(first: Spelled, second: Spelled) -> bool:
    """Said of the same: one may leave out its legal form, but a school of another form is another school."""
    return first.core == second.core and (first.form == second.form or not (first.form and second.form))


def nearest[Key](name: str, choices: Mapping[Key, str]) -> list[Key]:
    """Who might be meant, the likeliest first; ``choices`` are cores with the same numbers. It decides nothing.

    Words may stand in another order, or one name inside the other: «лицей Сосновый», «лицей Сосновый г. Дальний».
    """
    _, core, numbers = spelled(name)
    near = _NUMBERED if numbers else _NEAR
    inside = {key: choice for key, choice in choices.items() if " " in choice} if " " in core else {}
    found: dict[Key, float] = {}
    for scorer, among, least in ((fuzz.token_sort_ratio, choices, near), (fuzz.token_set_ratio, inside, _INSIDE)):
        for _, score, key in process.extract(core, among, scorer=scorer, score_cutoff=least, limit=_AT_MOST):
            found[key] = max(score, found.get(key, 0))
    return sorted(found, key=lambda key: -found[key])[:_AT_MOST]


def likely(text: str, names: Iterable[str]) -> str:
    """The name that somebody may have meant by a slip of the pen; nothing where none is near."""
    folded = {name: russian.search_key(name) for name in names}
    found = process.extractOne(russian.search_key(text), folded, scorer=fuzz.WRatio, score_cutoff=_NEAR)
    return str(found[2]) if found else ""
