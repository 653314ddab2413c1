"""Names a question of a yearly request through the years."""

import secrets


def new_key() -> str:
    """Also a field of the form, so it begins with a letter."""
    return f"q{secrets.token_hex(4)}"
