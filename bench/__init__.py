"""What measures speed. ``script/bench`` runs it; README.md says what is measured and why."""
