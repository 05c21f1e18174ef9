"""Places: those of Jiangxi, those elsewhere, and which of them a text names."""
