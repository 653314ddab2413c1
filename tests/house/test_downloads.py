"""Files leave the portal by one door, which knows how they may be named."""

import ast

from tests.house.tree import name, python_files, syntax

DOOR = "rcro_portal/lib/downloads.py"
SAID = ("content-disposition", "filename=")
CALLED = {"FileResponse", "content_disposition_header"}


def test_only_one_module_names_files_to_a_browser() -> None:
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python_files()
        if name(path) != DOOR and "/views/" in f"/{name(path)}".replace("views.py", "views/")
        for node in ast.walk(syntax(path))
        if _says(node)
    ]
    assert found == []


def _says(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return any(word in node.value.casefold() for word in SAID)
    return (isinstance(node, ast.Name) and node.id in CALLED) or (
        isinstance(node, ast.ImportFrom) and bool({one.name for one in node.names} & CALLED)
    )
