"""Staff: accounts, passwords, codes, sessions."""
