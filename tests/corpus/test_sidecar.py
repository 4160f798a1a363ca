from __future__ import annotations

import json

import pytest

from corpus.errors import InputError
from corpus.sidecar import beside, manifest


def write(folder, content):
    path = folder / "manifest.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_states_the_known_fields_and_passes_over_the_rest(tmp_path):
    path = write(
        tmp_path,
        [
            {"file": "a.txt", "number": "7/QĐ-X", "issued_on": "2031-02-03", "note": "scan", "pages": 3},
            {"file": "b.txt", "about": "8/QĐ-X", "effective_from": "5/7/2031", "title": "  Hai \n dòng "},
            {"file": "c.txt", "number": None, "issuer": ""},
        ],
    )
    assert manifest(path) == {
        "a.txt": {"number": "7/QĐ-X", "issued_on": "2031-02-03"},
        "b.txt": {"about": "8/QĐ-X", "effective_from": "2031-07-05", "title": "Hai dòng"},
        "c.txt": {},
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[{", "JSON"),
        ('{"a.txt": {}}', "danh sách"),
        ("[1]", "mục thứ 1"),
        ('[{"number": "1/QĐ-X"}]', "mục thứ 1"),
        ('[{"file": "a"}, {"file": "a"}]', "hai lần"),
        ('[{"file": "a", "number": 5}]', "number"),
        ('[{"file": "a", "issued_on": "hôm qua"}]', "issued_on"),
        ('[{"file": "a", "issued_on": "2031-13"}]', "issued_on"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_a_bad_manifest_is_one_clear_line(tmp_path, content, reason):
    with pytest.raises(InputError, match=reason) as caught:
        manifest(write(tmp_path, content))
    assert "\n" not in str(caught.value)


def test_a_missing_manifest_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.json"):
        manifest(tmp_path / "gone.json")


def test_the_manifest_beside_a_file_is_found_and_another_kind_is_passed_over(tmp_path):
    assert beside(tmp_path / "a.txt") is None
    write(tmp_path, [{"file": "a.txt", "kind": "bài viết"}])
    assert beside(tmp_path / "a.txt") == {"kind": "bài viết"}
    assert beside(tmp_path / "b.txt") is None
    write(tmp_path, {"name": "A web page", "icons": []})
    assert beside(tmp_path / "a.txt") is None
