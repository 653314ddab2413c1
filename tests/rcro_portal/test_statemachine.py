from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from events.models import Outcome
from rcro_portal.management.commands import statemachine

OUTCOME = """```mermaid
stateDiagram-v2
    draft: Черновик
    filed: Направлено
    [*] --> draft
    draft --> filed
    filed --> draft
```"""


@pytest.fixture
def readmes(tmp_path: Path, settings: Settings) -> Path:
    """A README with empty places for every machine of its app."""
    settings.BASE_DIR = tmp_path
    for model in statemachine.machines():
        path = statemachine.readme(model)
        path.parent.mkdir(exist_ok=True)
        with path.open("a") as text:
            text.write(f"# About\n<!-- states:{model.__name__} -->\n<!-- /states -->\nThe end.\n")
    return tmp_path


def test_drawing_names_states_and_steps() -> None:
    assert statemachine.drawing(Outcome) == OUTCOME


def test_drawing_replaces_only_what_stands_between_its_markers() -> None:
    text = "Before\n<!-- states:Outcome -->\nold\n<!-- /states -->\nAfter"
    assert statemachine.redrawn(Outcome, text) == (
        f"Before\n<!-- states:Outcome -->\n{OUTCOME}\n<!-- /states -->\nAfter"
    )


def test_check_fails_until_drawn(readmes: Path) -> None:
    with pytest.raises(CommandError, match="Outcome"):
        call_command("statemachine", "--check")
    call_command("statemachine")
    call_command("statemachine", "--check")


def test_missing_place_is_named(readmes: Path) -> None:
    (readmes / "events" / "README.md").write_text("# Nothing here\n")
    with pytest.raises(CommandError, match=r"events/README.md has no place for"):
        call_command("statemachine")
