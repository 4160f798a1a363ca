"""Everyday words of illness, treatment and food, and those of the laws on health."""

from __future__ import annotations

__all__ = ["HEALTH"]

HEALTH: tuple[tuple[str, str], ...] = (
    ("bác sĩ | bác sỹ", "bác sỹ | bác sĩ | người hành nghề | thầy thuốc"),
    ("y tá", "điều dưỡng"),
    ("bà đỡ | cô đỡ", "hộ sinh"),
    ("bệnh viện | nhà thương", "cơ sở khám bệnh, chữa bệnh | cơ sở y tế | bệnh viện"),
    ("phòng mạch | phòng khám tư", "phòng khám | cơ sở khám bệnh, chữa bệnh"),
    ("trạm xá", "trạm y tế"),
    ("mổ", "phẫu thuật"),
    ("hiệu thuốc | tiệm thuốc | tiệm thuốc tây | quầy thuốc tây", "nhà thuốc | quầy thuốc | cơ sở bán lẻ thuốc"),
    ("toa thuốc", "đơn thuốc"),
    ("bằng hành nghề | giấy hành nghề", "giấy phép hành nghề | chứng chỉ hành nghề"),
    ("thẻ bảo hiểm | thẻ bhyt", "thẻ bảo hiểm y tế"),
    (
        "viện phí | tiền khám | tiền chữa bệnh",
        "chi phí khám bệnh, chữa bệnh | giá dịch vụ khám bệnh | chi phí khám bệnh",
    ),
    ("bệnh nhân | người ốm", "người bệnh"),
    ("hiến tạng | hiến thận | hiến nội tạng", "hiến mô, bộ phận cơ thể | hiến bộ phận cơ thể | bộ phận cơ thể người"),
    ("ghép tạng | ghép thận", "ghép mô, bộ phận cơ thể | ghép bộ phận cơ thể"),
    ("cho máu", "hiến máu"),
    ("vắc xin | vaccine | chích ngừa | tiêm ngừa | đi tiêm", "tiêm chủng | vắc xin | dự phòng"),
    ("lây | bệnh lây", "lây nhiễm | truyền nhiễm | lây truyền"),
    ("dịch bệnh | mùa dịch", "dịch | bệnh truyền nhiễm"),
    ("hiv | si đa | sida | aids", "hiv/aids | hiv"),
    ("hút thuốc", "hút thuốc lá | thuốc lá"),
    ("thuốc lá điện tử", "thuốc lá mới | thuốc lá"),
    (
        "quán ăn | quán cơm | nhà hàng | tiệm ăn | quán xá",
        "cơ sở kinh doanh dịch vụ ăn uống | dịch vụ ăn uống | nhà hàng | kinh doanh thức ăn",
    ),
    ("hàng rong | bán rong | gánh hàng rong | thức ăn vỉa hè", "thức ăn đường phố | bán hàng rong"),
    ("đồ ăn | món ăn | đồ ăn thức uống", "thức ăn | thực phẩm"),
    ("bếp ăn | căng tin | nhà ăn", "bếp ăn tập thể | căng tin | dịch vụ ăn uống"),
    ("đẻ | sinh em bé | sinh bé | đi đẻ", "sinh con | sinh"),
    ("đẻ mổ | sinh mổ", "sinh con phải phẫu thuật"),
    ("sinh đôi | đẻ sinh đôi", "sinh đôi trở lên | từ con thứ hai"),
    ("bà bầu | bà đẻ | sản phụ", "phụ nữ mang thai | phụ nữ có thai | lao động nữ sinh con | người mang thai"),
    ("bị bệnh | đau ốm | bệnh tật", "ốm đau | mắc bệnh | bị bệnh"),
    ("bệnh nặng | bệnh hiểm nghèo", "bệnh hiểm nghèo | bệnh cần chữa trị dài ngày"),
    ("tàn phế | tàn tật | người tàn tật", "khuyết tật | người khuyết tật | suy giảm khả năng lao động"),
    ("bị mù | bị điếc | bị câm", "khuyết tật nhìn | khuyết tật nghe, nói"),
    ("cấp cứu 115 | xe cứu thương", "cấp cứu ngoại viện | vận chuyển người bệnh | xe cứu thương"),
    ("thuốc nam | thuốc bắc | đông y", "y học cổ truyền | dược liệu | thuốc cổ truyền"),
    ("làm đẹp | thẩm mỹ viện | spa", "phẫu thuật thẩm mỹ | thẩm mỹ | dịch vụ thẩm mỹ"),
    ("điều trị ở nhà", "điều trị ngoại trú"),
    ("nằm viện", "điều trị nội trú | nội trú"),
    ("chuyển viện", "chuyển người bệnh | chuyển cơ sở khám bệnh | chuyển tuyến"),
)
