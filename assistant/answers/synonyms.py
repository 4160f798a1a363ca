"""Phrases that ask for and state the same thing; the first of a row names the concept."""

from __future__ import annotations

from typing import NamedTuple

from assistant.answers import spans
from assistant.answers.normalise import Token, bare, key
from assistant.answers.wordings import WORDINGS

__all__ = ["Alike", "alternatives"]

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("tỷ lệ", "tỉ lệ", "phần trăm", "tỷ trọng", "tỉ trọng"),
    ("sử dụng", "dùng", "ứng dụng"),
    ("thực hiện", "triển khai", "tiến hành", "thi hành", "tổ chức thực hiện"),
    ("bảo đảm", "đảm bảo"),
    ("kinh phí", "vốn", "ngân sách", "số tiền", "tiền đồng", "vốn đầu tư", "nhu cầu vốn"),
    ("vốn đầu tư", "đầu tư", "vốn"),
    ("ban hành", "ký", "ký ban hành", "phê duyệt", "thông qua"),
    ("đăng tải", "đăng", "công bố", "công khai"),
    ("góp ý", "xin ý kiến", "lấy ý kiến", "tham gia ý kiến", "đóng góp ý kiến"),
    ("xử phạt", "bị phạt", "mức phạt", "phạt tiền", "chế tài", "xử lý vi phạm", "kỷ luật"),
    ("hiệu lực", "có hiệu lực", "hiệu lực thi hành"),
    ("thay thế", "bãi bỏ", "hủy bỏ", "hết hiệu lực"),
    ("thời hạn", "hạn chót", "hạn cuối", "chậm nhất", "trước ngày", "hạn"),
    ("hiện nay", "hiện có", "hiện tại", "hiện trạng", "thực trạng", "thực tế"),
    ("tỉnh thành", "tỉnh, thành phố", "các tỉnh", "tỉnh thành phố", "địa phương"),
    ("trực tuyến", "qua mạng", "trên mạng", "online", "trên môi trường mạng", "qua internet"),
    ("người dân", "công dân", "nhân dân", "dân số"),
    ("doanh nghiệp", "công ty"),
    ("học sinh", "học trò"),
    ("trung bình", "bình quân"),
    ("tối thiểu", "ít nhất", "không dưới", "không ít hơn", "không thấp hơn"),
    ("tối đa", "nhiều nhất", "không quá", "không vượt quá", "không được quá", "không được vượt quá", "cao nhất"),
    ("trong vòng", "trong thời hạn", "thời hạn", "thời gian"),
    ("vị trí", "chức danh", "công việc", "vị trí việc làm"),
    ("khách hàng", "người tiêu dùng", "người mua"),
    ("tàu hỏa", "tầu hỏa", "tàu lửa", "đường sắt", "vé tàu"),
    ("ra trường", "tốt nghiệp"),
    ("cho phép", "được phép", "được"),
    ("mục tiêu", "chỉ tiêu"),
    ("chủ trì", "chịu trách nhiệm", "phụ trách", "đầu mối", "được giao"),
    ("khoa học và công nghệ", "khoa học, công nghệ", "khoa học công nghệ"),
    ("khác nhau", "khác", "chênh lệch", "khác biệt"),
    ("thành lập", "hình thành"),
    ("danh sách", "danh mục"),
    ("trang bị", "lắp đặt"),
    ("hỗ trợ", "trợ giúp"),
    ("cơ sở y tế", "trạm y tế"),
    ("lãnh đạo chủ chốt", "lãnh đạo"),
    ("nữ", "phụ nữ"),
    ("nam", "nam giới"),
    ("tăng trưởng", "tăng"),
    ("giảm", "cắt giảm"),
    ("xuất khẩu", "giá trị xuất khẩu"),
    ("điện thoại thông minh", "smartphone"),
    ("trí tuệ nhân tạo", "ai"),
    ("internet vạn vật", "iot"),
    ("không dùng tiền mặt", "phi tiền mặt"),
    ("tổng mức bán lẻ", "tổng bán lẻ"),
    ("mua sắm trực tuyến", "mua hàng trên mạng", "mua hàng qua mạng", "mua sắm qua mạng", "mua hàng online"),
    ("y tế", "chăm sóc sức khỏe", "khám chữa bệnh"),
    ("trường học", "nhà trường", "trường"),
    ("cán bộ công chức", "công chức", "cán bộ, công chức", "viên chức"),
    ("bể bơi", "hồ bơi"),
    ("thu hút", "huy động"),
    ("đào tạo", "tập huấn", "bồi dưỡng"),
    ("gửi báo cáo", "báo cáo"),
    ("kết hôn", "hôn nhân", "cưới"),
    ("khám sức khỏe", "khám sức khoẻ"),
    ("có bầu", "mang thai", "thai phụ"),
    ("xây mới", "xây dựng mới", "đầu tư mới", "lắp mới", "lắp đặt mới"),
    ("trạm phát sóng", "trạm bts", "trạm"),
    ("dự kiến", "ước tính", "khoảng"),
    ("được cấp", "cấp"),
    ("nộp", "gửi"),
    ("cơ quan thuế", "thuế"),
    ("cơ cấu", "tỷ trọng"),
    ("phủ sóng", "độ phủ sóng"),
    ("giao dịch điện tử", "giao dịch trên mạng"),
    ("xếp hạng", "thứ hạng", "nhóm", "top", "thứ bậc"),
    ("nước", "quốc gia"),
    ("toàn quốc", "cả nước"),
    ("độ tuổi", "tuổi"),
    ("tiếp cận", "được hưởng"),
    ("mỗi năm", "hàng năm", "hằng năm", "một năm", "/năm", "từng năm", "thường niên"),
    ("mỗi tháng", "hàng tháng", "hằng tháng"),
    ("tốt nghiệp", "ra trường"),
    ("đủ khả năng", "đủ sức", "đủ năng lực", "có khả năng", "có năng lực", "đủ trình độ"),
    ("website", "trang web", "trang thông tin điện tử", "trang mạng"),
    ("mua hàng", "bán hàng", "mua bán"),
    ("đóng góp", "góp", "bố trí", "bỏ ra", "chi"),
    ("tăng", "tăng thêm", "cao thêm", "thêm", "nâng"),
    ("chiều cao", "cao"),
    ("giảm", "hạ", "bớt"),
    ("hoàn thành", "xong", "hoàn tất", "kết thúc"),
    ("bắt đầu", "khởi động", "khởi công"),
    ("phòng tránh", "phòng chống", "phòng, chống", "phòng ngừa"),
    ("phải có", "bắt buộc có"),
    ("tổng cộng", "tổng số", "tổng", "tất cả", "toàn bộ"),
    ("việc làm", "công ăn việc làm"),
    ("thu nhập", "lương", "tiền lương"),
    ("nghèo", "hộ nghèo"),
    ("trẻ em", "trẻ", "trẻ nhỏ", "bé"),
    ("người cao tuổi", "người già", "cao tuổi"),
    ("phụ nữ", "đàn bà", "nữ giới", "nữ"),
    ("đúng", "đáp ứng", "theo"),
    ("vốn nước ngoài", "vốn ngoại", "fdi", "đầu tư trực tiếp nước ngoài"),
    ("mạng", "internet"),
    ("nhân lực", "nguồn nhân lực", "lao động"),
    ("doanh số", "doanh thu"),
    ("sở hữu", "có"),
    ("xe điện", "phương tiện điện", "ô tô điện"),
    ("cháy", "hỏa hoạn"),
    ("cấp xã", "xã", "phường", "xã phường"),
    ("cấp tỉnh", "tỉnh", "tỉnh thành"),
    ("số hóa", "chuyển sang dạng số", "điện tử hóa"),
    ("dịch vụ công trực tuyến", "dịch vụ công qua mạng"),
    ("thủ tục hành chính", "hồ sơ thủ tục hành chính"),
)  # fmt: skip


