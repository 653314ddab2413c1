"""«Справочники»: what the administrator keeps, its lists and cards, and the way to what Django's admin keeps."""

from typing import NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from centers import permissions
from centers.dictionaries import DEPARTMENTS, MUNICIPALITIES, NOT_YOURS
from centers.models import Department, Municipality, StaffPost
from rcro_portal.lib.keeping import Card, Listing
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Pages, Register, answer


class Shelf(NamedTuple):
    """A line of the page: where it leads, and what is kept there."""

    title: str
    url_name: str
    note: str


INSTITUTION = (
    Shelf("Отделы", "centers:department-list", "названия в падежах, кто в отделе работает"),
    Shelf("Пользователи и роли", "centers:user-list", "кто входит в портал и с какими правами"),
    Shelf("Приглашения", "centers:invitation-list", "кого пригласили и что с приглашением"),
    Shelf("Люди и должности", "centers:people-list", "должность в институте вносят на карточке человека"),
)
REGION = (
    Shelf("Муниципалитеты", "centers:municipality-list", "районы и города области в падежах"),
    Shelf("Организации", "centers:organization-list", "школы, вузы, органы управления образованием"),
    Shelf("Указатели рассылки", "reports:distribution-lists", "перечни, по которым идут письма"),
    Shelf("Сезоны олимпиад", "olympiad:season-list", "начало и конец сезона, квоты победителей и призёров"),
)
SUPPORT = (
    Shelf("Право подписи", "admin:reports_signingauthority_changelist", "кто подписывает письма и по какому акту"),
    Shelf("Маршруты согласования", "admin:reports_approvalroute_changelist", "чьи визы нужны письму"),
    Shelf("Замещения", "admin:reports_deputy_changelist", "кто согласует вместо кого"),
    Shelf("Бланки", "admin:reports_letterhead_changelist", "реквизиты на бланке письма"),
    Shelf("Производственный календарь", "admin:centers_calendaryear_changelist", "переносы выходных"),
    Shelf("Служебные таблицы", "admin:index", "для поддержки: всё остальное, как есть"),
)


def index(request: HttpRequest) -> HttpResponse:
    require_keeper(request)
    columns = [
        [("Институт", _led(INSTITUTION)), ("Регион", _led(REGION))],
        [("Письма и поддержка", _led(SUPPORT))],
    ]
    return render(request, "centers/dictionaries.html", {"columns": columns})


def _led(shelves: tuple[Shelf, ...]) -> list[tuple[Shelf, str]]:
    return [(one, reverse(one.url_name)) for one in shelves]


def require_keeper(request: HttpRequest) -> None:
    """Raises PermissionDenied."""
    require(permissions.may_keep_accounts(request.user), NOT_YOURS)


# -- Departments and municipalities ------------------------------------------------------------------------------------


def department_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require_keeper(request)
    today = StaffPost.objects.in_force_on(timezone.localdate())
    listing, page = Listing(DEPARTMENTS, request.user), Pages("centers:department-detail")
    table = Register(
        Department.objects.annotate(people=Count("posts__person", filter=Q(posts__in=today), distinct=True)),
        request.GET,
        url_name="centers:department-list",
        title="Отделы",
        nouns=("отдел", "отдела", "отделов"),
        columns=(
            Column("name", "Отдел", "name", link=page, names_row=True, order="name", width=40),
            Column("people", "Сотрудников", "people", order=("-people", "name"), css="numeric", width=14),
        ),
        default="name",
        empty=listing.empty("Отделов пока нет"),
    )
    return _listed(request, table, listing, file)


def municipality_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require_keeper(request)
    listing = Listing(MUNICIPALITIES, request.user)
    name, page = "name", Pages("centers:municipality-detail")
    table = Register(
        Municipality.objects.annotate(organization_count=Count("organizations")),
        request.GET,
        url_name="centers:municipality-list",
        title="Муниципалитеты",
        nouns=("муниципалитет", "муниципалитета", "муниципалитетов"),
        columns=(
            Column("name", "Муниципалитет", "name", link=page, names_row=True, order=name, width=34),
            Column("kind", "Вид", "kind", order=("kind", name), width=30),
            Column("admin_center", "Центр", "admin_center", order=("admin_center", name), width=24),
            Column("organizations", "Организаций", "organization_count", css="numeric", width=14),
        ),
        default="name",
        empty=listing.empty("Муниципалитетов пока нет"),
    )
    return _listed(request, table, listing, file)


def _listed(request: HttpRequest, table: Register, listing: Listing, file: str) -> HttpResponse:
    return answer(request, table, "centers/dictionary.html", file, listing=listing)


def department_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require_keeper(request)
    department = DEPARTMENTS.row(request, pk)
    posts = department.posts.in_force_on(timezone.localdate()).select_related("person")
    context = {
        "row": department,
        "card": Card(DEPARTMENTS, request.user, department),
        "kind": "department",
        "list_url": reverse("centers:department-list"),
        "list_title": "Отделы",
        "facts": [
            ("Родительный падеж", department.name_genitive),
            ("Творительный падеж", department.name_instrumental),
        ],
        "posts": posts.order_by("person__sort_key", "pk"),
    }
    return render(request, "centers/dictionary_row.html", context)


def municipality_detail(request: HttpRequest, pk: int) -> HttpResponse:
    require_keeper(request)
    municipality = MUNICIPALITIES.row(request, pk)
    context = {
        "row": municipality,
        "card": Card(MUNICIPALITIES, request.user, municipality),
        "kind": "municipality",
        "list_url": reverse("centers:municipality-list"),
        "list_title": "Муниципалитеты",
        "facts": [
            ("Родительный падеж", municipality.name_genitive),
            ("Предложный падеж", municipality.name_prepositional),
            ("Вид", municipality.kind),
            ("Административный центр", municipality.admin_center),
        ],
    }
    return render(request, "centers/dictionary_row.html", context)
