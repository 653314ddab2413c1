import pytest

from tests.factories.reports import Office
from tests.factories.reports import office as make_office


@pytest.fixture
def office() -> Office:
    return make_office()
