"""Pupils of a session by name: the kind ``pupils`` of imports. Of the file and its names the import keeps nothing.

Scans of consents are attached afterwards, on the row of each.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from centers.importing.organizations import OfOrganizations
from centers.models import Organization
from olympiad import permissions
from olympiad.importing.pupil_rows import COLUMNS, PupilRowForm
from olympiad.models import PrepSession, Pupil
from olympiad.models.pupil import SCAN_WITHIN
from olympiad.sessions import sessions
from rcro_portal.lib.keeping.imports import Step, Wish
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import WrongStep
from rcro_portal.lib.registers.importing.asking import Doubtful
from rcro_portal.lib.registers.importing.kinds import CannotUndo, Fault, Judgement, Read, Written
from rcro_portal.lib.russian import search_key

# What the session of an import remembers of a row, to take it back by.
REMEMBERED = ("session", "new_in_season", "consent_on", "consent_until")
SAME_TWICE = (
    "В строке {} то же имя, тот же класс и школа. Если это повтор, уберите строку; если другой человек – впишите «да» "
    "в столбец «Тёзка»."
)
NO_SCHOOL = "Школы {} в портале нет.{} Исправьте название или внесите школу в реестр организаций."
SCANS = "Приложите согласия в записях обучающихся: без файла имя удалится через {} дней."
ALL_NAMELESS = "Имён из этого файла в портале уже нет, а в числах смены обучающиеся остаются. Отменять нечего."
STAY = "Имён уже не было, в числах остались – {}."
NOT_YOURS = permissions.PUPILS_BY_DEPARTMENT


class PupilsKind(OfOrganizations):
    key, title, columns = "pupils", "Загрузить обучающихся смены", COLUMNS
    listed, list_name, not_you = "olympiad:pupil-list", "Обучающиеся смены", NOT_YOURS
    not_kept = ("№", "№ п/п", "Отчество", "Дата рождения", "Телефон", "Электронная почта", "Смена", "Публикация по")
    keeps_file, file_called = False, "Список обучающихся"
    tables = (Pupil,)
    told_by = {Pupil: "full_name"}
    row_form = PupilRowForm

    @classmethod
    def may(cls, user: Any) -> bool:
        return permissions.keeps_some_pupils(user)

    # -- What is there ------------------------------------------------------------------------------------

    @cached_property
    def session(self) -> PrepSession:
        return PrepSession.objects.select_related("event__department").get(pk=self.options["session"])

    @cached_property
    def _held(self) -> dict[Hashable, list[Pupil]]:
        """By what makes them alike; of namesakes several, in the order in which they came."""
        found: dict[Hashable, list[Pupil]] = defaultdict(list)
        for one in self.session.pupil_rows.filter(nameless_at=None).order_by("pk"):
            found[_alike(vars(one) | {"organization": one.organization_id})].append(one)
        return found

    def school(self, name: str) -> Organization:
        """Raises ValidationError: nothing of a row is kept as a question, which other files would remember."""
        likely: tuple[str, ...] = ()
        try:
            found = self.organization(name)
        except Doubtful as doubt:
            found, likely = None, doubt.question.candidates[:1]
        if found is None:
            raise ValidationError(NO_SCHOOL.format(quoted(name), f" Похоже: {likely[0]}." if likely else ""))
        return found

    # -- What a row wants ---------------------------------------------------------------------------------

    def wish(self, form: Any) -> Wish:
        told = form.cleaned_data
        named = {name: told[name] for name in ("surname", "given_name", "grade", "consent_on", "consent_until")}
        values = {**named, "session": self.session, "organization": form.school, "new_in_season": told.get("new")}
        values |= {"namesake": told.get("namesake", False), "entered_by": self.by, "entered_at": self.at}
        step = Step(_alike(named | {"namesake": values["namesake"], "organization": form.school.pk}), Pupil, values)
        return Wish(step, [step])

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        super().compare(list(self._told_apart(read, judgement)), judgement)
        if judgement.new:
            judgement.notes.append(SCANS.format(SCAN_WITHIN.days))

    def _told_apart(self, read: Sequence[Read], judgement: Judgement) -> Iterator[Read]:
        """Whoever is alike is one person, unless the file says that they are namesakes; nobody is merged in silence."""
        first: dict[Hashable, int] = {}
        seen: Counter[Hashable] = Counter()
        for one in read:
            (step,) = one.what.steps
            place, there = seen[step.key], self._held.get(step.key, [])
            if place and not step.values["namesake"]:
                words = SAME_TWICE.format(first[step.key])
                judgement.faults.append(Fault(one.row, self.heading("full_name"), words, "full_name"))
                continue
            first.setdefault(step.key, one.row)
            seen[step.key] += 1
            yield one._replace(what=_placed(step, place, there))

    # -- What is written ----------------------------------------------------------------------------------

    def lock(self) -> None:
        """Raises WrongStep where whoever writes keeps the session no more, or it was put away."""
        super().lock()
        if refusal := permissions.may_keep_pupils(self.by, self.session):
            raise WrongStep(refusal)
        if self.session.is_archived:
            raise WrongStep("Смена в архиве. Верните её из архива, потом вносите обучающихся.")

    def write(self, judgement: Judgement) -> list[Written]:
        """The session of the import remembers no name."""
        written = super().write(judgement)
        sessions.count_named(self.session, by=self.by)
        return [one._replace(was=_remembered(one.was), now=_remembered(one.now) or {}) for one in written]

    def undo(self, written: Sequence[Written]) -> str:
        """Whose names went meanwhile stay, for they count. Raises as ``RecordsKind.undo``."""
        rows = Pupil.objects.select_for_update().filter(pk__in=[one.pk for one in written])
        nameless = {pk for pk, since in rows.values_list("pk", "nameless_at") if since}
        if not nameless:
            return super().undo(written)
        if len(nameless) == len(written):
            raise CannotUndo(ALL_NAMELESS)
        return f"{super().undo([one for one in written if one.pk not in nameless])} {STAY.format(len(nameless))}"


def _alike(told: Any) -> Hashable:
    name = search_key(f"{told['surname']} {told['given_name']}")
    return (name, told["grade"], told["organization"], bool(told["namesake"]))


def _placed(step: Step, place: int, there: Sequence[Pupil]) -> Wish:
    """Of namesakes the first of the file is the first of the portal. What is there keeps who entered it."""
    held = there[place] if place < len(there) else None
    values = dict(step.values)
    if held:
        for name in ("surname", "given_name", "entered_by", "entered_at"):
            del values[name]
    placed = replace(step, key=(step.key, place), held=held, values=values)
    return Wish(placed, [placed])


def _remembered(values: dict[str, Any] | None) -> dict[str, Any] | None:
    if values is None:
        return None
    return {name: value for name, value in values.items() if name in REMEMBERED}
