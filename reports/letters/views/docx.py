"""The letter as DOCX, for those who must edit on paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from events.permissions import is_office
from rcro_portal.lib import downloads
from rcro_portal.lib.refusals import require
from reports import access
from reports.composing import content, renditions
from reports.composing.enclosed_file import DOCX
from reports.models import Letter
from reports.models.letter import SIGNED, LetterStatus, Way
from reports.typesetting import docx_letter

ORIGINALS = {
    Way.KEY: "файл PDF с подписью",
    Way.PAPER: "лист, подписанный от руки",
    Way.GOST: "файл PDF с файлом подписи",
}


def letter_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """The content that was filed, with number and date where they are taken, else «ПРОЕКТ»; no original of anything."""
    letter = access.letter_of(request.user, pk)
    require(is_office(request.user), "DOCX скачивают сотрудники учреждения. Подлинник письма – PDF.")
    if letter.snapshot is None:
        raise Http404
    numbered = letter.entry is not None
    printed = content.final(letter) if numbered else content.rehearsed(letter.snapshot.content, timezone.localdate())
    data = docx_letter.write(printed, draft=not numbered, remark=_remark(letter))
    ending = "-ne-podlinnik" if numbered else ""
    return downloads.response(data, DOCX, f"{renditions.file_stem(letter)}{ending}.docx")


def _remark(letter: Letter) -> str:
    """What stands on every page, so that nobody takes this file for the letter."""
    if letter.status in SIGNED:
        return f"Не подлинник: копия для правки и цитат. Подлинник письма – {ORIGINALS[Way(letter.way)]}."
    if letter.status == LetterStatus.ANNULLED:
        return "Не подлинник: письмо аннулировано."
    return "Не подлинник: письмо не подписано."
