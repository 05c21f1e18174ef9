"""Sends a service what nobody should: `make fuzz`, or `python -m tools.fuzz`."""
