"""What is kept of talks: transcripts, requests for a person, messages of staff, calls."""
