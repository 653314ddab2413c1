"""Two texts put together: the saved one, and the one of who came second."""

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from rcro_portal.lib.drafts import revisions
from rcro_portal.lib.drafts.models import Revision
from rcro_portal.lib.drafts.reading import TextLocked
from rcro_portal.lib.drafts.views.described import DescribedPages
from rcro_portal.lib.drafts.writing import TextChanged
from rcro_portal.lib.text import whole_number

NOT_CHOSEN = "Выберите вариант в каждом месте, где тексты расходятся: ничего ещё не сохранено."
MOVED = "Пока вы выбирали, сохранённый текст изменили. Ваш выбор остался там, где оба варианта прежние: проверьте его."
MERGED = "Сохранено выбранное. Оба прежних варианта остались в истории правок."


class Merging[Draft: Model](DescribedPages[Draft]):
    def aside(self, request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
        """Two texts side by side: the saved one, and the one of who came second."""
        of = self.of_writer(request, pk)
        return self.compare(request, pk, self.revision(of, revision_pk))

    def merge(self, request: HttpRequest, pk: int, revision_pk: int) -> HttpResponse:
        """Of each difference the side that was chosen; what was chosen stays where it cannot be saved."""
        of = self.of_writer(request, pk)
        aside = self.revision(of, revision_pk)
        version = whole_number(request.POST.get("version"))
        places = [place for place, _ in revisions.differing(self.drafts.difference(of, aside))]
        chosen = {place: request.POST.get(f"side-{place}") for place in places}
        if version != self.drafts.text(of).version:
            return self.compare(request, pk, aside, MOVED, status=409)
        if not all(chosen.values()):
            return self.compare(request, pk, aside, NOT_CHOSEN, status=422)
        mine = {place for place, side in chosen.items() if side == "mine"}
        try:
            self.drafts.merge(of=of, aside=aside, mine=mine, version=version, by=request.user, at=timezone.now())
        except (TextChanged, TextLocked) as refusal:
            words = MOVED if isinstance(refusal, TextChanged) else str(refusal)
            return self.compare(request, pk, aside, words, status=409)
        messages.success(request, MERGED)
        return redirect(f"{self.name}-edit", pk)

    def compare(
        self, request: HttpRequest, pk: int, aside: Revision, words: str = "", status: int = 200
    ) -> HttpResponse:
        of = self.of_writer(request, pk)
        differing = revisions.differing(self.drafts.difference(of, aside))
        base = self.revisions(of).filter(aside=False, version=aside.version).first()
        known = self.parts(of)(base.page) if base else None
        chosen = _chosen(request)
        context = {
            **self.shared(request, of),
            "aside": aside,
            "words": words,
            "rows": [(place, pair, chosen.get(pair.key) or revisions.side(pair, known)) for place, pair in differing],
            "reason": self.why_not(request, of),
            "merge_url": self.url("merge", of, aside.pk),
        }
        return render(request, "drafts/aside.html", context, status=status)


def _chosen(request: HttpRequest) -> dict[str, str]:
    """By the two texts that differed, the side that was chosen on a page that comes back."""
    keys = {name.removeprefix("texts-"): key for name, key in request.POST.items() if name.startswith("texts-")}
    sides = {key: request.POST.get(f"side-{place}", "") for place, key in keys.items()}
    return {key: side for key, side in sides.items() if side in ("mine", "theirs")}
