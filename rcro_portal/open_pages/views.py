"""The open pages. What they show is said in the package's docstring."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from events.models import Event
from events.models.event import EventStatus
from projects.models import Cluster, NetworkProject, Resource
from rcro_portal.lib import downloads, store
from rcro_portal.lib.registers.paging import Paginator
from rcro_portal.lib.russian import agree, upper_first
from rcro_portal.open_pages import answers, network, rows

COMING_SHOWN, PER_PAGE = 4, 50
NETWORK = "Сеть ресурсно-внедренческих центров инноваций Томской области"


@login_not_required
def network_start(request: HttpRequest) -> HttpResponse:
    now, day = timezone.now(), timezone.localdate()
    context = {
        "numbers": network.numbers(now, day),
        "coming": Event.objects.public().coming(now).order_by("starts_at", "pk")[:COMING_SHOWN],
        **network.growth(day),
    }
    about = f"{NETWORK}: центры по муниципалитетам, сетевые проекты, кластеры, мероприятия и материалы."
    return answers.page(request, "open_pages/network.html", about=about, **context)


@login_not_required
def center_list(request: HttpRequest) -> HttpResponse:
    places = rows.by_municipality(timezone.localdate())
    found = agree(sum(len(place.centers) for place in places), "центр", "центра", "центров")
    about = f"Организации Томской области со статусом РВЦИ по муниципалитетам: {found}."
    return answers.page(
        request,
        "open_pages/center_list.html",
        about=about,
        places_of=places,
        found=found,
        chart=rows.drawn(places),
    )


@login_not_required
def center_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a centre whose status is in force today."""
    day = timezone.localdate()
    held = network.centers(day).select_related("organization__municipality")
    center = get_object_or_404(held, pk=pk)
    memberships = center.organization.memberships.in_force_on(day).filter(cluster__archived_at__isnull=True)
    context = {
        "center": center,
        "status": rows.status_facts(center, day),
        "projects": NetworkProject.objects.kept().filter(leads=center).order_by("-since", "sort_key"),
        "clusters": Cluster.objects.filter(pk__in=memberships.values("cluster")).order_by("sort_key"),
        "materials": Resource.objects.public().filter(center=center).order_by("-year", "sort_key", "pk"),
    }
    organization = center.organization
    about = f"{organization.full_name} – ресурсно-внедренческий центр инноваций, {organization.municipality.name}."
    return answers.page(request, "open_pages/center_detail.html", about=about, **context)


@login_not_required
def project_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    now, others = rows.projects(day)
    about = f"Сетевые инновационные проекты Томской области: {agree(len(now), 'проект', 'проекта', 'проектов')}."
    context = {"year": day.year, "now": now, "others": others, "with_page": rows.with_page(day)}
    return answers.page(request, "open_pages/project_list.html", about=about, **context)


@login_not_required
def cluster_list(request: HttpRequest) -> HttpResponse:
    day = timezone.localdate()
    clusters = rows.clusters(day)
    about = "Инновационные образовательные кластеры Томской области: предметные области и участники."
    context = {"clusters": clusters, "with_page": rows.with_page(day)}
    return answers.page(request, "open_pages/cluster_list.html", about=about, **context)


@login_not_required
def event_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    about = "Открытые мероприятия сети РВЦИ Томской области: семинары, вебинары, события, конкурсы и олимпиады."
    return answers.page(
        request, "open_pages/event_list.html", about=about, coming=rows.coming(now), past=rows.past(now)
    )


@login_not_required
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("department"), pk=pk)
    context = {
        "event": event,
        "kind": upper_first(event.what),
        "is_to_come": rows.is_to_come(event, timezone.now()),
        "called_off": event.get_status_display() if event.status == EventStatus.CANCELLED else "",
        "programme": event.programme.order_by("position", "pk"),
    }
    about = f"{upper_first(event.what)}, {event.days_in_words}: {event.topic}."
    return answers.page(request, "open_pages/event_detail.html", about=about, **context)


@login_not_required
def material_list(request: HttpRequest) -> HttpResponse:
    materials = Resource.objects.public().select_related("center__organization", "project")
    page = Paginator(materials.order_by("-year", "sort_key", "pk"), PER_PAGE).get_page(request.GET.get("page", "1"))
    query = f"?page={page.number}" if page.number > 1 else ""
    about = "Методические материалы центров и проектов сети РВЦИ, которые можно свободно использовать."
    with_page = rows.with_page(timezone.localdate())
    return answers.page(
        request, "open_pages/material_list.html", about=about, query=query, page=page, with_page=with_page
    )


@login_not_required
def material_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever opens it is nobody known, so nothing is counted."""
    material = get_object_or_404(Resource.objects.public().exclude(digest=""), pk=pk)
    try:
        data = store.read(material.digest)
    except store.Missing as error:
        raise Http404 from error
    return answers.kept(request, downloads.response(data, downloads.BYTES, material.file_name))
