"""Takes a new document in: its text out of a foreign file, guesses, and a draft for a person to edit."""
