"""The tables of acts and the table of rights say the same, and pages show what they say.

Every act has its lines in ``rights``, every address that does something is an act or is named below with the reason;
each cell is what its table rules, and page and refusal say it in the table's words.
"""

import inspect
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse

from events.acts import EVENT, EventCase
from events.assignments.acts import ASSIGNMENT, AssignmentCase
from events.commitments.acts import COMMITMENT, CommitmentCase
from events.models import Commitment, DataRequest, DataSheet, Event, Outcome, TechnicalAssignment
from events.requests.acts import REQUEST, SHEET, RequestCase, SheetCase
from rcro_portal.lib.acts import NOT_NOW, NOT_YOU, OPEN, Act, Acts, Case
from rcro_portal.lib.keeping.pages import Pages, PartPages
from reports.certificates.acts import CERTIFICATES, RELEASES, CertificateCase, ReleaseCase
from reports.delivery.acts import MESSAGE, MessageCase
from reports.incoming.acts import INCOMING, IncomingCase
from reports.letters.acts import LETTER
from reports.letters.case import LetterCase
from reports.letters.outcome_acts import OUTCOME, OutcomeCase
from reports.models import Certificate, CertificateRelease, IncomingLetter, Letter, Recipient
from tests import clock
from tests.house.rights import ROLES, Row, rows
from tests.house.test_rights import ask
from tests.house.world import World

pytestmark = pytest.mark.django_db


class Noun(NamedTuple):
    """What has acts: its table, how a case of it is made, and the page of its own that shows them."""

    model: type[Any]
    table: Acts[Any]
    case: type[Case[Any]]
    page: str = ""


