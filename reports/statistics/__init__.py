"""The region and the years as tables and charts: counts by the same rows as lists and figures, written nowhere."""
