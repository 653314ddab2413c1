"""What letters count besides the figures of the registry: people, bodies, other things; and how to know a noun.

Data, not guesses: a word that is not here is not judged. A new one is a line here and one in its test.
"""

import functools
from collections.abc import Mapping
from typing import NamedTuple

from rcro_portal.lib.russian import Forms, folded
from reports import figures
from reports.figures.declension import Noun, feminine, masculine, neuter, noun, soft, substantive

# Of these the portal counts some, and letters speak of many others: a number typed before them is asked about, and
# stops no letter.
WIDE = {"человек", "команда", "родитель"}
# The portal measures by them, and letters set terms in them: «Срок – 10 рабочих дней» counts nothing.
MEASURES = {"день"}
PEOPLE: tuple[Noun, ...] = (
    noun(
        "человек",
        "человека",
        "человек",
        accusative="человека",
        animate=True,
        genitive=("человека", "человек"),
        dative=("человеку", "человекам"),
        instrumental=("человеком", "человеками"),
        prepositional=("человеке", "человеках"),
    ),
    noun(
        "ребёнок",
        "ребёнка",
        "детей",
        accusative="ребёнка",
        animate=True,
        genitive=("ребёнка", "детей"),
        dative=("ребёнку", "детям"),
        instrumental=("ребёнком", "детьми"),
        prepositional=("ребёнке", "детях"),
    ),
    noun(
        "юноша",
        "юноши",
        "юношей",
        accusative="юношу",
        animate=True,
        genitive=("юноши", "юношей"),
        dative=("юноше", "юношам"),
        instrumental=("юношей", "юношами"),
        prepositional=("юноше", "юношах"),
    ),
    masculine("подросток", stem="подростк"),
    masculine("врач", stressed=True),
    *map(
        masculine,
        (
            *("ученик", "выпускник", "воспитанник", "дошкольник", "первоклассник", "старшеклассник", "отличник"),
            *("пятиклассник", "шестиклассник", "семиклассник", "восьмиклассник", "девятиклассник"),
            *("десятиклассник", "одиннадцатиклассник", "мальчик", "студент", "аспирант", "спортсмен", "курсант"),
            *("тренер", "наставник", "методист", "тьютор", "психолог", "логопед", "доцент", "волонтёр", "эксперт"),
            *("специалист", "сотрудник", "работник", "инженер", "докладчик", "спикер", "модератор", "автор"),
            *("организатор", "призёр", "лауреат", "дипломант", "финалист", "номинант", "депутат", "лектор"),
            *("директор", "профессор", "мастер", "член", "делегат"),
        ),
    ),
    *map(
        soft,
        (
            *("слушатель", "победитель", "руководитель", "заместитель", "гость", "представитель"),
            *("житель", "воспитатель", "библиотекарь", "зритель", "посетитель", "исследователь", "читатель"),
            *("изобретатель", "предприниматель", "заявитель", "исполнитель"),
        ),
    ),
    *(feminine(word, animate=True) for word in ("мужчина", "женщина", "коллега", "ученица", "выпускница")),
    *(feminine(word, animate=True) for word in ("воспитанница", "учительница", "участница")),
    feminine("девушка", "девушек", animate=True),
    feminine("девочка", "девочек", animate=True),
    feminine("студентка", "студенток", animate=True),
    substantive("учащийся"),
)

BODIES: tuple[Noun, ...] = (
    noun(
        "семья",
        "семьи",
        "семей",
        accusative="семью",
        genitive=("семьи", "семей"),
        dative=("семье", "семьям"),
        instrumental=("семьёй", "семьями"),
        prepositional=("семье", "семьях"),
    ),
    feminine("заявка", "заявок"),
    *map(feminine, ("школа", "библиотека", "гимназия", "делегация", "компания")),
    *(soft(word, animate=False) for word in ("лицей", "музей")),
    *(masculine(word, animate=False) for word in ("колледж", "техникум", "университет", "институт", "вуз", "клуб")),
    *(masculine(word, animate=False) for word in ("район", "муниципалитет", "коллектив", "отряд", "город", "экипаж")),
    *map(neuter, ("учреждение", "предприятие", "объединение")),
)

