"""Every text in one way of writing, and back into the characters a person reads."""

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.language.writing import is_traditional, normalised, simplified, traditional, written_date


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        pytest.param("ＡＢＣ１２３", "ABC123", id="full-width letters and digits"),
        pytest.param("１．５％，好！", "1.5%,好!", id="full-width punctuation"),
        pytest.param("残疾 人 就业 补贴", "残疾人就业补贴", id="a recogniser's spaces"),
        pytest.param("残疾　人", "残疾人", id="an ideographic space"),
        pytest.param("好 。 我 、 你", "好。我、你", id="spaces round Chinese punctuation"),
        pytest.param("残疾人 ， 就业 ？", "残疾人,就业?", id="spaces round full-width punctuation"),
        pytest.param("我  要 100\n块", "我要 100 块", id="spaces round a number"),
        pytest.param("hello  world", "hello world", id="spaces between letters"),
        pytest.param("  低保 \t\r\n", "低保", id="spaces at the ends"),
        pytest.param("残\u200b疾\ufeff人", "残疾人", id="zero-width characters"),
        pytest.param("\u202e低\u2067保", "低保", id="direction marks"),
        pytest.param("低\x00保\x07", "低保", id="control characters"),
        pytest.param("低\ud800保", "低保", id="half a surrogate pair"),
        pytest.param("低\ue000保", "低保", id="private characters"),
        pytest.param("殘疾人就業補貼", "残疾人就业补贴", id="Traditional characters"),
        pytest.param("臺灣裏面", "台湾里面", id="regional forms"),
        pytest.param("建立、新增", "建立、新增", id="words stay the same"),
        pytest.param("①第㈠", "1第(一)", id="circled numbers"),
        pytest.param("低保，Rasa？", "低保,Rasa?", id="letters keep their case"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_text_in_normal_form(text: str, normal: str) -> None:
    assert normalised(text) == normal


_ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("残疾人殘業乾坤著作，。、 \u200b\u3000\u0301e1"))
)


@settings(deadline=None)
@given(_ANY_TEXT)
@example("e\u200b\u0301")
@example("\u1100\u200b\u1161")
@example("乾 坤")
def test_normal_form_is_its_own_normal_form(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@settings(deadline=None)
@given(_ANY_TEXT)
def test_normal_form_can_be_written_to_a_file(text: str) -> None:
    assert normalised(text).encode("utf-8").decode("utf-8") == normalised(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("殘疾人有補貼嗎", True),
        ("我想問殘疾人補貼怎麼領", True),
        ("臺灣", True),
        ("台灣", True),
        ("裏面", True),
        ("殘疾人补贴標準", True),
        ("残疾人有补贴吗", False),
        ("我想問残疾人补贴", False),
        ("残疾人補贴", False),
        ("低保", False),
        ("政策", False),
        ("hello 12385", False),
        ("", False),
    ],
)
def test_a_writer_of_traditional_characters_is_known_by_most_of_the_characters(text: str, expected: bool) -> None:
    assert is_traditional(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("残疾人", "殘疾人"),
        ("就业补贴", "就業補貼"),
        ("发展", "發展"),
        ("头发", "頭髮"),
        ("以后", "以後"),
        ("皇后", "皇后"),
        ("里面", "裡面"),
        ("公里", "公里"),
        ("软件信息", "軟件信息"),
        ("低保 1.5%", "低保 1.5%"),
    ],
)
def test_traditional_characters_are_chosen_by_the_word_they_stand_in(text: str, expected: str) -> None:
    assert traditional(text) == expected


@pytest.mark.parametrize("text", ["残疾人就业补贴", "发展", "头发", "台湾", "里面", "为什么", "辅具适配"])
def test_what_was_made_traditional_comes_back_simplified(text: str) -> None:
    assert simplified(traditional(text)) == text


def test_a_date_is_written_as_documents_print_it() -> None:
    assert written_date(date(2022, 9, 7)) == "2022年9月7日"
