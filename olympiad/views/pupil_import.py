"""A list of pupils brought in from a table: the pages of imports, of one session and its department alone."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from olympiad.importing.pupils import PupilsKind
from olympiad.kept import PUPILS, SESSIONS
from olympiad.pupils import looking
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.registers.importing.forms import UploadForm
from rcro_portal.lib.registers.importing.pages import ImportPages, addresses
from rcro_portal.lib.registers.importing.stored import Session, State
from rcro_portal.models import ImportSession

NOUN = "olympiad:pupil"


class PupilUploadForm(UploadForm):
    def __init__(self, *args: Any, session: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session = session

    def options(self) -> dict[str, Any]:
        return {"session": self.session}


class PupilPages(ImportPages):
    """Of one session: tables of others are not there."""

    def __init__(self, session: int) -> None:
        form: Any = partial(PupilUploadForm, session=session)
        super().__init__(PupilsKind, ImportSession, noun=NOUN, kept=(str(session),), form=form)
        self.key = session

    @property
    def own(self) -> Any:
        return super().own.filter(options__session=self.key)

    @property
    def back(self) -> tuple[str, str]:
        return self.about, reverse("olympiad:session-detail", args=[self.key])

    @property
    def about(self) -> str:
        event = self.session.event
        return f"Смена {quoted(event.topic)}, {event.days}"

    def serve(self, name: str, request: HttpRequest, **told: Any) -> HttpResponse:
        self.session = SESSIONS.row(request, self.key)
        SESSIONS.require(request.user, self.session, PUPILS)
        return super().serve(name, request, **told)

    def _page(self, request: HttpRequest, found: Session, form: Any = None) -> HttpResponse:
        if found.state == State.OPEN and found.digest:
            looking.note_table(self.session, by=request.user, at=timezone.now(), rows=found.all_rows)
        return super()._page(request, found, form)


urlpatterns = addresses("sessions/<int:session>/pupils/import/", NOUN, PupilPages)
