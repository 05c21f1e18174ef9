"""Who may be in danger, what they say afterwards, and how they are met."""
