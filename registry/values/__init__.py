"""What may be stored, in the one form in which it is; no database."""
