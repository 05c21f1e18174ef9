"""What people ask about us, and what they doubt in themselves: nothing that a document answers."""
