"""The database and its key: where everything is kept, encrypted, audited and upgraded."""
