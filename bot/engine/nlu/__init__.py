"""Our components of Rasa's NLU pipeline."""
