"""Every journey that collects facts: calculators, the navigator, a registration, and what one may do with it after."""
