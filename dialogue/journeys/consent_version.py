"""Which text people agree to when they register."""

VERSION = "2026-11-25"
"""Of utter_ask_consent and utter_ask_consent_disability. Whoever changes either gives it a new version: what people
agreed to is kept with it."""
