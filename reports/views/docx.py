"""The letter as DOCX, for those who must edit on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from events.permissions import is_office
from rcro_portal.refusals import require
from reports import content, docx_letter
from reports.enclosed_file import DOCX
from reports.views.letters import letter_of


def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The content that was filed, with number and date where they are taken, else «ПРОЕКТ»; no original of anything."""
    letter = letter_of(request, pk)
    require(is_office(request.user), "DOCX скачивают сотрудники учреждения. Подлинник письма – PDF.")
    if letter.snapshot is None:
        raise Http404
    numbered = letter.entry is not None
    printed = content.final(letter) if numbered else content.rehearsed(letter.snapshot.content, timezone.localdate())
    response = HttpResponse(docx_letter.write(printed, draft=not numbered), content_type=DOCX)
    name = f"pismo-{letter.entry.sequence}-{letter.entry.year}" if letter.entry else f"pismo-proekt-{letter.pk}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return response
