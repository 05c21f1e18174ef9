"""What staff at the desk fill in for a caller: the same journeys as in a conversation, as forms."""