_ALL = SYNONYMS + WORDINGS


def _form(phrase: str, plain: bool) -> tuple[str, ...]:
    return tuple(bare(w) if plain else key(w) for w in phrase.replace(",", " ").split())


def _table(plain: bool) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    out: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for number, row in enumerate(_ALL):
        for phrase in row if number < len(SYNONYMS) else row[:1]:
            parts = _form(phrase, plain)
            out.setdefault(parts[0], []).append((parts, number))
    return out


_NO_HEADS = frozenset(map(bare, ("các", "những", "số", "tổng", "tất", "toàn", "mọi")))
"""Words that open a phrase and are not what it names: "các tỉnh" are provinces."""
_TABLES = {plain: _table(plain) for plain in (False, True)}
_SETS = [tuple(frozenset(_form(p, True)) for p in row) for row in _ALL]
_HEADS = [frozenset(w for w in (_form(p, True)[0] for p in row) if w not in _NO_HEADS) for row in _ALL]
_ROWS = {plain: [tuple(f" {' '.join(_form(p, plain))} " for p in row) for row in _ALL] for plain in (False, True)}


class Alike(NamedTuple):
    """Phrases that say the same: in key form (bare when so typed) with a space around each, and as sets of "
    "bare words; `heads` are the first words of the phrases that stand for one that begins at the place, bare.
    """

    texts: tuple[str, ...] = ()
    sets: tuple[frozenset[str], ...] = ()
    heads: frozenset[str] = frozenset()


def alternatives(words: list[Token], plain: bool = False) -> dict[int, Alike]:
    """For each place of `words` that is part of a phrase of the table, or a number that is told otherwise too: the
    phrases that say the same.
    """
    forms = [w.bare if plain else w.key for w in words]
    out: dict[int, Alike] = {}
    for at, form in enumerate(forms):
        for parts, number in _TABLES[plain].get(form, ()):
            if tuple(forms[at : at + len(parts)]) == parts:
                for place in range(at, at + len(parts)):
                    known = out.get(place, Alike())
                    heads = _HEADS[number] if place == at else frozenset()
                    out[place] = Alike(
                        known.texts + _ROWS[plain][number], known.sets + _SETS[number], known.heads | heads
                    )
    for at, texts in spans.alike(words, plain).items():
        known = out.get(at, Alike())
        out[at] = known._replace(texts=known.texts + texts)
    return out
