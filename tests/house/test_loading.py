"""Every module of an app may be the first that a process loads: commands, tasks and pages begin at different ends."""

import os
import subprocess
import sys

from tests.house.tree import APPS, ROOT, python_files

# Forked for each module, so that none finds what another has loaded of the portal. What the first child loads of other
# packages is loaded once before all the others: none of those knows the portal.
LOADER = """
import importlib, os, sys
import django
django.setup()
OURS = {module.partition(".")[0] for module in sys.argv[1:]}
reading, writing = os.pipe()
if os.fork() == 0:
    for module in sys.argv[1:]:
        try:
            importlib.import_module(module)
        except BaseException:
            pass
    foreign = [name for name in sys.modules if name.partition(".")[0] not in OURS]
    with open(writing, "w") as pipe:
        pipe.write(" ".join(foreign))
    os._exit(0)
os.close(writing)
with open(reading) as pipe:
    for name in pipe.read().split():
        try:
            importlib.import_module(name)
        except BaseException:
            pass
os.wait()
broken = []
for module in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        try:
            importlib.import_module(module)
        except BaseException as error:
            print(f"{module}: {error}", flush=True)
            os._exit(1)
        os._exit(0)
    broken += [module] if os.waitpid(child, 0)[1] else []
sys.exit(bool(broken))
"""


def modules() -> list[str]:
    paths = (path.relative_to(ROOT) for path in python_files())
    return sorted(
        ".".join(path.with_suffix("").parts)
        for path in paths
        if path.parts[0] in APPS and path.parts[1] not in ("models", "admin.py") and path.stem != "__init__"
    )


def test_every_module_loads_by_itself() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADER, *modules()], cwd=ROOT, env=dict(os.environ), capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
