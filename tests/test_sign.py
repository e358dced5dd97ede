"""Signatures of releases: minisign itself checks what we sign, and signs what we check."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from small import lod, tiny_project

from lod import ReleaseError, read_public_key, read_secret_key
from lod.cli import main
from lod.release import MANIFEST, SIGNATURE
from lod.release.minisign import BadSignature, PublicKey

pytestmark = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


def minisign(*words: object, answers: str = "") -> subprocess.CompletedProcess[str]:
    command = ["minisign", *map(str, words)]
    return subprocess.run(command, input=answers, capture_output=True, text=True, check=False)


def key_pair(folder: Path, name: str, word: str = "") -> tuple[Path, Path]:
    """Make a key pair; the word opens the secret key (none: it is open)."""
    secret, public = folder / f"{name}.key", folder / f"{name}.pub"
    words = ["-G", "-p", public, "-s", secret, *([] if word else ["-W"])]
    assert minisign(*words, answers=f"{word}\n{word}\n").returncode == 0
    return secret, public


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return key_pair(tmp_path_factory.mktemp("keys"), "ours")


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return key_pair(tmp_path_factory.mktemp("keys"), "others")


@pytest.fixture(scope="module")
def signed(keys: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tiny_project(tmp_path_factory.mktemp("signed") / "tiny")
    assert lod("build", project, "--sign", keys[0]).exit_code == 0
    return project


@pytest.fixture
def release(signed: Path) -> Iterator[Path]:
    """The signed release, which is put right again after each test."""
    folder = signed / "output/latest"
    before = {name: (folder / name).read_bytes() for name in (MANIFEST, SIGNATURE)}
    yield folder
    for name, content in before.items():
        (folder / name).write_bytes(content)


def test_minisign_checks_a_release(release: Path, keys: tuple[Path, Path]) -> None:
    checked = minisign("-V", "-m", release / MANIFEST, "-p", keys[1])
    assert checked.returncode == 0, checked.stderr
    assert f"Trusted comment: timestamp:1769817600\tfile:{MANIFEST}\thashed" in checked.stdout, (
        "2026-01-31, as released"
    )


def test_verify_checks_the_signature(release: Path, keys: tuple[Path, Path]) -> None:
    for key in (keys[1], keys[1].read_text().splitlines()[1]):
        shown = lod("verify", release, "--verify-key", key)
        assert (shown.exit_code, shown.stdout) == (0, f"{release}: no breaches\n")
    assert lod("verify", release).exit_code == 0


def test_a_signature_by_minisign_is_taken(release: Path, keys: tuple[Path, Path]) -> None:
    for words in ([], ["-l"]):
        assert minisign("-S", *words, "-s", keys[0], "-m", release / MANIFEST, "-t", "a comment").returncode == 0
        assert lod("verify", release, "--verify-key", keys[1]).exit_code == 0


def breach(release: Path, key: Path) -> str:
    shown = lod("verify", release, "--verify-key", key)
    assert shown.exit_code == 1
    return shown.stdout.splitlines()[-2]


def test_another_key_is_told(release: Path, others: tuple[Path, Path]) -> None:
    assert f"{SIGNATURE}: is by the key " in breach(release, others[1])


def test_a_changed_manifest_is_told(release: Path, keys: tuple[Path, Path]) -> None:
    path = release / MANIFEST
    path.write_text(path.read_text().replace('"title": "People"', '"title": "Robots"'))
    assert breach(release, keys[1]) == f"{SIGNATURE}: is not of this file"
    assert minisign("-V", "-m", path, "-p", keys[1]).returncode == 1


def test_a_changed_comment_is_told(release: Path, keys: tuple[Path, Path]) -> None:
    path = release / SIGNATURE
    path.write_text(path.read_text().replace("timestamp:1769817600", "timestamp:1769817601"))
    assert breach(release, keys[1]) == f"{SIGNATURE}: has a trusted comment that was changed"


@pytest.mark.parametrize("content", ["", "a\nb\nc\nd\n", "a\nAAAA\ntrusted comment: x\nAAAA\n", "\xff" * 100])
def test_what_is_no_signature_is_told(content: str, release: Path, keys: tuple[Path, Path]) -> None:
    (release / SIGNATURE).write_text(content)
    assert breach(release, keys[1]) == f"{SIGNATURE}: is no signature of minisign"


def test_a_missing_signature_is_told(release: Path, keys: tuple[Path, Path]) -> None:
    (release / SIGNATURE).unlink()
    assert breach(release, keys[1]) == f"{SIGNATURE}: is missing"
    assert lod("verify", release).exit_code == 0, "nobody asked for one"


def test_a_second_build_changes_nothing(signed: Path, keys: tuple[Path, Path], others: tuple[Path, Path]) -> None:
    assert lod("build", signed, "--sign", keys[0]).stdout.endswith(", as it was\n")
    assert lod("build", signed).stdout.endswith(", as it was\n"), "who has no key takes no signature away"
    shown = lod("build", signed, "--sign", others[0])
    assert (shown.exit_code, f"differs in {SIGNATURE}" in shown.stderr) == (2, True)


def test_a_key_is_opened_by_its_password(tmp_path: Path) -> None:
    secret, public = key_pair(tmp_path, "locked", "öffne dich")
    project = tiny_project(tmp_path / "tiny")
    words = ["build", str(project), "--sign", str(secret)]
    shut = CliRunner().invoke(main, words, input="no\n")
    assert (shut.exit_code, "does not open by this password" in shut.stderr) == (2, True)
    assert not (project / "output").exists()
    assert CliRunner().invoke(main, words, input="öffne dich\n").exit_code == 0
    assert minisign("-V", "-m", project / "output/latest" / MANIFEST, "-p", public).returncode == 0


def test_what_is_no_key_is_told(keys: tuple[Path, Path], tmp_path: Path) -> None:
    secret, public = keys
    empty = tmp_path / "empty"
    empty.touch()
    for path in (tmp_path / "none", empty, public):
        with pytest.raises(ReleaseError, match="minisign -G"):
            read_secret_key(path, lambda: "")
    for path in (tmp_path / "none", empty, secret):
        with pytest.raises(ReleaseError, match="minisign -G"):
            read_public_key(str(path))


def test_any_flipped_bit_of_a_signature_is_seen(release: Path, keys: tuple[Path, Path]) -> None:
    key, text = read_public_key(str(keys[1])), (release / SIGNATURE).read_text()
    manifest = (release / MANIFEST).read_bytes()
    assert isinstance(key, PublicKey)
    for place in range(text.index("\n") + 1, len(text) - 1):
        if text[place] not in "\n=" and text[place + 1] not in "\n=":
            spoilt = f"{text[:place]}{'A' if text[place] != 'A' else 'B'}{text[place + 1 :]}"
            with pytest.raises(BadSignature):
                key.check(manifest, spoilt)
