"""The drawings of steps in the READMEs are the tables of steps in the code."""

from django.core.management import call_command

from rcro_portal.management.commands.statemachine import machines


def test_drawings_are_true() -> None:
    call_command("statemachine", "--check")


def test_every_state_of_a_machine_has_its_row() -> None:
    """A state without a row in the table would fail with KeyError at its first step."""
    for model in machines():
        states = [value for value, _ in model._meta.get_field("status").flatchoices]
        assert (model.__name__, sorted(vars(model)["TRANSITIONS"])) == (model.__name__, sorted(states))
