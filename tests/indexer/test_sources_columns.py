"""The columns of documents against the documents themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import build
from indexer.fusion import TUNED
from indexer.search import Index
from indexer.sources import Filter, Source, Sources

DAY = st.sampled_from(["2029", "2029-05", "2029-05-17", "2030-01-01", "2031-12", "2031-12-31", "2032"])
TEXT = st.sampled_from(["Quyết định", "quyết  định", "Kế hoạch", "", "Ủy ban nhân dân xã Đồi Mơ"])
SOURCE = st.builds(
    Source,
    id=st.sampled_from(["a", "b", "ngày-1", "Đ/2", "e"]),
    sha256=st.just("0" * 64),
    number=st.none() | st.sampled_from(["5/KH-UBND", "0012/2030/QĐ-X", "12/TB-Y"]),
    about=st.none() | st.sampled_from(["5/QĐ-Z", "880"]),
    kind=st.none() | TEXT,
    issuer=st.none() | TEXT,
    issued_on=st.none() | DAY,
    effective_from=st.none() | DAY,
    effective_to=st.none() | DAY,
    passages=st.integers(0, 3),
)
IDS = st.frozensets(st.sampled_from(["a", "b", "ngày-1", "x"]))
FILTER = st.builds(
    Filter,
    documents=st.none() | IDS,
    excluding=IDS,
    kinds=st.none() | st.frozensets(TEXT),
    issuers=st.none() | st.frozensets(TEXT),
    years=st.none() | st.frozensets(st.sampled_from([0, 2029, 2030, 2031])),
    as_of=st.none() | DAY,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sources=st.lists(SOURCE, max_size=6), only=FILTER)
def test_filtering_all_at_once_is_filtering_one_by_one(tmp_path_factory, sources, only):
    directory = tmp_path_factory.mktemp("sources")
    Sources.write(directory, sources)
    read = Sources(directory)
    assert read.allowed(only).tolist() == [only.allows(s) for s in sources]


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(sources=st.lists(SOURCE, max_size=6))
def test_documents_come_back_as_they_were_written(tmp_path_factory, sources):
    directory = tmp_path_factory.mktemp("sources")
    Sources.write(directory, sources)
    read, first = Sources(directory), 0
    assert len(read) == len(sources)
    for at, source in enumerate(sources):
        assert read[at] == source.model_copy(update={"first": first})
        first += source.passages
    assert list(read) == read[:] == [read[at - len(read)] for at in range(len(read))]
    assert read.versions() == {s.id: s.sha256 for s in sources}
    assert read.bearing("12") == [at for at, s in enumerate(sources) if "12" in (s.number or "").lstrip("0")[:2]]
    with pytest.raises(IndexError):
        read[len(sources)]


def test_masks_of_repeated_filters_are_kept_and_others_do_not_mix(tmp_path, made, hashed):
    documents = [made(f"d{i}", f"Xã {i} xây {i} cầu treo", kind="Kế hoạch") for i in range(12)]
    index = Index(build(tmp_path, documents, hashed), hashed, replace(TUNED, dense=0.0))
    for turn in range(3):
        for i in range(12):
            hits = index.search("xây cầu treo", 20, Filter(documents=frozenset({f"d{i}"})))
            assert [h.passage.document for h in hits] == [f"d{i}"], turn
