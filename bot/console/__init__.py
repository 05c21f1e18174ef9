"""The console of staff at /console."""
