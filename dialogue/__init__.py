"""How a conversation collects facts over several turns: what is read, taken, checked, asked and shown. Knows
neither Rasa nor a database."""
