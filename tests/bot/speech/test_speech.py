"""`POST /api/speech`: recordings of every kind, and what is said of those that cannot be used."""

import base64
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from bot.audio_store import KeptAudio, place_of_recording, remove_recordings
from bot.conversation import Conversation
from bot.http.multipart import FormError, read_form
from bot.senders import OPEN, Sender
from bot.speech.engines_and_recordings import Speech
from bot.web.app import create_app
from bot.web.speech import LARGEST_RECORDING
from knowledge.library.documents import Library
from registry.store.encryption import Cipher
from tests.bot.speech.hearing_and_speaking import FakeHearing, FakeVoices, missing, said, silence, speech, text_in
from tests.bot.web.talking import FakeConversation, answer
from voice.errors import VoiceError
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import Pcm, read_audio, write_opus, write_wav

DESCRIPTION = YAML(typ="safe").load(
    (Path(__file__).parents[3] / "bot" / "web" / "openapi.yml").read_text(encoding="utf-8")
)


@pytest.fixture
def fake() -> FakeConversation:
    return FakeConversation()


def client(fake: FakeConversation, engines: Speech | None = None) -> httpx.AsyncClient:
    app = create_app(fake, engines or speech())  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


def schema(name: str) -> Draft7Validator:
    whole = {**DESCRIPTION["components"]["schemas"][name], "components": DESCRIPTION["components"]}

    def nullable(each: dict[str, Any]) -> dict[str, Any]:
        if each.pop("nullable", False) is True:
            each["type"] = [each["type"], "null"]
        return each

    return Draft7Validator(json.loads(json.dumps(whole), object_hook=nullable))


async def test_a_recording_is_heard_and_answered_in_words_and_sound(fake: FakeConversation) -> None:
    fake.answers["低保会停吗"] = answer("不会停。延三年。")
    reply = await client(fake).post("/api/speech?sender=a", content=write_wav(said("低保会停吗")))

    assert reply.status_code == 200
    assert list(schema("SpokenReply").iter_errors(reply.json())) == []
    assert reply.json()["heard"] == {"text": "低保会停吗", "confidence": 0.95}
    assert reply.json()["messages"][0]["text"] == "不会停。延三年。"
    sound = read_audio(base64.b64decode(reply.json()["audio"]["base64"]))
    assert text_in(sound.samples) == "不会停。"
    assert sound.seconds == pytest.approx(1.6)
    assert [(turn.sender.key, turn.channel) for turn in fake.turns] == [("open-a", "voice")]


async def test_a_form_is_read_byte_for_byte(fake: FakeConversation) -> None:
    reply = await client(fake).post(
        "/api/speech",
        data={"sender": "a", "mode": "easy", "script": "hant"},
        files={"audio": ("a.wav", write_wav(said("低保会停吗")), "audio/wav")},
    )

    assert reply.json()["heard"]["text"] == "低保会停吗"
    assert [(turn.mode, turn.script) for turn in fake.turns] == [("easy", "hant")]


@pytest.mark.parametrize("kind", ["audio/wav", "audio/ogg"])
async def test_whoever_accepts_sound_gets_nothing_but_sound(fake: FakeConversation, kind: str) -> None:
    reply = await client(fake).post("/api/speech?sender=a", content=write_wav(said("问")), headers={"accept": kind})

    assert reply.headers["content-type"] == kind
    assert read_audio(reply.content).seconds > 0.5


async def test_the_reply_is_spoken_as_fast_as_the_person_asked_for(fake: FakeConversation) -> None:
    voices = FakeVoices()
    fake.paces[Sender(OPEN, "a")] = 0.75
    await client(fake, speech(voices=voices)).post("/api/speech?sender=a", content=write_wav(said("问")))

    assert [rate for _, rate, _ in voices.spoken] == [0.75]


