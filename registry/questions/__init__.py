"""What was asked and not answered, what staff taught, and counts with nobody in them."""
