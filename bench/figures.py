"""The figures: what each is called, what it may be at most or must be at least, and which module measures it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A figure without its value: ``at_most`` or ``at_least`` says on which side of the limit it must stay."""

    name: str
    measure: str
    database: str = "sqlite"
    at_most: float | None = None
    at_least: float | None = None

    @property
    def limit(self) -> float:
        limit = self.at_most if self.at_most is not None else self.at_least
        assert limit is not None
        return limit

    @property
    def sign(self) -> str:
        return "<=" if self.at_most is not None else ">="

    def accepts(self, value: float | None) -> bool:
        """A figure that could not be measured is accepted by no limit."""
        if value is None:
            return False
        return value <= self.limit if self.at_most is not None else value >= self.limit


INSERTS = ("inserts", "bulk_inserts")
LIGHT = ("log_in", "home_coordinator", "home_methodist", "home_director")
FIRST_VISITS = [
    *(Figure(f"{page}_kilobytes", "bench.browser", at_most=200) for page in LIGHT),
    *(Figure(f"{page}_largest_paint_seconds", "bench.browser", at_most=2.5) for page in (*LIGHT, "letter", "centers")),
]
FIGURES = [
    Figure("letter_941_drawing_to_bare_weasyprint", "bench.drawing", at_most=1.10),
    Figure("draft_preview_p95_seconds", "bench.preview", at_most=0.4),
    Figure("worker_memory_1000_to_100_letters", "bench.memory", at_most=1.10),
    Figure("final_pdf_on_page_p95_seconds", "bench.road", at_most=1.5),
    Figure("signing_cpu_ms", "bench.signing", at_most=40),
    Figure("signed_one_p95_seconds", "bench.signing", at_most=2),
    Figure("signed_ten_p95_seconds", "bench.signing", at_most=15),
    Figure("center_list_to_bare_page_cpu", "bench.lists", at_most=1.5),
    Figure("center_list_queries", "bench.lists", at_most=8),
    Figure("api_list_to_bare_rows_p95_cpu", "bench.read_api", at_most=1.5),
    Figure("api_list_queries", "bench.read_api", at_most=5),
    Figure("decade_list_queries", "bench.decade", at_most=8),
    Figure("decade_card_queries", "bench.decade", at_most=12),
    Figure("decade_list_to_bare_page_cpu", "bench.decade", at_most=1.5),
    Figure("decade_plot_cpu_ms", "bench.decade", at_most=25),
    Figure("people_5000_rows_seconds", "bench.tables", at_most=20),
    Figure("organizations_5000_rows_seconds", "bench.tables", at_most=20),
    Figure("certificates_filled_to_drawn_cpu", "bench.certificates", at_most=0.08),
    Figure("certificates_drawn_share", "bench.certificates", at_most=0.02),
    Figure("certificates_5000_seconds", "bench.certificates", at_most=20),
    Figure("certificates_memory_5000_to_1000", "bench.certificates", at_most=1.10),
    Figure("clicks_941", "bench.effort", at_most=40),
    Figure("characters_941", "bench.effort", at_most=2_400),
    Figure("numbers_per_second_sqlite", "bench.numbers", at_least=200),
    Figure("numbers_per_second_postgresql", "bench.numbers", database="postgresql", at_least=200),
    *(Figure(f"recorded_to_bare_{kind}_sqlite", "bench.changes", at_most=1.5) for kind in INSERTS),
    *(
        Figure(f"recorded_to_bare_{kind}_postgresql", "bench.changes", database="postgresql", at_most=2.2)
        for kind in INSERTS
    ),
]
