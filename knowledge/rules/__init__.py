"""The plan's rules as pure functions: facts in, outcome with its steps and clauses out."""
