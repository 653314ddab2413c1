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


@transaction.atomic
def prepare(
    *, commitment: Commitment, files: Iterable[uploads.Upload], kept: Collection[int], by: User, at: datetime.datetime
) -> None:
    """Those that lay there and are in ``kept`` stay, the others go; ``files`` come beside them. Raises TooMany."""
    lying = PreparedFile.objects.filter(commitment=commitment, by=by)
    lying.exclude(pk__in=kept).delete()
    files = list(files)
    if lying.count() + len(files) > FILES_AT_MOST:
        raise TooMany
    rows = (uploads.keep(one) for one in files)
    PreparedFile.objects.bulk_create(
        PreparedFile(commitment=commitment, by=by, at=at, name=name, digest=digest, size=size)
        for name, digest, size in rows
    )


def sent(*, commitment: Commitment, by: User) -> None:
    """They go along with the answer; call it in its transaction."""
    PreparedFile.objects.filter(commitment=commitment, by=by).delete()
