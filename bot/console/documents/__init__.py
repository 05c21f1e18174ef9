"""The documents, the questions they answer, and those they do not."""
