import pytest
from pytest_django import Settings

from centers.models import Person
from tests.factories.centers import PersonFactory


@pytest.fixture(autouse=True)
def invented(settings: Settings) -> None:
    settings.NOTICE_REASONS = ["tests.rcro_portal.lib.notices.invented.REASONS"]
    settings.QUIET_HOURS = True


@pytest.fixture
def person() -> Person:
    return PersonFactory(surname="Ветрова")
