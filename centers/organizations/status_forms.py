"""Forms of a centre's status: the act that grants it, and those that move its last day."""

from centers import choosers
from centers.models import Center, StatusGrant
from rcro_portal.lib.fields import Day
from rcro_portal.lib.keeping.forms import ActForm, KeptForm
from rcro_portal.lib.text import Line

NUMBER_LIMIT = 50


class CenterForm(KeptForm):
    """An organisation that becomes a centre, and the act that makes it one."""

    act_number = Line(label="Номер распоряжения", limit=NUMBER_LIMIT)
    act_on = Day(label="Дата распоряжения")
    since = Day(label="Статус с")
    until = Day(label="Статус по", required=False)
    choosers = {"organization": choosers.NOT_YET_CENTERS}
    groups = (("Присвоение статуса", (("act_number", "act_on"), ("since", "until"))),)

    class Meta:
        model = Center
        fields = ("organization",)


class GrantForm(KeptForm):
    groups = (("", (("act_number", "act_on"), ("since", "until"))),)

    class Meta:
        model = StatusGrant
        fields = ("act_number", "act_on", "since", "until")


class StatusActForm(ActForm):
    """An act that moves the last day of the status."""

    act_number = Line(label="Номер распоряжения", limit=NUMBER_LIMIT)
    act_on = Day(label="Дата распоряжения")
    until = Day(label="Последний день статуса")
