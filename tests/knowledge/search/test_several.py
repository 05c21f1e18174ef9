"""Which texts ask for several clauses at once."""

import pytest

from knowledge.language.writing import normalised
from knowledge.library.loading import load_library
from knowledge.search.overviews import groups, kinds
from knowledge.search.several import Wanted, read_several
from knowledge.search.statements import short_statement

PAIRS = {
    "公益性岗位和辅助性就业哪个好": ("公益性岗位", "辅助性就业"),
    "机关和企业的要求有什么不一样": ("机关的要求", "企业的要求"),
    "保健按摩跟医疗按摩有什么不同": ("保健按摩", "医疗按摩"),
    "自主创业还是公益性岗位更适合": ("自主创业", "公益性岗位"),
    "公益性岗位比农村阳光助残就业基地好吗": ("公益性岗位", "农村阳光助残就业基地"),
    "超比例奖励和不能评先进，这两条有什么区别": ("超比例奖励", "不能评先进"),
    "对比一下公益性岗位和自主创业": ("公益性岗位", "自主创业"),
    "事业单位跟国有企业的规定一样不": ("事业单位的规定", "国有企业的规定"),
}


@pytest.mark.parametrize(("text", "pair"), PAIRS.items())
def test_a_comparison_names_two_measures(text: str, pair: tuple[str, str]) -> None:
    read = read_several(normalised(text))
    assert read is not None
    assert (read.wanted, read.pairs) == (Wanted.COMPARISON, (pair,))


def test_whoever_asks_which_is_better_wants_a_judgement() -> None:
    texts = ("公益性岗位和辅助性就业哪个好", "公益性岗位和辅助性就业有什么区别")
    assert [read is not None and read.which_is_better for read in map(read_several, texts)] == [True, False]


WANTED = {
    "这两个有什么区别": Wanted.COMPARISON,
    "它们俩有啥不一样": Wanted.COMPARISON,
    "十项行动分别是哪些": Wanted.ACTIONS,
    "方案有哪些行动": Wanted.ACTIONS,
    "刚才说了哪些": Wanted.TOLD,
    "你刚刚都讲了什么": Wanted.TOLD,
    "把刚才说的跟我相关的列一下": Wanted.TOLD_FITTING,
    "挑最要紧的三样说": Wanted.MOST_IMPORTANT,
    "盲人有哪些政策": Wanted.OVERVIEW,
    "直接给钱的有哪些": Wanted.OVERVIEW,
    "有具体数字的有哪些": Wanted.OVERVIEW,
    "我是农村的，有哪些政策": None,
    "盲人按摩有哪些岗位": None,
    "公益性岗位有哪些": None,
    "培训补贴有哪些": None,
    "大学生有哪些补贴": None,
    "再说一遍刚才说的": None,
    "刚才说错了，是三百人": None,
    "页面点不动，跟死了一样": None,
    "两样都可以": None,
    "机关和事业单位要安排多少残疾人": None,
}


@pytest.mark.parametrize(("text", "wanted"), WANTED.items())
def test_what_is_wanted_shows_in_the_words_of_grammar(text: str, wanted: Wanted | None) -> None:
    read = read_several(normalised(text))
    assert (read and read.wanted) == wanted


@pytest.mark.parametrize(
    ("text", "most"), {"挑最要紧的三样说": 3, "只说最要紧的两个": 2, "最重要的十条列一下": 6}.items()
)
def test_how_many_are_wanted_is_read_up_to_six(text: str, most: int) -> None:
    read = read_several(text)
    assert read is not None
    assert read.most == most


def test_every_clause_of_an_overview_is_in_the_documents_and_has_a_short_statement() -> None:
    library = load_library()
    for overview in (*groups(), *kinds()):
        assert 1 <= len(overview.keys) <= 6
        for key in overview.keys:
            statement = short_statement(library.clause(*key.split("/")), overview.says)
            assert 4 <= len(statement) <= 40
