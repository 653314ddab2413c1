"""The year's plan and the events that are held by it."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from centers.models import Department, User
from rcro_portal.lib import russian
from rcro_portal.lib.changes.declared import Recorded
from rcro_portal.lib.keeping.archive import Archivable, ArchivableQuerySet
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.search import SearchKeyField, SearchQuerySet, SortKeyField
from rcro_portal.lib.transitions import Transition

if TYPE_CHECKING:
    import datetime


class PlanSchedule(Archivable):
    """План-график of a regional project for a year."""

    project_title = models.CharField("региональный проект", max_length=300)
    year = models.PositiveSmallIntegerField("год")

    recorded = Recorded(name=("project_title",))
    objects = ArchivableQuerySet.as_manager()

    class Meta:
        verbose_name = "план-график"
        verbose_name_plural = "планы-графики"
        constraints = [
            *Archivable.Meta.constraints,
            models.UniqueConstraint(
                fields=["project_title", "year"],
                name="project_has_one_plan_schedule_a_year",
                violation_error_message="План-график этого проекта на этот год уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"План-график на {self.year} год: {quoted(self.project_title)}"


class EventSeries(models.Model):
    """Events that belong together: the sessions of a school, the same seminar in several towns."""

    title = models.CharField("серия", max_length=300, unique=True)

    recorded = Recorded(name=("title",))

    class Meta:
        verbose_name = "серия мероприятий"
        verbose_name_plural = "серии мероприятий"

    def __str__(self) -> str:
        return self.title


class EventKind(models.TextChoices):
    WEBINAR = "webinar", "вебинар"
    METHODS_SEMINAR = "methods_seminar", "научно-методический семинар"
    PANORAMA_SEMINAR = "panorama_seminar", "панорамный семинар"
    OPEN_EVENT = "open_event", "открытое образовательное событие"
    MEETING = "meeting", "совещание"
    PREP_SESSION = "prep_session", "смена"
    OLYMPIAD = "olympiad", "олимпиада"
    CONTEST = "contest", "конкурс"
    CHAMPIONSHIP = "championship", "первенство"
    BODY_MEETING = "body_meeting", "заседание другого органа"


# Whoever reads of them may come or bring somebody: no meeting of those who are called to it, and no session of pupils.
OPEN_KINDS = tuple(
    kind for kind in EventKind if kind not in (EventKind.MEETING, EventKind.BODY_MEETING, EventKind.PREP_SESSION)
)


class EventForm(models.TextChoices):
    ONLINE = "online", "онлайн"
    ON_SITE = "on_site", "очно"
    MIXED = "mixed", "очно и онлайн"


class EventStatus(models.TextChoices):
    DRAFT = "draft", "Черновик"
    ANNOUNCED = "announced", "Объявлено"
    HELD = "held", "Проведено"
    CANCELLED = "cancelled", "Отменено"


class EventQuerySet(SearchQuerySet):
    def published(self) -> Self:
        """A draft is silent until it is announced, and stays so where it is called off before."""
        announced = EventTransition.objects.filter(event=OuterRef("pk"), before=EventStatus.ANNOUNCED)
        return self.exclude(status=EventStatus.DRAFT).exclude(~Exists(announced), status=EventStatus.CANCELLED)

    def public(self) -> Self:
        """Told to everybody, without a log-in."""
        return self.published().filter(kind__in=OPEN_KINDS)

    def visible_to(self, user: User) -> Self:
        return self.all() if user.roles - {"coordinator"} else self.published()

    def within(self, first: "datetime.date", last: "datetime.date") -> Self:
        """Held or to be held on at least one day of these."""
        reaches = Q(starts_at__date__gte=first) | Q(ends_at__date__gte=first)
        return self.filter(reaches, starts_at__date__lte=last)

    def coming(self, now: "datetime.datetime") -> Self:
        return self.filter(status=EventStatus.ANNOUNCED, starts_at__gte=now)


class Event(models.Model):
    TRANSITIONS = {
        EventStatus.DRAFT: (EventStatus.ANNOUNCED, EventStatus.CANCELLED),
        EventStatus.ANNOUNCED: (EventStatus.HELD, EventStatus.CANCELLED),
        EventStatus.HELD: (),
        EventStatus.CANCELLED: (),
    }

    kind = models.CharField("вид", max_length=20, choices=EventKind, default=EventKind.WEBINAR)
    form = models.CharField("форма", max_length=20, choices=EventForm, default=EventForm.ONLINE)
    status = models.CharField("состояние", max_length=20, choices=EventStatus, default=EventStatus.DRAFT)
    body = models.CharField("чьё заседание", max_length=200, blank=True, help_text="В родительном падеже.")
    topic = models.CharField("тема", max_length=300)
    purpose = models.TextField("цель")
    starts_at = models.DateTimeField("начало")
    ends_at = models.DateTimeField("окончание", null=True, blank=True)
    place = models.CharField("место", max_length=300, blank=True)
    link = models.URLField("ссылка на подключение", max_length=500, blank=True)
    audience = models.CharField("для кого", max_length=300, blank=True)
    seats = models.PositiveSmallIntegerField("мест", null=True, blank=True)
    registration_closes_at = models.DateTimeField("заявки до", null=True, blank=True)
    series = models.ForeignKey(
        EventSeries, verbose_name="серия", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    department = models.ForeignKey(Department, verbose_name="проводит", on_delete=models.PROTECT, related_name="+")
    schedule = models.ForeignKey(
        PlanSchedule, verbose_name="план-график", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    plan_item = models.ForeignKey(
        "events.PlanItem", verbose_name="пункт плана", null=True, on_delete=models.PROTECT, related_name="events"
    )
    planned_by = models.ForeignKey(User, verbose_name="внёс в план", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField("внесено")
    search_key = SearchKeyField("topic")
    sort_key = SortKeyField("topic")

    # Whoever has the link is at the meeting.
    recorded = Recorded(personal=("link",), name=("topic",))
    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "мероприятие"
        verbose_name_plural = "мероприятия"
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="event_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(status__in=EventStatus.values), name="event_status_is_known"),
            models.CheckConstraint(
                condition=(Q(kind=EventKind.BODY_MEETING) & ~Q(body=""))
                | (~Q(kind=EventKind.BODY_MEETING) & Q(body="")),
                name="meeting_of_another_body_names_it",
            ),
            models.CheckConstraint(
                condition=Q(plan_item__isnull=True) | Q(schedule__isnull=False),
                name="event_of_a_plan_item_is_in_a_plan",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__gte=1), name="event_with_a_limit_has_seats"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {quoted(self.topic)}"

    @property
    def what(self) -> str:
        """«вебинар», «заседание экспертного совета»."""
        return f"заседание {self.body}" if self.body else self.get_kind_display()

    @property
    def first_day(self) -> "datetime.date":
        """By the clocks of Tomsk."""
        return timezone.localtime(self.starts_at).date()

    @property
    def last_day(self) -> "datetime.date":
        """The day on which it ends; the first where nobody said when it ends."""
        return timezone.localtime(self.ends_at).date() if self.ends_at else self.first_day

    @property
    def registration_ends_at(self) -> "datetime.datetime":
        """The moment until which centres register and withdraw: its beginning, unless an earlier one is set."""
        return min(self.registration_closes_at or self.starts_at, self.starts_at)

    @property
    def days(self) -> str:
        """«18.09.2020», «02.03.2026–08.03.2026»: for lists."""
        return russian.short_span(self.first_day, self.last_day)

    @property
    def days_in_words(self) -> str:
        """«18 сентября 2020 г.», «со 2 по 8 марта 2026 г.»."""
        return russian.long_span(self.first_day, self.last_day)

    @property
    def when(self) -> str:
        """With the hours: «18 сентября 2020 г., 15:00–16:30», «со 2 по 8 марта 2026 г., начало в 10:00»."""
        start = f"{timezone.localtime(self.starts_at):%H:%M}"
        if self.first_day != self.last_day:
            return f"{self.days_in_words}, начало в {start}"
        end = f"–{timezone.localtime(self.ends_at):%H:%M}" if self.ends_at else ""
        return f"{self.days_in_words}, {start}{end}"


class EventTransition(Transition):
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="transitions", verbose_name="мероприятие")

    class Meta:
        db_table = "events_eventstep"
        verbose_name = "шаг мероприятия"
        verbose_name_plural = "шаги мероприятий"

    def __str__(self) -> str:
        return f"{self.event_id}: {self.before} → {self.after}"
