"""Prep sessions: the kind ``prep_sessions`` of imports. A new one is put down with its event, a draft.

Whose days are others is not moved by a file: people hear of a move from the page of the event.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from centers.importing.organizations import OfOrganizations
from centers.models import Department, Organization
from events.models import Event
from events.models.event import EventForm, EventKind
from olympiad.importing.session_rows import COLUMNS, COUNTED, SessionRowForm
from olympiad.models import PrepSession, Season, SessionPartner, Subject
from olympiad.results.known import Known
from projects.importing.projects import OF_PARTNERS
from rcro_portal.lib import russian
from rcro_portal.lib.keeping.imports import Ref, Step, Wish
from rcro_portal.lib.quotes import bare, quoted
from rcro_portal.lib.registers.importing.asking import Doubtful
from rcro_portal.lib.registers.importing.kinds import Judgement, Read

TAUGHT: Any = PrepSession.subjects.through
# A list of days says no hours.
BEGINS, ENDS = datetime.time(10), datetime.time(17)
PURPOSE = "подготовки обучающихся к всероссийской олимпиаде школьников"
IN_ARCHIVE = "Смена {} в архиве. Верните её из архива или исправьте строку."
DRAFTS = "Новые смены внесутся как черновики мероприятий, с 10:00 до 17:00: проверьте часы и объявите их."


class SessionsKind(OfOrganizations):
    key, title, columns = "prep_sessions", "Загрузить смены", COLUMNS
    listed, list_name = "olympiad:session-list", "Смены"
    not_kept = ("№", "№ п/п", "Состояние")
    tables = (Season, Event, PrepSession, TAUGHT, SessionPartner)
    told_by = {PrepSession: "topic", TAUGHT: "subjects", SessionPartner: "partners"}
    row_form = SessionRowForm

    # -- What is there ------------------------------------------------------------------------------------

    @cached_property
    def _sessions(self) -> dict[tuple[str, datetime.date], PrepSession]:
        rows = PrepSession.objects.select_related("event", "season")
        return {(russian.search_key(one.event.topic), one.event.first_day): one for one in rows.order_by("pk")}

    @cached_property
    def _taught(self) -> dict[tuple[int, int], Any]:
        return {(one.prepsession_id, one.subject_id): one for one in TAUGHT.objects.all()}

    @cached_property
    def _partners(self) -> dict[tuple[int, int], SessionPartner]:
        return {(one.session_id, one.organization_id): one for one in SessionPartner.objects.all()}

    @cached_property
    def _known(self) -> Known:
        return Known(self.answers)

    @cached_property
    def _department(self) -> Department:
        """That of who brings the file in, else the first."""
        post = self.by.person.posts.in_force_on(self.today).order_by("pk").first() if self.by else None
        return post.department if post else Department.objects.order_by("name", "pk")[0]

    def session(self, topic: str, first: datetime.date) -> PrepSession | None:
        """Raises ValidationError where it is in the archive."""
        found = self._sessions.get((russian.search_key(bare(topic)), first))
        if found and found.is_archived:
            raise ValidationError(IN_ARCHIVE.format(quoted(bare(topic))))
        return found

    def subject(self, name: str) -> Subject:
        """Raises Doubtful."""
        if found := self._known.subject(name):
            return found
        question, likely = self._known.ask_subject(name)
        raise Doubtful(f"Предмета {quoted(name)} в портале нет." + (f" Похоже: {likely}." if likely else ""), question)

    def partner(self, name: str) -> Organization | None:
        return self.organization(name, ways=OF_PARTNERS)

    # -- What a row wants ---------------------------------------------------------------------------------

    def wish(self, form: Any) -> Wish:
        season = self._season(form)
        event = None if form.found else self._event(form)
        session = self._session(form, event, season)
        joined = [*self._subjects(session, form.taught), *self._joined(session, form.organizations)]
        return Wish(session, [*([season] if season else []), *([event] if event else []), session, *joined])

    def _season(self, form: Any) -> Step | None:
        """Where none is said, one that is there keeps its own."""
        season = form.of_season
        if season is None or (form.found and not form.cleaned_data.get("season")):
            return None
        if season.pk:
            return Step(("season", season.name), Season, {}, season)
        values = {"name": season.name, "starts_on": season.starts_on, "ends_on": season.ends_on}
        return Step(("season", season.name), Season, values)

    def _event(self, form: Any) -> Step:
        told, topic = form.cleaned_data, bare(form.cleaned_data["topic"])
        last = form.last or form.first
        values = {
            "kind": EventKind.PREP_SESSION,
            "form": EventForm.ONLINE if form.place is None else EventForm.ON_SITE,
            "topic": topic,
            "purpose": told.get("purpose") or PURPOSE,
            "starts_at": _moment(form.first, BEGINS),
            "ends_at": _moment(last, ENDS),
            "department": self._department,
            "planned_by": self.by,
            "planned_at": self.at.astimezone(datetime.UTC),
        }
        return Step(("event", russian.search_key(topic), form.first), Event, values)

    def _session(self, form: Any, event: Step | None, season: Step | None) -> Step:
        told = form.cleaned_data
        values: dict[str, Any] = {name: told.get(name) for name in ("quota", *COUNTED)}
        values |= {"first_grade": form.first_grade, "last_grade": form.last_grade}
        values |= {"municipality": form.place, "season": Ref(season.key) if season else None}
        values["kind"] = told.get("session_kind")
        if event is None:
            return Step(("session", form.found.pk), PrepSession, values, form.found)
        return Step(("session", event.key), PrepSession, {"event": Ref(event.key), **values})

    def _subjects(self, session: Step, subjects: Iterable[Subject]) -> Iterator[Step]:
        for subject in subjects:
            held = self._taught.get((session.held.pk, subject.pk)) if session.held else None
            values = {"prepsession": Ref(session.key), "subject": subject}
            yield Step(("taught", session.key, subject.pk), TAUGHT, values, held)

    def _joined(self, session: Step, organizations: Iterable[Organization]) -> Iterator[Step]:
        for one in dict.fromkeys(organizations):
            held = self._partners.get((session.held.pk, one.pk)) if session.held else None
            values = {"session": Ref(session.key), "organization": one}
            yield Step(("partner", session.key, one.pk), SessionPartner, values, held)

    # -- What is said of it -------------------------------------------------------------------------------

    @classmethod
    def changes(cls, what: Any) -> Iterable[tuple[str, str, str]]:
        for plan in what:
            if plan.model is TAUGHT:
                yield "Предмет", "", str(plan.values["subject"])
            elif plan.model is Event and plan.held is None:
                yield "Мероприятие", "", plan.values["topic"]
            else:
                yield from super().changes([plan])

    def compare(self, read: Sequence[Read], judgement: Judgement) -> None:
        super().compare(read, judgement)
        if judgement.new:
            judgement.notes.append(DRAFTS)


def _moment(day: datetime.date, hour: datetime.time) -> datetime.datetime:
    """As the database gives it back."""
    return timezone.make_aware(datetime.datetime.combine(day, hour)).astimezone(datetime.UTC)
