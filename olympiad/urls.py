from django.urls import path

from olympiad.kept import PROBLEMS, PROGRAMMES, SEASONS, SESSIONS, SUBJECTS
from olympiad.views import (
    comparison,
    doubts,
    lessons,
    problems,
    programmes,
    pupil_import,
    pupil_list,
    pupils,
    result_list,
    results,
    seasons,
    session_page,
    sessions,
    subjects,
)
from rcro_portal.lib import keeping
from rcro_portal.lib.registers import paths

app_name = "olympiad"
urlpatterns = [
    *paths("sessions/", sessions.session_list, "session-list", bulk=True),
    *keeping.urls(SESSIONS),
    *pupil_import.urlpatterns,
    *paths("pupils/", pupil_list.pupil_list, "pupil-list"),
    *paths("pupils/looks/", pupils.look_list, "look-list"),
    path("pupils/<int:pk>/consents/<slug:purpose>/", pupils.pupil_scan, name="pupil-scan"),
    path("sessions/<int:pk>/", session_page.session_detail, name="session-detail"),
    *paths("lessons/", lessons.lesson_list, "lesson-list"),
    *paths("programmes/", programmes.programme_list, "programme-list"),
    *keeping.urls(PROGRAMMES),
    path("programmes/<int:pk>/", programmes.programme_detail, name="programme-detail"),
    *paths("problems/", problems.problem_list, "problem-list", bulk=True),
    path("problems/from-outcome/", problems.from_outcome, name="problems-from-outcome"),
    *keeping.urls(PROBLEMS),
    path("problems/<int:pk>/", problems.problem_detail, name="problem-detail"),
    *paths("seasons/", seasons.season_list, "season-list"),
    *keeping.urls(SEASONS),
    path("seasons/<int:pk>/", seasons.season_detail, name="season-detail"),
    *paths("subjects/", subjects.subject_list, "subject-list"),
    *keeping.urls(SUBJECTS),
    path("subjects/<int:pk>/", subjects.subject_detail, name="subject-detail"),
    *paths("results/", result_list.result_list, "result-list"),
    *paths("results/comparison/", comparison.comparison, "comparison"),
    path("results/doubts/", doubts.result_doubts, name="result-doubts"),
    *paths("results/tables/", result_list.sheet_list, "sheet-list"),
    path("results/tables/new/", results.sheet_new, name="sheet-new"),
    path("results/tables/<int:pk>/", results.sheet_detail, name="sheet-detail"),
    path("results/tables/<int:pk>/answer/", results.sheet_answer, name="sheet-answer"),
    path("results/tables/<int:pk>/take/", results.sheet_take, name="sheet-take"),
    path("results/tables/<int:pk>/take-back/", results.sheet_take_back, name="sheet-take-back"),
]
