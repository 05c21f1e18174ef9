"""The responses as nlu_data has them, filled without the engine."""

from ruamel.yaml import YAML

from bot.settings import PROJECT


class Wording:
    """Fills a response for the ear, as bot.conversation.Conversation.sentence does."""

    def __init__(self) -> None:
        self._responses: dict[str, list[dict[str, str]]] = {}
        for path in PROJECT.glob("nlu_data/*/responses.yml"):
            self._responses |= YAML(typ="safe").load(path.read_text(encoding="utf-8"))["responses"]

    def __call__(self, response: str, **values: str) -> str:
        variants = self._responses[response]
        spoken = [each["text"] for each in variants if each.get("channel") == "voice"]
        text = (spoken or [each["text"] for each in variants])[0]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", value)
        assert "{" not in text, f"{response} needs more than {sorted(values)}"
        return text
