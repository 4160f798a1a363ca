"""A workspace in memory with the doors of `assistant.workspace.Workspace`, over three made-up documents."""

from __future__ import annotations

import hashlib
import re
import time
from pathlib import Path

from assistant.answers.answer import Answer, Claim, Reason
from assistant.targets.target import Target
from corpus.citation import cite
from corpus.document import Document, Relation, RelationKind, Span
from corpus.errors import NotFound, UnreadableFile
from corpus.permalink import slug
from corpus.store import Citing, Original, Summary
from corpus.structure import provisions
from indexer.passages import Passage
from indexer.search import Hit

WATER = """THỦ TƯỚNG CHÍNH PHỦ
Số: 123/QĐ-TTg
Hà Nội, ngày 15 tháng 02 năm 2024

QUYẾT ĐỊNH
Phê duyệt Chương trình quan trắc nước đến năm 2030

Căn cứ Nghị định số 77/2020/NĐ-CP ngày 01 tháng 7 năm 2020;

Điều 1. Mục tiêu của Chương trình
1. Mục tiêu đến năm 2027
a) 80% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm;
b) Ít nhất 65% hộ dân ven sông nhận được cảnh báo ngập qua điện thoại 📱 trong vòng 30 phút; mỗi tỉnh có tối thiểu 12 trạm đo mưa.
2. Mục tiêu đến năm 2030
a) 100% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm;
b) Giảm 40% lượng nước thất thoát so với năm 2022.

Điều 2. Kinh phí
Ngân sách nhà nước bố trí khoảng 950 tỷ đồng.

Điều 3. Danh mục nhiệm vụ
| TT | Nhiệm vụ | Chỉ tiêu đến 2030 | Cơ quan chủ trì |
| 1 | Lắp đặt trạm đo mặn | 240 trạm | Bộ Tài nguyên và Môi trường |
| 2 | Đào tạo quan trắc viên | 1.500 người | |

Điều 4. Quyết định này thay thế Quyết định số 98/QĐ-TTg.

Nơi nhận:
- Các tỉnh ven sông;
- Lưu: VT.
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG
Trần Thị Ví Dụ
"""
OLDER = """QUYẾT ĐỊNH
Về Chương trình quan trắc nước giai đoạn trước

Điều 1. Mục tiêu
1. Đến năm 2023, 50% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm.
"""
LETTER = "CÔNG VĂN\nĐề nghị các tỉnh báo cáo kết quả lắp đặt trạm đo mưa trước ngày 30 tháng 6 năm 2025.\n"

_PLANTED = {
    "123-qd-ttg-2024": [
        ("80% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm", "=", 80, "%", "2027", "target"),
        (
            "Ít nhất 65% hộ dân ven sông nhận được cảnh báo ngập qua điện thoại 📱 trong vòng 30 phút",
            ">=",
            65,
            "%",
            "2027",
            "target",
        ),
        ("mỗi tỉnh có tối thiểu 12 trạm đo mưa", ">=", 12, "trạm", "2027", "target"),
        ("100% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm", "=", 100, "%", "2030", "target"),
        ("khoảng 950 tỷ đồng", "~", 950, "tỷ đồng", None, "budget"),
        ("240 trạm", "=", 240, "trạm", "2030", "target"),
    ],
    "98-qd-ttg-2019": [
        ("50% trạm quan trắc nước mặt truyền số liệu tự động về trung tâm", "=", 50, "%", "2023", "target"),
    ],
}


def _document(id: str, text: str, **fields: object) -> Document:
    relations = ()
    at = text.find("98/QĐ-TTg")
    if at >= 0:
        relations = (Relation(kind=RelationKind.REPLACES, number="98/QĐ-TTg", span=Span(start=at, end=at + 9)),)
    at = text.find("Nghị định số 77/2020/NĐ-CP")
    if at >= 0:
        span = Span(start=at, end=at + len("Nghị định số 77/2020/NĐ-CP"))
        relations += (Relation(kind=RelationKind.BASIS, number="77/2020/NĐ-CP", span=span),)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(id=id, text=text, provisions=provisions(text), relations=relations, sha256=digest, **fields)


def _documents() -> dict[str, Document]:
    made = (
        _document(
            "123-qd-ttg-2024", WATER, number="123/QĐ-TTg", kind="Quyết định", issuer="Thủ tướng Chính phủ",
            signer="Trần Thị Ví Dụ", issued_on="2024-02-15", effective_from="2024-02-15",
            title="Phê duyệt Chương trình quan trắc nước đến năm 2030",
        ),
        _document(
            "98-qd-ttg-2019", OLDER, number="98/QĐ-TTg", kind="Quyết định", issuer="Thủ tướng Chính phủ",
            issued_on="2019-05-06", title="Chương trình quan trắc nước giai đoạn trước",
        ),
        _document("cong-van <lạ>", LETTER, kind="Công văn"),
    )  # fmt: skip
    return {d.id: d for d in made}


