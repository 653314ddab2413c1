"""What waits for a person today, and how far an event has come: read from every room below, written nowhere."""
