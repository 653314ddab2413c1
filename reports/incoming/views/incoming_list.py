"""The list of incoming letters."""

from django.http import HttpRequest, HttpResponse

from events.permissions import is_office
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, answer
from rcro_portal.lib.russian import short_date
from reports import permissions
from reports.incoming.views.incoming import OFFICE_ONLY
from reports.models import IncomingLetter

EMPTY = Empty("Входящих писем пока нет", "Внесите официальный ответ центра: он свяжется с письмом и с поручением.")


def incoming_list(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), OFFICE_ONLY)
    table = Register(
        IncomingLetter.objects.select_related("replies_to__entry"),
        request.GET,
        url_name="reports:incoming-list",
        title="Входящие письма",
        nouns=("письмо", "письма", "писем"),
        columns=COLUMNS,
        default="received",
        empty=EMPTY,
        search="search_key",
        search_label="Отправитель, номер или о чём",
    )
    may_register = permissions.may_register_incoming(request.user)
    return answer(request, table, "reports/incoming_list.html", file, may_register=may_register)


def _their_number(letter: IncomingLetter) -> str:
    """«01-25/7730 от 02.03.2026»."""
    number = letter.their_number or "б/н"
    return f"{number} от {short_date(letter.their_on)}" if letter.their_on else number


def _our_number(letter: IncomingLetter) -> str:
    return f"№ {letter.replies_to.entry.number}" if letter.replies_to else ""


TIES = Filter(
    [("replies", "Ответы на наши письма"), ("free", "Прочие")],
    lambda rows, value: rows.filter(replies_to__isnull=value == "free"),
    "Связь",
)
OURS = Pages("reports:letter-detail", "replies_to_id")
COLUMNS = (
    Column("received", "Получено", "received_on", order=("-received_on", "-pk"), css="nowrap", width=12),
    Column(
        "sender",
        "Отправитель",
        "sender_name",
        link=Pages("reports:incoming-detail"),
        names_row=True,
        order=("sort_key", "-received_on"),
        width=40,
    ),
    Column("number", "Исх. №", _their_number, width=24),
    Column("subject", "О чём", "subject", width=50),
    Column("ties", "На наше письмо", _our_number, link=OURS, blank="нет", filter=TIES, css="nowrap", width=16),
)
