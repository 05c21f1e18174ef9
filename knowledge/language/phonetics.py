"""How Chinese text sounds to someone with a Jiangxi accent, so that 底保 and 低保 are the same word."""

from functools import lru_cache

from pypinyin import lazy_pinyin

# Initials and finals that Gan, Hakka and south-western Mandarin speakers do not tell apart, each folded to one
# (《汉语方言概要》; the same pairs that Chinese input methods offer as 模糊音).
_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_FINALS = (("ing", "in"), ("eng", "en"))
_HU = {"hu": "fu", "hua": "fa", "huai": "fai", "huan": "fan", "huang": "fan", "hui": "fei", "hun": "fen", "huo": "fo"}
_F = {"fang": "fan"}


@lru_cache(maxsize=4096)
def fold_syllable(syllable: str) -> str:
    """One toneless pinyin syllable with accents folded: zhi → zi, ning → lin, hui → fei."""
    if syllable in _HU:
        return _HU[syllable]
    if syllable in _F:
        return _F[syllable]
    for heard, folded in _INITIALS:
        if syllable.startswith(heard) and len(syllable) > len(heard):
            syllable = folded + syllable[len(heard) :]
            break
    for heard, folded in _FINALS:
        if syllable.endswith(heard):
            return syllable[: -len(heard)] + folded
    return syllable


def sounds(text: str) -> list[str]:
    """The folded syllables of `text`, one for each Chinese character; other runs of characters stay whole."""
    return [fold_syllable(syllable) for syllable in lazy_pinyin(text)]
