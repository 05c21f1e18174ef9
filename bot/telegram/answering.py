"""What we say to each thing that somebody does in Telegram."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from telegram.error import TelegramError

from bot.messages import Message, Mode, Reply, Script, Turn
from bot.senders import Sender
from bot.telegram.commands import FORGET, commands
from bot.telegram.sound import LARGEST_NOTE, LONGEST_NOTE, BadSound, NoEngine, Sound, SoundError
from bot.telegram.updates import (
    Blocked,
    BotIdentity,
    ChatPlace,
    Commanded,
    Edited,
    Ignored,
    Incoming,
    Pressed,
    Said,
    SharedContact,
    SharedPlace,
    Spoke,
    Unreadable,
)
from dialogue.mark import Status
from knowledge.language.numerals import ordinal
from knowledge.language.writing import normalised
from knowledge.places.nearest_city import nearest_city
from registry.telegram.chats import TelegramChat, TelegramChats
from registry.values.masking import masked
from voice.doubts import Verdict

CHANNEL = "telegram"
_CONSENT, _PHONE, _CONFIRM = "consent", "phone", "confirm"
_PLACES = frozenset({"city", "county"})
_NOT_IN_GROUPS = frozenset({"register", "mydata", "delete", "voice", "text", "easy"})
"""Commands about a person."""
_PERSONAL = frozenset({_CONSENT, "consent_disability", "name", _PHONE, _CONFIRM, "case_number"})
"""Slots that no form asks for in a group."""


class Talk(Protocol):
    """As bot.conversation.Conversation."""

    async def handle(self, turn: Turn) -> Reply: ...

    async def say(self, sender: Sender, response: str, script: Script | None = ..., **values: str) -> Reply: ...

    async def pace(self, sender: Sender) -> float: ...

    async def forget(self, sender: Sender) -> None: ...


@dataclass(frozen=True)
class Answer:
    """What is said to what came in."""

    messages: Sequence[Message] = ()
    status: Status = Status.COMMAND
    aloud: bool = False
    """Whether it is spoken too."""


class Answering:
    """Turns what comes in into answers."""

    def __init__(
        self, talk: Talk, chats: TelegramChats, sound: Sound, me: BotIdentity, fetch: Callable[[str], Awaitable[bytes]]
    ) -> None:
        """`fetch` gives the bytes of a file by the name Telegram has for it."""
        self._talk = talk
        self._chats = chats
        self._sound = sound
        self._me = me
        self._fetch = fetch
        self._offered: dict[Sender, Sequence[str]] = {}
        """What the choices of our own send, which the conversation does not know of."""

    async def answer(self, incoming: Incoming, turn: str) -> Answer:
        """The answer to `incoming`; `turn` is the same where it comes again."""
        if isinstance(incoming, Ignored):
            return Answer()
        if isinstance(incoming, Blocked):
            self._chats.block(incoming.where.sender.key, incoming.blocked)
            return Answer()
        if incoming.where.group:
            return await self._in_group(incoming, turn)
        return await _Private(self, incoming.where, turn).answer(incoming)

    async def _in_group(self, incoming: Incoming, turn: str) -> Answer:
        """Answers questions; whatever is about a person is for a chat with that person alone."""
        if isinstance(incoming, Commanded):
            says = commands().says.get(incoming.name, "")
            text = "" if incoming.name in _NOT_IN_GROUPS else says
        elif isinstance(incoming, Pressed):
            text = incoming.data
        elif isinstance(incoming, Said):
            text = incoming.text
        else:
            return Answer()
        where = incoming.where
        if not text or masked(text) != text:
            return await self._not_in_groups(where)
        reply = await self._talk.handle(Turn(where.sender, text, CHANNEL, id=turn))
        if reply.asking in _PERSONAL:
            await self._talk.handle(Turn(where.sender, commands().says["cancel"], CHANNEL))
            return await self._not_in_groups(where)
        return Answer(reply.messages, reply.status)

    async def _not_in_groups(self, where: ChatPlace) -> Answer:
        return Answer((await self._talk.say(where.sender, "utter_telegram_not_in_groups", bot=self._me.name)).messages)


class _Private:
    """What came in from one person in a chat of their own."""

    def __init__(self, door: Answering, where: ChatPlace, turn: str) -> None:
        # A part of the door, which has what the door has.
        self._talk, self._chats, self._sound = door._talk, door._chats, door._sound  # noqa: SLF001
        self._fetch, self._offered = door._fetch, door._offered  # noqa: SLF001
        self._where = where
        self._turn = turn
        self._chat: TelegramChat = self._chats.meet(where.sender.key, where.chat)

    async def answer(self, incoming: Incoming) -> Answer:
        answer = await self._answered(incoming)
        if self._chat.is_new and answer.messages:
            return replace(answer, messages=[await self._say("privacy"), *answer.messages])
        return answer

    async def _answered(self, incoming: Incoming) -> Answer:
        if not isinstance(incoming, Said | Spoke):
            # Only words say whether something was heard right; whoever goes on otherwise has let go of it.
            self._sound.forget(self._where.sender)
        if isinstance(incoming, Commanded):
            return await self._commanded(incoming)
        if isinstance(incoming, Pressed):
            return await self._forgotten() if incoming.data == FORGET else await self._said(incoming.data)
        if isinstance(incoming, Said):
            beside = [await self._say(f"unreadable_{incoming.beside}")] if incoming.beside else []
            verdict, text = await self._sound.written(self._where.sender, self._chosen(incoming.text))
            return await self._judged(verdict, text, before=beside)
        if isinstance(incoming, Spoke):
            return await self._spoke(incoming)
        if isinstance(incoming, SharedContact):
            return await self._shared_contact(incoming)
        if isinstance(incoming, SharedPlace):
            return await self._shared_place(incoming)
        if isinstance(incoming, Unreadable):
            return Answer([await self._say(f"unreadable_{incoming.kind}")])
        return Answer([await self._say("edited")]) if isinstance(incoming, Edited) else Answer()

    async def _shared_contact(self, incoming: SharedContact) -> Answer:
        if not incoming.own:
            return Answer([await self._say("contact_of_another")])
        if self._chat.asking != _PHONE:
            return Answer([await self._say("contact_unasked")])
        return await self._said(incoming.phone)

    async def _judged(self, verdict: Verdict, text: str, *, before: Sequence[Message], spoken: bool = False) -> Answer:
        """The answer to what was said; where it was heard without certainty, the question whether it was that."""
        if verdict is Verdict.TAKE:
            return await self._said(text, before=before, spoken=spoken)
        values = {"heard": text} if verdict is Verdict.SAY_BACK else {}
        reply = await self._talk.say(self._where.sender, f"utter_{verdict.value}", None, **values)
        return Answer([*before, *reply.messages], reply.status, self._aloud(spoken))

    async def _said(self, text: str, *, before: Sequence[Message] = (), spoken: bool = False) -> Answer:
        told = normalised(text).strip(" 。.!！")
        if told in commands().notices_on or told in commands().notices_off:
            return await self._want_notices(told in commands().notices_on)
        self._offered.pop(self._where.sender, None)
        mode = Mode.EASY if self._chat.easy else Mode.VOICE if spoken else None
        reply = await self._talk.handle(Turn(self._where.sender, text, CHANNEL, mode, id=self._turn))
        messages = [*before, *reply.messages]
        if reply.status is Status.ENDED:
            return Answer(messages, reply.status, self._aloud(spoken))
        if reply.asking == _CONSENT and self._chat.asking != _CONSENT and not self._chat.is_new:
            messages.insert(len(before), await self._say("privacy_again"))
        if self._has_registered(reply):
            messages.append(await self._offering(await self._say("offer_notices"), beside=reply))
        if reply.asking != self._chat.asking:
            self._chats.asks(self._where.sender.key, reply.asking)
        return Answer(messages, reply.status, self._aloud(spoken) and bool(reply.messages))

    def _has_registered(self, reply: Reply) -> bool:
        saved = self._chat.asking == _CONFIRM and reply.asking is None and reply.status is Status.ANSWERED
        return saved and not self._chat.notices and self._chats.is_registered(self._where.sender.key)

    def _aloud(self, spoken: bool) -> bool:
        return self._chat.voice == "always" or (spoken and self._chat.voice != "never")

    async def _spoke(self, incoming: Spoke) -> Answer:
        if incoming.seconds > LONGEST_NOTE:
            return Answer([await self._say("long_voice", seconds=f"{LONGEST_NOTE:.0f}")])
        if incoming.size > LARGEST_NOTE:
            return Answer([await self._say("bad_voice")])
        try:
            understood = await self._sound.hear(self._where.sender, await self._fetch(incoming.file))
        except NoEngine:
            return Answer([await self._say("no_ears")])
        except BadSound:
            return Answer([await self._say("bad_voice")])
        except (SoundError, TelegramError):
            return Answer([await self._say("deaf_now")])
        heard = understood.heard.text
        if not heard:
            return Answer([await self._say("heard_nothing")], aloud=self._aloud(True))
        # What is asked about, or was asked about before, is said back there.
        plain = understood.verdict is Verdict.TAKE and understood.text == heard
        before = [await self._say("heard", heard=heard)] if plain else []
        return await self._judged(understood.verdict, understood.text, before=before, spoken=True)

    async def _shared_place(self, incoming: SharedPlace) -> Answer:
        nearest = nearest_city(incoming.north, incoming.east)
        if not nearest.may_be_home:
            return Answer([await self._say("not_in_jiangxi")])
        if self._chat.asking not in _PLACES:
            return Answer([await self._say("nearest_city_unasked", city=nearest.city)])
        return Answer([await self._offering(await self._say("nearest_city", city=nearest.city))])

    async def _commanded(self, incoming: Commanded) -> Answer:
        if incoming.name == "start" and incoming.argument in commands().links:
            return await self._said(commands().links[incoming.argument])
        if incoming.name in commands().says and incoming.name in commands().menu:
            return await self._said(commands().says[incoming.name])
        if incoming.name == "voice":
            self._chats.prefer(self._where.sender.key, voice="always")
            can = await self._sound.can_speak()
            return Answer([await self._say("voice_on" if can else "voice_missing")], aloud=can)
        if incoming.name == "text":
            self._chats.prefer(self._where.sender.key, voice="never", easy=False)
            return Answer([await self._say("text_only")])
        if incoming.name == "easy":
            self._chats.prefer(self._where.sender.key, easy=True)
            return Answer([await self._say("easy")])
        if incoming.name == "delete":
            return Answer([await self._offering(await self._say("delete"))])
        return Answer([await self._say("unknown_command")])

    async def _want_notices(self, wanted: bool) -> Answer:
        if wanted and not self._chats.is_registered(self._where.sender.key):
            return Answer([await self._say("notices_unregistered")])
        self._chats.want_notices(self._where.sender.key, wanted)
        return Answer([await self._say("notices_on" if wanted else "notices_off")])

    async def _forgotten(self) -> Answer:
        said = await self._say("forgotten")
        await self._talk.forget(self._where.sender)
        self._offered.pop(self._where.sender, None)
        return Answer([said])

    def _chosen(self, text: str) -> str:
        """What the choice of our own sends that `text` is the number of; else `text`."""
        offered = self._offered.get(self._where.sender, ())
        number = ordinal(normalised(text), bare=True) if offered else None
        return offered[number - 1] or text if number and number <= len(offered) else text

    async def _offering(self, message: Message, beside: Reply | None = None) -> Message:
        """`message`, whose buttons may be chosen by number too, behind those of the reply beside it."""
        before = [""] * sum(len(each.buttons) for each in (beside.messages if beside else ()))
        self._offered[self._where.sender] = [*before, *(button.payload for button in message.buttons)]
        return message

    async def _say(self, response: str, **values: str) -> Message:
        return (await self._talk.say(self._where.sender, f"utter_telegram_{response}", None, **values)).messages[0]
