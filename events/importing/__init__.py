"""Plan-schedules that offices bring: ``plan_rows`` reads a row, ``plan`` says what becomes of it."""
