"""Files of an answer that is still written: taken one by one, so that a refused one costs the others nothing."""

import datetime
from collections.abc import Collection, Iterable

from django.db import transaction

from centers.models import User
from events.models import Commitment, PreparedFile
from rcro_portal.lib import uploads
from rcro_portal.lib.refusals import Refusal

FILES_AT_MOST = 20


class TooMany(Refusal):
    words = f"К ответу можно приложить до {FILES_AT_MOST} файлов. Соберите их в один PDF или уберите лишние."


def prepared(commitment: Commitment, by: User) -> list[PreparedFile]:
    return list(PreparedFile.objects.filter(commitment=commitment, by=by).order_by("pk"))


def prepare(
    *, commitment: Commitment, files: Iterable[uploads.Upload], kept: Collection[int], by: User, at: datetime.datetime
) -> None:
    """Those that lay there and are in ``kept`` stay, the others go; ``files`` come beside them. Raises TooMany."""
    lying, files = PreparedFile.objects.filter(commitment=commitment, by=by), list(files)
    if lying.filter(pk__in=kept).count() + len(files) > FILES_AT_MOST:
        raise TooMany
    # The store may take its time: no transaction waits for it.
    rows = [uploads.keep(one) for one in files]
    with transaction.atomic():
        lying.exclude(pk__in=kept).delete()
        PreparedFile.objects.bulk_create(
            PreparedFile(commitment=commitment, by=by, at=at, name=name, digest=digest, size=size)
            for name, digest, size in rows
        )


def sent(*, commitment: Commitment, by: User) -> None:
    """They go along with the answer; call it in its transaction."""
    PreparedFile.objects.filter(commitment=commitment, by=by).delete()
