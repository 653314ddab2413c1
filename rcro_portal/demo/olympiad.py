"""Subjects, seasons, results of stages, prep sessions (each of them an event) and lessons of the lasting programme."""

from django.db import transaction

from centers.models import Municipality, User
from olympiad.models import PrepProgramme, PrepSession, ProgrammeLesson, ResultSheet, Season, Stage, Subject
from olympiad.results import door, results
from rcro_portal.demo import events, source
from rcro_portal.demo.tables import AT, BY

COUNTS = ("first_grade", "last_grade", "pupils", "educators", "lecturers", "doctors", "candidates")
# The tables that were counted: stage, season. The protocol of this season waits in the inbox with its doubts.
TAKEN = [(stage, season) for season in ("2024/25", "2025/26") for stage in (Stage.MUNICIPAL, Stage.REGIONAL)]
PROTOCOL = ("results_protocol.xlsx", Stage.MUNICIPAL, "2026/27", "Протокол, физика, 9–10 классы.xlsx")


@transaction.atomic
def load() -> None:
    if Subject.objects.exists():
        return
    Subject.objects.bulk_create(Subject(**row) for row in source.read("subjects"))
    Season.objects.bulk_create(Season(**row) for row in source.read("seasons"))
    subjects = {subject.code: subject for subject in Subject.objects.all()}
    seasons = {season.name: season for season in Season.objects.all()}
    municipalities = {municipality.code: municipality for municipality in Municipality.objects.all()}
    users = source.users()
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
