"""Scores on the annotated documents beside the checkout, and silence on texts of law."""

from __future__ import annotations

import pytest

from eval.targets import false_targets, run, show


@pytest.mark.shared
def test_scores_on_the_shared_annotation(shared):
    report = run(shared / "gold", shared / "documents")
    assert report.f1.value >= 0.97, show(report)
    assert report.strict.value >= 0.93, show(report)
    assert report.verbatim.value == 1.0


@pytest.mark.shared
def test_texts_of_law_give_almost_no_targets(shared, tmp_path):
    pages = sorted((shared / "pages").glob("*.html"))[::10]
    for page in pages:
        (tmp_path / page.name).write_bytes(page.read_bytes())
    assert false_targets(tmp_path).per_100k < 2
