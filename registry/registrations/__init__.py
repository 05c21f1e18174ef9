"""The registrations: consents, what people told, and what is counted and exported of it."""
