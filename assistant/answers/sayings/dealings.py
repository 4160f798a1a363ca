"""Everyday words of attesting papers, staying with others, disasters and funds, drink and pay by the task."""

from __future__ import annotations

__all__ = ["DEALINGS"]

DEALINGS: tuple[tuple[str, str], ...] = (
    ("lăn tay | lăn dấu tay | lăn ngón tay | in dấu tay | ấn ngón tay", "điểm chỉ"),
    ("mù chữ | không biết chữ | không biết đọc | không đọc được chữ", "không đọc được | không biết chữ"),
    ("điếc | tai điếc | bị điếc", "không nghe được | khuyết tật nghe"),
    ("câm | bị câm", "không nói được | khuyết tật nghe, nói"),
    ("bị mù | khiếm thị | mù hai mắt", "không nhìn được | khuyết tật nhìn | khiếm thị"),
    ("không biết ký | không ký nổi", "không ký được | không ký"),
    ("sao y | sao y bản chính | chứng giấy tờ", "chứng thực bản sao từ bản chính | chứng thực bản sao"),
    ("thị thực chữ ký | chứng chữ ký", "chứng thực chữ ký"),
    (
        "bán đất | bán mảnh đất | bán miếng đất | bán lô đất | sang tên đất",
        "chuyển nhượng quyền sử dụng đất | quyền của người sử dụng đất | các quyền của người sử dụng đất",
    ),
    ("mảnh đất | miếng đất | lô đất", "thửa đất | quyền sử dụng đất"),
    (
        "ngủ nhờ | ngủ lại | đến ngủ | ở chơi qua đêm | đến chơi ở lại",
        "lưu trú | đến lưu trú | người đến lưu trú",
    ),
    (
        "đi vắng | vắng nhà | không có ai ở nhà | không ai ở nhà | không có nhà | không ở nhà",
        "không có mặt | không có mặt tại chỗ ở | vắng mặt | tạm vắng",
    ),
    (
        "báo công an | báo với công an | báo cho công an | báo lưu trú với công an",
        "thông báo với cơ quan đăng ký cư trú | thông báo việc lưu trú | cơ quan đăng ký cư trú | trình báo",
    ),
    ("báo lưu trú | khai lưu trú", "thông báo lưu trú | thông báo việc lưu trú"),
    ("khách | khách đến | khách tới", "người đến lưu trú"),
    ("chủ nhà", "cá nhân, hộ gia đình | thành viên hộ gia đình | chủ hộ"),
    ("đóng quỹ | nộp quỹ | góp quỹ", "đóng góp | mức đóng góp | đóng góp quỹ | nộp quỹ"),
    ("doanh nghiệp", "tổ chức kinh tế | tổ chức, cá nhân kinh doanh | cơ sở kinh doanh | người sử dụng lao động"),
    ("làm ruộng | làm nông | làm rẫy | làm vườn", "lao động nông nghiệp | sản xuất nông nghiệp | người lao động khác"),
    (
        "buôn bán tự do | lao động tự do | làm tự do | bán hàng rong | chạy chợ",
        "lao động tự do | người lao động khác | không có hợp đồng lao động | không có quan hệ lao động",
    ),
    ("không ăn lương | không ăn lương ai", "không hưởng lương | người lao động khác"),
    ("bị dịch | dính dịch | nhiễm dịch | mắc dịch", "dịch bệnh | do dịch bệnh"),
    ("đem tiêu hủy | đem chôn | bắt tiêu hủy", "tiêu hủy bắt buộc | buộc phải tiêu hủy | tiêu hủy"),
    ("quán nhậu | quán bia", "điểm bán rượu, bia để tiêu dùng tại chỗ | tiêu dùng tại chỗ"),
    (
        "hãng bia | công ty bia | doanh nghiệp bia | hãng rượu | công ty rượu",
        "kinh doanh rượu, bia | sản xuất rượu, bia | cơ sở kinh doanh rượu, bia",
    ),
    ("tài trợ sự kiện | tài trợ cho sự kiện | tài trợ cho một sự kiện", "thực hiện tài trợ | tài trợ"),
    (
        "mở quán | mở tiệm | mở điểm bán | mở cửa hàng",
        "kinh doanh | hoạt động kinh doanh | mở mới | kinh doanh dịch vụ",
    ),
    ("xin giấy phép | xin phép mở", "đề nghị cấp giấy phép | cấp giấy phép"),
    (
        "cộng dồn | tính gộp | cộng gộp | hưởng cả hai | hưởng hai lần",
        "chỉ được hưởng một mức | hưởng một mức | mức cao nhất | cộng gộp | một mức",
    ),
    ("tiền công", "thù lao | mức thù lao"),
    ("nhiều việc | mấy việc | hai việc | nhiều việc khác nhau | mấy việc khác nhau", "nhiều nhiệm vụ | kiêm nhiệm"),
    ("vợ đẻ | vợ sinh", "khi vợ sinh con"),
    ("tiền mặt", "tiền"),
    ("trả hết tiền | trả đủ tiền | thanh toán hết | thanh toán hết tiền", "thanh toán đầy đủ | thanh toán đủ"),
    ("nghỉ việc xong | sau khi nghỉ việc", "chấm dứt hợp đồng lao động | kể từ ngày chấm dứt"),
)
