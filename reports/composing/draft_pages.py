"""What the editor of a free letter holds, as data: kept in revisions and read by people part by part."""

import datetime
from typing import Any

from django.db.models import Model

from centers.models import Organization, Person
from rcro_portal.lib import russian
from rcro_portal.lib.drafts.differences import Part
from rcro_portal.lib.quotes import quoted
from rcro_portal.lib.refusals import Refusal
from reports.models import DistributionList, Letter, Manuscript
from reports.models.manuscript import Audience

type Page = dict[str, Any]

LINES = {
    "subject_line": "Заголовок письма",
    "addressee": "Адресат",
    "salutation": "Обращение",
    "body": "Текст",
    "closing": "Заключительная фраза",
    "reply_to_number": "На №",
}


class NoLongerKnown(Refusal):
    """A revision names a person whom the directory has not any more."""


def draft_page(letter: Letter) -> Page:
    """The letter's page as it stands in the database."""
    manuscript = Manuscript.objects.select_related("letter", "distribution_list").get(letter=letter)
    fields = {name: getattr(manuscript, name) for name in LINES if name != "subject_line"}
    return as_data(
        subject_line=manuscript.letter.subject_line,
        audience=manuscript.audience,
        distribution_list=manuscript.distribution_list,
        reply_to_on=manuscript.reply_to_on,
        addressees=[
            {name: getattr(row, name) for name in ("organization", "person", "lines", "email")}
            for row in letter.addressees.select_related("organization", "person").order_by("position", "pk")
        ],
        **fields,
    )


def as_data(**page: Any) -> Page:
    """What ``LetterEditor.cleaned`` gives, in JSON; names are copied, so that nothing is looked up later."""
    listed, answered_on = page.get("distribution_list"), page.get("reply_to_on")
    return {
        **{name: page.get(name, "") for name in LINES},
        "audience": page["audience"],
        "distribution_list": listed.pk if listed else None,
        "distribution_list_name": str(listed or ""),
        "reply_to_on": answered_on.isoformat() if answered_on else "",
        "addressees": [
            {
                "organization": row["organization"].pk if row["organization"] else None,
                "person": row["person"].pk if row["person"] else None,
                "lines": row["lines"],
                "email": row["email"],
            }
            for row in page["addressees"]
        ],
    }


def parts(page: Page) -> list[Part]:
    """The page as people read it."""
    answered_on = datetime.date.fromisoformat(page["reply_to_on"]) if page["reply_to_on"] else None
    to = " ".join(filter(None, [Audience(page["audience"]).label, page["distribution_list_name"]]))
    return [
        Part("audience", "Кому направить", to, page["audience"]),
        *(Part(name, title, page[name], page[name]) for name, title in LINES.items()),
        Part("reply_to_on", "От", russian.short_date(answered_on) if answered_on else "", page["reply_to_on"]),
        *(
            Part("addressees", "Адресат", f"{row['lines']}\n{row['email']}".strip(), row, number)
            for number, row in enumerate(page["addressees"], 1)
        ),
    ]


def keywords(page: Page) -> dict[str, Any]:
    """The page for ``drafts.save``. Raises NoLongerKnown."""
    return {
        **{name: page[name] for name in LINES},
        "audience": page["audience"],
        "distribution_list": _known(DistributionList, page["distribution_list"], page["distribution_list_name"]),
        "reply_to_on": datetime.date.fromisoformat(page["reply_to_on"]) if page["reply_to_on"] else None,
        "addressees": [
            {
                "organization": _known(Organization, row["organization"], row["lines"]),
                "person": _known(Person, row["person"], row["lines"]),
                "lines": row["lines"],
                "email": row["email"],
            }
            for row in page["addressees"]
        ],
    }


def _known(model: type[Model], pk: int | None, name: str) -> Any:
    if pk is None:
        return None
    found = model._default_manager.filter(pk=pk).first()
    if found is None:
        raise NoLongerKnown(f"В этом варианте есть {quoted(name)}, а в справочнике такой записи больше нет.")
    return found