# Counted in many texts that name no source and need none: «3 кабинета, 2 лаборатории». Only their forms are judged,
# unless more of a figure's name stands beside the word: «3 программы», but «3 программы подготовки».
THINGS: tuple[Noun, ...] = (
    *(masculine(word, animate=False) for word in ("проект", "конкурс", "доклад", "кабинет", "центр", "диплом")),
    *(masculine(word, animate=False) for word in ("кластер", "предмет", "турнир", "материал")),
    masculine("кружок", animate=False, stem="кружк"),
    soft("фестиваль", animate=False),
    *map(feminine, ("лаборатория", "экскурсия", "публикация", "консультация", "секция", "конференция")),
    *map(feminine, ("группа", "олимпиада", "работа", "грамота", "программа")),
    feminine("площадка", "площадок"),
    *map(neuter, ("занятие", "событие", "совещание", "выступление", "задание", "предложение")),
)

# Of things only these bear no number of their own: «ученики 12 школы» are of school № 12, «12 организации» is a slip.
NEVER_NUMBERED = frozenset(
    {
        *("организация", "учреждение", "предприятие", "компания", "муниципалитет", "образование", "семья", "заявка"),
        *("мероприятие", "поручение"),
    }
)


class Form(NamedTuple):
    """A word form as it may stand after a number: of which noun, and what it is there."""

    word: str
    noun: Noun
    one: str  # the noun itself, without its adjectives
    asks_source: bool
    counted: bool  # by a figure of the registry
    nominative: frozenset[str]  # of "one", "few", "many"
    oblique: frozenset[str]  # the same of all other cases

    @property
    def accusative(self) -> str:
        return self._head(self.noun.accusative)

    @property
    def genitive(self) -> tuple[str, str]:
        one, many = self.noun.oblique["genitive"]
        return self._head(one), self._head(many)

    @property
    def nominatives(self) -> tuple[str, str, str]:
        return self._head(self.noun.one), self._head(self.noun.few), self._head(self.noun.many)

    def _head(self, phrase: str) -> str:
        return phrase.split()[self.noun.head]

    @property
    def numbered(self) -> bool:
        return not self.noun.animate and self.one not in NEVER_NUMBERED

    @property
    def is_one(self) -> bool:
        return "one" in self.nominative | self.oblique

    def fits_genitive(self, kind: str) -> bool:
        return self.word == folded(self.genitive[kind != "one"])

    def fits(self, kind: str) -> bool:
        return kind in self.nominative or kind in self.oblique


def kind_of(number: int) -> str:
    """Which of the three forms a number takes: «1 школа, 2 школы, 5 школ»."""
    return Forms("one", "few", "many").after(number)


def forms_of(word: str) -> list[Form]:
    """What the word may be; nothing where it is no noun that letters count."""
    return _forms().get(folded(word), [])


@functools.cache
def _forms() -> Mapping[str, list[Form]]:
    # A figure without a noun of its own is a number alone: it has no word to be known by.
    nouns_ = {id(query.noun): query.noun for query in figures.QUERIES.values()}.values()
    registry = [noun_ for noun_ in nouns_ if noun_.one and noun_.one not in MEASURES]
    counted = [noun_ for noun_ in registry if noun_.one not in WIDE]
    wide = tuple(noun_ for noun_ in registry if noun_.one in WIDE)
    known: dict[str, list[Form]] = {}
    for nouns, in_registry, asks in (
        (counted, True, True),
        ((*wide, *PEOPLE, *BODIES), False, True),
        (THINGS, False, False),
    ):
        for noun_ in nouns:
            for word, form in _of(noun_, in_registry, asks).items():
                known.setdefault(word, []).append(form)
    return known


def _of(noun_: Noun, counted: bool, asks: bool) -> dict[str, Form]:
    nominative: dict[str, set[str]] = {}
    oblique: dict[str, set[str]] = {}

    def put(into: dict[str, set[str]], phrase: str, *kinds: str) -> None:
        into.setdefault(folded(phrase.split()[noun_.head]), set()).update(kinds)

    for phrase, kind in ((noun_.one, "one"), (noun_.few, "few"), (noun_.many, "many")):
        put(nominative, phrase, kind)
    put(oblique, noun_.accusative, "one")
    for one, many in noun_.oblique.values():
        put(oblique, one, "one")
        put(oblique, many, "few", "many")
    head = noun_.one.split()[noun_.head]
    return {
        word: Form(
            word, noun_, head, asks, counted, frozenset(nominative.get(word, ())), frozenset(oblique.get(word, ()))
        )
        for word in nominative.keys() | oblique.keys()
    }
