"""The guide's pages: open to everybody, the same for everybody but for the role that is named first."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from rcro_portal.help import guide

ROLES = ("administrator", "director", "head", "clerk", "methodist", "coordinator")


@login_not_required
def help_index(request: HttpRequest) -> HttpResponse:
    """What the guide has, and the page of the reader's own role."""
    pages = guide.pages()
    roles: frozenset[str] = getattr(request.user, "roles", frozenset())
    own = [pages[role] for role in ROLES if role in roles]
    return render(request, "help/index.html", {"pages": pages.values(), "own": own})


@login_not_required
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = guide.pages().get(slug)
    if page is None:
        raise Http404
    return render(request, "help/page.html", {"page": page, "pages": guide.pages().values()})
