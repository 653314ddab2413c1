"""What a noun is after a number: every form that a letter may need, told outright or made by a regular pattern."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from rcro_portal.lib import russian
from rcro_portal.lib.drafts.models import GrammaticalCase


class Noun(NamedTuple):
    """A noun after a number: three forms in the nominative, a singular and a plural in each oblique case.

    ``accusative`` is that of one; the others follow from whether it is somebody (``animate``). ``head`` is the place
    of the noun itself among its words: the last, but «доктор» in «доктор наук».
    """

    one: str
    few: str
    many: str
    accusative: str
    oblique: Mapping[str, tuple[str, str]]
    animate: bool = False
    head: int = -1

    def after(self, number: int, case: str) -> str:
        if case == GrammaticalCase.NOMINATIVE:
            return russian.agree(number, self.one, self.few, self.many)
        if case == GrammaticalCase.ACCUSATIVE:
            forms = russian.Forms(self.accusative, self.few, self.many)
            return russian.agree_accusative(number, *forms, animate=self.animate)
        return russian.agree_oblique(number, *self.oblique[case])

    def heads(self) -> set[str]:
        """The noun itself in all its forms, without its adjectives."""
        phrases = (
            self.one,
            self.few,
            self.many,
            self.accusative,
            *(form for pair in self.oblique.values() for form in pair),
        )
        return {phrase.split()[self.head] for phrase in phrases}


class Bare(Noun):
    """No noun: the number alone, whose word the writer says."""

    def after(self, number: int, case: str) -> str:  # noqa: ARG002
        return russian.grouped(number)

    def heads(self) -> set[str]:
        return set()


class Hundredths(Bare):
    """The number is in hundredths, and written with a comma where it has any: «1 250,5»."""

    def after(self, number: int, case: str) -> str:  # noqa: ARG002
        return russian.measured(Decimal(number).scaleb(-2))


BARE = Bare("", "", "", "", {})
HUNDREDTHS = Hundredths("", "", "", "", {})


def noun(
    one: str,
    few: str,
    many: str,
    *,
    accusative: str,
    animate: bool = False,
    head: int = -1,
    **oblique: tuple[str, str],
) -> Noun:
    return Noun(one, few, many, accusative, oblique, animate, head)


# -- Regular patterns: the lexicon of what letters count is made by them ---------------------------------

_HUSHING = "жчшщ"
_VELAR = "гкх"


def masculine(word: str, *, animate: bool = True, stem: str = "", stressed: bool = False) -> Noun:
    """«тренер», «ученик»; ``stem`` where a vowel falls out: «подросток, подростк-»; ``stressed`` endings: «врачом»."""
    stem = stem or word
    end, plenty = stem[-1], "ей" if stem[-1] in _HUSHING else "ов"
    by = "ем" if end in _HUSHING and not stressed else "ом"
    forms = [f"{stem}{ending}" for ending in ("а", "у", by, "е")]
    return _regular(word, forms, _plural(stem, plenty, "а"), forms[0] if animate else word, animate=animate)


def soft(word: str, *, animate: bool = True) -> Noun:
    """«учитель», «лицей»: masculine nouns in -ь and -й."""
    stem, plenty = word[:-1], "ев" if word.endswith("й") else "ей"
    forms = [f"{stem}{ending}" for ending in ("я", "ю", "ем", "е")]
    return _regular(word, forms, _plural(stem, plenty, "я"), forms[0] if animate else word, animate=animate)


def feminine(word: str, plenty: str = "", *, animate: bool = False) -> Noun:
    """«команда, команд», «школа», «мужчина»; in -ия: «лаборатория, лабораторий»."""
    stem = word[:-1]
    if word.endswith("ия"):
        forms = [f"{stem}и", f"{stem}и", f"{stem}ей", f"{stem}и"]
        return _regular(word, forms, _plural(stem, "й", "я"), f"{stem}ю", animate=animate)
    of = f"{stem}{'и' if stem[-1] in _HUSHING + _VELAR else 'ы'}"
    forms = [of, f"{stem}е", f"{stem}{'ей' if stem[-1] in _HUSHING + 'ц' else 'ой'}", f"{stem}е"]
    plural = (plenty or stem, f"{stem}ам", f"{stem}ами", f"{stem}ах")
    return _regular(word, forms, plural, f"{stem}у", animate=animate)


def neuter(word: str) -> Noun:
    """«учреждение, учреждений»."""
    stem = word[:-1]
    forms = [f"{stem}я", f"{stem}ю", f"{stem}ем", f"{stem}и"]
    return _regular(word, forms, _plural(stem, "й", "я"), word, animate=False)


def substantive(word: str) -> Noun:
    """«учащийся», «учёный»: adjectives and participles that name somebody."""
    stem, tail = (word[:-4], "ся") if word.endswith("ся") else (word[:-2], "")
    vowel = "и" if word[len(stem)] == "и" else "ы"
    one = "е" if vowel == "и" else "о"
    forms = [f"{stem}{ending}{tail}" for ending in (f"{one}го", f"{one}му", f"{vowel}м", f"{one}м")]
    plural = tuple(f"{stem}{vowel}{ending}{tail}" for ending in ("х", "м", "ми", "х"))
    return _regular(word, forms, plural, forms[0], animate=True, few=plural[0])


def _plural(stem: str, plenty: str, vowel: str) -> tuple[str, ...]:
    return (f"{stem}{plenty}", f"{stem}{vowel}м", f"{stem}{vowel}ми", f"{stem}{vowel}х")


def _regular(
    word: str, forms: list[str], plural: tuple[str, ...], accusative: str, *, animate: bool, few: str = ""
) -> Noun:
    pairs = dict(
        zip(("genitive", "dative", "instrumental", "prepositional"), zip(forms, plural, strict=True), strict=True)
    )
    return Noun(word, few or forms[0], plural[0], accusative, pairs, animate)
