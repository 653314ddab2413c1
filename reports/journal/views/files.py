"""The register to take along: a period in print."""

from django.http import HttpRequest, HttpResponse

from events.permissions import is_office
from rcro_portal.lib import downloads
from rcro_portal.lib.refusals import require
from reports.journal import sheets as journal_sheets
from reports.journal.forms import PeriodForm
from reports.journal.views.entries import READERS, register_of


def register_pdf(request: HttpRequest) -> HttpResponse:
    """The register of a period for print."""
    require(is_office(request.user), READERS)
    form = PeriodForm(request.GET)
    if not form.is_valid():
        raise journal_sheets.NothingToPrint("Укажите период: с какого и по какой день печатать журнал.")
    since, until = form.cleaned_data["since"], form.cleaned_data["until"]
    pdf = journal_sheets.printed(register_of(request), since, until)
    return downloads.response(pdf, "application/pdf", f"zhurnal-{since}-{until}.pdf", inline=True)
