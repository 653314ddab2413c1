"""The dictionary of plans; events and all that follows from them have pages of their own."""

from django.contrib import admin

from events.models import PlanSchedule
from rcro_portal.lib.admin_base import Dictionary


@admin.register(PlanSchedule)
class PlanScheduleAdmin(Dictionary):
    list_display = ("project_title", "year")
    list_filter = ("year",)
    ordering = ("-year", "project_title")
