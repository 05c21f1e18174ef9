"""What keeps the records in order: retention, deletion, new keys, copies."""
