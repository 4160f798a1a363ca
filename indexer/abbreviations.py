"""Abbreviations that officials and citizens write for the long names in legal texts, expanded in both directions."""

from __future__ import annotations

import re

from indexer.words import bare, folded

__all__ = ["ABBREVIATIONS", "alternatives", "short", "spelled_out"]

ABBREVIATIONS = {
    "ANTT": "an ninh trật tự",
    "ATGT": "an toàn giao thông",
    "ATTP": "an toàn thực phẩm",
    "ATTT": "an toàn thông tin",
    "ATVSTP": "an toàn vệ sinh thực phẩm",
    "BHTN": "bảo hiểm thất nghiệp",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BVMT": "bảo vệ môi trường",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CCCD": "căn cước công dân",
    "CCHC": "cải cách hành chính",
    "CĐS": "chuyển đổi số",
    "CMND": "chứng minh nhân dân",
    "CNTT": "công nghệ thông tin",
    "CSDL": "cơ sở dữ liệu",
    "CSGT": "cảnh sát giao thông",
    "CPĐT": "chính phủ điện tử",
    "CQĐT": "chính quyền điện tử",
    "DVC": "dịch vụ công",
    "DVCTT": "dịch vụ công trực tuyến",
    "ĐKKD": "đăng ký kinh doanh",
    "GCN": "giấy chứng nhận",
    "GDĐT": "giáo dục và đào tạo",
    "GPLX": "giấy phép lái xe",
    "GTGT": "giá trị gia tăng",
    "GTVT": "giao thông vận tải",
    "HĐLĐ": "hợp đồng lao động",
    "HĐND": "hội đồng nhân dân",
    "HTX": "hợp tác xã",
    "KCN": "khu công nghiệp",
    "KHCN": "khoa học và công nghệ",
    "KTXH": "kinh tế - xã hội",
    "LĐTBXH": "lao động - thương binh và xã hội",
    "MTTQ": "mặt trận tổ quốc",
    "NHNN": "ngân hàng nhà nước",
    "NLĐ": "người lao động",
    "NSDLĐ": "người sử dụng lao động",
    "NSNN": "ngân sách nhà nước",
    "NVQS": "nghĩa vụ quân sự",
    "PCCC": "phòng cháy và chữa cháy",
    "PCTN": "phòng, chống tham nhũng",
    "QLNN": "quản lý nhà nước",
    "QPPL": "quy phạm pháp luật",
    "QSDĐ": "quyền sử dụng đất",
    "SHTT": "sở hữu trí tuệ",
    "TAND": "tòa án nhân dân",
    "THCS": "trung học cơ sở",
    "THPT": "trung học phổ thông",
    "TMĐT": "thương mại điện tử",
    "TNCN": "thu nhập cá nhân",
    "TNDN": "thu nhập doanh nghiệp",
    "TNHH": "trách nhiệm hữu hạn",
    "TNMT": "tài nguyên và môi trường",
    "TTHC": "thủ tục hành chính",
    "TTTT": "thông tin và truyền thông",
    "TTATXH": "trật tự an toàn xã hội",
    "UBND": "ủy ban nhân dân",
    "VBQPPL": "văn bản quy phạm pháp luật",
    "VKSND": "viện kiểm sát nhân dân",
    "VPHC": "vi phạm hành chính",
    "XPVPHC": "xử phạt vi phạm hành chính",
}

_WORD = re.compile(r"[^\W\d_]+")
_SHORT = {bare(short).lower(): long for short, long in ABBREVIATIONS.items()}
_LONG = {folded(long): short for short, long in ABBREVIATIONS.items()}
_LONG_BOTH = {**{bare(long): short for long, short in _LONG.items()}, **_LONG}
_NAME = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(_LONG_BOTH, key=len, reverse=True)))})(?!\w)")


def short(word: str) -> bool:
    """Whether `word` is an abbreviation, in whatever case."""
    return bare(word).lower() in _SHORT


def alternatives(text: str) -> list[str]:
    """Other writings of what stands in `text`: the long name of each abbreviation, the abbreviation of each name."""
    plain = folded(text)
    found = [_SHORT[word] for word in map(bare, _WORD.findall(plain)) if word in _SHORT]
    found += [_LONG_BOTH[name] for name in _NAME.findall(plain)]
    return list(dict.fromkeys(found))


def spelled_out(text: str) -> str:
    """`text` with the long name in place of each abbreviation."""
    return _WORD.sub(lambda m: _SHORT.get(bare(folded(m[0])), m[0]), text)
