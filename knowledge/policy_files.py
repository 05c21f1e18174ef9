"""The one door to what a policy officer owns: knowledge/policy, whose README says what each file is."""

from pathlib import Path

POLICY = Path(__file__).parent / "policy"
DOCUMENTS = POLICY / "documents"
"""A folder for each official document: source.txt, document.yml, clauses.yml, questions."""
PARAMETERS = POLICY / "parameters"
"""Figures that change, each with the days from which it holds and its source."""
MEASURES = POLICY / "measures.yml"
"""Who each measure is for, by which the navigator finds it."""
OVERVIEWS = POLICY / "overviews.yml"
"""What there is for a group of people, or of one kind."""
RULE_CLAUSES = POLICY / "rule_clauses.yml"
"""Which clauses of which document the rules and a registration cite."""
COUNTIES, CITY_CENTRES, PLACES = POLICY / "counties.yml", POLICY / "city_centres.yml", POLICY / "places.yml"
ASPECTS, NOT_COVERED = POLICY / "aspects.yml", POLICY / "not_covered.yml"
"""Example questions by what is asked of a measure, and of what no document answers."""
