"""How much somebody may ask for, and how often they may fail."""
