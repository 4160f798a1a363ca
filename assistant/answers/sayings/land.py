"""Everyday words of land, houses and building, and those of the laws on them."""

from __future__ import annotations

__all__ = ["LAND"]

LAND: tuple[tuple[str, str], ...] = (
    ("giấy đỏ | sổ nhà | sổ đất | bìa đỏ", "giấy chứng nhận quyền sử dụng đất | giấy chứng nhận"),
    ("đền bù | tiền đền bù | đền bù đất", "bồi thường"),
    ("giải tỏa | lấy đất | bị lấy đất", "thu hồi đất | giải phóng mặt bằng"),
    ("xin phép xây nhà | giấy phép xây nhà | phép xây dựng", "giấy phép xây dựng | cấp phép xây dựng"),
    ("xây nhà | làm nhà | cất nhà", "xây dựng nhà ở | xây dựng công trình | xây dựng nhà"),
    ("sửa nhà", "sửa chữa, cải tạo | cải tạo nhà ở | sửa chữa nhà"),
    ("nhà thu nhập thấp", "nhà ở xã hội"),
    ("chung cư", "nhà chung cư | căn hộ"),
    ("quỹ bảo trì | phí bảo trì", "kinh phí bảo trì"),
    ("ban quản lý chung cư", "ban quản trị nhà chung cư"),
    ("tiền nhà | tiền thuê nhà | giá thuê nhà", "giá thuê nhà | tiền thuê nhà"),
    ("chủ nhà | chủ trọ", "chủ sở hữu nhà ở | bên cho thuê | chủ cơ sở cho thuê | chủ sở hữu"),
    ("người thuê", "bên thuê"),
    ("cò đất | cò nhà | môi giới nhà đất", "môi giới bất động sản"),
    ("nhà trên giấy | nhà chưa xây xong", "nhà ở hình thành trong tương lai | hình thành trong tương lai"),
    ("ruộng | đất ruộng", "đất trồng lúa | đất nông nghiệp"),
    ("đất thổ cư | thổ cư", "đất ở"),
    ("lên thổ cư | chuyển đất vườn", "chuyển mục đích sử dụng đất"),
    ("hàng xóm | nhà bên cạnh", "bất động sản liền kề | liền kề"),
    ("nhà dột nát", "nhà tạm | nhà ở hư hỏng"),
    ("mua nhà", "mua nhà ở | nhận chuyển nhượng | mua bán nhà ở"),
    ("thế chấp nhà | cầm cố sổ đỏ", "thế chấp"),
    ("móng nhà | đào móng", "phần móng | công trình ngầm"),
    ("nghĩa trang | đất nghĩa địa | chôn", "nghĩa trang | mai táng | chôn cất"),
    ("đo đất | đo lại đất", "đo đạc | trích đo địa chính"),
    ("tách thửa | chia đất | cắt đất", "tách thửa đất | tách thửa"),
    ("bỏ hoang | không trồng trọt", "không sử dụng đất | không được sử dụng"),
    ("khu công nghiệp", "khu chế xuất | khu kinh tế"),
    ("tầng hầm | hầm để xe", "tầng hầm | chỗ để xe"),
)
