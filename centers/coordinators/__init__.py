"""Who coordinates a centre, from which day to which: a right follows from these days alone, and each is told."""
