"""No bare page: an address that only takes what a form sends leads, when opened, to the page that holds the form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from tests import clock
from tests.house.rights import ROLES, Row, rows
from tests.house.world import World

pytestmark = pytest.mark.django_db
ROWS = rows()
OPENED = {row.name for row in ROWS if row.method == "GET"}
# One row for each address that is only posted to: the first that somebody may send.
SENT = {row.name: row for row in reversed(ROWS) if row.method == "POST" and row.name not in OPENED}
DONE = (200, 302, 422)
# Asked for by a program, with a secret.
BY_PROGRAMS = {"reports:mail-bounces"}
# Fetched by the page itself once it stands: the forms of figures, and what a table of the desk shows.
SLOTS = {"reports:figure-add", "reports:figure-type", "reports:figure-case", "reports:figure-remove"}
SLOTS |= {"reports:figure-quick"}
SLOTS |= {name.replace(":figure", f":{draft}-figure") for name in SLOTS for draft in ("draft", "year")}
# Sent by a script of the page, which reads the address there.
SCRIPTS = {"events:paragraph-keep", "events:paragraph-put"}
# The page is there, its button waits: for a second session, a file that was read, a text without faults, an appendix,
# a centre that is chosen, rows that were passed over, a programme that names who speaks.
LATER = {
    "centers:eyes-end": "/centers/",
    "centers:session-end": "/access/",
    "centers:session-end-others": "/access/",
    "events:attendance-mark": r"/events/\d+/attendance/",
    "events:attendance-unmark": r"/events/\d+/attendance/",
    "events:calendar-forget": "/calendar/",
    "events:outcome-begin": r"/events/\d+/",
    "events:outcome-programme": r"/outcomes/\d+/edit/",
    "events:registration-new": r"/events/\d+/registrations/",
    "list-view-delete": "/centers/",
    "reports:appendix-participants": r"/appendices/letter/\d+/",
    "reports:appendix-rise": r"/appendices/letter/\d+/",
    "reports:letter-send-again": r"/letters/\d+/",
    "reports:letter-recall": r"/letters/\d+/",
    "reports:outcome-file": r"/outcomes/\d+/check/",
    "reports:register-import-answers": r"/register/import/\d+/",
    "reports:register-import-passed-over": r"/register/import/\d+/",
    "reports:register-import-row": r"/register/import/\d+/",
    "reports:register-open-year": "/register/",
    "olympiad:pupil-import-answers": r"/sessions/\d+/pupils/import/\d+/",
    "olympiad:pupil-import-passed-over": r"/sessions/\d+/pupils/import/\d+/",
    "olympiad:pupil-import-row": r"/sessions/\d+/pupils/import/\d+/",
    "table-import-answers": r"/imports/organizations/\d+/",
    "table-import-passed-over": r"/imports/organizations/\d+/",
    "table-import-row": r"/imports/organizations/\d+/",
}

# What must be so before the button is there: made for that page alone.
FIRST: dict[str, Callable[[Any], object]] = {
    "centers:account-end-sessions": lambda account: Client().force_login(account),
    "centers:account-reopen": lambda account: _set(account, is_active=False),
    "centers:account-reset-factor": lambda account: Authenticator.objects.create(user=account, type="totp", data={}),
    "centers:administrator-unmake": lambda account: _set(account, is_administrator=True),
    "events:schedule-restore": lambda plan: _set(plan, archived_at=clock.now(), archive_reason="Повтор"),
}


def _set(row: Any, **fields: Any) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**fields)


def sender(name: str) -> tuple[Row, str]:
    """A row and a role that may send it."""
    for row in ROWS:
        if row.method == "POST" and row.name == name:
            for role in reversed(ROLES):
                if role != "stranger" and row.cells[role] in DONE:
                    return row, role
    return SENT[name], "administrator"


@pytest.mark.parametrize("name", sorted(SENT.keys() - BY_PROGRAMS))
def test_address_of_a_form_opens_its_page(name: str, world: World, clients: dict[str, Client]) -> None:
    row, role = sender(name)
    path = reverse(row.name, args=world.args_of(row.what))
    if name in FIRST:
        FIRST[name](world.rows[row.what])
    page = clients[role].get(path, follow=True)
    assert page.redirect_chain, f"{path} itself answered {page.status_code}"
    landed = page.redirect_chain[-1][0]
    if row.cells[role] not in DONE:
        # Nobody's turn in this world: the page must be there all the same.
        assert page.status_code in (200, 403, 409), landed
        return
    assert page.status_code == 200, landed
    assert page.wsgi_request.path != reverse("home"), f"{path} leads to the home page"
    if name in LATER:
        assert re.fullmatch(LATER[name], landed)
    elif name in SCRIPTS:
        assert f'"{path}"' in page.text, landed
    elif name not in SLOTS:
        assert re.search(f'(action|formaction|hx-post)="{re.escape(path)}"', page.content.decode()), landed


def test_stranger_logs_in_first_and_comes_to_the_page(world: World) -> None:
    path = reverse("events:commitment-answer", args=world.args_of("open"))
    assert Client().get(path).headers["Location"].endswith(f"?next={path}")


@pytest.mark.parametrize("name", ["reports:recipient-send-again", "reports:recipient-settle"])
def test_nobody_learns_of_a_letter_that_is_not_theirs(name: str, world: World, clients: dict[str, Client]) -> None:
    row, sends = sender(name)
    path = reverse(name, args=world.args_of(row.what))
    assert "/letters/" in clients[sends].get(path).headers["Location"]
    assert clients["past"].get(path).headers["Location"] == reverse("home")
