"""A search that is led, as in a large index: by rare terms, marks, provisions and the graph, in its own generation."""

from __future__ import annotations

import pytest

from corpus.structure import provisions
from indexer.search import Filter

KINDS = ("Quyết định", "Kế hoạch", "Nghị quyết")


def plan(made, number, word="trạm bơm"):
    text = (
        f"Điều 1. Xã {number} lắp {number} {word}, nạo vét {number % 7} kênh nội đồng.\n"
        f"Điều 2. Phòng Kinh tế xã {number} chủ trì, giữ {number % 5} cống dưới đê.\n"
    )
    document = made(
        f"d{number:02}",
        text,
        number=f"{number}/QĐ-UBND",
        kind=KINDS[number % 3],
        issued_on=f"20{10 + number % 9}-05-06",
    )
    return document.model_copy(update={"provisions": provisions(text)})


@pytest.fixture(scope="module")
def index(cluster, made, encoding, opened):
    return opened(cluster(), [plan(made, i) for i in range(40)], encoding)


def asked(index, question, led, only=None):
    index.exact, index.budget = not led, 4 if led else 20_000
    return [(h.passage.document, round(h.score, 4)) for h in index.search(question, 5, only)]


@pytest.mark.parametrize(
    "question",
    ["Xã 31 lắp bao nhiêu trạm bơm", "xa 17 lap bao nhieu tram bom", "17/QĐ-UBND quy định gì", "Điều 2 Quyết định 23/QĐ-UBND"],
)  # fmt: skip
@pytest.mark.parametrize("only", [None, Filter(excluding=("d05",)), Filter(kinds=KINDS[:2])])
def test_the_first_is_the_same_as_with_everything_scored(index, question, only):
    whole, led = asked(index, question, False, only), asked(index, question, True, only)
    assert led[0] == whole[0]
    assert {d for d, _ in led} <= {f"d{i:02}" for i in range(40)}


def test_a_provision_alone_is_looked_for_among_what_the_words_lead_to(index):
    index.exact, index.budget = False, 4
    found = index.search("Điều 2 xã 31 giữ bao nhiêu cống", 3)
    assert (found[0].passage.document, found[0].parts["provision"]) == ("d31", 1)


def test_what_a_filter_leaves_out_is_never_led_to(index):
    index.exact, index.budget = False, 4
    allowed = Filter(kinds=("Kế hoạch",), excluding=("d31",))
    found = index.search("Xã 31 lắp bao nhiêu trạm bơm", 20, allowed)
    assert found
    assert all(int(h.passage.document[1:]) % 3 == 1 and h.passage.document != "d31" for h in found)


def test_each_generation_is_led_within_itself(cluster, made, encoding, opened):
    """A search that was opened before documents came and went finds what it was opened with."""
    indexes = cluster()
    before = opened(indexes, [plan(made, i) for i in range(12)], encoding, exact=False)
    after = opened(indexes, [plan(made, i, "cối xay") for i in range(3)] + [plan(made, i) for i in range(5, 16)],
                   encoding, exact=False)  # fmt: skip
    for index, ids in ((before, range(12)), (after, [*range(3), *range(5, 16)])):
        index.budget = 2
        for question in ("lắp trạm bơm", "lắp cối xay", "Điều 2 giữ cống", "1/QĐ-UBND"):
            found = index.search(question, 40)
            assert {h.passage.document for h in found} <= {f"d{i:02}" for i in ids}
            assert len({(h.passage.document, h.passage.start) for h in found}) == len(found)
    assert not any("cối xay" in h.passage.text for h in before.search("Xã 1 lắp cối xay", 40))
    assert any("cối xay" in h.passage.text for h in after.search("Xã 1 lắp cối xay", 40))
