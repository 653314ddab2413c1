"""Subjects, seasons, results of stages, prep sessions (each of them an event) and lessons of the lasting programme."""

from typing import Any

from django.db import transaction

from centers.models import Degree, Municipality, Organization, Person, User
from olympiad.models import (
    PrepProgramme,
    PrepSession,
    ProgrammeLesson,
    ResultSheet,
    Season,
    SessionLecturer,
    SessionPartner,
    Stage,
    StageProblem,
    StageQuota,
    Subject,
)
from olympiad.problems import problems
from olympiad.results import door, results
from rcro_portal.demo import events, source
from rcro_portal.demo.tables import AT, BY

COUNTS = (
    *("first_grade", "last_grade", "quota", "pupils", "new_pupils", "educators", "new_educators"),
    *("lecturers", "doctors", "candidates"),
)
# The tables that were counted: stage, season. The protocol of this season waits in the inbox with its doubts.
TAKEN = [(stage, season) for season in ("2024/25", "2025/26") for stage in (Stage.MUNICIPAL, Stage.REGIONAL)]
QUOTA = {"laureates": 14, "basis": "приказ организатора муниципального этапа от 01.10.2025 № 214"}
PROTOCOL = ("results_protocol.xlsx", Stage.MUNICIPAL, "2026/27", "Протокол, физика, 9–10 классы.xlsx")


@transaction.atomic
def load() -> None:
    if Subject.objects.exists():
        return
    Subject.objects.bulk_create(Subject(**row) for row in source.read("subjects"))
    Season.objects.bulk_create(Season(**row) for row in source.read("seasons"))
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    seasons = {season.name: season for season in Season.objects.all()}
    _sessions(subjects, seasons)
    _programmes(subjects, seasons)
    # What the organiser of the municipal stage set: more than it lets is a remark.
    StageQuota.objects.create(season=seasons["2025/26"], stage=Stage.MUNICIPAL, **QUOTA)
    for stage, name in TAKEN:
        named = f"{stage.label.capitalize()} этап {name.replace('/', '-')}.xlsx"
        sheet = _brought(f"results_{stage}_{name[:4]}.xlsx", stage, name, named)
        results.take(sheet=sheet, by=sheet.brought_by, at=sheet.brought_at)
    _brought(*PROTOCOL)


def _brought(file: str, stage: str, season: str, named: str) -> ResultSheet:
    by, at = User.objects.select_related("person").get(email=BY), source.typed(AT)
    told = {"season": Season.objects.get(name=season), "stage": stage, "name": named}
    data = source.DATA.joinpath(file).read_bytes()
    return results.bring(**told, data=data, found=door.read(data), by=by, at=at)


def _lecturers(subjects: dict[str, Subject]) -> dict[str, dict[str, Any]]:
    """By full name what a session says of each; their degrees are rows of the person."""
    found = {}
    for row in source.read("lecturers"):
        person = Person.objects.create(**source.named(row["name"]), gender=row["gender"])
        Degree.objects.bulk_create(Degree(person=person, **degree) for degree in row.get("degrees", ()))
        found[row["name"]] = {"person": person, "subject": subjects[row["subject"]], "post": row["post"]}
    return found


@transaction.atomic
def load_problems() -> None:
    """Problem areas of the stages, the last of them out of the outcome that decided it; after the outcomes."""
    if StageProblem.objects.exists():
        return
    seasons = {season.name: season for season in Season.objects.all()}
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    for row in source.read("stage_problems"):
        where = {"season": seasons[row["season"]], "subject": subjects.get(row["subject"] or "")}
        StageProblem.objects.create(**where, **source.picked(row, "stage", "text", "decided"))
    outcome = problems.outcomes().filter(event__kind="meeting").first()
    if outcome:
        decision = outcome.decisions.order_by("position", "pk")[0]
        area = outcome.problem_areas.order_by("-position", "-pk")[0]
        problems.take(
            outcome=outcome,
            season=seasons["2025/26"],
            stage=Stage.REGIONAL,
            subject=None,
            texts=[area.text],
            decision_key=str(decision.key),
            decided=decision.text,
            by=User.objects.get(email=BY),
        )


def _sessions(subjects: dict[str, Subject], seasons: dict[str, Season]) -> None:
    municipalities = {municipality.code: municipality for municipality in Municipality.objects.all()}
    users, known = source.users(), _lecturers(subjects)
    organizations = {one.short_name: one for one in Organization.objects.all()}
    for row in source.read("sessions"):
        event = events.enter(row | {"kind": "prep_session"}, users)
        session = PrepSession.objects.create(
            event=event,
            season=seasons[row["season"]],
            municipality=municipalities.get(row.get("municipality", "")),
            kind=row["session_kind"],
            **source.picked(row, *COUNTS),
        )
        session.subjects.set(subjects[code] for code in row["subjects"])
        SessionPartner.objects.bulk_create(
            SessionPartner(session=session, organization=organizations[name]) for name in row.get("partners", ())
        )
        SessionLecturer.objects.bulk_create(
            SessionLecturer(session=session, **known[name]) for name in row.get("named", ())
        )


def _programmes(subjects: dict[str, Subject], seasons: dict[str, Season]) -> None:
    for row in source.read("programmes"):
        programme = PrepProgramme.objects.create(**source.picked(row, "name", "founded_on"))
        ProgrammeLesson.objects.bulk_create(
            ProgrammeLesson(
                programme=programme,
                season=seasons[lesson["season"]],
                subject=subjects[lesson["subject"]],
                **source.picked(lesson, "started_on", "pupils", "school_teachers"),
            )
            for lesson in row["lessons"]
        )
