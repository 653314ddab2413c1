"""Where letters go: the address in the record of an organisation or of a person, by whoever learnt a better one."""

import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from centers.models import Organization, Person, User
from rcro_portal.lib import records


@transaction.atomic
def mend(*, record: Organization | Person, held: str, email: str, by: User, at: datetime.datetime) -> None:
    """Put ``email`` in the place of ``held``; the act stands in the record's history. Nobody's log-in changes.

    Raises Moved where the record has another address by now.
    """
    records.change(record, held={"email": held}, email=email)
    LogEntry.objects.create(
        user=by,
        action_time=at,
        content_type=ContentType.objects.get_for_model(record),
        object_id=str(record.pk),
        object_repr=str(record)[:200],
        action_flag=CHANGE,
        change_message=f"Адрес исправлен по письму, которое ушло: {held or 'не был указан'} → {email}",
    )
