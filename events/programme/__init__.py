"""What is done at an event and what people get of it; what the last one of its kind leaves to the next."""