async def test_what_was_hardly_heard_is_asked_back_and_a_yes_in_the_next_recording_counts(
    fake: FakeConversation,
) -> None:
    async with client(fake) as http:
        first = await http.post("/api/speech?sender=a", content=write_wav(said("城相低保?")))
        other = await http.post("/api/speech?sender=b", content=write_wav(said("对")))
        second = await http.post("/api/speech?sender=a", content=write_wav(said("对")))

    assert first.json()["messages"][0]["text"] == "utter_say_back城相低保。"
    assert other.json()["messages"][0]["text"] == "您说对。"
    assert second.json()["messages"][0]["text"] == "您说城相低保。"


async def test_the_slot_a_form_asks_for_is_expected(fake: FakeConversation) -> None:
    hearing = FakeHearing()
    fake.asking_for = "phone"
    await client(fake, speech(hearing)).post("/api/speech?sender=a", content=write_wav(said("幺三八")))

    assert [hints.asking for hints in hearing.asked] == ["phone"]


async def test_silence_is_no_turn(fake: FakeConversation) -> None:
    reply = await client(fake).post("/api/speech?sender=a", content=write_wav(silence()))

    assert (reply.status_code, reply.json()["heard"]["text"], fake.turns) == (200, "", [])
    assert reply.json()["messages"][0]["text"] == "utter_nothing_heard。"


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        pytest.param(b"", 422, "empty", id="no byte"),
        pytest.param(b"hello, this is a letter" * 50, 415, "not_audio", id="a letter"),
        pytest.param(write_wav(silence(0.01)), 422, "too_short", id="nothing in it"),
        pytest.param(write_wav(silence(600.0))[: LARGEST_RECORDING - 1], 413, "too_long", id="ten minutes"),
        pytest.param(b"x" * (LARGEST_RECORDING + 1), 413, "too_large", id="too many bytes"),
        pytest.param(write_opus(said("问", 5.0))[:900], 422, "truncated", id="half of it"),
    ],
)
async def test_a_recording_that_cannot_be_used_gets_a_code_and_a_sentence(
    fake: FakeConversation, data: bytes, status: int, code: str
) -> None:
    reply = await client(fake).post("/api/speech?sender=a", content=data)

    assert list(schema("SpeechError").iter_errors(reply.json())) == []
    assert (reply.status_code, reply.json()["code"], fake.turns) == (status, code, [])
    assert reply.json()["error"] != ""


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/api/speech?sender=", "sender"),
        ("/api/speech?sender=a&mode=loud", "mode"),
        ("/api/speech?sender=a&script=latin", "script"),
    ],
)
async def test_a_wrong_field_is_named(fake: FakeConversation, address: str, named: str) -> None:
    reply = await client(fake).post(address, content=write_wav(said("问")))

    assert (reply.status_code, reply.json()["code"], named in reply.json()["error"]) == (422, "malformed", True)


async def test_a_form_without_a_recording_is_told_so(fake: FakeConversation) -> None:
    reply = await client(fake).post("/api/speech", data={"sender": "a"}, files={"picture": b"x"})

    assert (reply.status_code, "picture" in reply.json()["error"]) == (422, True)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=b", b"--b\r\nno form"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
        ("multipart/form-data; boundary=b", b"--b\r\nx" * 40 + b"--b--"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n' * 2 + b"--b--",
        ),
    ],
)
def test_what_is_no_form_is_refused(kind: str, body: bytes) -> None:
    with pytest.raises(FormError):
        read_form(kind, body)


async def test_without_a_recogniser_the_answer_is_503_and_says_how_to_ask_otherwise(fake: FakeConversation) -> None:
    without = Speech(missing, FakeVoices, lambda: Library(()))
    async with client(fake, without) as http:
        reply = await http.post("/api/speech?sender=a", content=write_wav(said("问")))
        ready = await http.get("/readyz")

    assert (reply.status_code, reply.json()["code"], reply.headers["retry-after"]) == (503, "model_missing", "30")
    assert "12385" in reply.json()["error"]
    assert ready.status_code == 200


async def test_without_a_voice_the_words_still_come(fake: FakeConversation) -> None:
    without = Speech(FakeHearing, missing, lambda: Library(()))
    reply = await client(fake, without).post("/api/speech?sender=a", content=write_wav(said("问")))

    assert (reply.json()["audio"], reply.json()["messages"][0]["text"]) == (None, "您说问。")