NOUNS = (
    Noun(Letter, LETTER, LetterCase, "reports:letter-detail"),
    Noun(Event, EVENT, EventCase, "reports:event-page"),
    Noun(Commitment, COMMITMENT, CommitmentCase, "events:commitment-detail"),
    Noun(DataRequest, REQUEST, RequestCase, "events:request-detail"),
    Noun(DataSheet, SHEET, SheetCase, "events:answer-sheet-detail"),
    Noun(TechnicalAssignment, ASSIGNMENT, AssignmentCase, "events:assignment-detail"),
    Noun(IncomingLetter, INCOMING, IncomingCase, "reports:incoming-detail"),
    # On the pages of the letter and of the editor's check, each act beside what it is about.
    Noun(Recipient, MESSAGE, MessageCase),
    Noun(Outcome, OUTCOME, OutcomeCase),
    Noun(CertificateRelease, RELEASES, ReleaseCase, "reports:certificate-release"),
    Noun(Certificate, CERTIFICATES, CertificateCase, "reports:certificate-detail"),
)
ACTS = [(noun, act) for noun in NOUNS for act in noun.table]
ROWS = rows()
# Pressed again it leads to where it was done.
LEADS_ON = {"reports:draft-file", "reports:outcome-file", "reports:recipient-acknowledge"}
# Acts that a page shows refused, with their one reason; the person's own step, a button with its reason.
REFUSED = re.compile(r'<li>([^<]*)<br><span class="muted">([^<]*)</span></li>')
WAITING = re.compile(
    r'aria-describedby="reason-(\w+)">([^<]*)</button>\s*<p class="reason" id="reason-\1">.*?<span>([^<]*)</span></p>',
    re.DOTALL,
)
# The editors answer for their own pages.
BY_THE_EDITOR = {"correct_outcome", "correct_letter"}
# What is posted to and is no act on a letter, an event or a commitment, and what it is instead.
NO_ACTS = {
    "the person's own log-in, and the accounts of others": """
        centers:account-address centers:account-address-stop centers:account-end-sessions centers:account-reset-factor
        centers:account-close centers:account-reopen centers:administrator-make centers:administrator-unmake
        centers:address-confirm centers:invitation-accept centers:invitation-new centers:session-end
        centers:session-end-others
    """,
    "how one is written to, and one's own calendar": """
        centers:mail-choice centers:mail-stop centers:reading centers:eyes-begin centers:eyes-end
        events:calendar-feed events:calendar-forget
    """,
    "a record that is made or changed": """
        centers:center-edit events:assignment-new events:event-new events:event-clone events:speaker-new
        events:request-clone
        reports:draft-new reports:incoming-new reports:incoming-count reports:certificates-prepare
    """,
    "one's own mark, by a code that says of which event": "events:here",
    "the text of an outcome or a letter while it is written": """
        events:outcome-save events:outcome-restore events:outcome-merge
        events:answer-sheet-save events:answer-sheet-restore events:answer-sheet-merge
        events:assignment-save events:assignment-restore events:assignment-merge
        events:outcome-take events:outcome-programme events:paragraph-keep events:paragraph-put
        reports:figure-quick reports:draft-figure-quick
        reports:outcome-identify reports:outcome-postpone
        reports:figure-type reports:figure-case reports:figure-add reports:figure-remove
        reports:draft-save reports:draft-restore reports:draft-merge
        reports:draft-postpone reports:draft-identify
        reports:draft-figure-add reports:draft-figure-type reports:draft-figure-case reports:draft-figure-remove
        reports:year-report-new reports:year-report-save reports:year-report-restore reports:year-report-merge
        reports:year-figure-add reports:year-figure-quick reports:year-figure-type reports:year-figure-case
        reports:year-figure-remove reports:year-report-issue
        reports:appendix-add reports:appendix-count reports:appendix-rise reports:appendix-remove
        reports:appendix-participants
    """,
    "who coordinates a centre": """
        events:coordinator-appoint events:coordinator-hand-over events:coordinator-end events:coordinator-take-back
    """,
    "two rows of one person": """
        centers:person-merge centers:person-apart centers:apart-forget centers:merge-undo centers:person-archive
    """,
    "what a list keeps, and many of its rows at once": """
        list-columns list-view-save list-view-delete centers:organization-list-bulk centers:people-list-bulk
        centers:center-list-bulk events:plan-list-bulk events:event-list-bulk events:commitment-list-bulk
        olympiad:session-list-bulk olympiad:problem-list-bulk
        projects:project-list-bulk
        projects:cluster-list-bulk projects:resource-list-bulk projects:achievement-list-bulk
    """,
    "those who have not submitted": "events:assignment-remind",
    "what other systems read, and their tokens": """
        token-new token-revoke api-organizations api-centers api-projects api-clusters api-events api-journal
        api-figures api-figure
    """,
    "an event under its item of the plan": """
        events:plan-item-tie events:plan-item-untie
    """,
    "by a secret of its own: the link in a message, the mail server's word": """
        reports:message-acknowledge reports:mail-bounces
    """,
    "a message of the portal that may not have arrived": "reports:notice-send-again reports:notice-confirm",
    "the clerk's register": """
        reports:register-open-year reports:register-give reports:register-write-up reports:register-reserve
        reports:register-late reports:register-block reports:register-import reports:register-bring-in
        reports:register-import-columns reports:register-import-row reports:register-import-answers
        reports:register-import-undo reports:register-import-passed-over
        reports:entry-describe reports:entry-annul reports:letter-type-number
    """,
    "tables brought in": """
        olympiad:problems-from-outcome olympiad:sheet-new olympiad:sheet-answer olympiad:sheet-take
        olympiad:sheet-take-back
        table-import table-import-columns table-import-row table-import-answers table-bring-in table-import-undo
        table-import-passed-over import-answer-forget
        olympiad:pupil-import olympiad:pupil-import-columns olympiad:pupil-import-row olympiad:pupil-import-answers
        olympiad:pupil-bring-in olympiad:pupil-import-undo olympiad:pupil-import-passed-over
    """,
    "no row of its own": """
        reports:hand-over
        reports:check reports:check-letter reports:sign-desk reports:inspection-begin reports:halt-lift
    """,
}


def cells_of(act: Act[Any]) -> dict[int, set[str]]:
    """The rights of an act: which roles get which answer, of all its lines together."""
    found: dict[int, set[str]] = {}
    for row in ROWS:
        if row.name == act.url:
            for role, code in row.cells.items():
                found.setdefault(code, set()).add(role)
    return found


def test_every_act_says_in_rights_who_may_and_who_may_not_and_when_not() -> None:
    said = {act.key: set(cells_of(act)) for _, act in ACTS if act.url not in LEADS_ON}
    unsaid = {key for key, codes in said.items() if not codes & {200, 302} or not codes >= {NOT_YOU, NOT_NOW}}
    assert unsaid == set()


