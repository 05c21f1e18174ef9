"""From sound to what was said: speech told from noise, hearing, and what it must have been."""
