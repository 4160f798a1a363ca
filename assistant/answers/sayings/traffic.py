"""Everyday words of the road, and those of the decrees on traffic."""

from __future__ import annotations

__all__ = ["TRAFFIC"]

TRAFFIC: tuple[tuple[str, str], ...] = (
    ("chạy tối đa | được chạy | chạy nhanh nhất | chạy bao nhiêu", "tốc độ tối đa | tốc độ khai thác | tốc độ"),
    ("bằng xe | bằng lái xe máy | bằng lái ô tô", "giấy phép lái xe"),
    ("cà vẹt | cavet | giấy tờ xe", "chứng nhận đăng ký xe | giấy đăng ký xe | đăng ký xe"),
    ("đăng kiểm", "kiểm định an toàn kỹ thuật | kiểm định"),
    ("csgt | công an giao thông", "cảnh sát giao thông | người thi hành công vụ | lực lượng kiểm soát"),
    ("xe đò | xe khách", "xe ô tô chở người | xe ô tô chở khách | vận tải hành khách | xe ô tô khách"),
    ("xe tải", "xe ô tô tải | xe ô tô chở hàng | vận tải hàng hóa"),
    ("xe ba gác", "xe thô sơ | xe ba bánh"),
    ("xe đạp điện", "xe đạp máy | xe thô sơ"),
    ("xe ôm", "chở khách bằng xe mô tô | xe mô tô hai bánh"),
    ("đi sai làn | lấn làn | sai làn", "không đúng phần đường | không đi đúng làn | làn đường quy định | phần đường"),
    ("chở ba | kẹp ba", "chở theo 02 người | chở theo từ 03 người"),
    ("bốc đầu", "chạy bằng một bánh"),
    ("xi nhan", "tín hiệu báo hướng rẽ | tín hiệu báo trước"),
    ("bóp còi", "bấm còi | sử dụng còi"),
    ("nghe điện thoại | bấm điện thoại", "sử dụng điện thoại | dùng tay sử dụng điện thoại"),
    ("vỉa hè", "hè phố | lề đường"),
    ("đụng xe | tông xe | đâm xe | đụng người", "tai nạn giao thông | va chạm | gây tai nạn"),
    ("bỏ chạy", "bỏ trốn | không dừng lại"),
    ("độ xe", "thay đổi kết cấu | cải tạo"),
    ("dây an toàn", "dây đai an toàn"),
    ("ghế trẻ em", "thiết bị an toàn cho trẻ em"),
    ("không chính chủ | sang tên xe | sang tên", "chuyển quyền sở hữu | đăng ký sang tên | sang tên"),
    ("cách xe trước | cách xe phía trước", "khoảng cách an toàn | khoảng cách giữa hai xe | cự ly"),
    ("khu dân cư", "khu vực đông dân cư | khu đông dân cư"),
    ("say rượu | say xỉn | nhậu | uống rượu | uống bia", "nồng độ cồn | rượu, bia | sử dụng rượu"),
    ("đi bộ", "người đi bộ"),
    ("tàu thủy | ghe | xuồng", "phương tiện thủy | phương tiện thủy nội địa | tàu thuyền"),
    ("máy bay", "tàu bay | hàng không"),
    ("phi công", "người lái tàu bay | thành viên tổ lái"),
    ("chở quá tải | quá tải", "vượt quá tải trọng | vượt trọng tải | quá trọng tải"),
    ("giữ xe | giam xe", "tạm giữ phương tiện | trông giữ xe"),
    ("bật đèn", "sử dụng đèn | bật đèn | bật sáng đèn"),
    (
        "cảnh sát giao thông | cảnh sát",
        "người thi hành công vụ | người điều khiển giao thông | người kiểm soát giao thông",
    ),
    ("tài xế | bác tài", "người điều khiển | lái xe | người lái xe"),
    ("hành khách | khách", "hành khách | người trên xe | chở người | khách"),
    (
        "giam bằng | giữ bằng | thu bằng | bị treo bằng",
        "tước quyền sử dụng giấy phép lái xe | tạm giữ giấy phép lái xe",
    ),
    ("trừ điểm bằng lái | điểm bằng lái", "trừ điểm giấy phép lái xe | điểm của giấy phép lái xe"),
    ("thi bằng lái | học lái xe", "sát hạch lái xe | đào tạo lái xe | sát hạch"),
)
