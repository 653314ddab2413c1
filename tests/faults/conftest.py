"""Processes of their own read the machine's clock, and so does the portal beside them."""

from collections.abc import Iterator

import pytest

from tests import clock


@pytest.fixture(scope="package", autouse=True)
def machine_clock() -> Iterator[None]:
    """Also for what is prepared once for many tests."""
    with clock.standing(None):
        yield
