"""Who took part: marks of coordinators, ticks of a page, self-marking by a code, and those who are counted only."""
