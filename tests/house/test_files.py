"""The repository stands alone: no file names a registry, and the locks hold versions and hashes only."""

import json
import re
from collections import Counter

from tests.house.tree import ROOT, name, tracked

# Written in halves, so that this file does not name what it looks for.
HOSTS = [("py", "pi.org"), ("python", "hosted"), ("registry", ".npmjs"), ("deb", ".debian.org")]
REGISTRIES = re.compile("|".join(re.escape("".join(halves)) for halves in HOSTS))
PINNED = re.compile(r"^([a-z0-9._-]+)==\S+( ; .+)? \\$", re.MULTILINE)


def test_no_file_names_a_registry() -> None:
    texts = (path for path in tracked() if path.suffix not in {".png", ".pdf", ".ttf", ".woff2", ".ico"})
    assert [name(path) for path in texts if REGISTRIES.search(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_npm_lock_says_what_and_not_where() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [path for path, package in packages.items() if "resolved" in package] == []
    assert [path for path, package in packages.items() if path and "integrity" not in package] == []


def test_development_lock_holds_all_of_the_runtime_one() -> None:
    """So that one environment serves both, whichever was installed last."""
    runtime, development = (_versions(f"requirements{kind}.lock") for kind in ("", "-dev"))
    assert runtime - development == set()


def test_no_two_decisions_share_a_number() -> None:
    numbers = Counter(path.name[:4] for path in (ROOT / "docs/adr").glob("*.md"))
    assert [number for number, files in numbers.items() if files > 1] == []


def _versions(lock: str) -> set[str]:
    return {match.group(0) for match in PINNED.finditer((ROOT / lock).read_text())}
