"""Everyday words of school and study, and those of the laws on education."""

from __future__ import annotations

__all__ = ["SCHOOL"]

SCHOOL: tuple[tuple[str, str], ...] = (
    ("thầy giáo | cô giáo | thầy cô giáo | người dạy", "giáo viên | nhà giáo | giảng viên"),
    ("trẻ | các em", "học sinh | trẻ em | trẻ"),
    ("sinh viên", "người học | học sinh, sinh viên"),
    ("nhà trẻ | mẫu giáo | trường mẫu giáo", "cơ sở giáo dục mầm non | trẻ em mầm non | mầm non"),
    ("vào lớp một | vào lớp 1 | đi học lớp một | đi học lớp 1", "vào học lớp một"),
    ("nhảy lớp | nhảy cóc", "vượt lớp | học vượt lớp"),
    ("ở lại lớp | bị đúp | học đúp", "lưu ban | học lưu ban | ở lại lớp"),
    ("đi học muộn tuổi | học trễ tuổi", "học ở tuổi cao hơn | tuổi cao hơn tuổi quy định"),
    ("bằng đại học | tốt nghiệp đại học", "bằng cử nhân | bằng tốt nghiệp đại học | trình độ đại học"),
    ("bằng cấp 3 | tốt nghiệp cấp 3", "bằng tốt nghiệp trung học phổ thông | tốt nghiệp trung học phổ thông"),
    ("cấp 1", "tiểu học"),
    ("cấp 2", "trung học cơ sở"),
    ("cấp 3", "trung học phổ thông"),
    ("trường tư | trường dân lập | trường quốc tế", "tư thục | dân lập | ngoài công lập"),
    ("trường công", "công lập"),
    ("sĩ số | mỗi lớp có", "số học sinh | học sinh trong một lớp | không quá"),
    ("đuổi học", "buộc thôi học | cho thôi học"),
    ("tiền học | đóng tiền học", "học phí"),
    ("du học", "học tập ở nước ngoài | đi học ở nước ngoài | du học"),
    ("bài thi | đề thi", "bài thi | đề thi | môn thi"),
    ("thi lại", "thi lại | kiểm tra lại | đánh giá lại"),
    ("chấm điểm | điểm số", "đánh giá | điểm trung bình"),
    ("học sinh giỏi", "học sinh giỏi | danh hiệu học sinh | hoàn thành xuất sắc"),
    ("dạy kèm | học thêm", "dạy thêm, học thêm | dạy thêm"),
    ("tiết dạy | số tiết", "định mức tiết dạy | tiết dạy | giờ dạy"),
    ("sách vở | sách giáo khoa", "sách giáo khoa | tài liệu học tập"),
    ("tiền ăn trưa | ăn bán trú", "hỗ trợ ăn trưa | bán trú"),
    ("trình độ gì | bằng gì | học vị gì", "trình độ chuẩn | bằng tốt nghiệp | có bằng"),
    ("xe đưa đón", "xe ô tô kinh doanh vận tải trẻ em | đưa đón học sinh"),
    ("phụ huynh", "cha mẹ học sinh | cha mẹ hoặc người giám hộ | ban đại diện cha mẹ"),
)
