"""Whom a full name means: the row that is there, else a new one."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F

from centers.models import Person, PersonMerge
from rcro_portal.lib import records


@transaction.atomic
def known_or_new(person: Person) -> Person:
    """The person of exactly that name, if there is one, else this one, saved.

    Of two requests at the same moment the second waits and finds the first one's row. A namesake is put down by the
    administrator, who sees both.
    """
    if person.pk:
        return person
    # Of rows that are not there yet nobody can wait for one: all wait for the row that stands for their kind.
    ContentType.objects.filter(app_label="centers", model="person").update(model=F("model"))
    named = {name: getattr(person, name) for name in ("surname", "given_name", "patronymic")}
    if known := Person.objects.filter(**named).order_by(F("archived_at").desc(nulls_first=True), "pk").first():
        return _kept(known)
    person.save()
    return person


def _kept(person: Person) -> Person:
    """The row into which this one was merged, however often; one that was put away alone comes out of the archive."""
    if merge := PersonMerge.objects.filter(gone=person, undone_at=None).select_related("kept").first():
        return _kept(merge.kept)
    if person.is_archived:
        records.change(person, held={"archived_at": person.archived_at}, archived_at=None, archive_reason="")
    return person
