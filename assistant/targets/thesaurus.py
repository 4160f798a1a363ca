"""Words as alignment reads them: empty, weak, alike, contrary. To add one, add it to the table it belongs to."""

from __future__ import annotations

__all__ = [
    "CONTRASTS",
    "DIGITAL",
    "FUNCTION_WORDS",
    "PARTS_OF_THE_WORLD",
    "STRONG_PHRASES",
    "SYNONYMS",
    "WEAK_PHRASES",
]

DIGITAL = "kts"
"""Stands for "số" in "kinh tế số", "chuyển đổi số", which elsewhere only means a count."""

PARTS_OF_THE_WORLD = ("đông nam á", "châu á")

FUNCTION_WORDS = """
    các những và hoặc của cho với là được bị có trong trên dưới tại ở theo đến tới từ về do bởi vào ra khi để nhằm
    mà này đó số tỷ lệ mức độ tổng một mỗi ít nhất tối thiểu tối đa khoảng hơn trở lên đạt bằng giữa qua như cả
    sẽ phải cần thể đã đang việc sự cùng còn đối tượng hiện thực năm giai đoạn
"""
"""Words that carry no meaning of their own; comparators and levels are read as facets instead."""

WEAK_PHRASES = (
    "trung bình", "bình quân", "cơ quan", "nhà nước", "đơn vị", "cấp", "ngành", "hệ thống", "thông tin", "hoạt động",
    "công tác", "phục vụ", "cung cấp", "sử dụng", "triển khai", "xây dựng", "đầy đủ", "toàn", "hoàn thành", "bảo đảm",
    "đảm bảo", "quốc gia", "lượng", "tương đương", "trực thuộc", "thuộc", "liên quan", "việt nam", "địa bàn", "khác",
    "bộ", "ngang", "chính phủ", "ủy ban nhân dân", "tỉnh", "thành phố", "trung ương", "địa phương", "sở", "ban",
    "lãnh đạo", "quận", "huyện", "xã", "phường", "thị trấn", "cục", "vụ", "tổ chức", "chính trị", "xã hội", "quản lý",
    "quy định", "vốn", "đầu tư", "kinh phí", "ngân sách", "nhu cầu", "sự nghiệp", "dự án", "chương trình",
    "tăng", "giảm",
)  # fmt: skip
"""Words that stand in indicators of every kind, those that list the agencies above all."""

STRONG_PHRASES = ("chính phủ điện tử", "chính phủ kts", "hệ thống thông tin địa lý", "bảo hiểm xã hội", "nhà ở xã hội")
"""Names that begin or end like one of `WEAK_PHRASES`."""

SYNONYMS: tuple[tuple[str, str], ...] = (
    ("trên môi trường mạng", "trực tuyến"),
    ("qua môi trường mạng", "trực tuyến"),
    ("trên môi trường điện tử", "trực tuyến"),
    ("trên môi trường số", "trực tuyến"),
    ("dưới dạng điện tử", "trực tuyến"),
    ("qua mạng", "trực tuyến"),
    ("trên mạng", "trực tuyến"),
    ("thông qua internet", "trực tuyến"),
    ("email", "thư điện tử"),
    ("hộp thư điện tử", "thư điện tử"),
    ("trang thông tin điện tử", "cổng thông tin điện tử"),
    ("chữ ký điện tử", "chữ ký kts"),
    ("sổ sức khỏe", "hồ sơ sức khỏe"),
    ("dân số", "người dân"),
    ("công dân", "người dân"),
    ("truy nhập", "truy cập"),
    ("toàn cầu", "thế giới"),
    ("asean", "đông nam á"),
    ("phi tiền mặt", "không dùng tiền mặt"),
    ("không sử dụng tiền mặt", "không dùng tiền mặt"),
    ("học sinh, sinh viên", "người học"),
    ("trẻ em", "trẻ"),
    ("trạm bts", "trạm gốc"),
)
"""Ways to say one thing in texts of different years; the left is read as the right."""

CONTRASTS: tuple[tuple[str, ...], ...] = (
    ("trung ương", "địa phương"),
    ("cấp bộ", "cấp tỉnh", "cấp huyện", "cấp xã"),
    ("tiểu học", "trung học", "mầm non", "đại học", "nghề nghiệp"),
    ("thành thị", "nông thôn"),
    ("đô thị", "nông thôn"),
    ("nam", "nữ"),
    ("xuất khẩu", "nhập khẩu"),
    ("trẻ", "người cao tuổi"),
    ("doanh nghiệp", "hợp tác xã", "hộ kinh doanh"),
    ("sử dụng", "cung cấp"),
    ("hộ nghèo", "hộ cận nghèo"),
    ("kinh tế kts", "kinh tế tư nhân", "kinh tế tập thể", "kinh tế biển", "kinh tế xanh", "kinh tế nhà nước"),
    ("cố định", "di động"),
    ("đường bộ", "đường sắt", "đường thủy", "hàng không"),
    ("điện gió", "điện mặt trời", "thủy điện", "nhiệt điện"),
    ("đông nam á", "châu á", "thế giới"),
    ("ngân sách trung ương", "ngân sách địa phương"),
)
"""Words that exclude each other: two indicators that hold different ones of a row are two indicators."""
