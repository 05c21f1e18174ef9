"""A new document comes in as files that load, pass the check and wait for a person."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.errors import DocumentError
from knowledge.intake.draft_clauses import LONGEST_TITLE
from knowledge.intake.drafting import add_document, draft_document
from knowledge.intake.guessing import LONGEST_ID
from knowledge.library.checking import LONGEST_PLAIN, LONGEST_SPOKEN, check_document
from knowledge.library.documents import Clause, Document
from knowledge.library.loading import load_document, load_library
from knowledge.policy_files import DOCUMENTS
from knowledge.yaml_files import read_yaml

OPINION = """\
星河省人民政府办公厅文件
星府办发〔2025〕12号
星河省人民政府办公厅
关于印发《星河省促进残疾人就业三年行动
实施方案（2025—2027年）》的通知
各市、县人民政府：
《星河省促进残疾人就业三年行动实施方案（2025—2027年）》已经省政府同意，现印发给你们。
星河省人民政府办公厅
2025年6月25日
星河省促进残疾人就业三年行动实施方案（2025—2027年）
为促进残疾人就业，制定本方案。
一、总体目标
三年内新增残疾人就业1.2万人，每年培训不少于三千人次。
二、主要任务
（一）扩大就业。
1.开展“暖阳行动”专场招聘。每年至少组织2场“暖阳行动”招聘会，落实《星河省残疾人就业补贴办法》（星残发〔2024〕8号），\
对首次就业的残疾人（含未升学的高校毕业生），由用人单位所在地的县级残联按照每人每月500元的标准给予补贴，补贴期限最长不超过12个月，\
并优先推荐到公益性岗位。（省残联牵头，省财政厅、省人力资源和社会保障厅及各设区市按职责分工负责）
2.补贴创业。一次性补贴1万元。（责任单位：省残联、省税务局，各县（市、区）人民政府）
（二）加强培训。免费培训。培训后推荐就业。培训期间给予生活补助。
三、工作要求
（一）明确分工。各地各部门要抓好落实。
附件1
任务分工表
一、残联的任务
组织招聘。
二、财政的任务
安排资金。
"""
REGULATION = """\
星河市残疾人就业补贴办法（试行）
（2024年12月3日星河市人民政府令第21号公布）
目录
第一章 总则
第二章 补贴
第一章 总则
第一条 为了促进残疾人就业，制定本办法。
第二条 有下列情形之一的，给予补贴：
（一）首次就业的；
（二）自主创业的。
第二章 补贴
第三条 补贴标准为每人每年500元。
1.5%的差额由市级财政承担。
第四条 本办法自2025年1月1日起施行，有效期3年。
"""
NOTICE = """\
星河县残疾人联合会关于开展就业援助月活动的通知
各乡镇残联：
请于每年1月开展就业援助月活动，重点帮助未就业的残疾人。
联系电话：0990-1234567
星河县残疾人联合会
二〇二五年十二月三十一日
"""
INVENTED = {"opinion": OPINION, "regulation": REGULATION, "notice": NOTICE}


def added(text: str, folder: Path, **details: Any) -> Document:
    file = folder / "file.txt"
    file.write_text(text, encoding="utf-8")
    return add_document(file, folder / "documents", **details)


def clause(document: Document, clause_id: str) -> Clause:
    return document.clause(clause_id)


# What the document is ------------------------------------------------------------------------------------------------


def test_an_opinion_with_its_notice_is_described_from_its_text() -> None:
    assert draft_document(OPINION, place="星河").document == {
        "id": "xing-he-sheng-cu-jin-can-ji-2025-2027",
        "title": "星河省促进残疾人就业三年行动实施方案（2025—2027年）",
        "short_title": "星河省促进残疾人就业三年行动实施方案",
        "number": "星府办发〔2025〕12号",
        "issuer": "星河省人民政府办公厅",
        "place": "星河",
        "issued": date(2025, 6, 25),
        "in_force_from": date(2025, 6, 25),
        "in_force_until": date(2027, 12, 31),
        "departments": {name: [] for name in ("省残联", "省财政厅", "省人力资源和社会保障厅", "省税务局")},
    }


def test_a_regulation_says_since_when_and_how_long_it_is_in_force() -> None:
    about = draft_document(REGULATION).document

    assert about["title"] == "星河市残疾人就业补贴办法（试行）"
    assert about["issued"] == date(2024, 12, 3)
    assert about["in_force_from"] == date(2025, 1, 1)
    assert about["in_force_until"] == date(2027, 12, 31)


def test_a_notice_without_numbers_has_its_issuer_its_date_in_chinese_and_no_end() -> None:
    about = draft_document(NOTICE).document

    assert about["title"] == "星河县残疾人联合会关于开展就业援助月活动的通知"
    assert about["issuer"] == "星河县残疾人联合会"
    assert about["issued"] == date(2025, 12, 31)
    assert "in_force_until" not in about
    assert "number" not in about


def test_the_jiangxi_plan_is_described_as_its_document_yml_says() -> None:
    shipped = load_document(DOCUMENTS / "jiangxi-2022-2024")
    about = draft_document(shipped.source).document

    assert about["title"] == shipped.title.replace("（", "(").replace("）", ")")
    assert about["issuer"] == shipped.issuer
    assert about["issued"] == shipped.issued
    assert about["in_force_until"] == shipped.in_force_until


def test_what_is_given_wins_over_what_is_guessed() -> None:
    given_values: dict[str, Any] = {
        "id": "xinghe",
        "title": "另一题目",
        "number": "1号",
        "issuer": "省残联",
        "issued": date(2025, 1, 2),
        "in_force_from": date(2025, 2, 3),
        "in_force_until": date(2026, 3, 4),
    }

    assert given_values.items() <= draft_document(OPINION, **given_values).document.items()


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("首页 > 政策文件 > 通知公告\n关于印发就业方案的通知", "关于印发就业方案的通知"),
        ("星河市残疾人联合会\n关于促进就业的意见", "星河市残疾人联合会关于促进就业的意见"),
        ("《星河市就业条例》", "星河市就业条例"),
        ("星河市就业办法\n（试行）", "星河市就业办法（试行）"),
        (
            "星河省残联\n星河省财政厅\n关于印发就业补贴实施\n细则的通知",
            "星河省残联 星河省财政厅关于印发就业补贴实施细则的通知",
        ),
        ("关于转发就业方案的通知\n各县：\n现转发给你们。\n就业方案\n（2025—2027年）", "就业方案（2025—2027年）"),
        ("星河国残疾人保障法", "星河国残疾人保障法"),
    ],
)
def test_the_title_is_found_among_the_first_lines(lines: str, title: str) -> None:
    assert draft_document(f"{lines}\n2025年1月2日\n一、目标\n就业。\n").document["title"] == title


@pytest.mark.parametrize(
    ("line", "issued"),
    [
        ("成文日期：2025年06月25日 发布日期：2025-07-01", date(2025, 6, 25)),
        ("发布日期：2025-07-01", date(2025, 7, 1)),
        ("二○二五年六月二十五日", date(2025, 6, 25)),
        ("星河市残联办公室 2025年6月25日印发", date(2025, 6, 25)),
        ("（2009年9月2日公布。2019年3月1日修订）", date(2009, 9, 2)),
        ("2025年2月30日\n2025年3月1日", date(2025, 3, 1)),
    ],
)
def test_the_date_of_issue_is_found_where_documents_put_it(line: str, issued: date) -> None:
    assert draft_document(f"星河市就业条例\n{line}\n一、目标\n就业。\n").document["issued"] == issued


def test_a_date_in_a_sentence_is_no_date_of_issue() -> None:
    with pytest.raises(DocumentError, match="names no date of issue; pass it, for example `--issued 2025-06-25`"):
        draft_document("星河市就业条例\n一、目标\n到2027年12月31日，新增就业100人。\n")


def test_a_text_without_a_title_asks_for_it() -> None:
    with pytest.raises(DocumentError, match="pass `--title`"):
        draft_document("一、目标\n就业。\n", issued=date(2025, 1, 2))


@pytest.mark.parametrize("identifier", ["", "../other", "省", "A B", "-x"])
def test_an_id_that_cannot_name_a_folder_is_refused(identifier: str) -> None:
    with pytest.raises(DocumentError, match="pass `--id` with small letters, digits and -"):
        draft_document(OPINION, id=identifier)


@given(st.text(alphabet="残疾人就业省市办法abcABC（）《》—2025年 ", min_size=1, max_size=60))
@example("—（0）")
def test_an_id_from_any_title_is_short_and_ascii(title: str) -> None:
    try:
        identifier = draft_document(OPINION, title=title).id
    except DocumentError:  # A title without a letter or a digit names no folder.
        assert not any(character.isalnum() for character in title)
    else:
        assert len(identifier) <= LONGEST_ID
        assert identifier.isascii()


# What its clauses say ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", INVENTED)
def test_a_draft_loads_and_passes_the_check(tmp_path: Path, name: str) -> None:
    document = added(INVENTED[name], tmp_path)

    assert check_document(document) == []
    assert all(each.draft for each in document.clauses)


def test_a_draft_of_the_jiangxi_plan_passes_the_check_and_names_the_departments_its_editors_found(
    tmp_path: Path,
) -> None:
    shipped = load_document(DOCUMENTS / "jiangxi-2022-2024")
    document = added(shipped.source, tmp_path)

    assert check_document(document) == []
    assert [each.departments for each in document.clauses] == [each.departments for each in shipped.clauses]


def test_a_long_clause_is_drafted_in_its_own_words(tmp_path: Path) -> None:
    drafted = clause(added(OPINION, tmp_path), "2.1.1")

    assert drafted.title == "开展“暖阳行动”专场招聘"
    assert drafted.plain == (
        "开展“暖阳行动”专场招聘。每年至少组织2场“暖阳行动”招聘会，落实《星河省残疾人就业补贴办法》（星残发〔2024〕8号），"
        "对首次就业的残疾人（含未升学的高校毕业生），由用人单位所在地的县级残联按照每人每月500元的标准给予补贴……"
    )
    assert drafted.spoken == "开展暖阳行动专场招聘。每年至少组织2场暖阳行动招聘会，落实星河省残疾人就业补贴办法……"
    assert [name for name, _ in drafted.facts] == ["暖阳行动", "星河省残疾人就业补贴办法"]
    assert drafted.departments == ("省残联", "省财政厅", "省人力资源和社会保障厅")


def test_a_short_clause_is_drafted_whole_and_without_its_departments(tmp_path: Path) -> None:
    drafted = clause(added(OPINION, tmp_path), "2.1.2")

    assert drafted.plain == drafted.spoken == "补贴创业。一次性补贴1万元。"
    assert drafted.easy == ("补贴创业。", "一次性补贴1万元。")
    assert drafted.departments == ("省残联", "省税务局")


def test_a_heading_in_a_line_of_its_own_is_the_title_and_not_the_answer(tmp_path: Path) -> None:
    drafted = clause(added(OPINION, tmp_path), "1")

    assert (drafted.title, drafted.plain) == ("总体目标", "三年内新增残疾人就业1.2万人，每年培训不少于三千人次。")


def test_at_most_two_sentences_are_for_the_ear(tmp_path: Path) -> None:
    drafted = clause(added(OPINION, tmp_path), "2.2")

    assert drafted.spoken == "加强培训。免费培训。"
    assert drafted.plain == "加强培训。免费培训。培训后推荐就业。培训期间给予生活补助。"


def test_the_source_keeps_the_official_punctuation(tmp_path: Path) -> None:
    assert added(OPINION, tmp_path).source == OPINION


SENTENCES = st.lists(
    st.sampled_from(
        [
            "就业",
            "每年500元",
            "1.5%",
            "“暖阳行动”",
            "《补贴办法》",
            "三（含）个月",
            "12500人",
            "（星残发〔2024〕8号）",
            "，",
            "、",
            "；",
            "：",
        ]
    ),
    min_size=1,
    max_size=40,
).map(lambda parts: "办" + "".join(parts))
ENDS = st.sampled_from(["。", "！", "？！", "", "。（省残联、省财政厅按职责分工负责）"])
LINES = st.lists(st.tuples(SENTENCES, ENDS).map("".join), min_size=1, max_size=4)


@settings(deadline=None, max_examples=60)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_any_draft_stays_within_its_clause_and_the_lengths(
    tmp_path_factory: pytest.TempPathFactory, items: list[list[str]]
) -> None:
    body = "\n".join(f"{number}." + "\n".join(lines) for number, lines in enumerate(items, 1))
    document = added(f"星河市就业条例\n2025年1月2日\n{body}\n", tmp_path_factory.mktemp("any"))

    assert check_document(document) == []
    for each in document.clauses:
        assert len(each.title) <= LONGEST_TITLE
        assert len(each.plain) <= LONGEST_PLAIN
        assert len(each.spoken) <= LONGEST_SPOKEN
        assert each.plain.replace("……", "").replace(" ", "") in re.sub(
            r"（省残联、省财政厅\S+负责）|\s", "", each.quote
        )


# The folder ----------------------------------------------------------------------------------------------------------


def test_the_files_tell_a_person_what_to_do_next(tmp_path: Path) -> None:
    folder = added(OPINION, tmp_path, id="xinghe").folder
    text = (folder / "clauses.yml").read_text(encoding="utf-8")

    assert "remove its `draft: true`" in text
    assert "`zhuyetong documents check xinghe`" in text
    assert '`"clause id": [question, another question]`' in text
    assert "title: 总体目标" in text
    assert "issued: 2025-06-25" in (folder / "document.yml").read_text(encoding="utf-8")


def test_an_added_document_is_in_the_library(tmp_path: Path) -> None:
    document = added(OPINION, tmp_path, id="xinghe")

    assert document.folder == tmp_path / "documents" / "xinghe"
    assert load_library([tmp_path / "documents"]).document("xinghe") == document
    assert sorted(each.name for each in document.folder.iterdir()) == ["clauses.yml", "document.yml", "source.txt"]


def test_a_word_file_gives_the_same_document_as_its_text(tmp_path: Path) -> None:
    word = docx.Document()
    for line in OPINION.splitlines():
        word.add_paragraph(line)
    word.save(str(tmp_path / "a.docx"))

    document = add_document(tmp_path / "a.docx", tmp_path / "from-word", id="xinghe")

    assert document.clauses == added(OPINION, tmp_path, id="xinghe").clauses


def test_questions_added_by_hand_are_read(tmp_path: Path) -> None:
    folder = added(OPINION, tmp_path, id="xinghe").folder
    (folder / "questions.yml").write_text('"2.2": [培训要钱吗, 培训后做什么]\n', encoding="utf-8")

    assert load_document(folder).clause("2.2").questions == ("培训要钱吗", "培训后做什么")


def test_an_id_that_is_taken_is_refused_and_the_document_stays(tmp_path: Path) -> None:
    first = added(OPINION, tmp_path, id="xinghe")

    with pytest.raises(DocumentError) as error:
        added(REGULATION, tmp_path, id="xinghe")

    assert str(first.folder) in str(error.value)
    assert "`--id`" in str(error.value)
    assert load_document(first.folder) == first


def test_an_id_that_is_taken_in_another_folder_of_the_library_is_refused(tmp_path: Path) -> None:
    first = added(OPINION, tmp_path, id="xinghe")
    file = tmp_path / "file.txt"

    with pytest.raises(DocumentError, match="there is such a document already") as error:
        add_document(file, tmp_path / "added-here", others=[first.folder.parent], id="xinghe")

    assert str(first.folder) in str(error.value)
    assert not (tmp_path / "added-here").exists()


def test_a_document_that_cannot_be_added_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("knowledge.intake.drafting.os.rename", full)

    with pytest.raises(DocumentError, match="cannot be written .No space left on device."):
        added(OPINION, tmp_path)
    assert list((tmp_path / "documents").iterdir()) == []


def test_an_error_names_the_file_that_was_to_be_added(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as error:
        added("星河市就业条例\n一、目标\n就业。\n", tmp_path)

    assert str(error.value).startswith(f"{tmp_path / 'file.txt'}: ")
    assert not (tmp_path / "documents").exists()


def test_every_entry_of_the_draft_says_that_it_is_one(tmp_path: Path) -> None:
    entries = read_yaml(added(REGULATION, tmp_path).folder / "clauses.yml")

    assert [(entry["id"], entry["draft"]) for entry in entries] == [(str(number), True) for number in range(1, 5)]
