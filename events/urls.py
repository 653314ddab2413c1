from django.urls import path

from events.views import (
    attendance,
    attendance_changes,
    attendance_ticks,
    commitment_list,
    commitments,
    coordinators,
    event_list,
    outcomes,
    plan,
)
from rcro_portal.lib.registers import paths

app_name = "events"
urlpatterns = [
    path("centers/<int:pk>/coordinators/appoint/", coordinators.appoint, name="coordinator-appoint"),
    path("centers/<int:pk>/coordinators/hand-over/", coordinators.hand_over, name="coordinator-hand-over"),
    path("coordinators/<int:pk>/end/", coordinators.end, name="coordinator-end"),
    path("coordinators/<int:pk>/take-back/", coordinators.take_back, name="coordinator-take-back"),
    *paths("events/", event_list.event_list, "event-list"),
    path("events/new/", plan.event_new, name="event-new"),
    path("events/<int:pk>/edit/", plan.event_edit, name="event-edit"),
    path("events/<int:pk>/announce/", plan.event_announce, name="event-announce"),
    path("events/<int:pk>/hold/", plan.event_hold, name="event-hold"),
    path("events/<int:pk>/cancel/", plan.event_cancel, name="event-cancel"),
    path("events/<int:pk>/register/", plan.event_register, name="event-register"),
    path("events/<int:pk>/attendance/", attendance.attendance_edit, name="attendance-edit"),
    path("events/<int:pk>/attendance/change/", attendance_changes.change, name="attendance-change"),
    path("events/<int:pk>/attendance/history/", attendance_changes.history, name="attendance-history"),
    path("events/<int:pk>/attendance/ticks/", attendance_ticks.attendance_ticks, name="attendance-ticks"),
    path("events/<int:pk>/attendance/marks/", attendance_ticks.attendance_marks, name="attendance-marks"),
    path("events/<int:pk>/attendance/mark/", attendance.attendance_mark, name="attendance-mark"),
    path("events/<int:pk>/attendance/unmark/", attendance.attendance_unmark, name="attendance-unmark"),
    path("events/<int:pk>/attendance/represent/", attendance.attendance_represent, name="attendance-represent"),
    path("events/<int:pk>/outcome/", outcomes.outcome_begin, name="outcome-begin"),
    *outcomes.PAGES.urls("outcomes"),
    path("outcomes/<int:pk>/speaker/", outcomes.speaker_new, name="speaker-new"),
    *paths("commitments/", commitment_list.commitment_list, "commitment-list"),
    path("commitments/<int:pk>/", commitments.commitment_detail, name="commitment-detail"),
    path("commitments/<int:pk>/acknowledge/", commitments.commitment_acknowledge, name="commitment-acknowledge"),
    path("commitments/<int:pk>/answer/", commitments.commitment_answer, name="commitment-answer"),
    path("commitments/<int:pk>/enter-answer/", commitments.commitment_enter_answer, name="commitment-enter-answer"),
    path("commitments/<int:pk>/accept/", commitments.commitment_accept, name="commitment-accept"),
    path("commitments/<int:pk>/give-back/", commitments.commitment_give_back, name="commitment-give-back"),
    path("answer-files/<int:pk>/", commitments.answer_file, name="answer-file"),
]
