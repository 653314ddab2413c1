"""What the prepared world of the tests of rights holds of the olympiads, and what a person who has the right sends."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import ParticipantCount
from olympiad.importing.pupils import PupilsKind
from olympiad.models import ResultSheet
from tests import clock
from tests.factories import brought, events, imports, olympiad

if TYPE_CHECKING:
    from tests.house.world import World

CANARY = "канарейка"
PROTOCOL = "Протокол муниципального этапа по химии\nКод;Класс;Статус\nХ-1;9;победитель\n".encode()


def _results(world: "World") -> None:
    """A table in the inbox, one there with a question, one that was counted, one that was taken back."""
    count = olympiad.ResultCountFactory(subject__name="Химия", subject__name_dative="химии")
    read = {"counts": [_count("Химия")], "sheets": [HEADS]}
    found = {"participations": [], "skipped": [], "notes": [], "stages": [], **read}
    asking = found | {"counts": [_count("Звездочётство")]}
    sheets = {
        "inbox-sheet": olympiad.ResultSheetFactory(season=count.sheet.season, stage="regional", found=found),
        "asking-sheet": olympiad.ResultSheetFactory(season=count.sheet.season, stage="regional", found=asking),
        "taken-sheet": count.sheet,
        "away-sheet": olympiad.ResultSheetFactory(season=count.sheet.season, status="taken_back"),
    }
    ResultSheet.objects.filter(pk=count.sheet_id).update(found=found)
    world.rows |= sheets
    world.args["sheet.history"] = ("result-sheet", sheets["taken-sheet"].pk)


def _sessions(world: "World") -> None:
    """A session with a lecturer, a partner and pupils counted; one without lists, one not announced, one put away."""
    session = olympiad.PrepSessionFactory(event=events.held(kind="prep_session"))
    lecturer = olympiad.SessionLecturerFactory(session=session)
    partner = olympiad.SessionPartnerFactory(session=session)
    ParticipantCount.objects.create(event=session.event, category="pupil", count=28)
    archived = {"archived_at": clock.now(), "archive_reason": "внесено дважды"}
    world.rows |= {
        "prep": session,
        "bare-prep": olympiad.PrepSessionFactory(event=events.held(kind="prep_session")),
        "drafted-prep": olympiad.PrepSessionFactory(event__status="draft"),
        "shelved-prep": olympiad.PrepSessionFactory(event=events.held(kind="prep_session"), **archived),
    }
    world.args["prep-lecturer"] = (session.pk, lecturer.pk)
    world.args["prep-partner"] = (session.pk, partner.pk)
    world.args["prep.history"] = ("session", session.pk)


def _kept(world: "World") -> None:
    """A programme with lessons and one without, a season with a quota and one without anything, problem areas."""
    lesson = olympiad.ProgrammeLessonFactory()
    quota = olympiad.StageQuotaFactory(season=lesson.season)
    archived = {"archived_at": clock.now(), "archive_reason": "внесено дважды"}
    world.rows |= {
        "programme": lesson.programme,
        "empty-programme": olympiad.PrepProgrammeFactory(name="Вечерняя школа"),
        "season": lesson.season,
        "empty-season": olympiad.SeasonFactory(name="2001/02", starts_on="2001-09-01", ends_on="2002-06-30"),
        "subject": lesson.subject,
        "new-subject": olympiad.SubjectFactory(name="экология", name_dative="экологии"),
        "problem": olympiad.StageProblemFactory(season=lesson.season),
        "shelved-problem": olympiad.StageProblemFactory(season=lesson.season, **archived),
    }
    world.args["lesson"] = (lesson.programme_id, lesson.pk)
    world.args["quota"] = (lesson.season_id, quota.pk)
    world.args["season.history"] = ("season", lesson.season_id)
    world.args["subject.history"] = ("subject", lesson.subject_id)
    world.args["programme.history"] = ("programme", lesson.programme_id)
    world.args["problem.history"] = ("problem", world.rows["problem"].pk)


def _pupils(world: "World") -> None:
    """A pupil of our school with a scan; a table that is looked at, and one that was brought in."""
    session = world.rows["prep"]
    told = {"session": session, "organization": world.ours.organization, "surname": CANARY.capitalize()}
    scan = olympiad.PupilFileFactory(pupil=olympiad.PupilFactory(consent_until="2030-12-31", **told))
    world.args["prep-pupil"] = (session.pk, scan.pupil_id)
    world.args["prep-scan"] = (scan.pupil_id, "consent")
    by, at = world.office.methodist, clock.now()
    looked_at = imports.begun(PupilsKind, _list("Пётр"), by=by, at=at, session=session.pk)
    brought_in, _ = imports.written(PupilsKind, _list("Павел"), by=by, at=at, session=session.pk)
    world.args |= {
        "pupils": (session.pk, looked_at.pk),
        "pupils.row": (session.pk, looked_at.pk, 2),
        "pupils.in": (session.pk, brought_in.pk),
        "pupils.alien": (session.pk, world.rows["schools"].pk),
    }


def _list(given_name: str) -> bytes:
    head = "Фамилия;Имя;Класс;Школа;Согласие дано;Согласие действует по"
    return f"{head}\n{CANARY.capitalize()};{given_name};9;Лицей А;01.09.2025;31.12.2030".encode()


def _pupil(world: "World", row: Any) -> dict[str, Any]:
    return {
        "surname": "Лукошкин",
        "given_name": "Пётр",
        "grade": "10",
        "organization": world.ours.organization_id,
        "consent_on": "2025-09-01",
        "consent_until": "2030-12-31",
        "consent_file": SimpleUploadedFile("согласие.pdf", brought.pdf()),
    }


def a_sheet(world: "World", row: Any) -> dict[str, Any]:
    """What the form of a table would send."""
    file = SimpleUploadedFile("протокол.csv", PROTOCOL)
    return {"season": "2025/26", "stage": "municipal", "table": file}


HEADS = {"sheet": "Лист1", "header_rows": [1], "said": []}


def _count(subject: str) -> dict[str, object]:
    told = {"sheet": "Лист1", "row": 2, "subject": subject, "grade": 9, "municipality": ""}
    return {**told, "participants": 8, "winners": 1, "prize_winners": 2, "faults": [], "is_total": False}


def _session(world: "World", row: Any) -> dict[str, Any]:
    planned = {"topic": "Зимняя смена", "purpose": "подготовки к этапу", "starts_at": "2026-01-05T10:00"}
    said = {"department": world.office.department.pk, "form": "online", "kind": "training"}
    counts = dict.fromkeys(("pupils", "educators", "lecturers", "doctors", "candidates"), "1")
    season = world.rows["prep"].season_id
    return {**planned, **said, **counts, "pupils": "9", "lecturers": "9", "season": season, "why": "Проверка"}


def _lesson(world: "World", row: Any) -> dict[str, Any]:
    season, subject = world.rows["prep"].season_id, world.rows["taken-sheet"].counts.get().subject_id
    return {"season": season, "subject": subject, "started_on": "2025-10-01", "pupils": "5", "school_teachers": "1"}


def _days(year: int) -> dict[str, str]:
    name = f"{year}/{(year + 1) % 100:02}"
    return {"name": name, "starts_on": f"{year}-09-01", "ends_on": f"{year + 1}-06-15"}


def _problem(world: "World", row: Any) -> dict[str, Any]:
    return {"season": world.rows["prep"].season_id, "stage": "regional", "text": "Эксперимент по оптике."}


LISTED = ("surname", "given_name", "grade", "organization", "consent_on", "consent_until")
QUOTA = {"laureates": "30", "basis": "приказ от 01.09.2025 № 5"}
SUBJECT = {"name": "робототехника", "name_dative": "робототехнике", "position": "30"}
ARCHIVED, WHY = {"reason": "Внесено по ошибке"}, {"why": "Проверка"}
FIELDS: dict[str, Callable[["World", Any], dict[str, Any]]] = {
    "olympiad:sheet-new": a_sheet,
    "olympiad:sheet-take-back": lambda world, row: {"why": "Не тот год."},
    **{f"olympiad:session-{act}": _session for act in ("new", "edit")},
    "olympiad:session-count": lambda world, row: WHY,
    **{f"olympiad:{noun}-archive": lambda world, row: ARCHIVED for noun in ("session", "problem")},
    "olympiad:session-list-bulk": lambda world, row: {"row": world.rows["prep"].pk, "kind": "training", **WHY},
    "olympiad:problem-list-bulk": lambda world, row: {"row": world.rows["problem"].pk, "stage": "regional", **WHY},
    **{
        f"olympiad:session-lecturer-{act}": lambda world, row: {"person": world.rows["double"].pk, "post": "доцент"}
        for act in ("new", "edit")
    },
    **{f"olympiad:session-pupil-{act}": _pupil for act in ("new", "edit")},
    **{f"olympiad:session-pupil-{act}": lambda world, row: {"key": ""} for act in ("withdraw", "remove")},
    "olympiad:pupil-import": lambda world, row: {"table": SimpleUploadedFile("pupils.csv", _list("Семён"))},
    "olympiad:pupil-import-columns": lambda world, row: {
        "head_rows": "1",
        **dict(zip((f"column-{letter}" for letter in "ABCDEF"), LISTED, strict=True)),
    },
    "olympiad:pupil-import-row": lambda world, row: {"cell-B": "Иван"},
    **{
        f"olympiad:session-partner-{act}": lambda world, row: {"organization": world.rows["lone"].pk}
        for act in ("new", "edit")
    },
    **{
        f"olympiad:programme-{act}": lambda world, row: {"name": "Воскресная школа", "founded_on": "2020-09-01"}
        for act in ("new", "edit")
    },
    **{f"olympiad:programme-lesson-{act}": _lesson for act in ("new", "edit")},
    **{f"olympiad:problem-{act}": _problem for act in ("new", "edit")},
    "olympiad:season-new": lambda world, row: _days(2000),
    "olympiad:season-edit": lambda world, row: _days(2025),
    "olympiad:subject-new": lambda world, row: SUBJECT | {"code": "robotics"},
    "olympiad:subject-edit": lambda world, row: SUBJECT,
    "olympiad:season-quota-new": lambda world, row: QUOTA | {"stage": "school"},
    "olympiad:season-quota-edit": lambda world, row: QUOTA | {"stage": "municipal"},
}
PREPARED = (_results, _sessions, _kept)
# After the tables of the network: one of them is no list of pupils.
AFTER_IMPORTS = (_pupils,)
