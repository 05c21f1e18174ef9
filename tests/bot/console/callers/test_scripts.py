"""What staff are told to say about a clause, and what not to promise."""

from dataclasses import replace
from datetime import date

import pytest

from bot.console.callers.scripts import script_for
from knowledge.library.documents import Document
from knowledge.library.loading import load_library

IN_FORCE, REPLACED = date(2023, 3, 1), date(2026, 3, 1)


@pytest.fixture(scope="module")
def plan() -> Document:
    return load_library().document("jiangxi-2022-2024")


def test_every_clause_has_a_script_whose_source_is_the_documents_own_text(plan: Document) -> None:
    for clause in plan.clauses:
        script = script_for(plan, clause, REPLACED)
        assert "".join(each.text for each in script.source) in plan.source
        assert "".join(each.text for each in script.source if each.kind != "around") == clause.quote
        assert (script.plain, script.greeting != "", script.next_step != "") == (clause.plain, True, True)


def test_the_numbers_of_a_clause_are_marked_in_its_source(plan: Document) -> None:
    script = script_for(plan, plan.clause("2.3.4"), REPLACED)
    marked = [each.text for each in script.source if each.kind == "fact"]

    assert marked
    assert set(marked) <= {value for _, value in script.facts}


def test_a_period_that_is_over_is_said_and_nothing_of_it_promised(plan: Document) -> None:
    script = script_for(plan, plan.clause("2.5.5"), REPLACED)

    assert "2024年12月31日" in script.source_said
    assert any("国办发〔2025〕23号" in each for each in script.cautions)
    assert any("正文这里没有" in each for each in script.cautions)


def test_while_it_is_in_force_no_end_is_told(plan: Document) -> None:
    script = script_for(plan, plan.clause("2.5.5"), IN_FORCE)

    assert script.source_said.endswith("现在有效。")
    assert not any("已经过了" in each or "已有后续文件" in each for each in script.cautions)


def test_a_word_that_leaves_it_open_is_quoted_only_where_the_clause_has_it(plan: Document) -> None:
    with_it = [clause.id for clause in plan.clauses if "原则上" in clause.quote]
    warned = [
        clause.id
        for clause in plan.clauses
        if any("“原则上”" in each for each in script_for(plan, clause, REPLACED).cautions)
    ]

    assert warned == with_it != []


def test_what_a_clause_does_not_state_is_not_to_be_made_up(plan: Document) -> None:
    for clause in plan.clauses:
        cautions = script_for(plan, clause, REPLACED).cautions
        assert any("不要报数目，也不要估一个" in each for each in cautions) == (not clause.aspects.get("amount"))


def test_a_draft_is_read_from_its_source(plan: Document) -> None:
    draft = replace(plan.clause("2.5.5"), draft=True, aspects={})

    assert any("还没有人核对" in each for each in script_for(plan, draft, REPLACED).cautions)
