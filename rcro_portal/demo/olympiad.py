"""Subjects, seasons, prep sessions (each of them an event) and the online lessons of the lasting programme."""

from django.db import transaction

from centers.models import Municipality
from olympiad.models import PrepProgramme, PrepSession, ProgrammeLesson, Season, Subject
from rcro_portal.demo import events, source

COUNTS = ("grades", "pupils", "educators", "lecturers", "doctors", "candidates")


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
