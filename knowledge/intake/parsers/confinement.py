"""What the process that takes a foreign file apart may use."""

import contextlib
import resource

LARGEST_OUTPUT = 4 * 1024 * 1024
"""Bytes of the largest file it may write, its answer."""
_MOST_OPEN_FILES = 64


def confine(seconds: int, memory: int) -> None:
    """Limits this process to `seconds` of processor time and `memory` bytes, for good."""
    # The first limit ends the process with SIGXCPU, by which the parent knows it; the second cannot be caught.
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    # macOS knows this limit and refuses to set it; there the others hold, and the time also bounds what can be filled.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_OUTPUT, LARGEST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN_FILES, _MOST_OPEN_FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
