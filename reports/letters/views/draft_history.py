"""The history of a letter that is written freely: who wrote what when, what differs, how to bring it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.permissions import is_office
from rcro_portal.lib.drafts import revisions
from rcro_portal.lib.refusals import require
from reports import access, permissions
from reports.composing import draft_pages
from reports.letters import drafts
from reports.models import Letter, LetterRevision
from reports.models.letter import LetterStatus

WRITERS = "Письма пишут методисты и начальники отделов."


def draft_history(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _written(request, pk)
    skip = number(request.GET.get("skip"))
    entries, older = revisions.history(letter.revisions, draft_pages.parts, skip=skip)
    context = {
        "letter": letter,
        "rows": [(entry, reverse("reports:draft-difference", args=[pk, entry.revision.pk])) for entry in entries],
        "older": skip + revisions.PER_PAGE if older else None,
    }
    return render(request, "reports/draft_history.html", context)


def draft_difference(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """What this revision changed in the one before it, and its whole text."""
    letter = _written(request, pk)
    revision = _revision(letter, revision_pk)
    before = revisions.previous(letter.revisions, revision)
    context = {
        "letter": letter,
        "revision": revision,
        "before": before,
        "changed": revisions.differing(revisions.compare(before, revision, draft_pages.parts)) if before else [],
        "parts": draft_pages.parts(revision.page),
        "reason": _why_not(request, letter),
    }
    return render(request, "reports/draft_difference.html", context)


@require_POST
def draft_restore(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """«Вернуть этот вариант»."""
    letter = _written(request, pk)
    require(permissions.may_write(request.user), WRITERS)
    revision, version = _revision(letter, revision_pk), number(request.POST.get("version"))
    drafts.restore(letter=letter, revision=revision, version=version, by=request.user, at=timezone.now())
    messages.success(request, "Вариант возвращён. Прежний текст остался в истории правок.")
    return redirect("reports:draft-edit", pk)


def draft_aside(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Two texts side by side: the saved one, and the one of who came second."""
    letter = _written(request, pk)
    require(permissions.may_write(request.user), WRITERS)
    return compare_page(request, _revision(letter, revision_pk))


@require_POST
def draft_merge(request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
    """Of each difference the side that was chosen."""
    letter = _written(request, pk)
    require(permissions.may_write(request.user), WRITERS)
    aside = _revision(letter, revision_pk)
    places = [place for place, _ in revisions.differing(drafts.difference(letter, aside))]
    chosen = {place: request.POST.get(f"side-{place}") for place in places}
    if not all(chosen.values()):
        return compare_page(request, aside, "Выберите сторону в каждом месте: ничего ещё не сохранено.", status=422)
    mine = {place for place, side in chosen.items() if side == "mine"}
    version = number(request.POST.get("version"))
    try:
        drafts.merge(letter=letter, aside=aside, mine=mine, version=version, by=request.user, at=timezone.now())
    except drafts.DraftChanged:
        return compare_page(request, aside, "Сохранённый текст снова изменили. Сравните ещё раз.", status=409)
    messages.success(request, "Выбранное сохранено. Оба варианта остались в истории правок.")
    return redirect("reports:draft-edit", pk)


def compare_page(request: HttpRequest, aside: LetterRevision, words: str = "", status: int = 200) -> HttpResponse:
    letter = _written(request, aside.letter_id)
    base = letter.revisions.filter(aside=False, version=aside.version).first()
    known = draft_pages.parts(base.page) if base else None
    context = {
        "letter": letter,
        "aside": aside,
        "words": words,
        "rows": [
            (place, pair, revisions.side(pair, known))
            for place, pair in revisions.differing(drafts.difference(letter, aside))
        ],
        "reason": _why_not(request, letter),
    }
    return render(request, "reports/draft_aside.html", context, status=status)


def _why_not(request: HttpRequest, letter: Letter) -> str:
    if not permissions.may_write(request.user):
        return WRITERS
    return "" if letter.status == LetterStatus.DRAFT else drafts.DraftLocked.words


def _revision(letter: Letter, pk: int) -> LetterRevision:
    return get_object_or_404(letter.revisions.select_related("by__person"), pk=pk)


def _written(request: HttpRequest, pk: int) -> Letter:
    """For the whole office: what was written before a letter was sent is the institution's own."""
    rows = (
        access.visible(request.user).filter(manuscript__isnull=False)
        if is_office(request.user)
        else Letter.objects.none()
    )
    return get_object_or_404(rows.select_related("manuscript__edited_by__person", "department"), pk=pk)


def number(text: str | None) -> int:
    """Nonsense counts as nothing."""
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0
