"""The board of one letter: who got it, and how far each is."""

import datetime
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from events.models import Commitment
from events.models.commitment import TO_DO, CommitmentStatus
from events.permissions import is_office
from rcro_portal.lib.refusals import require
from rcro_portal.lib.registers import Column, Empty, Filter, Pages, Register, address, answer, badge, drawn, link
from rcro_portal.lib.russian import short_date
from reports import permissions
from reports.delivery.fulfilment import board
from reports.models import Recipient

READERS = "Доску исполнения ведут сотрудники института. Ваши поручения – в разделе «Поручения»."
EMPTY = Empty("Писем с поручениями пока нет", "Доска появится, когда будет отправлено письмо, которое что-то поручает.")
LETTERS_AT_MOST = 200
READ = ("center__organization__municipality", "addressee__organization__municipality")
OF_ORGANIZATION = ("short_name", "phone", "email", "municipality__name")
SHOWN = (
    "letter",
    "status",
    "opened_at",
    "name",
    "addressee__id",
    *(f"{one}__organization__{name}" for one in ("center", "addressee") for name in OF_ORGANIZATION),
)
# Read only where they are shown, or written into a file.
CONTACTS = {"coordinator", "phone", "email"}
COMMITMENT = Pages("events:commitment-detail")


class Told(NamedTuple):
    """One count of the head, and the address of exactly these rows."""

    words: str
    number: int
    url: str


class Shown(NamedTuple):
    """A letter as the board names it."""

    pk: int
    subject_line: str
    department: int
    number: str
    registered_on: datetime.date


def letter_board(request: HttpRequest, file: str = "") -> HttpResponse:
    require(is_office(request.user), READERS)
    day = timezone.localdate()
    letters = board.letters().values_list("pk", "subject_line", "department", "entry__number", "entry__registered_on")
    options = [Shown(*told) for told in letters[:LETTERS_AT_MOST]]
    letter = _chosen(request, letters, options)
    params = request.GET.copy()
    params["letter"] = str(letter.pk) if letter else ""
    asked = board.asked(letter.pk if letter else None, day)
    rows = board.rows(letter.pk if letter else None, asked)
    counted = board.tally(rows, asked)

    def attach(recipients: Any) -> None:
        board.attach(recipients, asked, people=bool(file) or not CONTACTS.isdisjoint(table.asked_columns))

    table = Register(
        rows.select_related(*READ).only(*SHOWN),
        params,
        url_name="reports:letter-board",
        title=f"Исполнение письма № {letter.number}" if letter else "Исполнение писем",
        file_name="исполнение письма",
        nouns=("получатель", "получателя", "получателей"),
        columns=_columns(day),
        default="urgency",
        # Who is late first, then who is silent; the done end the list.
        orders={"urgency": ("-late", "-to_do", "-in_review", "name_of_debtor")},
        empty=EMPTY,
        filters=_filters(options, letter, counted, asked),
        search="center__organization__search_key",
        search_label="Центр",
        attach=attach,
        is_short=True,
    )
    context = {"letter": letter, **(_head(letter, counted, request.user, day) if letter and not file else {})}
    return answer(request, table, "reports/letter_board.html", file, **context)


def _chosen(request: HttpRequest, letters: Any, options: list[Shown]) -> Shown | None:
    """The letter asked for, else the newest."""
    asked = request.GET.get("letter", "")
    known = {str(one.pk): one for one in options}
    if asked.isdecimal() and len(asked) < 19 and asked not in known:
        return next((Shown(*told) for told in letters.filter(pk=asked)), None)
    return known.get(asked) or next(iter(options), None)


def _head(letter: Shown, counted: board.Tally, user: Any, day: datetime.date) -> dict[str, Any]:
    begin = address("reports:letter-board")

    def told(key: str) -> Told:
        asked = urlencode({"letter": letter.pk, "state": key})
        return Told(board.STATES[key][0], counted.counts[key], f"{begin}?{asked}")

    return {
        "total": counted.total,
        "head": [told(key) for key in board.IN_HEAD],
        "may_remind": bool(counted.counts["silent"]) and permissions.is_of_own_department(user, letter.department, day),
    }


def _filters(options: list[Shown], letter: Shown | None, counted: board.Tally, asked: board.Asked) -> dict[str, Filter]:
    found = options if letter is None or letter in options else [letter, *options]
    letters = [(str(one.pk), f"№ {one.number} от {short_date(one.registered_on)}") for one in found]
    states = [(key, words) for key, (words, _) in board.STATES.items()]
    return {
        "letter": Filter(letters, lambda rows, value: rows.filter(letter=value), "Письмо"),
        "state": Filter(states, lambda rows, value: rows.filter(board.STATES[value][1](asked)), "Состояние"),
        "place": Filter.among("municipality", counted.places, "Муниципалитет"),
    }


# -- What the columns say ---------------------------------------------------------------------------------------------


def _name(row: Recipient) -> str:
    if row.center:
        return str(row.center)
    return str(row.addressee.organization or row.name) if row.addressee else row.name


def _municipality(row: Recipient) -> str:
    organization = board.organization(row)
    return str(organization.municipality) if organization else ""


def _delivered(row: Recipient) -> str:
    return row.get_status_display()


def _fulfilled(row: Any) -> str:
    """«принято 1 из 2, просрочено 1»."""
    owed = row.owes.commitments
    if not owed:
        return "ничего не поручено"
    parts = [f"принято {sum(one.status == CommitmentStatus.ACCEPTED for one in owed)} из {len(owed)}"]
    parts += [f"на проверке {row.in_review}"] if row.in_review else []
    parts += [f"просрочено {row.late}"] if row.late else []
    return ", ".join(parts)


def _badges(day: datetime.date, row: Any) -> SafeString | str:
    """Each commitment leads to its page."""
    return SafeString(" ".join([_badge(one, day) for one in row.owes.commitments]))


def _badge(commitment: Commitment, day: datetime.date) -> SafeString:
    late = commitment.status in TO_DO and commitment.due_on < day
    words = drawn("components/term.html", text="просрочено", tone="overdue") if late else ""
    shown = badge(commitment.status, commitment.get_status_display())
    return SafeString(f"{link(COMMITMENT(commitment), shown)} {words}")


def _due(row: Any) -> datetime.date | None:
    return min((one.due_on for one in row.owes.commitments if one.status in TO_DO), default=None)


def _columns(day: datetime.date) -> list[Column]:
    return [
        Column("center", "Кто исполняет", _name, names_row=True, order="name_of_debtor", width=40),
        Column("municipality", "Муниципалитет", _municipality, order=("municipality", "name_of_debtor"), width=28),
        Column(
            "delivered",
            "Доставка",
            _delivered,
            html=lambda row: badge(row.status, row.get_status_display()),
            order=("status", "name_of_debtor"),
            width=16,
        ),
        Column("opened", "Открыто", "opened_at", blank="нет", order=("opened_at", "name_of_debtor"), width=18),
        Column(
            "read",
            "Ознакомление",
            lambda row: "да" if row.has_read else "",
            blank="нет",
            order=("-has_read", "name_of_debtor"),
            width=14,
        ),
        Column("done", "Исполнение", _fulfilled, html=partial(_badges, day), blank="ничего не поручено", width=36),
        Column("due", "Ближайший срок", _due, blank="–", css="nowrap", width=14),
        Column("coordinator", "Координатор", lambda row: row.owes.coordinator, on_page=False, width=28),
        Column("phone", "Телефон", lambda row: row.owes.phone, on_page=False, width=24),
        Column("email", "Почта", lambda row: row.owes.email, on_page=False, width=30),
    ]
