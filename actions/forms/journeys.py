"""Every journey by its name."""

from actions.forms.worked_out import WORKED_OUT
from actions.registration.journey import REGISTER
from actions.registration.my_data import MY_DATA

JOURNEYS = {journey.name: journey for journey in (*WORKED_OUT, REGISTER, *MY_DATA)}
