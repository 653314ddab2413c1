"""Municipalities in any of the ways in which offices write them."""

from functools import cached_property

from django.core.exceptions import ValidationError

from centers.models import Municipality
from rcro_portal.lib import russian
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing import names
from rcro_portal.lib.registers.importing.asking import Answers, Choice, Doubtful, question

ABOUT = "municipality"
# «Томский р-н», «МО «Томский район»», «Томский муниципальный округ», «ЗАТО Северск», «г.о. Стрежевой», «г. Томск».
_WORDS = frozenset(
    (
        *("район", "р", "н", "рн", "муниципальный", "муниципального", "муниципальное", "образование", "мо", "мр"),
        *("округ", "городской", "го", "г", "о", "город", "гор", "зато", "администрация"),
        *("томская", "томской", "область", "области", "обл"),
    )
)


class Places:
    """Those of the region, and what was answered of names that none of them bears."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    @cached_property
    def known(self) -> list[Municipality]:
        return list(Municipality.objects.order_by("name"))

    @cached_property
    def _by_core(self) -> dict[str, list[Municipality]]:
        found: dict[str, list[Municipality]] = {}
        for one in self.known:
            for name in {one.name, one.name_genitive, one.name_prepositional, one.code}:
                found.setdefault(_core(name), []).append(one)
        return found

    def find(self, text: str) -> Municipality | None:
        """Nothing for nothing. Raises ValidationError with the likely name, or Doubtful where none is likely."""
        if not text:
            return None
        same = list({one.pk: one for one in self._by_core.get(_core(text), ())}.values())
        if len(same) == 1:
            return same[0]
        key = russian.search_key(text)
        said = self.answers.said(ABOUT, key)
        if answered := next((one for one in self.known if str(one.pk) == said), None):
            return answered
        likely = {one.name: _core(one.name) for one in self.known}
        if near := names.likely(_core(text), likely.values()):
            name = next(name for name, core in likely.items() if core == near)
            raise ValidationError(f"Нет муниципалитета {quoted(text)}.", params={"suggestion": name})
        choices = [Choice(str(one.pk), one.name) for one in self.known]
        raise Doubtful(f"Муниципалитета {quoted(text)} в портале нет. Какой это?", question(ABOUT, key, choices))


def _core(text: str) -> str:
    """The word that names it; where nothing else is left, all of them."""
    words = russian.search_key(text).split()
    rest = [word for word in words if word not in _WORDS]
    return " ".join(rest or words)
