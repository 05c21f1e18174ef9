"""A scan that finds nothing where something is would prove nothing."""

import json
from pathlib import Path

from benchmarks.clear_text import found_in_clear


def test_what_stands_in_any_file_of_a_folder_is_found_however_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "log").write_text("INFO 欧阳檀栩 rang\n", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "slots.db").write_bytes(b"\0" + json.dumps({"name": "上官珩璟"}).encode() + b"13900000001\0")
    told = ["欧阳檀栩", "上官珩璟", "13900000001", "13900000002", "欧阳檀珩"]

    assert found_in_clear(tmp_path, told) == told[:3]


def test_what_begins_alike_is_not_taken_for_it(tmp_path: Path) -> None:
    (tmp_path / "records.db").write_bytes(b"1390000000 139000000")

    assert found_in_clear(tmp_path, ["13900000001"]) == []


def test_a_folder_without_files_holds_nothing(tmp_path: Path) -> None:
    assert found_in_clear(tmp_path, ["13900000001"]) == []


def test_a_short_name_is_found_where_two_readings_of_a_large_file_meet(tmp_path: Path) -> None:
    (tmp_path / "large").write_bytes(b"x" * 999_997 + "李四".encode() + b"y" * 100)

    assert found_in_clear(tmp_path, ["李四", "张三", "13800138000"]) == ["李四"]
