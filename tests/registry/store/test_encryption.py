"""What is encrypted can be read with the keys alone, and found again after they were rotated."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from cryptography.fernet import Fernet
from hypothesis import given
from hypothesis import strategies as st

from registry.errors import EncryptionError, RegistryError
from registry.store.encryption import Cipher, Place

OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "var" / "key"


# texts ---------------------------------------------------------------------------------------------------------------


@given(st.text())
def test_what_was_encrypted_is_decrypted_as_it_was(text: str) -> None:
    cipher = Cipher([OLD])

    assert cipher.decrypt(cipher.encrypt(text)) == text


def test_the_same_text_is_never_encrypted_the_same_way() -> None:
    cipher = Cipher([OLD])

    assert cipher.encrypt("视力二级") != cipher.encrypt("视力二级")


def test_half_a_character_does_not_lose_the_rest() -> None:
    cipher = Cipher([OLD])

    assert cipher.decrypt(cipher.encrypt("视力\ud83d二级")) == "视力?二级"


def test_after_a_rotation_the_new_key_encrypts_and_the_old_one_still_decrypts() -> None:
    before, after = Cipher([OLD]), Cipher([NEW, OLD])

    assert after.decrypt(before.encrypt("视力二级")) == "视力二级"
    assert Cipher([NEW]).decrypt(after.encrypt("视力二级")) == "视力二级"


@pytest.mark.parametrize("place", [0, 2, 3, 12, 40])
def test_a_changed_token_is_refused_with_the_record_it_is_of_and_nothing_in_it(place: int) -> None:
    cipher = Cipher([OLD])
    token = cipher.encrypt("视力二级")
    token = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]

    with pytest.raises(RegistryError) as caught:
        cipher.decrypt(token, Place("transcript_turns 7", ""))

    assert str(caught.value) == (
        "transcript_turns 7: cannot be decrypted; put the key it was written with back into the key file, "
        "or take the record from a copy where somebody changed or moved it"
    )


@pytest.mark.parametrize("token", ["", "视力二级", "gAAAAAB", "v2.", "v2.AAAA", "v2.视力", f"v2.{'A' * 80}"])
def test_what_never_was_a_token_is_refused(token: str) -> None:
    with pytest.raises(EncryptionError, match="^an encrypted text: cannot be decrypted; "):
        Cipher([OLD]).decrypt(token)


def test_a_token_of_another_key_is_refused() -> None:
    with pytest.raises(EncryptionError, match="^an encrypted text: cannot be decrypted; "):
        Cipher([NEW]).decrypt(Cipher([OLD]).encrypt("视力二级"))


def test_a_token_is_decrypted_in_its_own_place_alone() -> None:
    cipher, here, there = Cipher([OLD]), Place("notes 1", "notes 1"), Place("notes 2", "notes 2")
    token = cipher.encrypt("视力二级", here)

    assert (cipher.decrypt(token, here), cipher.renewed(token, here)) == ("视力二级", token)
    for use in (cipher.decrypt, cipher.renewed):
        with pytest.raises(EncryptionError, match="^notes 2: cannot be decrypted; "):
            use(token, there)


def test_a_token_of_before_is_read_anywhere_and_bound_when_it_is_renewed() -> None:
    cipher, here = Cipher([NEW, OLD]), Place("notes 1", "notes 1")
    token = Fernet(OLD).encrypt("视力二级".encode()).decode()
    bound = cipher.renewed(token, here)

    assert (cipher.decrypt(token, here), cipher.decrypt(bound, here), bound[:3]) == ("视力二级", "视力二级", "v2.")


def test_a_signature_is_made_with_the_oldest_key_and_is_no_index() -> None:
    sign = Cipher([OLD]).signer("backup")

    assert Cipher([NEW, OLD]).signer("backup")("甲") == sign("甲") != Cipher([NEW]).signer("backup")("甲")
    assert sign("甲") != Cipher([OLD]).signer("cookie")("甲") != Cipher([OLD]).index("甲") != sign("甲")


# index ---------------------------------------------------------------------------------------------------------------


def test_an_index_is_the_same_for_the_same_text_and_says_nothing_of_it() -> None:
    index = Cipher([OLD]).index("web-1")

    assert index == Cipher([OLD]).index("web-1")
    assert (len(index), set(index) <= set("0123456789abcdef")) == (64, True)


def test_texts_and_oldest_keys_have_each_their_own_index() -> None:
    indexes = {Cipher([key]).index(text) for key in (OLD, NEW) for text in ("web-1", "web-2")}

    assert len(indexes) == 4


def test_an_index_stays_the_same_when_a_key_is_put_before_the_others() -> None:
    assert Cipher([OTHER, NEW, OLD]).index("web-1") == Cipher([OLD]).index("web-1")


# key file ------------------------------------------------------------------------------------------------------------


def test_where_there_is_no_key_file_one_is_made_for_this_user_alone(path: Path) -> None:
    Cipher.load(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["key"]


def test_a_key_file_is_read_again_as_it_was_made(path: Path) -> None:
    token = Cipher.load(path).encrypt("视力二级")

    assert Cipher.load(path).decrypt(token) == "视力二级"


def test_whoever_starts_at_once_ends_with_the_same_key(path: Path) -> None:
    starting = Barrier(8)

    def index(_: int) -> str:
        starting.wait()
        return Cipher.load(path).index("web-1")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(index, range(8)))) == 1
    assert [each.name for each in path.parent.iterdir()] == ["key"]


def test_a_key_that_another_process_made_first_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.parent.mkdir()
    path.write_text(OLD)
    path.chmod(0o600)
    # As a process sees it that looked before the other one had written.
    monkeypatch.setattr(Path, "exists", lambda _: False)

    assert Cipher.load(path).index("web-1") == Cipher([OLD]).index("web-1")
    assert [each.name for each in path.parent.iterdir()] == ["key"]


def test_the_first_line_encrypts_and_empty_lines_are_passed_over(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(f"\n  {NEW}\r\n\n{OLD}\n\n")
    path.chmod(0o600)
    cipher = Cipher.load(path)

    assert Cipher([NEW]).decrypt(cipher.encrypt("视力二级")) == "视力二级"
    assert cipher.index("web-1") == Cipher([OLD]).index("web-1")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "there is no key; give at least one"),
        ("\n \n", "there is no key; give at least one"),
        ("secret", "key 1 of 1 is none; a key is 32 bytes in URL-safe base64"),
        (f"{OLD}\n{NEW[:20]}", "key 2 of 2 is none; a key is 32 bytes in URL-safe base64"),
        ("密钥", "key 1 of 1 is none; a key is 32 bytes in URL-safe base64"),
    ],
    # The keys are other ones in each process that runs the tests, and a name of a test is no place for one.
    ids=["empty", "blank", "a word", "half a key", "not ASCII"],
)
def test_a_file_without_a_valid_key_is_named_and_neither_quoted_nor_written_over(
    path: Path, text: str, problem: str
) -> None:
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)

    with pytest.raises(RegistryError) as caught:
        Cipher.load(path)

    assert str(caught.value) == f"{path}: {problem}; put the file back from its copy"
    assert caught.value.__cause__ is None
    assert path.read_text(encoding="utf-8") == text


def test_a_key_file_that_cannot_be_read_is_named(path: Path) -> None:
    path.mkdir(parents=True)

    with pytest.raises(RegistryError) as caught:
        Cipher.load(path)

    assert str(caught.value) == (
        f"{path}: cannot be read or made (IsADirectoryError); let this user read it, or name another key file"
    )


def test_a_key_file_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(RegistryError, match=r"/file/key: cannot be read or made \((NotADirectory|FileExists)Error\); "):
        Cipher.load(tmp_path / "file" / "key")
