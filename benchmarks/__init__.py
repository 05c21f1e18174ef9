"""Measures what the project promises: `make bench`, or `python -m benchmarks [PART …]`."""
