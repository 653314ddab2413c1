"""Modules and functions stay small enough to be read at one sitting."""

from tests.house.tree import functions, name, python_files

MODULE_LINES, TEST_MODULE_LINES, FUNCTION_LINES = 300, 400, 40


def test_modules_are_short() -> None:
    long = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in python_files(tests=True)}
    over = {
        file: lines
        for file, lines in long.items()
        if lines > (TEST_MODULE_LINES if file.startswith("tests/") else MODULE_LINES)
    }
    assert over == {}


def test_functions_are_short() -> None:
    over = {
        f"{name(path)}:{function.name}": lines
        for path in python_files()
        for function in functions(path)
        if (lines := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert over == {}


def test_every_function_says_its_types() -> None:
    silent = [
        f"{name(path)}:{function.name}"
        for path in python_files(tests=True)
        for function in functions(path)
        if function.returns is None
    ]
    assert silent == []
