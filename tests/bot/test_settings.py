"""Everything that can be set from outside."""

from pathlib import Path

import pytest

from bot.settings import PROJECT, Settings, SettingsError, TelegramSettings, read_settings


def test_without_variables_the_service_keeps_its_data_in_the_project_and_listens_to_this_machine_alone() -> None:
    settings = read_settings({})

    assert (settings.project, settings.var, settings.models) == (PROJECT, PROJECT / "var", PROJECT / "models")
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)


def test_each_variable_sets_one_thing(tmp_path: Path) -> None:
    environment = {
        "ZHUYETONG_VAR": str(tmp_path / "var"),
        "ZHUYETONG_MODELS": str(tmp_path / "models"),
        "ZHUYETONG_HOST": "0.0.0.0",
        "ZHUYETONG_PORT": "9000",
        "ZHUYETONG_DATABASE": "postgresql://records.example/zhuyetong",
        "ZHUYETONG_KEY_FILE": str(tmp_path / "keys" / "records"),
    }

    assert read_settings(environment) == Settings(
        var=tmp_path / "var",
        models=tmp_path / "models",
        host="0.0.0.0",
        port=9000,
        database="postgresql://records.example/zhuyetong",
        key=tmp_path / "keys" / "records",
    )


def test_other_variables_change_nothing() -> None:
    assert read_settings({"PORT": "9000", "ZHUYETONG_OTHER": "x"}) == read_settings({})


def test_a_relative_folder_is_meant_from_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert read_settings({"ZHUYETONG_VAR": "data"}).var == tmp_path / "data"


def test_a_relative_key_file_is_meant_from_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert read_settings({"ZHUYETONG_KEY_FILE": "keys/records"}).key_file == tmp_path / "keys" / "records"


@pytest.mark.parametrize("port", ["1", "80", "65535"])
def test_a_port_number_is_a_port(port: str) -> None:
    assert read_settings({"ZHUYETONG_PORT": port}).port == int(port)


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "80.0", "８０", "eighty", " 80"])
def test_anything_else_is_no_port_and_the_variable_is_named(port: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({"ZHUYETONG_PORT": port})

    assert str(caught.value) == f"ZHUYETONG_PORT={port}: must be a port number from 1 to 65535"


@pytest.mark.parametrize(
    "name", ["ZHUYETONG_VAR", "ZHUYETONG_MODELS", "ZHUYETONG_HOST", "ZHUYETONG_DATABASE", "ZHUYETONG_KEY_FILE"]
)
def test_a_variable_set_to_nothing_is_as_good_as_not_set(name: str) -> None:
    assert read_settings({name: ""}) == read_settings({})


def test_what_is_kept_is_below_var(tmp_path: Path) -> None:
    settings = Settings(project=tmp_path / "project", var=tmp_path / "var")

    assert settings.documents == (
        tmp_path / "project" / "knowledge" / "policy" / "documents",
        tmp_path / "var" / "documents",
    )
    assert settings.conversations == tmp_path / "var" / "conversations.db"
    assert settings.cache == tmp_path / "var" / "cache"


@pytest.mark.parametrize(
    ("database", "url"),
    [("", "sqlite:////srv/zhuyetong/records.db"), ("postgresql://db.example/r", "postgresql://db.example/r")],
)
def test_records_are_in_a_file_of_var_unless_a_database_is_named(database: str, url: str) -> None:
    assert Settings(var=Path("/srv/zhuyetong"), database=database).database_url == url


@pytest.mark.parametrize(
    ("key", "file"), [(None, Path("/srv/zhuyetong/key")), (Path("/etc/zhuyetong/key"), Path("/etc/zhuyetong/key"))]
)
def test_the_key_is_in_a_file_of_var_unless_another_is_named(key: Path | None, file: Path) -> None:
    assert Settings(var=Path("/srv/zhuyetong"), key=key).key_file == file


def test_limits_are_on_unless_they_are_turned_off_for_measuring() -> None:
    assert [read_settings(each).limits for each in ({}, {"ZHUYETONG_LIMITS": "off"})] == [True, False]
    with pytest.raises(SettingsError, match="ZHUYETONG_LIMITS=no: must be on or off"):
        read_settings({"ZHUYETONG_LIMITS": "no"})


def test_a_proxy_is_believed_by_its_address_or_network() -> None:
    named = [read_settings(each).proxies for each in ({}, {"ZHUYETONG_PROXIES": "10.0.0.5 10.1.0.0/16"})]

    assert named == [("127.0.0.1", "::1"), ("10.0.0.5", "10.1.0.0/16")]
    with pytest.raises(SettingsError, match="ZHUYETONG_PROXIES=proxy: must be addresses"):
        read_settings({"ZHUYETONG_PROXIES": "10.0.0.5 proxy"})


TOKEN = "123456:" + "A" * 35


def test_without_a_token_there_is_no_door_in_telegram() -> None:
    assert [read_settings(each).telegram for each in ({}, {"TELEGRAM_BOT_TOKEN": " "})] == [None, None]


def test_a_token_is_enough_for_telegram() -> None:
    assert read_settings({"TELEGRAM_BOT_TOKEN": TOKEN}).telegram == TelegramSettings(
        TOKEN, "https://api.telegram.org", ""
    )


def test_a_server_and_an_address_of_our_own_can_be_set_for_telegram() -> None:
    given = {"TELEGRAM_BASE_URL": "http://127.0.0.1:8081/", "TELEGRAM_WEBHOOK_URL": "https://bot.example/"}
    telegram = read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, **given}).telegram

    assert telegram == TelegramSettings(TOKEN, "http://127.0.0.1:8081", "https://bot.example")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "secret"),
        ("TELEGRAM_BASE_URL", "api.telegram.org"),
        ("TELEGRAM_WEBHOOK_URL", "http://bot.example"),
    ],
)
def test_what_cannot_be_used_for_telegram_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name}") as caught:
        read_settings({"TELEGRAM_BOT_TOKEN": TOKEN, name: value})

    assert "secret" not in str(caught.value)


def test_other_sites_may_hold_the_page_only_where_they_are_named() -> None:
    assert read_settings({}).embedding == ()
    named = read_settings({"ZHUYETONG_EMBED_ORIGINS": "https://a.example  http://b.example:8080/"})
    assert named.embedding == ("https://a.example", "http://b.example:8080")


@pytest.mark.parametrize(
    "origins", ["*", "a.example", "https://a.example/path", "https://a.example; script-src *", "https://a.example,b"]
)
def test_anything_but_an_origin_is_refused_and_named(origins: str) -> None:
    with pytest.raises(SettingsError, match="ZHUYETONG_EMBED_ORIGINS"):
        read_settings({"ZHUYETONG_EMBED_ORIGINS": origins})


def test_of_the_keys_of_programs_only_digests_are_kept() -> None:
    key = "k" * 32
    settings = read_settings({"ZHUYETONG_API_KEYS": f"shi:{key} xian:{key}2"})

    assert [name for name, _ in settings.api_keys] == ["shi", "xian"]
    assert key not in str(settings.api_keys)
    assert "api_keys" not in repr(settings)


@pytest.mark.parametrize("keys", ["shi", "shi:short", "a-b:" + "k" * 32, f"a:{'k' * 32} a:{'m' * 32}"])
def test_a_key_that_cannot_be_one_is_refused_without_showing_it(keys: str) -> None:
    with pytest.raises(SettingsError, match="ZHUYETONG_API_KEYS: pair [12] must be") as caught:
        read_settings({"ZHUYETONG_API_KEYS": keys})

    assert "kkkk" not in str(caught.value)
