"""The sections of the year's report, in their order: which figures stand in the table of each, and which plots."""

from collections.abc import Mapping
from typing import NamedTuple


class Section(NamedTuple):
    """``codes`` are figures of the registry over a year or a period, ``plots`` keys of «Сеть в цифрах»."""

    title: str
    codes: tuple[str, ...] = ()
    plots: tuple[str, ...] = ()


# By the columns of the report that hold their texts.
SECTIONS: Mapping[str, Section] = {
    "opening": Section("Введение"),
    "network": Section(
        "Сеть",
        (
            *("centers_with_status", "centers_granted", "municipalities_with_center", "projects_under_way"),
            *("projects_begun", "centers_with_model", "clusters_formed"),
        ),
        ("growth",),
    ),
    "events": Section(
        "Мероприятия и участие",
        (
            *("plan_items", "plan_items_held", "events_held", "webinars_held", "seminars_held", "open_events_held"),
            *("participations", "people_at_events", "centers_at_events"),
        ),
        ("events", "centers"),
    ),
    "decisions": Section(
        "Решения и поручения",
        ("commitments_due", "commitments_on_time", "commitments_late", "commitments_not_done"),
        ("decisions",),
    ),
    "letters": Section("Письма", ("letters_sent",), ("days",)),
    "olympiad": Section(
        "Олимпиада",
        tuple(
            f"olympiad_{stage}_{said}"
            for stage in ("municipal", "regional", "final")
            for said in ("participants", "winners", "prize_winners")
        ),
        ("results", "subjects", "places"),
    ),
    "sessions": Section(
        "Олимпиадная подготовка",
        (
            *("sessions_held", "session_pupils", "session_educators", "session_lecturers"),
            *("programmes_running", "lesson_subjects", "lesson_pupils", "lesson_school_teachers"),
        ),
        ("sessions",),
    ),
    "partners": Section(
        "Партнёры, материалы, достижения", ("project_partners", "cluster_members", "resources", "achievements")
    ),
    "closing": Section("Выводы и задачи"),
}
