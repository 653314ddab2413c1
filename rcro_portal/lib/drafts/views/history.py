"""The history of a text: who wrote what when, what differs, how to bring it back."""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from rcro_portal.lib.drafts import revisions
from rcro_portal.lib.drafts.views.described import DescribedPages
from rcro_portal.lib.text import whole_number

RESTORED = "Вариант возвращён. Прежний текст остался в истории правок."


class History[Draft: Model](DescribedPages[Draft]):
    def history(self, request: HttpRequest, pk: int) -> HttpResponse:
        of = self.seen(request, pk)
        skip = whole_number(request.GET.get("skip"))
        entries, older = revisions.history(self.revisions(of), self.parts(of), skip=skip)
        context = {
            **self.shared(request, of),
            "rows": [(entry, self.url("difference", of, entry.revision.pk)) for entry in entries],
            "older": skip + revisions.PER_PAGE if older else None,
        }
        return render(request, "drafts/history.html", context)

    def difference(self, request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
        """What this revision changed in the one before it, or in the one asked for."""
        of = self.seen(request, pk)
        revision = self.revision(of, revision_pk)
        kept = self.revisions(of)
        others = kept.exclude(pk=revision_pk).select_related("by__person").order_by("-at", "-pk")
        asked = whole_number(request.GET.get("with"))
        before = others.filter(pk=asked).first() if asked else revisions.previous(kept, revision)
        pairs = revisions.compare(before, revision, self.parts(of)) if before else []
        is_now = revision == revisions.current(kept)
        context = {
            **self.shared(request, of),
            "revision": revision,
            "before": before,
            "others": others[: revisions.PER_PAGE],
            "changed": revisions.differing(pairs),
            "parts": self.parts(of)(revision.page),
            "reason": "Этот вариант и есть нынешний текст." if is_now else self.why_not(request, of),
            "history_url": self.url("history", of),
            **{f"{page}_url": self.url(page, of, revision_pk) for page in ("restore", "aside")},
        }
        return render(request, "drafts/difference.html", context)

    def restore(self, request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
        """«Вернуть этот вариант»."""
        of = self.of_writer(request, pk)
        revision, version = self.revision(of, revision_pk), whole_number(request.POST.get("version"))
        self.drafts.restore(of=of, revision=revision, version=version, by=request.user, at=timezone.now())
        messages.success(request, RESTORED)
        return redirect(f"{self.name}-edit", pk)
