"""Where a form stands: the page for each address that only takes what a form sends.

An address names its act last (``/letters/5/annul/``), so its form stands on the nearest page above; the table names the
pages of those whose form stands elsewhere. A test of the house opens each of them.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from django.utils import timezone

from centers.models import Center, Coordinator, PersonMerge, User
from centers.permissions import is_office
from reports.models import Letter, Recipient


def _letter_of(pk: int, user: User | AnonymousUser) -> str:
    if not isinstance(user, User):
        return reverse("home")
    seen = Letter.objects.visible_to(user, timezone.localdate())
    letter = Recipient.objects.filter(pk=pk, letter__in=seen).values_list("letter", flat=True).first()
    return reverse("reports:letter-detail", args=[letter]) if letter else reverse("home")


OUTCOME, DRAFT, YEAR_REPORT = "events:outcome-edit", "reports:draft-edit", "reports:year-report-edit"


def _center_of(pk: int, user: User | AnonymousUser) -> str:
    if not isinstance(user, User):
        return reverse("home")
    seen = Center.objects.visible_to(user, timezone.localdate())
    center = Coordinator.objects.filter(pk=pk, center__in=seen).values_list("center", flat=True).first()
    return reverse("centers:center-detail", args=[center]) if center else reverse("home")


def _coordinated_by(pk: int, user: User | AnonymousUser) -> str:
    account = User.objects.filter(pk=pk)
    post = Coordinator.objects.filter(person__user__in=account).order_by("-since").values_list("pk", flat=True).first()
    return _center_of(post, user) if post else reverse("home")


def _merged(pk: int, user: User | AnonymousUser) -> str:
    gone = PersonMerge.objects.filter(pk=pk).values_list("gone", flat=True).first()
    is_told = isinstance(user, User) and is_office(user) and gone
    return reverse("centers:person-detail", args=[gone]) if is_told else reverse("home")


ELSEWHERE: dict[str, str | Callable[[int, User | AnonymousUser], str]] = {
    "centers:account-address-stop": "centers:account",
    "centers:eyes-begin": _coordinated_by,
    "centers:eyes-end": "centers:center-list",
    "centers:merge-undo": _merged,
    "centers:person-apart": "centers:person-merge",
    "events:coordinator-take-back": _center_of,
    "events:event-hold": "events:attendance-edit",
    "events:outcome-save": OUTCOME,
    "events:outcome-take": OUTCOME,
    "events:outcome-programme": OUTCOME,
    "events:paragraph-keep": OUTCOME,
    "events:paragraph-put": OUTCOME,
    "events:outcome-merge": "events:outcome-aside",
    "events:answer-sheet-save": "events:answer-sheet-edit",
    "events:answer-sheet-merge": "events:answer-sheet-aside",
    "events:assignment-agree": "events:assignment-review",
    "events:assignment-return": "events:assignment-review",
    "events:assignment-save": "events:assignment-edit",
    "events:assignment-merge": "events:assignment-aside",
    "reports:outcome-file": "reports:outcome-check",
    "reports:outcome-postpone": "reports:outcome-check",
    "reports:figure-add": OUTCOME,
    "reports:figure-quick": OUTCOME,
    "reports:figure-type": OUTCOME,
    "reports:figure-case": OUTCOME,
    "reports:figure-remove": OUTCOME,
    "reports:draft-save": DRAFT,
    "reports:draft-file": "reports:draft-check",
    "reports:draft-discard": DRAFT,
    "reports:draft-merge": "reports:draft-aside",
    "reports:draft-figure-add": DRAFT,
    "reports:draft-figure-quick": DRAFT,
    "reports:draft-figure-type": DRAFT,
    "reports:draft-figure-case": DRAFT,
    "reports:draft-figure-remove": DRAFT,
    "reports:year-report-save": YEAR_REPORT,
    "reports:year-report-merge": "reports:year-report-aside",
    "reports:year-figure-add": YEAR_REPORT,
    "reports:year-figure-quick": YEAR_REPORT,
    "reports:year-figure-type": YEAR_REPORT,
    "reports:year-figure-case": YEAR_REPORT,
    "reports:year-figure-remove": YEAR_REPORT,
    "reports:appendix-count": "reports:appendix-list",
    "reports:appendix-remove": "reports:appendix-list",
    "reports:appendix-rise": "reports:appendix-list",
    "reports:letter-send-again": "reports:letter-detail",
    "reports:recipient-send-again": _letter_of,
    "reports:recipient-keep-address": _letter_of,
    "reports:recipient-settle": _letter_of,
    "reports:recipient-acknowledge": _letter_of,
    "reports:message-acknowledge": "reports:message-open",
}

# Their addresses name the list above which they stand.
OF_LISTS = {"list-view-save", "list-view-delete", "list-columns"}


def above(path: str, user: User | AnonymousUser) -> str:
    """The page of the form that is sent to ``path``; the home page where this person has none."""
    match = _match(path)
    if match and match.view_name in OF_LISTS:
        return _list(match.kwargs["name"])
    if match and (place := ELSEWHERE.get(match.view_name)):
        return place(match.kwargs["pk"], user) if callable(place) else _reversed(place, match.kwargs)
    if match and (kept := _of_a_kept_row(match)):
        return kept
    parts = path.strip("/").split("/")[:-1]
    while parts:
        higher = f"/{'/'.join(parts)}/"
        if _match(higher):
            return higher
        parts.pop()
    return reverse("home")


def _of_a_kept_row(match: ResolverMatch) -> str:
    """What ``lib.keeping`` deletes, is deleted on the page of its archive or of its edit."""
    name, _, act = match.view_name.rpartition("-")
    for page in ("archive", "edit") if act == "delete" else ():
        with suppress(NoReverseMatch):
            return reverse(f"{name}-{page}", kwargs=match.kwargs)
    return ""


def _match(path: str) -> ResolverMatch | None:
    try:
        return resolve(path)
    except Resolver404:
        return None


def _list(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse("home")


def _reversed(name: str, kwargs: dict[str, Any]) -> str:
    """The page takes the first parts of what the act takes: the letter, not its appendix; a list takes none."""
    parts = list(kwargs.items())
    for number in range(len(parts), -1, -1):
        with suppress(NoReverseMatch):
            return reverse(name, kwargs=dict(parts[:number]))
    return reverse("home")
