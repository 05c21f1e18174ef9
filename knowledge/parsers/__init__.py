"""Takes foreign files apart; only for the process that `knowledge.extraction` starts, which says why."""