class BrokenHearing(FakeHearing):
    """Has too much to do."""

    async def hear(self, pcm: Pcm, hints: Hints = Hints()) -> Transcript:
        raise VoiceError("busy", "ten wait already")


async def test_a_recogniser_with_too_much_to_do_is_503(fake: FakeConversation) -> None:
    reply = await client(fake, speech(BrokenHearing())).post("/api/speech?sender=a", content=write_wav(said("问")))

    assert (reply.status_code, reply.json()["code"]) == (503, "busy")


async def test_engines_that_were_missing_are_found_once_they_are_there(fake: FakeConversation) -> None:
    there: list[FakeHearing] = []
    engines = Speech(lambda: there[0] if there else missing(), FakeVoices, lambda: Library(()))
    async with client(fake, engines) as http:
        before = await http.post("/api/speech?sender=a", content=write_wav(said("问")))
        there.append(FakeHearing())
        after = await http.post("/api/speech?sender=a", content=write_wav(said("问")))

    assert (before.status_code, after.status_code) == (503, 200)


async def test_only_the_documents_own_sentences_are_kept_as_sound(conversation: Conversation) -> None:
    voices = FakeVoices()
    engines = Speech(FakeHearing, lambda: voices, conversation.library)
    clause = conversation.library().clause("jiangxi-2022-2024", "2.5.5")

    from voice.speaking.sentences import sentences
    from voice.speaking.spoken import spoken

    own = sentences(spoken(clause.spoken))[0]
    await engines.speak(own)
    await engines.speak("刘小梅，您的电话是幺三八。")

    assert [(text, keep) for text, _, keep in voices.spoken] == [(own, True), ("刘小梅，您的电话是幺三八。", False)]


# Sound that is kept --------------------------------------------------------------------------------------------------


class Clock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def cipher(tmp_path: Path) -> Cipher:
    return Cipher.load(tmp_path / "key")


async def test_sound_is_not_kept_unless_it_is_asked_for(fake: FakeConversation, tmp_path: Path, cipher: Cipher) -> None:
    kept = KeptAudio(tmp_path / "audio", 0, cipher)
    engines = Speech(FakeHearing, FakeVoices, lambda: Library(()), kept)
    await client(fake, engines).post("/api/speech?sender=a", content=write_wav(said("问")))

    assert not (tmp_path / "audio").exists()


async def test_sound_is_kept_encrypted_and_goes_after_its_days(
    fake: FakeConversation, tmp_path: Path, cipher: Cipher
) -> None:
    clock = Clock()
    kept = KeptAudio(tmp_path / "audio", 7, cipher, clock)
    engines = Speech(FakeHearing, FakeVoices, lambda: Library(()), kept)
    recording = write_wav(said("问"))
    await client(fake, engines).post("/api/speech?sender=a", content=recording)
    (file,) = (tmp_path / "audio").iterdir()

    assert base64.b64decode(cipher.decrypt(file.read_text(), place_of_recording(file.name))) == recording
    assert file.name.startswith(cipher.index("open-a"))
    clock.now += 8 * 86_400
    kept.let_go()
    assert list((tmp_path / "audio").iterdir()) == []


def test_whoever_has_everything_deleted_leaves_no_sound(tmp_path: Path, cipher: Cipher) -> None:
    kept = KeptAudio(tmp_path / "audio", 7, cipher)
    for sender in ("a", "b", "c"):
        kept.keep(sender, said("问"))
    gone = remove_recordings(tmp_path / "audio", [cipher.index("a"), cipher.index("b")])

    assert gone == 2
    assert [path.name.split("-")[0] for path in (tmp_path / "audio").iterdir()] == [cipher.index("c")]


def test_what_was_kept_goes_once_nothing_is_to_be_kept(tmp_path: Path, cipher: Cipher) -> None:
    KeptAudio(tmp_path / "audio", 7, cipher).keep("a", said("问"))
    KeptAudio(tmp_path / "audio", 0, cipher)

    assert list((tmp_path / "audio").iterdir()) == []
