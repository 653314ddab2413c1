"""Problem areas of the stages: kept by hand, or taken from the outcome of an event that names them."""
