"""Whatever is asked of the addresses for systems, their answers are what their description says."""

from typing import Any
from urllib.parse import urlencode

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.transport import Response
from schemathesis.specs.openapi import checks

from rcro_portal.api import tokens
from tests.factories import centers, events, projects
from tests.factories.reports import RegisterEntryFactory
from tests.rcro_portal.api.test_api import issue

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_both("the filters of lists meet their columns elsewhere")]
HELD = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
# Each costs a request; the same ones on every machine.
FEW = settings(max_examples=6, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
HOST = "http://testserver"


def sent(client: Client, case: Any) -> Response:
    """By Django's client: it keeps the transaction of the test."""
    path = f"{case.formatted_path}?{urlencode(case.query or {}, doseq=True)}"
    answer = client.get(path)
    headers = {name: [value] for name, value in answer.headers.items()}
    request = requests.Request("GET", HOST + path).prepare()
    return Response(answer.status_code, headers, answer.content, request, elapsed=0, verify=False)


def test_answers_are_what_the_description_says(client: Client) -> None:
    projects.ProjectLeadFactory()
    projects.ClusterMemberFactory(organization=centers.CenterFactory().organization)
    events.announced()
    RegisterEntryFactory()
    secret = tokens.made_up()
    issue(secret)
    system = Client(headers={"Authorization": f"Bearer {secret}"})
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    found = {one.ok().path: statuses(one.ok(), system) for one in schema.get_all_operations()}
    assert len(found) == 8
    assert set().union(*found.values()) >= {200, 404, 422}


def statuses(operation: Any, system: Client) -> set[int]:
    """Those of its answers, each of which is as described."""
    found: set[int] = set()

    @FEW
    @given(case=operation.as_strategy())
    def judged(case: Any) -> None:
        answer = sent(system, case)
        found.add(answer.status_code)
        case.validate_response(answer, checks=HELD)

    judged()
    return found
