"""`python -m knowledge.intake.parsers KIND SECONDS BYTES`: a file on stdin, JSON with text or fault on stdout."""

import json
import logging
import sys
from collections.abc import Callable

from knowledge.errors import DocumentError, FileBeyondLimits
from knowledge.intake.parsers.confinement import confine

MOST_LINES = 20_000
MOST_CHARACTERS = 500_000
"""China's Civil Code, the longest of its laws, has 110,000."""
_SMALLER = "save the part that matters as plain text (UTF-8), and add that"


def main(kind: str, seconds: str, memory: str) -> None:
    confine(int(seconds), int(memory))
    # The libraries tell of every fault of a file; a file of nothing but faults would fill the log.
    logging.disable()
    told: dict[str, str | bool]
    try:
        told = {"text": _read(kind)}
    except DocumentError as error:
        told = {"error": str(error), "beyond": isinstance(error, FileBeyondLimits)}
    except MemoryError:
        told = {"error": f"needs more memory than any document; {_SMALLER}", "beyond": True}
    except RecursionError:
        told = {"error": f"nested deeper than any document; {_SMALLER}", "beyond": True}
    sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False).encode("utf-8"))


def _read(kind: str) -> str:
    from knowledge.intake.parsers.text import tidy

    text = tidy(_reader(kind)(sys.stdin.buffer.read()))
    lines = text.count("\n") + 1
    if lines > MOST_LINES or len(text) > MOST_CHARACTERS:
        raise FileBeyondLimits(
            f"{lines} lines with {len(text)} characters, and {MOST_LINES} with {MOST_CHARACTERS} are read; "
            "add its parts one by one"
        )
    return text


def _reader(kind: str) -> Callable[[bytes], str]:
    if kind == "docx":
        from knowledge.intake.parsers.word import read_docx as reader
    elif kind == "pdf":
        from knowledge.intake.parsers.pdf import read_pdf as reader
    elif kind == "html":
        from knowledge.intake.parsers.web import read_html as reader
    else:
        from knowledge.intake.parsers.text import read_txt as reader
    return reader


if __name__ == "__main__":
    main(*sys.argv[1:])
