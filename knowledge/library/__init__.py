"""The official documents: read from their folders, checked, edited, and kept in versions."""
