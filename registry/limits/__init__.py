"""How much people may ask for, and how often they may fail."""
