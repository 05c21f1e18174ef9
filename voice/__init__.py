"""Between sound and text."""
