"""Documents come from their folders, and a file that cannot be used is named with its line and what to do."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.errors import DocumentError
from knowledge.library.documents import Clause, Successor
from knowledge.library.loading import load_document, load_library

Edit = Callable[[Path, str, str], None]


def refusal(folder: Path) -> str:
    """What is said of the document in `folder`, its files named without the folder."""
    with pytest.raises(DocumentError) as caught:
        load_document(folder)
    return str(caught.value).replace(f"{folder}/", "")


# What is read --------------------------------------------------------------------------------------------------------


def test_a_clause_has_the_words_of_the_source_and_what_we_say_of_it(xinghe: Path) -> None:
    assert load_document(xinghe).clause("1.1") == Clause(
        document="xinghe",
        id="1.1",
        place="一(一)",
        title="职业培训",
        quote="职业培训。残疾人参加“星火课堂”的,每次给予补贴300元。(市残联负责)",
        headings=("培训",),
        plain="参加“星火课堂”的，每次补贴300元。",
        easy=("星火课堂每次有300元。",),
        spoken="参加星火课堂，每次补贴300元。",
        audience=("残疾人",),
        facts=(("每次给予补贴", "300元"),),
        departments=("市残联",),
        next_step="请问市残联。",
        aspects={"amount": "每次三百元。"},
        questions=("学手艺有补贴吗", "上课给钱吗"),
        draft=False,
    )


def test_a_document_has_its_dates_successors_and_departments(xinghe: Path) -> None:
    document = load_document(xinghe)

    assert (document.issued, document.in_force_from, document.in_force_until) == (
        date(2025, 1, 2),
        date(2025, 2, 1),
        date(2027, 12, 31),
    )
    assert document.successors == (Successor("星河市新办法", "2028—2030年"),)
    assert document.departments == {"市残联": ("残联",), "市民政局": ("民政",)}


def test_a_document_without_a_short_title_is_called_by_its_title(xinghe: Path) -> None:
    assert load_document(xinghe).short_title == "星河市残疾人就业办法"


def test_a_document_without_an_end_has_none(xinghe: Path, edit: Edit) -> None:
    edit(xinghe / "document.yml", "in_force_until: 2027-12-31\n", "")

    assert load_document(xinghe).in_force_until is None


def test_clauses_come_in_the_order_of_the_source(xinghe: Path, edit: Edit) -> None:
    path = xinghe / "clauses.yml"
    first, second = path.read_text(encoding="utf-8").split("- id: '1.2'")
    path.write_text(f"- id: '1.2'{second}{first}", encoding="utf-8")

    assert [clause.id for clause in load_document(xinghe).clauses] == ["1.1", "1.2", "2.1"]


def test_a_document_may_have_no_questions(xinghe: Path) -> None:
    (xinghe / "questions.yml").unlink()

    assert [clause.questions for clause in load_document(xinghe).clauses] == [(), (), ()]


def test_each_clause_may_have_a_file_of_questions(xinghe: Path) -> None:
    (xinghe / "questions.yml").unlink()
    (xinghe / "questions").mkdir()
    (xinghe / "questions" / "2.1.yml").write_text("'2.1': [开店有贷款吗, 贷多少]\n", encoding="utf-8")
    (xinghe / "questions" / "1.1.yml").write_text("'1.1': [上课给钱吗]\n", encoding="utf-8")

    assert [clause.questions for clause in load_document(xinghe).clauses] == [
        ("上课给钱吗",),
        (),
        ("开店有贷款吗", "贷多少"),
    ]


def test_a_clause_has_its_questions_in_one_file(xinghe: Path) -> None:
    (xinghe / "questions").mkdir()
    (xinghe / "questions" / "2.1.yml").write_text("# 开店\n'2.1': [贷多少]\n", encoding="utf-8")

    assert refusal(xinghe) == "questions/2.1.yml:2: questions for clause 2.1 stand in another file too; put them in one"


def test_a_clause_may_be_a_draft(xinghe: Path, edit: Edit) -> None:
    edit(xinghe / "clauses.yml", "  title: 实习\n", "  title: 实习\n  draft: true\n")

    assert [clause.draft for clause in load_document(xinghe).clauses] == [False, True, False]


# What is refused -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        (
            "id: xinghe",
            "id: other",
            "document.yml:1: id 'other' differs from the folder's name 'xinghe'; make them the",
        ),
        ("id: xinghe", "id: 5", "document.yml:1: `id` must be text; put quotes round it"),
        ("title: 星河市残疾人就业办法\n", "", "document.yml:1: `title` is missing"),
        ("title: 星河市残疾人就业办法", "title: 2025", "document.yml:2: `title` must be text; put quotes round it"),
        (
            "issued: 2025-01-02",
            "issued: 2025年1月2日",
            "document.yml:4: `issued` must be a date such as 2022-09-07, not '2025年1月2日'",
        ),
        ("issued: 2025-01-02", "issued: '2025-01-02'", "document.yml:4: `issued` must be a date such as 2022-09-07"),
        ("in_force_until: 2027-12-31", "in_force_until: 以后", "document.yml:6: `in_force_until` must be a date such"),
        ("in_force_from: 2025-02-01\n", "", "document.yml:1: `in_force_from` must be a date such as 2022-09-07"),
        ("    covers: 2028—2030年\n", "", "document.yml:8: `covers` is missing"),
        ("  - title: 星河市新办法\n    covers", "  covers", "document.yml:7: expected a list, one `- ` item for each"),
        ("title: 星河市残疾人", "title: [星河市残疾人", "document.yml:3: not valid YAML: "),
    ],
)
def test_a_line_of_document_yml_that_cannot_be_used_is_named(
    xinghe: Path, edit: Edit, old: str, new: str, refused: str
) -> None:
    edit(xinghe / "document.yml", old, new)

    assert refusal(xinghe)[: len(refused)] == refused


@pytest.mark.parametrize(
    ("old", "new", "refused"),
    [
        ("- id: '2.1'", "- id: '9.9'", "clauses.yml:20: clause 9.9 is not in source.txt; the last one is 2.1"),
        ("- id: '2.1'", "- id: '1.2'", "clauses.yml:20: clause 1.2 stands twice; remove one of the two"),
        ("- id: '2.1'", "- id: 2.1", "clauses.yml:20: `id` must be text; put quotes round it"),
        ("  spoken: 自己", "  spokn: 自己", "clauses.yml:24: unknown key spokn; use one of aspects, audience, "),
        ("    amount:", "    who:", "clauses.yml:13: unknown aspect who; use one of amount, conditions, apply, when, "),
        ("  plain: 开店的，给予暖阳贷。\n", "", "clauses.yml:20: `plain` is missing"),
        ("title: 实习", "title: 3", "clauses.yml:15: `title` must be text; put quotes round it"),
        ("easy: [开店有暖阳贷。]", "easy: 开店有暖阳贷。", "clauses.yml:23: `easy` must be a list of texts"),
        ("easy: [开店有暖阳贷。]", "easy: [300]", "clauses.yml:23: `easy` must be a list of texts"),
        ("value: 300元", "value: 300", "clauses.yml:9: `value` must be text; put quotes round it"),
        ("{name: 每次给予补贴, value: 300元}", "300元", "clauses.yml:9: expected `key: value` lines here"),
        ("  title: 实习\n", "  title: 实习\n  title: 见习\n", "clauses.yml:16: not valid YAML: found duplicate key"),
        ("  title: 实习\n", "  title: 实习\n\ttitle\n", "clauses.yml:16: not valid YAML: "),
    ],
)
def test_a_line_of_clauses_yml_that_cannot_be_used_is_named(
    xinghe: Path, edit: Edit, old: str, new: str, refused: str
) -> None:
    edit(xinghe / "clauses.yml", old, new)

    assert refusal(xinghe)[: len(refused)] == refused


def test_a_clause_without_an_entry_is_named_with_its_line_in_the_source(xinghe: Path) -> None:
    path = xinghe / "clauses.yml"
    path.write_text(path.read_text(encoding="utf-8").split("- id: '2.1'")[0], encoding="utf-8")

    assert refusal(xinghe) == "clauses.yml:1: clause 2.1 (source.txt:6) has no entry; add `- id: '2.1'`"


def test_clauses_that_are_no_list_are_refused(xinghe: Path) -> None:
    (xinghe / "clauses.yml").write_text("", encoding="utf-8")

    assert refusal(xinghe) == "clauses.yml:1: expected a list, one `- ` item for each entry"


def test_questions_for_an_unknown_clause_are_refused(xinghe: Path, edit: Edit) -> None:
    edit(xinghe / "questions.yml", "'2.1':", "'9.9':")

    assert refusal(xinghe) == (
        "questions.yml:4: questions for clause 9.9, which is not in source.txt; mend the id or remove them"
    )


def test_questions_for_a_clause_without_quotes_round_its_id_ask_for_the_quotes(xinghe: Path, edit: Edit) -> None:
    edit(xinghe / "questions.yml", "'2.1':", "2.1:")

    assert refusal(xinghe).startswith("questions.yml:4: ")
    assert "quotes round" in refusal(xinghe)


@pytest.mark.parametrize("name", ["document.yml", "source.txt", "clauses.yml"])
def test_a_missing_file_is_named(xinghe: Path, name: str) -> None:
    (xinghe / name).unlink()

    assert refusal(xinghe) == f"{name}: the file is missing; restore it or run `zhuyetong documents add`"


@pytest.mark.parametrize("name", ["document.yml", "source.txt", "clauses.yml", "questions.yml"])
def test_a_folder_in_the_place_of_a_file_is_named(xinghe: Path, name: str) -> None:
    (xinghe / name).unlink()
    (xinghe / name).mkdir()

    assert refusal(xinghe) == f"{name}: cannot be read (Is a directory); make it a file you may read"


@pytest.mark.parametrize("name", ["document.yml", "source.txt", "clauses.yml", "questions.yml"])
def test_a_file_that_is_not_utf_8_is_named(xinghe: Path, name: str) -> None:
    (xinghe / name).write_bytes("星河".encode("gb18030"))

    assert refusal(xinghe).startswith(f"{name}: ")
    assert "UTF-8" in refusal(xinghe)


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        pytest.param("document.yml", "issued: 2025-01-02", "issued: 2025-13-45", 4, id="a day that is in no calendar"),
        pytest.param("document.yml", "issued: 2025-01-02", "issued: 2025-01-02 09:00:00", 4, id="a time of day"),
        pytest.param(
            "document.yml", "\n  市残联: [残联]\n  市民政局: [民政]", " [市残联]", 10, id="a list of departments"
        ),
        pytest.param("document.yml", "[残联]", "残联", 11, id="one name of a department without a list"),
        pytest.param("clauses.yml", "title: 实习", "title: 实\x07习", 15, id="a control character"),
        pytest.param("clauses.yml", "\n    amount: 每次三百元。", " [amount]", 12, id="a list of aspects"),
        pytest.param("clauses.yml", "amount: 每次三百元。", "amount: 300", 13, id="an aspect that is a number"),
        pytest.param("questions.yml", "\n- 开店有贷款吗", " 开店有贷款吗", 4, id="one question without a list"),
        pytest.param("questions.yml", "- 上课给钱吗", "- 300", 3, id="a question that is a number"),
        pytest.param("document.yml", "in_force_until", "in_force_untill", 6, id="a misspelt key"),
        pytest.param("document.yml", "    covers:", "    covered:", 9, id="a misspelt key of a successor"),
        pytest.param("document.yml", "市残联: ", "5: ", 11, id="a department that is a number"),
        pytest.param("clauses.yml", ", value: 300元", ", values: 300元", 9, id="a misspelt key of a fact"),
        pytest.param(
            "clauses.yml", "  title: 实习", "  draft: 'false'\n  title: 实习", 15, id="a text for true or false"
        ),
        pytest.param("clauses.yml", "title: 实习", "title: !!bool 实习", 15, id="a value of another kind than it says"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_with_its_place(
    xinghe: Path, edit: Edit, name: str, old: str, new: str, line: int
) -> None:
    edit(xinghe / name, old, new)

    assert refusal(xinghe).split(" ")[0] == f"{name}:{line}:"


def test_an_empty_source_is_refused(xinghe: Path) -> None:
    (xinghe / "source.txt").write_text("", encoding="utf-8")
    (xinghe / "questions.yml").unlink()

    assert refusal(xinghe).split(":")[0] == "source.txt"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        pytest.param("document.yml", "  市残联: [残联]\n  市民政局: [民政]\n", "", id="departments"),
        pytest.param("document.yml", "[残联]", "", id="a department's other names"),
        pytest.param("document.yml", "\n  - title: 星河市新办法\n    covers: 2028—2030年", "", id="successors"),
        pytest.param("clauses.yml", "\n    amount: 每次三百元。", "", id="aspects"),
        pytest.param("clauses.yml", "每次三百元。", "", id="an aspect"),
        pytest.param("clauses.yml", "[市民政局]", "", id="a clause's departments"),
        pytest.param("clauses.yml", "请问市残联。", "", id="the next step"),
        pytest.param("questions.yml", "\n- 开店有贷款吗", "", id="a clause's questions"),
        pytest.param(
            "questions.yml", "'1.1':\n- 学手艺有补贴吗\n- 上课给钱吗\n'2.1':\n- 开店有贷款吗\n", "", id="questions"
        ),
    ],
)
def test_what_may_be_left_out_may_be_left_empty(xinghe: Path, edit: Edit, name: str, old: str, new: str) -> None:
    edit(xinghe / name, old, new)

    assert [clause.id for clause in load_document(xinghe).clauses] == ["1.1", "1.2", "2.1"]


# Libraries -----------------------------------------------------------------------------------------------------------


def copied(folder: Path, into: Path, document_id: str, issued: str) -> None:
    """The document in `folder` once more, as another one."""
    other = into / document_id
    other.mkdir(parents=True)
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        text = text.replace("id: xinghe", f"id: {document_id}").replace("issued: 2025-01-02", f"issued: {issued}")
        (other / path.name).write_text(text, encoding="utf-8")


def test_a_library_holds_the_documents_of_every_folder_newest_first(xinghe: Path, tmp_path: Path) -> None:
    copied(xinghe, tmp_path / "added", "older", "2024-01-02")
    copied(xinghe, tmp_path / "added", "newer", "2026-01-02")

    library = load_library((xinghe.parent, tmp_path / "added", tmp_path / "absent"))

    assert [document.id for document in library.documents] == ["newer", "xinghe", "older"]


def test_folders_without_documents_are_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        load_library((tmp_path / "a", tmp_path / "b"))

    expected = f"{tmp_path}/a, {tmp_path}/b: holds no documents; add one with `zhuyetong documents add`"
    assert str(caught.value) == expected


def test_two_documents_with_one_id_are_refused_and_both_folders_named(xinghe: Path, tmp_path: Path) -> None:
    copied(xinghe, tmp_path / "added", "xinghe", "2025-01-02")

    with pytest.raises(DocumentError, match="two documents have the id xinghe; rename one folder") as caught:
        load_library((xinghe.parent, tmp_path / "added"))

    assert str(xinghe) in str(caught.value)
    assert str(tmp_path / "added" / "xinghe") in str(caught.value)
