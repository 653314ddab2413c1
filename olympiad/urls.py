from django.urls import path

from olympiad.views import lessons, result_list, results, sessions
from rcro_portal.lib.registers import paths

app_name = "olympiad"
urlpatterns = [
    *paths("sessions/", sessions.session_list, "session-list"),
    *paths("lessons/", lessons.lesson_list, "lesson-list"),
    *paths("results/", result_list.result_list, "result-list"),
    *paths("results/tables/", result_list.sheet_list, "sheet-list"),
    path("results/tables/new/", results.sheet_new, name="sheet-new"),
    path("results/tables/<int:pk>/", results.sheet_detail, name="sheet-detail"),
    path("results/tables/<int:pk>/answer/", results.sheet_answer, name="sheet-answer"),
    path("results/tables/<int:pk>/take/", results.sheet_take, name="sheet-take"),
    path("results/tables/<int:pk>/take-back/", results.sheet_take_back, name="sheet-take-back"),
]
