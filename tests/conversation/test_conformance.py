from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conversation.conformance import (
    CHAT,
    EXAMPLES,
    check_damage,
    check_foreign,
    check_place,
    check_round_trip,
    check_shape,
    contents,
    damaged,
    examples,
    export_of,
    files_in,
    name_of,
    read,
    recognising,
)
from throwline.conversation import READERS, Reader

every_reader = pytest.mark.parametrize("reader", READERS, ids=name_of)
fuzzed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_every_reader_has_examples_and_every_example_a_reader() -> None:
    assert {name_of(reader) for reader in READERS} == set(EXAMPLES)
    listed = {folder for folders in EXAMPLES.values() for folder in folders}
    assert listed == {path.name for path in CHAT.iterdir() if path.is_dir()}


@every_reader
def test_facts_are_sentences(reader: Reader) -> None:
    facts = reader.facts
    assert facts.title
    assert facts.known_by
    assert facts.export_steps
    for sentence in (facts.people, facts.times, *facts.leaves_out, *facts.export_steps):
        assert sentence[0].isupper()
        assert sentence.endswith((".", "?"))


@every_reader
def test_examples_read(reader: Reader) -> None:
    for files in examples(reader):
        conversations = read(reader, files)
        assert any(conversation.messages for conversation in conversations)
        for conversation in conversations:
            check_shape(reader, conversation)
            check_round_trip(conversation)
            for message in conversation.messages:
                check_place(files, message)


@pytest.mark.parametrize(
    ("owner", "folder"),
    [(name, folder) for name, folders in EXAMPLES.items() for folder in folders],
)
def test_examples_are_recognised_by_their_reader_alone(owner: str, folder: str) -> None:
    documents = export_of(files_in(CHAT / folder)).documents.values()
    found = [recognising(document) for document in documents]
    assert [owner] in found
    assert all(names in ([owner], []) for names in found), found


@every_reader
def test_the_name_of_a_single_file_does_not_matter(reader: Reader) -> None:
    for files in examples(reader):
        for name, raw in files.items():
            renamed = f"{name.rsplit('.', 1)[0]}.bin"
            before = read(reader, {name: raw}) if _alone(reader, name, raw) else []
            after = read(reader, {renamed: raw}) if before else []
            assert [contents(c) for c in after] == [contents(c) for c in before]


def _alone(reader: Reader, name: str, raw: bytes) -> bool:
    (document,) = export_of({name: raw}).documents.values()
    return reader.recognises(document)


@every_reader
def test_cut_off_anywhere(reader: Reader) -> None:
    for files in examples(reader):
        for part in range(20):
            for cut in damaged(files, lambda raw, part=part: raw[: len(raw) * part // 20]):
                check_damage(reader, cut)


@every_reader
@fuzzed
@given(data=st.data())
def test_changed_bytes(reader: Reader, data: st.DataObject) -> None:
    files = data.draw(st.sampled_from(list(examples(reader))))
    name = data.draw(st.sampled_from(sorted(files)))
    raw = bytearray(files[name])
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(raw)))
        length = data.draw(st.integers(0, 40))
        raw[start : start + length] = data.draw(
            st.one_of(st.binary(max_size=40), st.text(max_size=20).map(str.encode))
        )
    check_damage(reader, {**files, name: bytes(raw)})


@every_reader
@fuzzed
@given(raw=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_bytes_of_no_format(reader: Reader, raw: bytes) -> None:
    check_foreign(reader, raw)


@every_reader
def test_empty_and_endless_lines(reader: Reader) -> None:
    for raw in (b"", b"\n" * 5000, b"a" * 100_000, b"{" * 50_000, b"<" * 50_000, b"1/" * 50_000):
        check_foreign(reader, raw)


def test_no_reader_takes_a_picture_or_a_program() -> None:
    for head in (b"\x7fELF\x02\x01\x01", b"\xff\xd8\xff\xe0", b"MZ\x90\0", bytes(range(256))):
        (document,) = export_of({"x": head + bytes(2000)}).documents.values()
        assert recognising(document) == []
