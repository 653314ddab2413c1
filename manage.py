#!/usr/bin/env python
"""Django's command line for the portal."""

import contextlib
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rcro_portal.settings")
    from django.core.management import execute_from_command_line

    from rcro_portal.lib.changes import authorship

    # What migrations change stands in their own code; before the first of them there is no log.
    migrates = "migrate" in sys.argv
    act = contextlib.nullcontext() if migrates else authorship.begin(through=" ".join(["manage.py", *sys.argv[1:2]]))
    with act:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
