"""What people state of themselves: numbers, dates and choices, taken from their own words."""
