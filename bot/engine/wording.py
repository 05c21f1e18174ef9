"""Fills Rasa's responses for eyes and, from their `channel: voice` variant, for ears."""

from typing import Any

from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.trackers import DialogueStateTracker

SPEECH = "speech"
_VOICE = "voice"


class TextAndSpeech(TemplatedNaturalLanguageGenerator):
    """Generates every response twice, so that one reply serves a screen and a loudspeaker."""

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any] | None:
        """The response for the channel with its spoken variant under "speech"; None where there is no such response."""
        return self.fill(utter_action, tracker.current_slot_values(), **kwargs)

    def fill(self, utter_action: str, slots: dict[str, Any], **kwargs: Any) -> dict[str, Any] | None:
        """The same outside a conversation."""
        draft: dict[str, Any] | None = self.generate_from_slots(utter_action, slots, "", **kwargs)
        if draft is not None:
            spoken = self.generate_from_slots(utter_action, slots, _VOICE, **kwargs)
            draft[SPEECH] = (spoken or draft).get("text", "")
        return draft
