"""Everyday words of time, size and share, and those of provisions."""

from __future__ import annotations

__all__ = ["MEASURES"]

MEASURES: tuple[tuple[str, str], ...] = (
    ("sớm nhất", "sau ít nhất | trước | kể từ"),
    ("lâu nhất | nhiều nhất | cao nhất | dài nhất | không được hơn", "tối đa | không quá | không vượt quá"),
    ("muộn nhất | trễ nhất | cuối cùng là ngày", "chậm nhất | trước ngày | không muộn hơn | thời hạn cuối"),
    ("thấp nhất | ngắn nhất | nhỏ nhất | ít nhất phải", "tối thiểu | ít nhất | không dưới | trở lên"),
    ("nửa năm", "6 tháng | sáu tháng"),
    ("nửa tháng", "15 ngày"),
    ("một năm", "12 tháng | 1 năm | 01 năm"),
    ("hai năm", "24 tháng | 2 năm"),
    ("gấp đôi", "200% | hai lần | 2 lần | gấp hai"),
    ("gấp ba", "300% | ba lần | 3 lần"),
    ("một nửa", "50% | một phần hai | 1/2"),
    ("trước bao lâu | trước mấy ngày | báo trước bao lâu", "trước ít nhất | báo trước | chậm nhất"),
    ("xung quanh | chung quanh", "bán kính | khu vực xung quanh | phạm vi"),
    ("trong vòng", "trong bán kính | trong phạm vi | trong thời hạn"),
    ("cách bao xa | cách xa | bao xa", "khoảng cách | cách | cự ly"),
    ("cách", "khoảng cách | bán kính | tính từ"),
    ("cao bao nhiêu", "chiều cao | cao"),
    ("dài bao nhiêu", "chiều dài | dài"),
    ("rộng bao nhiêu | to bao nhiêu", "diện tích | chiều rộng | rộng"),
    ("nặng bao nhiêu", "khối lượng | trọng lượng | trọng tải"),
    ("khung giờ | giờ giấc | giờ nào", "thời gian | từ mấy giờ | giờ"),
    ("đông bao nhiêu | mấy người | bao nhiêu người", "số lượng | số người"),
    ("từng loại | từng mức | từng mức độ", "tùy theo | mức độ"),
    ("lần đầu | lần đầu tiên", "lần đầu | lần thứ nhất | bước đầu"),
    ("bao lâu một lần | mấy năm một lần | bao lâu một kỳ", "định kỳ | nhiệm kỳ | chu kỳ | mỗi"),
    ("nhiệm kỳ", "nhiệm kỳ | thời hạn giữ chức vụ"),
    ("được mấy lần | mấy lần", "số lần | không quá"),
    ("đủ điều kiện | muốn được | muốn làm", "điều kiện | tiêu chuẩn | đủ điều kiện"),
    ("khác gì | có gì khác", "khác"),
    ("coi như | bị coi là | tính là", "được coi là | xác định là"),
)
