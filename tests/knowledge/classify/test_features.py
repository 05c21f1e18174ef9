"""What is counted in a text: characters, sounds and words."""

import jieba
import numpy as np
import pytest

from knowledge.classify.features import Analyser, Features, bare, character_grams, sound_grams, words


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("残疾人，有补贴吗？", "残疾人有补贴吗"),
        ("殘疾 人 ＡＢＣ", "残疾人abc"),
        ("超过1.5%的", "超过15%的"),
        ("浙江有吗", "外省有吗"),
        ("？！……", ""),
    ],
)
def test_punctuation_spaces_and_other_places_do_not_count(text: str, left: str) -> None:
    assert bare(text) == left


def test_characters_are_counted_in_runs_of_one_to_three() -> None:
    assert list(character_grams("有低保")) == ["有", "低", "保", "有 低", "低 保", "有 低 保"]


def test_sounds_are_counted_in_runs_of_one_to_three() -> None:
    assert list(sound_grams("女低保")) == ["lv", "di", "bao", "lv di", "di bao", "lv di bao"]


def test_homophones_count_as_the_same_sounds() -> None:
    assert sound_grams("底保") == sound_grams("低保")


@pytest.mark.parametrize("name", ["实赣有位来", "蜗牛之翼", "省残联"])
def test_a_name_of_the_shipped_documents_is_one_word(name: str) -> None:
    assert name in words(f"请问{name}是什么")


def test_the_dictionary_that_other_code_in_the_process_shares_is_left_alone() -> None:
    assert list(words("实赣有位来")) == ["实赣有位来"]
    assert jieba.lcut("实赣有位来") != ["实赣有位来"]


TEXTS = ("学手艺有补贴吗", "开店有贷款吗", "哪里可以学手艺，学手艺要钱吗")


@pytest.mark.parametrize(
    ("analysers", "length"), [([character_grams], 1.0), ([sound_grams], 1.0), ([words, words, words], 3**0.5)]
)
def test_each_way_of_counting_adds_a_row_of_length_one(analysers: list[Analyser], length: float) -> None:
    rows = Features(analysers).fit_transform(TEXTS)

    assert np.sqrt(rows.multiply(rows).sum(axis=1)).A1.tolist() == pytest.approx([length] * len(TEXTS))


@pytest.mark.parametrize("place", range(len(TEXTS)))
def test_a_text_alone_has_the_row_it_had_among_those_learnt(place: int) -> None:
    features = Features()
    rows = features.fit_transform(TEXTS)

    assert features.row(TEXTS[place]).toarray()[0].tolist() == pytest.approx(rows[place].toarray()[0].tolist())


@pytest.mark.parametrize("text", ["月亮", "", "？！"])
def test_a_text_that_shares_nothing_with_what_was_learnt_has_an_empty_row(text: str) -> None:
    features = Features()
    rows = features.fit_transform(TEXTS)

    assert (features.row(text).nnz, features.row(text).shape) == (0, (1, rows.shape[1]))


def test_what_occurs_in_too_few_texts_is_not_counted() -> None:
    assert Features([character_grams], min_count=2).fit_transform(["补贴", "补助"]).shape == (2, 1)


def test_texts_may_come_one_by_one() -> None:
    assert Features([character_grams]).fit_transform(iter(("补贴", "补助"))).shape[0] == 2
