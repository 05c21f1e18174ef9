"""Takes foreign files apart; only for the process that `knowledge.intake.extraction` starts, which says why."""
