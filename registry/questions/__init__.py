"""What was asked and not answered, what staff taught, and counts without anybody in them."""
