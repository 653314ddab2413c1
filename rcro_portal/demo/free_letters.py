"""Letters that no outcome writes: one being written, one that announces, a list to send by, a reply."""

import datetime
from typing import Any

from django.utils.html import format_html, format_html_join

from centers.models import Organization, User
from events.models import Event
from events.models.outcome import Asks, DecisionKind
from rcro_portal.demo import source
from reports.composing import addressees
from reports.incoming import arrivals, resolutions
from reports.letters import appendices, drafts, letters
from reports.models import DistributionList, IncomingLetter, Letter
from reports.models.letter import LetterKind
from reports.typesetting import rendering

UNASKED: dict[str, Any] = {
    "distribution_list": None,
    "addressees": [],
    "reply_to_number": "",
    "reply_to_on": None,
}
# Of everybody whom the letter tells.
DECISION: dict[str, Any] = {
    "key": "",
    "kind": DecisionKind.DECISION,
    "starts_on": None,
    "debtors": "",
    "asks": Asks.ANSWER,
    "owed_by": [],
    "owed_by_others": [],
}


def write(users: dict[str, User]) -> Letter:
    """All of them; the reply, in review, is given back to be walked along the road."""
    rows = source.read("free_letters")
    _list(rows["distribution_list"])
    _information(rows["information"], users)
    _announcement(rows["announcement"], users)
    for row in rows["incoming"]:
        _came(row, users)
    return _reply(rows["reply"], users)


def road_of_the_reply(users: dict[str, User]) -> dict[str, tuple[User, datetime.datetime]]:
    row = source.read("free_letters")["reply"]
    return {step: (users[row[step][0]], row[step][1]) for step in ("approved", "registered", "scan_confirmed")}


def _list(row: dict) -> None:
    created = DistributionList.objects.create(name=row["name"], addressee=row["addressee"])
    created.organizations.set(Organization.objects.filter(short_name__in=row["organizations"]))


def _information(row: dict, users: dict[str, User]) -> None:
    by, at = users[row["author"]], row["at"]
    letter = drafts.begin(kind=LetterKind.INFORMATION, by=by, at=at)
    for figure in row["figures"]:
        drafts.add_figure(of=letter, **figure)
    _save(letter, by, at, row["page"])


def _announcement(row: dict, users: dict[str, User]) -> None:
    planned = next(event for event in source.read("events") if event["key"] == row["event"])
    event = Event.objects.get(topic=planned["topic"], starts_at=planned["starts_at"])
    drafts.begin(kind=LetterKind.ANNOUNCEMENT, event=event, by=users[row["author"]], at=row["at"])


def _reply(row: dict, users: dict[str, User]) -> Letter:
    by, at = users[row["author"]], row["at"]
    asked = Organization.objects.get(short_name=row["organization"])
    letter = drafts.begin(kind=LetterKind.REPLY, incoming=_asked(row, asked, users), by=by, at=at)
    lines, email = addressees.prefilled(asked, None, at.date())
    who = {"organization": asked, "person": None, "lines": lines.replace("Директору", "Ректору"), "email": email}
    _save(letter, by, at, row["page"] | {"addressees": [who]})
    enclosed = row["appendix"]
    appendices.add(of=letter, data=_paper(enclosed), file_name=enclosed["file_name"], title=enclosed["title"])
    letter = Letter.objects.select_related("manuscript").get(pk=letter.pk)
    letters.file_draft(letter=letter, by=by, at=row["filed_at"])
    return Letter.objects.get(pk=letter.pk)


def _asked(row: dict, sender: Organization, users: dict[str, User]) -> IncomingLetter:
    """The letter that came in and is replied to."""
    page = row["page"]
    theirs = {"their_number": page["reply_to_number"], "their_on": page["reply_to_on"]}
    said = {"organization": sender.short_name, "subject": page["subject_line"], "executor": row["author"]}
    return _came({**row["incoming"], **theirs, **said}, users)


def _came(row: dict, users: dict[str, User]) -> IncomingLetter:
    """Registered, and with its resolution where the director has written one."""
    sender = Organization.objects.get(short_name=row["organization"])
    incoming = arrivals.register(
        by=users[row["clerk"]],
        at=row["at"],
        sender=sender,
        sender_name=sender.short_name,
        received_on=row["at"].date(),
        **{name: row[name] for name in ("their_number", "their_on", "subject", "number")},
    )
    if "resolved" in row:
        director, at = row["resolved"]
        executor, said = users[row["executor"]].person, {name: row[name] for name in ("resolution", "due_on")}
        resolutions.resolve(incoming=incoming, executor=executor, by=users[director], at=at, **said)
    return incoming


def _save(letter: Letter, by: User, at: datetime.datetime, page: dict) -> None:
    decisions = [DECISION | row for row in page.get("decisions", [])]
    given = UNASKED | page | {"decisions": decisions}
    drafts.save(of=letter, by=by, at=at, version=letter.manuscript.version, **given)


def _paper(enclosed: dict) -> bytes:
    items = format_html_join("", "<p>{}. {}</p>", enumerate(enclosed["lines"], 1))
    title = enclosed["title"]
    page = '<!DOCTYPE html><html lang="ru"><head><title>{}</title></head><body><h1>{}</h1>{}</body></html>'
    return rendering.table_document(format_html(page, title, title, items))
