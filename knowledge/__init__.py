"""What the assistant knows: documents, search, answers, rules. Imports nothing else of the project."""
