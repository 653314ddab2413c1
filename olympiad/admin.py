"""Subjects, seasons, and the counts of lessons and sessions."""

from django.contrib import admin

from olympiad.models import PrepProgramme, PrepSession, ProgrammeLesson, Season, Subject
from rcro_portal.lib.admin_base import Dictionary, Rows


@admin.register(Subject)
class SubjectAdmin(Dictionary):
    list_display = ("name", "name_dative", "position")
    ordering = ("position",)


@admin.register(Season)
class SeasonAdmin(Dictionary):
    list_display = ("name", "starts_on", "ends_on")
    ordering = ("-starts_on",)


class LessonRows(Rows):
    model = ProgrammeLesson


@admin.register(PrepProgramme)
class PrepProgrammeAdmin(Dictionary):
    list_display = ("name", "founded_on")
    ordering = ("name",)
    inlines = (LessonRows,)


@admin.register(PrepSession)
class PrepSessionAdmin(Dictionary):
    """Subjects and counts of an event that was planned already; the event itself is changed on its page."""

    list_display = ("event", "kind", "season", "municipality", "pupils", "educators", "lecturers")
    list_filter = ("season", "kind")
    list_select_related = ("event", "municipality", "season")
    ordering = ("-event__starts_at",)
    filter_horizontal = ("subjects",)
