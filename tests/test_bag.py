"""`lod bag`: the bagit package, which archives use, finds a release whole and any change to it."""

from pathlib import Path

import bagit
import pytest
from small import lod, small_project

from lod.verify import verify_release


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = small_project(tmp_path_factory.mktemp("bag") / "project")
    assert lod("build", project).exit_code == 0
    return project / "output/latest"


def test_a_bag_is_valid_and_holds_the_release(release: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bag"
    files = [path for path in release.rglob("*") if path.is_file()]
    shown = lod("bag", release, folder)
    assert (shown.exit_code, shown.stdout) == (0, f"{folder}: {len(files)} files\n")
    bag = bagit.Bag(str(folder))
    bag.validate()
    assert bag.version_info == (1, 0)
    assert set(bag.payload_files()) == {f"data/{path.relative_to(release).as_posix()}" for path in files}
    assert bag.info["External-Identifier"] == "https://example.org/my-dataset/"
    assert verify_release(folder / "data") == ()


def test_the_same_release_gives_the_same_bag(release: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert lod("bag", release, tmp_path / name).exit_code == 0
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).glob("*.txt")} for name in ("one", "two"))
    assert one == two
    assert set(one) == {"bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"}


@pytest.mark.parametrize("name", ["data/dataset.nq", "data/claim/c1.ttl", "bag-info.txt", "manifest-sha256.txt"])
def test_any_change_is_found(name: str, release: Path, tmp_path: Path) -> None:
    assert lod("bag", release, tmp_path / "bag").exit_code == 0
    path = tmp_path / "bag" / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(bagit.BagError):
        bagit.Bag(str(tmp_path / "bag")).validate()


def test_a_spoilt_release_is_not_bagged(release: Path, tmp_path: Path) -> None:
    path = release / "style.css"
    content = path.read_bytes()
    path.write_bytes(content + b"\n")
    shown = lod("bag", release, tmp_path / "bag")
    path.write_bytes(content)
    assert (shown.exit_code, "is not as it was published: style.css: has " in shown.stderr) == (2, True)
    assert not list(tmp_path.iterdir())


def test_what_is_there_is_not_written_over(release: Path, tmp_path: Path) -> None:
    shown = lod("bag", release, tmp_path)
    assert (shown.exit_code, shown.stderr) == (2, f"error: {tmp_path}: is there already\n  Name a new folder.\n")
    shown = lod("bag", release, tmp_path / "none/bag")
    assert (shown.exit_code, "cannot be written: No such file or directory" in shown.stderr) == (2, True)
