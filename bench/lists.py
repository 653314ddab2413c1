"""The list of centres against a bare page of fifty rows with the same base template, session and log-in."""

import json
import statistics

import django

from bench.drawing import cpu_seconds

ROUNDS, WARM_UP = 60, 10


def main() -> None:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from centers.models import User

    client = Client(headers={"host": "localhost"})
    client.force_login(next(user for user in User.objects.order_by("pk") if "methodist" in user.roles))
    ours, bare = reverse("centers:center-list"), reverse("bench-bare-list")

    def page(address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)

    for _ in range(WARM_UP):
        page(ours), page(bare)
    pairs = [(cpu_seconds(lambda: page(ours)), cpu_seconds(lambda: page(bare))) for _ in range(ROUNDS)]
    ratio = statistics.median(one for one, _ in pairs) / statistics.median(other for _, other in pairs)
    with CaptureQueriesContext(connection) as queries:
        page(ours)
    print(json.dumps({"center_list_to_bare_page_cpu": ratio, "center_list_queries": len(queries)}))


if __name__ == "__main__":
    from django.conf import settings

    settings.ROOT_URLCONF = "bench.urls"
    settings.TEMPLATES[0]["DIRS"].append(settings.BASE_DIR / "bench" / "templates")
    django.setup()
    main()
