"""What the portal knows and a file names: subjects, municipalities, and schools by which a municipality is told."""

import re
from functools import cache, cached_property

from django.core.exceptions import ValidationError

from centers.importing.places import Places
from centers.models import Municipality, Organization
from olympiad.models import Subject
from olympiad.results import words
from rcro_portal.lib import russian
from rcro_portal.lib.registers.importing import names
from rcro_portal.lib.registers.importing.asking import Answers, Choice, Question, question

SUBJECT = "olympiad-subject"
# What a subject was called in other years, and what offices call it for short; as ``russian.search_key`` spells them.
FORMER_NAMES = {
    "technology": ("технология", "труд"),
    "obzr": ("обзр", "обж", "основы безопасности жизнедеятельности"),
    "art": ("мхк", "мировая художественная культура"),
    "pe": ("физкультура",),
}
# «700501 - МБОУ «Берёзовская СОШ»»: platforms put their own code before the name.
_CODE = re.compile(r"^\d{3,}\s*[-–—.]\s*")


class Known:
    """Read once for a file. ``answers``: what people said of names that are not known.

    A file says the same few names in thousands of lines: each is looked up once.
    """

    def __init__(self, answers: Answers) -> None:
        self.answers = answers
        self.places = Places(answers)
        self.subject = cache(self._subject)
        self.place = cache(self._place)
        self.place_of = cache(self._place_of)
        self.ask_subject = cache(self._ask_subject)

    @cached_property
    def subjects(self) -> list[Subject]:
        return list(Subject.objects.order_by("position"))

    @cached_property
    def _by_key(self) -> dict[str, Subject]:
        """Whole names, and the first words of those with brackets: «Искусство (мировая художественная культура)»."""
        found: dict[str, Subject] = {}
        for one in self.subjects:
            for key in (*words.subject_keys(one.name), *FORMER_NAMES.get(one.code, ())):
                found.setdefault(key, one)
        return found

    def _subject(self, text: str) -> Subject | None:
        """By its name, with a profile or without, or as somebody answered."""
        keys = words.subject_keys(text)
        if known := next((self._by_key[key] for key in keys if key in self._by_key), None):
            return known
        said = self.answers.said(SUBJECT, russian.search_key(text))
        return next((one for one in self.subjects if str(one.pk) == said), None)

    def subject_in(self, texts: list[str]) -> Subject | None:
        """The one subject that titles name, in its own case or in the dative: «Протокол олимпиады по физике»."""
        found = {one.pk: one for text in texts if (one := self._named_in(russian.search_key(text)))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _named_in(self, text: str) -> Subject | None:
        """The longest name wins: «русский язык» before nothing, «право» not within «правописание»."""
        padded = f" {text} "
        named = [
            (len(name), one)
            for one in self.subjects
            for name in (*words.subject_keys(one.name), russian.search_key(one.name_dative))
            if f" {name} " in padded
        ]
        return max(named, key=lambda pair: pair[0])[1] if named else None

    def likely_subject(self, text: str) -> str:
        return names.likely(text, [one.name for one in self.subjects])

    def _ask_subject(self, text: str) -> tuple[Question, str]:
        """With the likely name, if there is one."""
        choices = [Choice(str(one.pk), one.name) for one in self.subjects]
        return question(SUBJECT, russian.search_key(text), choices), self.likely_subject(text)

    def _place(self, text: str) -> Municipality | ValidationError | None:
        """Or what is to be said of a name that nobody bears: Doubtful where somebody has to answer."""
        try:
            return self.places.find(text)
        except ValidationError as error:
            return error

    def _place_of(self, organization: str) -> Municipality | None:
        """Of the one school that bears the name; nothing where none does, or several."""
        found = self._schools.get(names.spelled(_CODE.sub("", organization)).whole, set())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _schools(self) -> dict[str, set[Municipality]]:
        found: dict[str, set[Municipality]] = {}
        for one in Organization.objects.kept().select_related("municipality"):
            if one.municipality:
                for name in {one.short_name, one.full_name} - {""}:
                    found.setdefault(names.spelled(name).whole, set()).add(one.municipality)
        return found
