"""What search engines are told: which pages are meant for them (``robots.txt``), where those are (``sitemap.xml``)."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from rcro_portal.lib import addresses
from rcro_portal.open_pages import answers, network, rows


class Open(Sitemap):
    """Addresses stand as the portal is called from outside, whatever host a request names."""

    def get_domain(self, site: Any = None) -> str:  # noqa: ARG002
        return urlsplit(addresses.ascii_address(settings.BASE_URL)).netloc

    def get_protocol(self, protocol: str | None = None) -> str:  # noqa: ARG002
        return urlsplit(settings.BASE_URL).scheme

    def location(self, item: Any) -> str:
        return str(item)


class Pages(Open):
    def items(self) -> list[str]:
        return [*(reverse(name) for name in answers.NAVIGATION), reverse("reports:check")]


class Centers(Open):
    def items(self) -> list[str]:
        keys = network.centers(timezone.localdate()).order_by("pk").values_list("pk", flat=True)
        return [reverse("open-center", args=[pk]) for pk in keys]


class Events(Open):
    """To come, and of the last year."""

    def items(self) -> list[str]:
        now = timezone.now()
        held: Iterable[Event] = [*rows.coming(now), *rows.past(now)]
        return [reverse("open-event", args=[event.pk]) for event in held]


SECTIONS: dict[str, type[Sitemap] | Sitemap] = {"pages": Pages, "centers": Centers, "events": Events}


@login_not_required
def site_map(request: HttpRequest) -> HttpResponse:
    return answers.kept(request, sitemap(request, SECTIONS).render())


@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    """The demonstration's people and schools are invented: nobody shall find them."""
    allowed = () if settings.DEMO else ("/open/", "/static/", "/check/$", "/help/")
    where = addresses.ascii_address(settings.BASE_URL + reverse("sitemap"))
    lines = ["User-agent: *", *(f"Allow: {path}" for path in allowed), "Disallow: /", "", f"Sitemap: {where}", ""]
    return answers.kept(request, HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8"))
