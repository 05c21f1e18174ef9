"""A question is known by what it means where its words are others."""

from knowledge.search.meaning_index import MeaningIndex

EXAMPLES = {
    "stall": ("我想摆个摊卖水果", "在街边摆地摊要收费吗", "夜市里能给我留个位置吗"),
    "training": ("学电脑有补贴吗", "想参加技能培训", "培训班在哪里报名"),
    "none": ("今天天气怎么样", "讲个笑话", "谁赢了球赛"),
}
EACH = dict.fromkeys(EXAMPLES, 3)


def test_other_words_of_the_same_meaning_are_found() -> None:
    index = MeaningIndex(EXAMPLES, EACH)

    assert index.likeliest("晚上去热闹的地方做点小买卖") == "stall"
    assert index.likeliest("想去学一门手艺") == "training"
    assert index.likeliest("明天会下雨吗") == "none"


def test_no_more_of_each_are_kept_than_asked_for() -> None:
    assert MeaningIndex(EXAMPLES, {"stall": 0, "training": 3, "none": 0}).likeliest("摆个摊") == "training"


def test_without_examples_nothing_is_likeliest() -> None:
    assert MeaningIndex[str]({}, {}).likeliest("摆个摊") is None
