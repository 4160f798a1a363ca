"""The Grafana dashboard: it can be read, its panels do not overlap, and it asks for nothing that is not there."""

from __future__ import annotations

import json
import re
from itertools import combinations
from pathlib import Path

import pytest

from assistant.watch.call import Call
from assistant.watch.gauges import Disk, Generation, Standing
from assistant.watch.metrics import Metrics

ROOT = Path(__file__).parents[2]
DASHBOARD = json.loads((ROOT / "docs" / "grafana" / "chitieu.json").read_text("utf-8"))
PANELS = DASHBOARD["panels"]
QUERIES = [(p["title"], t["expr"]) for p in PANELS for t in p.get("targets", [])]
QUERIES += [(a["name"], a["expr"]) for a in DASHBOARD["annotations"]["list"]]
QUERIES += [(v["name"], v["query"]) for v in DASHBOARD["templating"]["list"] if v["type"] == "query"]
WORD = r"[a-z_]+"
FUNCTIONS = {
    "sum",
    "by",
    "rate",
    "increase",
    "histogram_quantile",
    "min",
    "max",
    "label_values",
    "resets",
    "bool",
    "offset",
}


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """Every sample name with the labels that it can have, from metrics in which everything has happened."""
    metrics = Metrics()
    call = Call(id="a" * 16, stages={"answer": 0.1}, answered=False, reason="no_evidence", kind="date", phrased=True)
    call.uploads, call.refusals = [3], ["key"]
    metrics.begun()
    metrics.ended(call, "POST", "/api/ask", 200, 0.1)
    metrics.took_in(1, 1, 1)

    from assistant.watch import gauges

    patch = pytest.MonkeyPatch()
    made = Generation(name="1", hash="a", made_at="2026-01-01", age_seconds=1, documents=1, passages=1, encoder="e")
    patch.setattr(gauges, "generation_of", lambda *_: made)
    patch.setattr(gauges, "disk_of", lambda *_: Disk(free_bytes=1, total_bytes=2, low=True))
    text = metrics.exposed(Standing(tmp_path_factory.mktemp("home"), object(), "0", None, True))[0].decode()
    patch.undo()
    found: dict[str, set[str]] = {}
    for name, labels in re.findall(r"^([a-z_]+)(?:\{([^}]*)\})? ", text, re.MULTILINE):
        found.setdefault(name, set()).update(re.findall(r'([a-z]+)="', labels or ""))
    return found


def test_every_metric_is_on_the_dashboard_or_in_the_documents(known):
    shown = {name for _, query in QUERIES for name in re.findall(r"\bchitieu_[a-z_]+", query)}
    documented = (ROOT / "docs" / "monitoring.md").read_text("utf-8")
    families = {re.sub(r"_(bucket|sum|count)$", "", name) for name in known}
    assert {name for name in families if f"`{name}`" not in documented} == set()
    assert len(shown) > 15


@pytest.mark.parametrize(("title", "query"), QUERIES)
def test_a_query_names_metrics_and_labels_that_exist(known, title, query):
    names = re.findall(r"\bchitieu_[a-z_]+", query)
    assert names, title
    assert set(names) <= set(known), title
    for name, labels in re.findall(r"(chitieu_[a-z_]+)\{([^}]*)\}", query):
        asked = set(re.findall(rf"({WORD})(?:=~|!~|!=|=)", labels)) - {"job", "instance"}
        assert asked <= known[name], title
    for grouped in re.findall(r"by \(([a-z, ]+)\)", query):
        assert set(grouped.split(", ")) <= set().union(*(known[name] for name in names)), title
    for shape, closing in (("(", ")"), ("{", "}"), ("[", "]")):
        assert query.count(shape) == query.count(closing)
    bare = re.sub(r'\{[^}]*\}|"[^"]*"|\[[^\]]*\]|\([a-z, ]+\)', "", query)
    called = set(re.findall(rf"\b({WORD})\b", bare)) - set(names)
    assert called <= FUNCTIONS | {"job", "instance"}


@pytest.mark.parametrize("panel", [p for p in PANELS if p["type"] != "row"], ids=lambda p: p["title"])
def test_a_legend_names_labels_of_its_query(known, panel):
    for target in panel["targets"]:
        labels = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) - {"instance", "pid"}
        names = re.findall(r"\bchitieu_[a-z_]+", target["expr"])
        assert labels <= set().union(*(known[name] for name in names))


def test_panels_have_ids_and_places_of_their_own():
    assert len({p["id"] for p in PANELS}) == len(PANELS)
    for one, two in combinations([p["gridPos"] for p in PANELS], 2):
        beside = one["x"] + one["w"] <= two["x"] or two["x"] + two["w"] <= one["x"]
        below = one["y"] + one["h"] <= two["y"] or two["y"] + two["h"] <= one["y"]
        assert beside or below
    assert all(p["gridPos"]["x"] + p["gridPos"]["w"] <= 24 for p in PANELS)


def test_it_imports_into_any_grafana():
    assert DASHBOARD["uid"] == "chitieu"
    assert DASHBOARD["schemaVersion"] >= 36
    sources = {p["datasource"]["uid"] for p in PANELS if p["type"] != "row"}
    assert sources == {"${datasource}"}
