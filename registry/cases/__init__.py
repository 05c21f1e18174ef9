"""The cases: how far each has come, who may see it, and what is due."""
