"""The same journeys as forms, which staff fill in for a caller."""
