"""Every journey by its name."""

from dialogue.journeys.calculators import WORKED_OUT
from dialogue.journeys.my_data import MY_DATA
from dialogue.journeys.register import REGISTER

JOURNEYS = {journey.name: journey for journey in (*WORKED_OUT, REGISTER, *MY_DATA)}