def test_every_address_that_does_something_is_an_act_or_is_known_to_be_none() -> None:
    posted = {row.name for row in ROWS if row.method == "POST"}
    acts = {act.url for _, act in ACTS}
    others = {name for names in NO_ACTS.values() for name in names.split()} | set(kept_pages(get_resolver()))
    assert (posted - acts - others, others - posted, others & acts) == (set(), set(), set())


def kept_pages(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Addresses that the machine of kept tables makes and posts to: it answers for its own acts."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from kept_pages(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            view = inspect.unwrap(entry.callback)
            maker = getattr(getattr(view, "func", view), "__self__", None)
            if isinstance(maker, (Pages, PartPages)):
                yield f"{space}{entry.name}"


def acts_at(name: str, noun: Noun, args: tuple[object, ...]) -> list[Act[Any]]:
    """The acts whose address it is; of several at one address the one that its last part names."""
    here = [act for act in noun.table if act.url == name and act.key not in BY_THE_EDITOR]
    return here if len(here) < 2 else [act for act in here if act.key.endswith(f"_{args[-1]}")]


def leads_on(row: Row) -> bool:
    return row.method == "GET" or row.name in LEADS_ON


def lines() -> list[Any]:
    names = {act.url: noun for noun, act in ACTS}
    return [pytest.param(row, names[row.name], id=str(row)) for row in ROWS if row.name in names]


@pytest.mark.parametrize(("row", "noun"), lines())
def test_rights_are_what_the_table_rules(row: Row, noun: Noun, world: World, clients: dict[str, Client]) -> None:
    """And who is refused reads the table's words."""
    args = world.args_of(row.what)
    found = noun.model.objects.filter(pk=args[0]).first()
    for act in acts_at(row.name, noun, args):
        for role in ROLES[1:]:
            code = row.cells[role]
            ruling = noun.table.rule(act.key, noun.case(found, world.people[role], clock.now()))
            if code == 404 or (code == 302 and ruling.status == NOT_NOW and leads_on(row)):
                continue
            assert (role, OPEN if code in (200, 302) else code) == (role, ruling.status)
            if not ruling.is_open:
                assert (role, ruling.why in unescape(ask(world, clients[role], row, row.method)[0].text)) == (
                    role,
                    True,
                )


def pages() -> list[Any]:
    return [pytest.param(row, noun, id=str(row)) for row in ROWS for noun in NOUNS if row.name == noun.page]


@pytest.mark.parametrize(("row", "noun"), pages())
def test_page_shows_the_acts_of_the_role_alone(row: Row, noun: Noun, world: World, clients: dict[str, Client]) -> None:
    """Each refused one with its reason, none that this person never does, and an address of the open ones alone."""
    args = world.args_of(row.what)
    found = noun.model.objects.get(pk=args[0])
    for role in ROLES[1:]:
        if row.cells[role] != 200:
            continue
        text = clients[role].get(reverse(row.name, args=args)).text
        offer = noun.table.offer(noun.case(found, world.people[role], clock.now()))
        assert (role, refused_on(text, noun)) == (role, sorted((one.act.label, one.why) for one in offer.refusals))
        opened = {(found.pk, key) for key in offer.acts}
        assert (role, posted_from(text, noun) - opened) == (role, set())


def refused_on(text: str, noun: Noun) -> list[tuple[str, str]]:
    """Each act that a page shows as refused, by its label, and the reason that stands at it."""
    keys = {act.key for act in noun.table}
    steps = [(label, why) for key, label, why in WAITING.findall(text) if key in keys]
    listed = text.partition("refused-acts")[2].partition("</details>")[0]
    others = [(label, why) for labels, why in REFUSED.findall(listed) for label in re.findall("«([^»]*)»", labels)]
    return sorted((unescape(label), unescape(why)) for label, why in steps + others)


def posted_from(text: str, noun: Noun) -> set[tuple[int, str]]:
    """The acts, by row and key, whose addresses the forms of a page post to."""
    places = map(resolve, re.findall(r'<form[^>]* action="(/[^"]*)"', text))
    named = [(place.view_name, tuple(place.kwargs.values())) for place in places]
    return {(args[0], act.key) for name, args in named for act in acts_at(name, noun, args)}
