"""Chinese as it is written and sounds: characters, numerals, surnames."""
