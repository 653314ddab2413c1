"""What a system reads by a token against the bare queryset of the same rows and fields, written as JSON by one view."""

import datetime
import gc
import json

import django

from bench.drawing import cpu_seconds

ROUNDS, WARM_UP = 100, 10


def main() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from django.utils import timezone

    from centers.models import User
    from rcro_portal.api import tokens
    from reports.models import ApiScope

    secret, now = tokens.made_up(), timezone.now()
    day = timezone.localdate() + datetime.timedelta(days=1)
    by = User.objects.order_by("pk").first()
    tokens.issue(system="bench", scopes=ApiScope.values, ends_on=day, secret=secret, by=by, at=now)
    client = Client(headers={"host": "localhost", "Authorization": f"Bearer {secret}"})
    ours, bare = reverse("api-projects"), reverse("bench-bare-rows")

    def read(address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    for _ in range(WARM_UP):
        read(ours), read(bare)
    # What was loaded is looked through again and again otherwise, always in the turn of the same of both.
    gc.collect()
    gc.freeze()
    pairs = [(cpu_seconds(lambda: read(ours)), cpu_seconds(lambda: read(bare))) for _ in range(ROUNDS)]
    late = int(0.95 * ROUNDS)
    ratio = sorted(one for one, _ in pairs)[late] / sorted(other for _, other in pairs)[late]
    with CaptureQueriesContext(connection) as queries:
        read(ours)
    print(json.dumps({"api_list_to_bare_rows_p95_cpu": ratio, "api_list_queries": len(queries)}))


if __name__ == "__main__":
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.urls"
    settings.ACCOUNT_RATE_LIMITS = {}
    django.setup()
    main()
