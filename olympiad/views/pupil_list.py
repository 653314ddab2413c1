"""The pupils of prep sessions by name, for the few who may know them; every look at them is noted."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from olympiad import permissions
from olympiad.models import LookedAt, PrepSession, Pupil
from olympiad.pupils import looking
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Register, answer, escaped, link, note
from rcro_portal.lib.russian import short_date

NO_SCAN, NO_CONSENT = "файла нет", "нет"
HOW = {"": LookedAt.LIST, "xlsx": LookedAt.XLSX, "csv": LookedAt.CSV}
EMPTY = Empty(
    "Обучающихся по именам нет",
    "Здесь те, чьи родители дали согласие. Внести их можно на странице смены.",
)


def pupil_list(request: HttpRequest, file: str = "") -> HttpResponse:
    """What a search finds would lie in saved views and logs of addresses: names are not searched for here."""
    user: Any = request.user
    require(permissions.sees_some_pupils(user), permissions.NAMES_FOR_FEW)
    now = timezone.now()
    rows = Pupil.objects.visible_to(user, timezone.localdate(now))
    keeps = frozenset(user.departments_on(timezone.localdate(now), "methodist"))
    table = Register(
        rows.select_related("session__event", "organization").with_scan(),
        request.GET,
        url_name="olympiad:pupil-list",
        title="Обучающиеся смен",
        nouns=("обучающийся", "обучающихся", "обучающихся"),
        columns=_columns(rows, keeps),
        default="name",
        empty=EMPTY,
    )
    looking.note(table.every_row() if file else table.page.object_list, by=user, at=now, what=HOW[file])
    return answer(request, table, "olympiad/pupil_list.html", file)


def _columns(rows: QuerySet[Pupil], keeps: frozenset[int]) -> list[Column]:
    def named(pupil: Pupil) -> SafeString:
        if pupil.session.event.department_id not in keeps:
            return escaped(_name(pupil))
        # Of a session in the archive nothing is changed, but a consent may be withdrawn.
        act = "withdraw" if pupil.session.is_archived else "edit"
        return link(reverse(f"olympiad:session-pupil-{act}", args=[pupil.session_id, pupil.pk]), _name(pupil))

    def consent(pupil: Pupil) -> SafeString:
        until = short_date(pupil.consent_until)
        if not pupil.has_scan:  # type: ignore[attr-defined]
            return SafeString(until + note(NO_SCAN))
        return link(_scan_address(pupil) if pupil.session.event.department_id in keeps else "", until)

    return [
        Column("name", "Фамилия и имя", _name, html=named, names_row=True, order="sort_key", width=34),
        Column("surname", "Фамилия", "surname", on_page=False, width=20),
        Column("given_name", "Имя", "given_name", on_page=False, width=20),
        Column("grade", "Класс", "grade", order=("grade", "sort_key"), css="numeric", width=8),
        Column(
            "organization", "Школа", "organization.short_name", order=("organization__sort_key", "sort_key"), width=40
        ),
        Column(
            "session",
            "Смена",
            _session,
            link=lambda pupil: reverse("olympiad:session-detail", args=[pupil.session_id]),
            filter=Filter.by("session", _sessions(rows)),
            width=50,
        ),
        Column("new", "Впервые в сезоне", _new, on_page=False, width=12),
        Column("namesake", "Тёзка", lambda pupil: "да" if pupil.namesake else "", on_page=False, width=10),
        Column("consent_on", "Согласие дано", "consent_on", on_page=False, width=14),
        Column(
            "consent_until", "Согласие действует по", "consent_until", html=consent, order="consent_until", width=16
        ),
        Column(
            "publication", "Публикация по", "publication_until", blank=NO_CONSENT, order="publication_until", width=16
        ),
    ]


def _scan_address(pupil: Pupil) -> str:
    return reverse("olympiad:pupil-scan", args=[pupil.pk, "consent"])


def _name(pupil: Pupil) -> str:
    return f"{pupil.surname} {pupil.given_name}"


def _session(pupil: Pupil) -> str:
    return f"{pupil.session.event.topic}, {pupil.session.event.days}"


def _new(pupil: Pupil) -> str:
    return {None: "", True: "да", False: "нет"}[pupil.new_in_season]


def _sessions(rows: QuerySet[Pupil]) -> list[tuple[str, str]]:
    """Those that the reader sees names of."""
    found = PrepSession.objects.filter(pk__in=rows.order_by().values("session")).select_related("event")
    return [(str(one.pk), f"{one.event.topic}, {one.event.days}") for one in found.order_by("-event__starts_at", "pk")]
