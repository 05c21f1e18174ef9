"""Every journey that collects facts: calculators, the navigator, a registration, and what can be done with it later."""
