"""The register of certificates, and the page of one's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rcro_portal.lib import search
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer, badge
from rcro_portal.lib.russian import short_date
from reports.certificates.acts import SEEN_BY
from reports.models import Certificate, CertificateRelease, CertificateYear
from reports.models.certificate import CertificateRole, CertificateState
from reports.permissions import may_see_certificates

RELEASES_OFFERED = 200
EMPTY = Empty("Сертификатов пока нет", "Их готовит методист на странице прошедшего мероприятия.")
STATES = [state for state in CertificateState.choices if state[0] != CertificateState.PREPARED]
READ = ("release__event", "replaced_by")


def certificate_list(request: HttpRequest, file: str = "") -> HttpResponse:
    """Every number that was given, with what became of it."""
    require(may_see_certificates(request.user), SEEN_BY)
    table = Register(
        Certificate.objects.numbered().select_related(*READ),
        request.GET,
        url_name="reports:certificate-list",
        title="Сертификаты",
        nouns=("сертификат", "сертификата", "сертификатов"),
        columns=COLUMNS,
        default="number",
        empty=EMPTY,
        search=found,
        search_label="Имя или номер",
        filters=_filters(),
    )
    return answer(request, table, "reports/certificates/list.html", file)


def mine(request: HttpRequest) -> HttpResponse:
    """Of the person who is logged in, revoked ones too."""
    rows = Certificate.objects.issued().filter(attendance__person=request.user.person_id)
    rows = rows.select_related(*READ).order_by("-year", "-sequence")
    return render(request, "reports/certificates/mine.html", {"certificates": rows})


def found(rows: Any, words: str) -> QuerySet[Certificate]:
    return search.narrowed(rows, words, keys=["search_key"], texts=["number"])


def _filters() -> dict[str, Filter]:
    years = CertificateYear.objects.order_by("-year").values_list("year", flat=True)
    releases = CertificateRelease.objects.exclude(issued_on=None).select_related("event").order_by("-issued_on", "-pk")
    named = [(str(one.pk), f"{short_date(one.issued_on)}, {one.event.topic}") for one in releases[:RELEASES_OFFERED]]
    return {
        "year": Filter.by("year", [(str(year), str(year)) for year in years], "Год"),
        "release": Filter.by("release", named, "Выпуск"),
    }


COLUMNS = (
    Column(
        "number",
        "Номер",
        "number",
        link=Pages("reports:certificate-detail"),
        names_row=True,
        order=("-year", "-sequence"),
        css="nowrap",
        width=18,
    ),
    Column("name", "Кому", "name", order=("sort_key", "pk"), width=36),
    Column(
        "role",
        "Роль",
        lambda row: row.get_role_display(),
        order=("role", "sort_key", "pk"),
        filter=Filter.by("role", CertificateRole.choices),
        width=20,
    ),
    Column(
        "event",
        "Мероприятие",
        "release.event.topic",
        link=Pages("reports:certificate-release", "release_id"),
        order=("release__event__sort_key", "-sequence"),
        width=50,
    ),
    Column("issued", "Дата", "release.issued_on", order=("-release__issued_on", "-sequence"), css="nowrap", width=12),
    Column(
        "state",
        "Состояние",
        lambda row: row.status.label,
        html=lambda row: badge(row.status, row.status.label),
        filter=Filter(STATES, lambda rows, value: rows.in_state(value)),
        width=16,
    ),
    Column("reason", "Почему не действует", "revoked_reason", on_page=False, width=50),
)
