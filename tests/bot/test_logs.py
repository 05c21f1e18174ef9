"""What is logged tells nobody who wrote."""

import logging

from bot.logs import MaskingFormatter


def logged(message: str, *values: object, error: Exception | None = None) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, message, values, info)
    return MaskingFormatter("%(asctime)s %(message)s").format(record)


def test_phones_id_numbers_and_names_are_masked() -> None:
    line = logged("refused: %s", "我叫刘小梅,电话13800138000,身份证360102198501011234")

    assert "refused: " in line
    for secret in ("刘小梅", "13800138000", "360102198501011234"):
        assert secret not in line


def test_a_traceback_that_quotes_is_masked_too() -> None:
    try:
        raise ValueError("cannot read 13800138000")
    except ValueError as error:
        line = logged("a turn failed", error=error)

    assert "ValueError" in line
    assert "13800138000" not in line


def test_the_time_of_a_line_stays_readable() -> None:
    assert logged("ready")[:2] == "20"
