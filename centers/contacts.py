"""Where letters go: the address in the record of an organisation or of a person, by whoever learnt a better one."""

from django.db import transaction

from centers.models import Organization, Person, User
from rcro_portal.lib import records
from rcro_portal.lib.changes import authorship


@transaction.atomic
def mend(*, record: Organization | Person, held: str, email: str, by: User) -> None:
    """Put ``email`` in the place of ``held``; the act stands in the record's history. Nobody's log-in changes.

    Raises Moved where the record has another address by now.
    """
    with authorship.explain("Адрес исправлен по письму, которое ушло", by=by.pk):
        records.change(record, held={"email": held}, email=email)
