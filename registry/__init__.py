"""What the assistant records. Imports nothing else of the project."""
