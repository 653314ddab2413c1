"""A deployment: nothing secret gets into git or an image, and containers may do no more than they need."""

import fnmatch
import re
import subprocess
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from tests.house.tree import ROOT

# Text behind ``>``, ``-out`` and ``-keyout`` in the recipes; what lies elsewhere on the machine is not in question.
MADE = re.compile(r"""(?:[^<>=-]>|-out|-keyout) +"?([\w.][\w./-]*)"?""")
CODE = re.compile(r"```sh\n(.*?)```|`([^`\n]+)`", re.DOTALL)
ALWAYS = {
    "secrets/secret_key",
    "secrets/database_url",
    ".env",
    ".env.local",
    "var/db.sqlite3",
    "portal.dump",
    "store.tar",
}
NEED = {
    "postgres": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
    "redis": {"CHOWN", "DAC_OVERRIDE", "SETGID", "SETUID"},
    "proxy": {"NET_BIND_SERVICE"},
}
MAILS = {"web", "mail"}


def made() -> set[str]:
    """Names of files that the recipes of docs/deploy.md make in the folder where they are run."""
    text = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
    code = [block or inline for block, inline in CODE.findall(text)]
    names = {name for one in code for name in MADE.findall(one)}
    return {name for name in names if not name.startswith("..")} | ALWAYS


def in_image(name: str) -> bool:
    """By .dockerignore, of which only a part is spoken here: plain patterns, ``**/`` before one, a whole folder."""
    paths = [str(one) for one in (PurePosixPath(name), *PurePosixPath(name).parents)][:-1]
    patterns = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] not in "#!"]
    tried = [(path, pattern.removeprefix("**/")) for pattern in patterns for path in paths]
    return not any(fnmatch.fnmatch(path, pattern) for path, pattern in tried)


def test_recipes_are_found() -> None:
    assert {"secrets/secret_key", "ca.key", "authority.pem", "director.key", "director.p12", "director.ext"} <= made()


def test_nothing_that_a_recipe_makes_gets_into_git_or_an_image() -> None:
    asked = "\n".join(sorted(made()))
    command = ["git", "check-ignore", "--stdin", "--no-index"]
    ignored = subprocess.run(command, cwd=ROOT, input=asked, capture_output=True, text=True, check=False).stdout.split()
    assert made() - set(ignored) == set()
    assert {name for name in made() if in_image(name)} == set()


@pytest.mark.parametrize("name", ["manage.py", "rcro_portal/settings.py", "static/js/portal.js", "script/serve"])
def test_what_the_image_needs_is_in_it(name: str) -> None:
    assert in_image(name)


# -- Containers ---------------------------------------------------------------------------------------


def services() -> dict[str, dict[str, Any]]:
    return compose()["services"]


def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


def test_containers_may_do_what_they_need_and_no_more() -> None:
    for name, service in services().items():
        assert service["cap_drop"] == ["ALL"], name
        assert set(service.get("cap_add", ())) == NEED.get(name, set()), name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["read_only"] is True, name
        assert all("size=" in one for one in service.get("tmpfs", ())), name
        assert service["logging"]["options"] == {"max-size": "20m", "max-file": "5"}, name


def test_networks_lead_outside_only_where_that_is_needed() -> None:
    leads = {name: set(service["networks"]) for name, service in services().items()}
    assert compose()["networks"]["inside"] == {"internal": True}
    assert {name for name, seen in leads.items() if "outside" in seen} == MAILS
    assert all(leads[name] == {"inside"} for name in ("postgres", "redis", "beat", "worker"))
    assert leads["proxy"] == {"front"}
    assert {name for name, seen in leads.items() if "front" in seen} == {"web", "proxy"}


def test_images_are_named_to_the_last_number() -> None:
    named = [service["image"] for service in services().values() if "build" not in service]
    named += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name in named if not re.search(r":\d+\.\d+(\.\d+)?-", name)] == []


def test_who_is_unhealthy_for_long_is_started_again() -> None:
    checks = {name: one["healthcheck"]["test"] for name, one in services().items() if "healthcheck" in one}
    ours = {name: test for name, test in checks.items() if "script/healthy" in test}
    assert {"web", "worker"} <= ours.keys()
    assert all(test[1] == "script/or-end" for test in ours.values())
    assert all(services()[name]["restart"] == "unless-stopped" and services()[name]["init"] for name in ours)
