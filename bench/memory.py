"""What a worker holds after a thousand letters against what it held after a hundred, each letter another one."""

import json
import os
import sys
from pathlib import Path

import django

EARLY, LATE = 100, 1_000
CONTENT = Path(__file__).resolve().parent.parent / "tests" / "data" / "letter-941-content.json"


def resident_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main(late: int) -> None:
    from reports.typesetting import rendering

    content = json.loads(CONTENT.read_text(encoding="utf-8"))
    early = 0
    for number in range(1, late + 1):
        letter = [[name, f"{value} Письмо {number}." if name == "paragraph" else value] for name, value in content]
        rendering.draw(letter)
        if number == EARLY:
            early = resident_bytes()
    print(json.dumps({"worker_memory_1000_to_100_letters": resident_bytes() / early}))


if __name__ == "__main__":
    django.setup()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LATE)
