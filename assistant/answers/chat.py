"""Questions as they are typed in a chat: the short forms of everyday words written out."""

from __future__ import annotations

import re

from assistant.answers.normalise import is_bare, unmarked
from corpus.encoding.syllables import is_syllable

__all__ = ["written_out"]

SHORT: dict[str, str] = {
    "bhtn": "bảo hiểm thất nghiệp",
    "bn": "bao nhiêu",
    "bnh": "bao nhiêu",
    "bnhieu": "bao nhiêu",
    "bnhiêu": "bao nhiêu",
    "ctr": "chương trình",
    "cty": "công ty",
    "dc": "được",
    "đc": "được",
    "gv": "giáo viên",
    "hk": "không",
    "hok": "không",
    "hông": "không",
    "j": "gì",
    "k": "không",
    "ko": "không",
    "ksao": "không sao",
    "kp": "kinh phí",
    "hđlđ": "hợp đồng lao động",
    "lđ": "lao động",
    "mn": "mọi người",
    "ng": "người",
    "nld": "người lao động",
    "nlđ": "người lao động",
    "ns": "ngân sách",
    "ntn": "như thế nào",
    "pt": "phát triển",
    "sl": "số lượng",
    "sv": "sinh viên",
    "sx": "sản xuất",
    "tg": "thời gian",
    "trc": "trước",
    "vs": "với",
}
"""Short forms in lower case that are no Vietnamese syllable, which is why they can be read in one way only."""
_SLASHED = {"b/c": "báo cáo", "h/s": "hồ sơ", "t/h": "thực hiện", "v/v": "về việc", "k/phí": "kinh phí"}
"""Short forms with a stroke, as officials write them."""
_STROKE = re.compile(r"(?<![\w/])[^\W\d_]/[^\W\d_]+(?![\w/])")
_ARRANGED = re.compile(
    r"(?<!\w)sx(?=\s+(?:lại\s+|các\s+)?(?:thôn|tổ dân phố|xã|phường|đơn vị|bộ máy|tổ chức|cán bộ|công chức|nhân sự))",
    re.IGNORECASE,
)
"""The short form of "sản xuất" where only "sắp xếp" makes sense: before what is arranged anew."""
_CAPITALS = 3
"""Letters from which a short form may be written in capitals too ("BHTN"): two stand for too many things."""
_WORD = re.compile(r"(?<![\w/.\-])[^\W\d_]+(?![\w/\-]|\.\w)")
_MILLIONS = re.compile(r"(?<![\w.,])(\d+(?:[.,]\d+)*)\s?tr(?!\w)", re.IGNORECASE)
_GLUED = re.compile(
    r"(?<![\w.,/-])(\d+(?:[.,]\d+)*)(m|m2|m3|kg|km|km2|ha|cm|mm|kv|kw|kwh|mw|gw|mva|cc|tấn|tan|người|tháng|ngày|năm|tỷ|tỉ|triệu|điểm)(?!\w)",
    re.IGNORECASE,
)
_STUDY = r"khoa|phát|pt|kh|sinh|viên|ứng|cơ bản|đề|và|phat|vien|ung|co ban|de|va"
_NC = re.compile(
    rf"(?<![\w/.\-])nc(?![\w/\-])(?P<study>(?=\s+(?:{_STUDY})(?!\w))"
    r"|(?<=tài nc)|(?<=tai nc)|(?<=viện nc)|(?<=vien nc)|(?<=tâm nc)|(?<=tam nc)|(?<=hoạt động nc))?"
)
"""The short form of "nước", and of "nghiên cứu" beside words of research."""
_F = re.compile(r"(?<![\w/.-])[fF][^\W\d_]+(?![\w/.-])")
_SPELLED = {"m": "mét"}


def _with_ph(m: re.Match[str]) -> str:
    """A Vietnamese syllable that is spelled with f, with ph; any other word as it is."""
    spelled = ("Ph" if m.group()[0].isupper() else "ph") + m.group()[1:]
    return spelled if is_syllable(spelled) else m.group()


def written_out(text: str) -> str:
    """`text` with the short forms written out, without marks where `text` has none.

    >>> written_out("dự án có dc hỗ trợ ko, tối đa 20tr")
    'dự án có được hỗ trợ không, tối đa 20 triệu'
    """
    plain = is_bare(text)

    def word(m: re.Match[str]) -> str:
        written = m.group()
        full = SHORT.get(written.lower() if len(written) >= _CAPITALS and written.isupper() else written)
        return m.group() if full is None else unmarked(full) if plain else full

    def measured(m: re.Match[str]) -> str:
        return f"{m.group(1)} {_SPELLED.get(m.group(2).lower(), m.group(2))}"

    def stroked(m: re.Match[str]) -> str:
        full = _SLASHED.get(m.group().lower(), m.group())
        return unmarked(full) if plain else full

    text = _STROKE.sub(stroked, _ARRANGED.sub("sap xep" if plain else "sắp xếp", text))

    def studied(m: re.Match[str]) -> str:
        full = "nghiên cứu" if m.group("study") is not None else "nước"
        return unmarked(full) if plain else full

    text = _NC.sub(studied, _F.sub(_with_ph, text))
    text = _MILLIONS.sub(r"\1 trieu" if plain else r"\1 triệu", text)
    return _GLUED.sub(measured, _WORD.sub(word, text))
