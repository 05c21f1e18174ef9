"""From a question to the clause that answers it."""