def _indicator(quote: str) -> str:
    return re.sub(r"^(ít nhất |khoảng |tối thiểu )?[\d.,]+%? ?", "", quote, flags=re.IGNORECASE) or quote


class FakeDesk:
    """Answers about water stations, refuses the rest, keeps nothing."""

    def __init__(self) -> None:
        self.kept = _documents()
        self.asked: list[tuple[str, tuple, str | None]] = []

    def documents(self) -> list[Summary]:
        lines = []
        for d in self.kept.values():
            fields = d.model_dump(exclude={"text", "provisions", "relations", "provenance"})
            lines.append(Summary(**fields, fingerprint="0", characters=len(d.text), added_at="2026-01-01T00:00:00Z"))
        return lines

    def document(self, id: str) -> Document:
        if id not in self.kept:
            raise NotFound(f"không có văn bản {id!r}; xem danh sách bằng `chitieu list`")
        return self.kept[id]

    def targets(self, id: str | None = None) -> list[Target]:
        if id is not None:
            self.document(id)
        return [t for d in self.kept.values() if id in (None, d.id) for t in self._planted(d)]

    def _planted(self, document: Document) -> list[Target]:
        targets = []
        for quote, comparator, value, unit, deadline, status in _PLANTED.get(document.id, []):
            start = document.text.index(quote)
            targets.append(
                Target(
                    indicator=_indicator(quote), comparator=comparator, value=value, unit=unit, deadline=deadline,
                    status=status, target_class="numeric", section="Điều 1. Mục tiêu",
                    citation=cite(document, Span(start=start, end=start + len(quote))),
                )
            )  # fmt: skip
        return targets

    def search(self, query: str, k: int | None = None, only=None) -> list[Hit]:
        words = slug(query).split("-")
        hits = []
        allowed = only.documents if only and only.documents is not None else self.kept
        for d in (d for d in self.kept.values() if d.id in allowed):
            for match in re.finditer(r"[^\n]+", d.text):
                plain = slug(match.group())
                score = sum(word in plain for word in words) / len(words)
                if score:
                    p = Passage(
                        document=d.id, sha256=d.sha256, start=match.start(), end=match.end(), text=match.group()
                    )
                    hits.append(Hit(passage=p, score=score, parts={"lexical": score}))
        return sorted(hits, key=lambda h: -h.score)[: k or 10]

    def ask(self, question: str, history: tuple = (), as_of: str | None = None, only=None) -> Answer:
        self.asked.append((question, tuple(history), as_of))
        if "chậm" in question:
            time.sleep(3)
        if "nổ máy" in question:
            raise RuntimeError("secret internals")
        followed = f"{question} (tiếp: {history[0].content})" if history else question
        plain = slug(question)
        outside = only is not None and not {"123-qd-ttg-2024", "98-qd-ttg-2019"} & set(only)
        if outside or ("tram-quan-trac" not in plain and not (history and "nam" in plain)):
            return Answer(
                question=question, standalone=followed, abstained=True, reason=Reason.NO_EVIDENCE,
                answer="Các văn bản trong kho không nêu nội dung này.",
                suggestions=("Đến năm 2027, bao nhiêu phần trăm trạm quan trắc nước mặt truyền số liệu tự động về trung tâm?",),
            )  # fmt: skip
        targets = [t for t in self.targets() if "trạm quan trắc" in t.indicator]
        targets = [t for t in targets if only is None or t.citation.document in only]
        asked = [t for t in targets if t.deadline in plain] or targets
        said = [f"Đến năm {t.deadline}, {t.citation.quote} ({t.citation.path}, {t.citation.number})." for t in asked]
        return Answer(
            question=question, standalone=followed, answer=" ".join(said), citations=tuple(t.citation for t in asked),
            targets=tuple(asked), confidence=0.9,
            claims=tuple(Claim(text=s, citations=(n,)) for n, s in enumerate(said)),
        )  # fmt: skip

    def read(self, path: Path) -> Document:
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(path.name, "không nhận ra kiểu tệp; hãy dùng txt, html, docx hoặc pdf") from error
        return _document(path.stem, text)

    def extract(self, path: Path) -> list[Target]:
        document = self.read(path)
        spans = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[\d.]+%[^;.\n]+", document.text)]
        return [
            Target(
                indicator=_indicator(s.of(document.text)), value=float(s.of(document.text).split("%")[0]), unit="%",
                target_class="numeric", citation=cite(document, s),
            )
            for s in spans
        ]  # fmt: skip

    def citing(self, document: Document) -> list[Citing]:
        found = [(d.id, r) for d in self.kept.values() for r in d.relations]
        return [Citing(document=id, relation=r) for id, r in found if r.number == document.number]

    def original(self, id: str) -> Original:
        return Original(name=f"{self.document(id).id}.txt", content=self.document(id).text.encode())
