"""A real voice note goes through the real engines and the real conversation, and a real one comes back."""

import pytest

from bot.app.service import Service
from tests.bot.telegram.emulator import BotApi
from tests.bot.telegram.people import message
from tests.bot.telegram.test_telegram_conversation import door
from voice.sound.audio import read_audio, write_opus
from voice.speaking.voices import Voices


@pytest.mark.slow
async def test_a_question_that_is_spoken_is_answered_in_writing_with_its_clause_and_aloud(
    service: Service, api: BotApi
) -> None:
    voices = Voices(None, None)
    note = await voices.speak("我吃低保，想自己摆个摊，低保会不会停？")
    voices.close()
    api.files["note"] = write_opus(note)
    about = {"file_id": "note", "file_unique_id": "u", "duration": round(note.seconds), "mime_type": "audio/ogg"}
    async with door(service, api) as speech:
        # They take longer to load, and to be put together the first time, than anybody waits for an answer.
        lacking = [await speech.lacks() for _ in range(4)]
        assert lacking[-1] == (None, None)
        api.push(**message(74, voice=about))
        await api.until(lambda: [each for each in api.sent if each.voice], seconds=120)

    written = next(each for each in api.sent if not each.voice)
    spoken = next(each for each in api.sent if each.voice)
    assert "低保" in written.text.splitlines()[2], written.text
    assert "<blockquote expandable>" in written.html
    sound = read_audio(spoken.voice)
    assert (spoken.about["duration"], sound.seconds > 3) == (round(sound.seconds), True)
