"""Units of targets. To add one, add a word to the table that it belongs to (spelled as usual, lower case)."""

from __future__ import annotations

import re

from assistant.targets.folding import alternation, fold, listed, rule

__all__ = ["COUNTED", "Unit", "unit_after", "unit_of_cell"]

from dataclasses import dataclass

SCALES = listed(
    """
    nghìn tỷ | ngàn tỷ | triệu tỷ | trăm nghìn | chục nghìn | nghìn | ngàn | vạn | triệu | tỷ
    """
)
MONEY = listed(
    """
    việt nam đồng | đồng | vnđ | vnd | đô la mỹ | đô-la mỹ | đô la | usd | euro | eur | yên | nhân dân tệ
    """
)
MEASURES = listed(
    """
    kwh | mwh | gwh | twh | kw | mw | mwp | gw | kv | kva | mva | kvarh | toe | ktoe | mtoe | btu | mg | g | gam | kg |
    kilôgam | tạ | yến | tấn | tấn co2 | tấn co2 tương đương | tấn co2tđ | tco2 | kgoe | μg/m3 | ug/m3 | mg/m3 |
    μg/nm3 | mg/nm3 | μg/l | mg/l | ppm | gco2/kwh | mm | cm | m | km | km2 | ha | hecta | héc-ta | hécta | m2 | m3 |
    mét | mét vuông | mét khối | lít | hải lý | dặm | teu | dwt | thùng | kbps | mbps | gbps | tbps | mb/s | gb/s |
    tb/s | gb | tb | pb | mhz | ghz | độ c | °c | oc | db | điểm phần trăm | điểm % | calo | kcal | bar
    """
)
TIMES = listed(
    """
    năm tuổi | tuổi | năm | tháng | tuần | ngày làm việc | ngày | giờ làm việc | giờ | phút | giây
    """
)
COUNTED = listed(
    """
    người | khẩu | nhân khẩu | điểm | điểm trường | điểm dân cư | người dân | người lao động | người bệnh |
    nghìn người | lượt người | lượt khách | lượt | khách | du khách | hộ | hộ dân | hộ gia đình | hộ nghèo |
    hộ kinh doanh | học sinh | học viên | sinh viên | giáo viên | giảng viên | giáo sư | tiến sĩ | thạc sĩ |
    nhà khoa học | chuyên gia | kỹ sư | nghiên cứu sinh | cử nhân | thực tập sinh | bác sĩ | dược sĩ | điều dưỡng |
    điều dưỡng viên | cán bộ | công chức | viên chức | lao động | nhân lực | nhân sự | công nhân | nông dân |
    thanh niên | trẻ em | trẻ | bà mẹ | phụ nữ | nam | nữ | vận động viên | huấn luyện viên | tình nguyện viên |
    cộng tác viên | hội viên | đoàn viên | nạn nhân | bệnh nhân | bé trai | bé gái | trẻ sơ sinh trai |
    trẻ sơ sinh gái | thuê bao | tài khoản | chữ ký số | việc làm | tổ chức | doanh nghiệp | hợp tác xã | tổ hợp tác |
    liên hiệp hợp tác xã | cơ sở | cơ sở sản xuất | cơ quan | đơn vị | bộ | tập đoàn | tổng công ty | công ty |
    ngân hàng | trang trại | làng nghề | làng | câu lạc bộ | hội | nhóm nghiên cứu | đội | tổ | phòng khám |
    phòng thí nghiệm | phòng | viện | viện nghiên cứu | bệnh viện | trạm y tế | trạm | trạm quan trắc | trạm sạc |
    trạm biến áp | trung tâm | trung tâm dữ liệu | trường | trường học | trường đại học | đại học | cơ sở giáo dục |
    cơ sở y tế | lớp | lớp học | phòng học | thư viện | bảo tàng | nhà hát | nhà văn hóa | sân vận động |
    cơ sở dữ liệu | tỉnh | thành phố | tỉnh, thành phố | địa phương | huyện | quận | thị xã | thị trấn | xã | phường |
    xã, phường | thôn | bản | ấp | thôn, bản | thôn bản | buôn | khu phố | nước | quốc gia | nền kinh tế | vùng |
    tiểu vùng | khu | khu vực | khu công nghiệp | khu kinh tế | khu chế xuất | khu công nghệ cao | khu đô thị |
    khu bảo tồn | cụm | cụm công nghiệp | cụm liên kết | đô thị | hành lang | điểm du lịch | điểm đến | khu du lịch |
    đảo | sản phẩm | nền tảng | ứng dụng | phần mềm | hệ thống | dịch vụ | dịch vụ công | thủ tục | thủ tục hành chính |
    tập dữ liệu | kịch bản | mô hình | dự án | đề án | chương trình | đề tài | nhiệm vụ khoa học | công nghệ |
    sáng chế | bằng sáng chế | đơn đăng ký | văn bằng | bài báo | công bố | công trình | hạng mục | nhà máy | tổ máy |
    lò phản ứng | hồ | hồ chứa | đập | cầu | tuyến | tuyến cáp | tuyến đường | tuyến cáp quang | cảng | cảng biển |
    cảng hàng không | sân bay | bến cảng | bến | ga | chợ | siêu thị | trung tâm thương mại | kho | cửa hàng |
    điểm bán | xe | xe buýt | xe điện | ô tô | phương tiện | tàu | toa | máy | máy bay | thiết bị | camera | cảm biến |
    điểm truy cập | vị trí | giường | giường bệnh | căn hộ | căn nhà | căn | nhà | nhà ở | thuốc | loại thuốc |
    hoạt chất | dược chất | vắc xin | vắc-xin | loại vắc xin | mẫu | ca | ca mắc | ca sinh | ca tử vong | vụ | vụ việc |
    tai nạn | trường hợp | cuộc | hội nghị | hội thảo | hội chợ | lớp tập huấn | khóa | khóa đào tạo | buổi | đợt |
    tin, bài | tin bài | bài | tin | bản tin | chuyên mục | chuyên đề | phóng sự | ấn phẩm | đầu sách | bộ phim | phim |
    huy chương | giải thưởng | di sản | di tích | lễ hội | thương hiệu | nhãn hiệu | chỉ dẫn địa lý | mặt hàng |
    ngành hàng | chuỗi | chuỗi cung ứng | chuỗi liên kết | thị trường | hợp đồng | giao dịch | đơn hàng | tiêu chuẩn |
    quy chuẩn | chứng chỉ | tín chỉ | container | con | cây | cây xanh | giống | loài | cá thể | đàn | bể bơi | bãi |
    bãi chôn lấp | ô | lô | gói | gói thầu | văn bản | hồ sơ | tài liệu | cổng | trang | kênh | bể | giếng | mỏ |
    chuyến | chuyến bay | đường bay | đường dây | mũi | liều | viên | bữa | suất | máy tính | điện thoại |
    km đường cao tốc | km cao tốc | km đường bộ | nhóm dịch vụ
    """
)
_CURRENCY = alternation(MONEY)
_SCALE = alternation(SCALES) + r"(?!\s(?:lệ|trọng|suất|số|giá|phú)(?!\w))"
_MEASURE = alternation(MEASURES)
_COUNT = alternation(COUNTED)
_TIME = alternation(TIMES)
_PER = (
    r"(?:(?:/| trên | một | mỗi | cho mỗi | tính trên )\s?(?:(?:1\.000|10\.000|100\.000|1\.000\.000|"
    r"1000|10000|100000|1000000|100|10|1|nghìn|ngàn|vạn|"
    r"một nghìn|mười nghìn|triệu)\s?)?"
    r"(?:người dân|người/năm|người|dân số|dân|hộ dân|hộ|phụ nữ|bé gái|trẻ sơ sinh gái|trẻ em|"
    r"trẻ đẻ ra sống|trẻ sinh ra còn sống|trẻ|bà mẹ|"
    r"nữ|học sinh|sinh viên|giáo viên|lao động|công nhân|doanh nghiệp|trường|lớp|xã|huyện|tỉnh|ha/năm|ha/vụ|ha|hecta|"
    r"km2|km|m2|m3|ngày đêm|ngày|đêm|giờ|tháng|quý|năm|vụ|lượt|sản phẩm|tấn|kwh|gdp|grdp|usd|"
    r"đồng|bệnh nhân|giường bệnh|giường|"
    r"đầu người|năm/người|máy|xe|chuyến|lần))"
)
_YEARLY = rule(r"\s?/\s?năm\b|\s(?:một|mỗi|hằng|hàng|/)\s?năm\b|\s?/\s?(?:tháng|quý)\b")
_SHARE = rule(
    r"\s?(?:tổng )?(?:gdp|grdp|dân số|tổng chi nsnn|tổng chi ngân sách nhà nước|tổng chi ngân sách)\b(?!\s?(?:từ|"
    r"trong độ tuổi|trưởng thành|nông|đô|thành|được|có|tham|sử|sẽ|việt))"
)
_GENERATION = rule(r"g(?!\w)")  # 4G, 5G
_PERCENT = rule(r"\s?(?:%|‰|phần trăm\b|phần nghìn\b)")
_PHYSICAL = rule(
    rf"\s?(?:(?P<scale>{_SCALE})\s)?(?P<unit>{_CURRENCY}|{_MEASURE})(?![\w])(?P<per>(?:\s?/\s?\w+(?:\.\d+)*){{1,2}}(?!\w)|"
    rf"{_PER})?"
)
_POPULATION = rule(
    r"\s?/\s?(?P<per>(?:100|1\.000|10\.000|100\.000|1\.000\.000|1000|10000|100000|1000000|nghìn|ngàn|vạn)\s"
    r"(?:trẻ đẻ ra sống|trẻ sinh ra còn sống|trẻ sơ sinh|trẻ em|trẻ|dân số|dân|người dân|người|"
    r"phụ nữ|bé gái|ca|hộ|lao động|học sinh|sinh viên|doanh nghiệp|\w+))"
)
_PEOPLE = r"(?:dân số|dân|người dân|người|hộ|trẻ|phụ nữ|sinh viên|học sinh|lao động|doanh nghiệp|ca|lớp|trường|xã)"
_COUNTING = rule(
    rf"\s(?:(?P<scale>{_SCALE})\s)?(?P<unit>{_COUNT})(?!\w)(?:(?P<more>(?: (?!và |có |được |"
    r"trên |đến |trong |ở |tại )[^\W\d]+){0,3}?)(?P<per>"
    rf"\s(?:tính )?trên (?:[\d.]+ |một |mỗi |mười )(?:nghìn |ngàn |vạn |triệu )?{_PEOPLE}(?!\w)"
    r"|\s?/\s?(?:[\d.]+\s)?(?:nghìn |ngàn |vạn |triệu )?[^\W\d_]+(?: (?:gái|"
    r"trai|nữ|dân|số|sơ sinh gái|đình|tế|học|nghiệp)(?!\w))*))?"
)
_THING = rule(
    r"\s(?P<unit>(?!(?:lần|năm|tháng|ngày|giờ|tuổi|và|hoặc|hay|của|là|được|có|đến|tới|từ|trong|ngoài|trên|dưới|ở|tại|"
    r"với|cho|để|thì|mà|do|bởi|theo|về|so|trở|tăng|giảm|đạt|còn|lên|xuống|vào|khi|nếu|như|cùng|gồm|thuộc|qua|sau|"
    r"trước|giữa|bằng|cấp|tầng|chiều|mặt|bên|phía|khâu|trục|không|chữ|mỗi|phần|số|lẻ|rưỡi|"
    r"trăm|mươi|chục)(?!\w))[^\W\d_]{2,}(?:\s(?!(?:và|của|"
    r"có|được|đạt|ở|tại|trong)(?!\w))[^\W\d_]{2,})?)"
)
_DURATION = rule(rf"\s(?P<unit>{_TIME})(?!\w)")
_SCALED = rule(rf"\s(?P<unit>{_SCALE})(?!\w)")
_TIDY = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the offset where it ends; `kind` is percent, money, measure, ratio, count, time, scale or
    thing (a noun in no table).
    """

    text: str
    kind: str
    end: int


def unit_after(text: str, at: int) -> Unit | None:
    """The unit that follows a numeral which ends at `at` in the folded `text`."""
    if m := _PERCENT.match(text, at):
        if "‰" in m.group() or "nghìn" in m.group():
            return Unit("‰", "percent", m.end())
        return _percent(text, m.end())
    if m := _POPULATION.match(text, at):
        return Unit("/" + m.group("per").strip(), "ratio", m.end())
    if _GENERATION.match(text, at):
        return None
    measured, counted = _PHYSICAL.match(text, at), _COUNTING.match(text, at)
    if counted and (not measured or counted.end("unit") > measured.end("unit")):
        return _counted(counted)
    if measured:
        return _measured(measured)
    if m := _DURATION.match(text, at):
        return Unit(m.group("unit"), "time", m.end())
    if m := _SCALED.match(text, at):
        return Unit(m.group("unit"), "scale", m.end())
    if m := _THING.match(text, at):
        return Unit(m.group("unit"), "thing", m.end())
    return None


def _percent(text: str, at: int) -> Unit:
    if m := _YEARLY.match(text, at):
        return Unit(
            "%/tháng" if "tháng" in m.group() else "%/quý" if "quý" in m.group() else "%/năm", "percent", m.end()
        )
    if m := _SHARE.match(text, at):
        name = m.group().strip().upper() if "gdp" in m.group() or "grdp" in m.group() else m.group().strip()
        return Unit("% " + name.replace("TỔNG ", ""), "percent", at)
    return Unit("%", "percent", at)


def _measured(m: re.Match[str]) -> Unit:
    name = " ".join(filter(None, (m.group("scale"), m.group("unit"))))
    kind = "money" if m.group("unit") in MONEY_FOLDED else "measure"
    return Unit(spoken(name + _per(m.group("per") or "")), kind, m.end())


def _counted(m: re.Match[str]) -> Unit:
    name = " ".join(filter(None, (m.group("scale"), m.group("unit"))))
    if m.group("per"):
        return Unit(spoken(name + _over(m.group("per"))), "ratio", m.end())
    return Unit(name, "count", m.end("unit"))


def _over(per: str) -> str:
    for lead in ("tính trên ", "trên "):
        per = per.strip().removeprefix(lead)
    for one in ("một ", "mỗi "):
        per = per.removeprefix(one)
    return _TIDY.sub("/", per if per.startswith("/") else "/" + per)


def _per(per: str) -> str:
    per = per.strip()
    if not per:
        return ""
    for lead in ("trên ", "một ", "mỗi ", "cho mỗi ", "tính trên "):
        if per.startswith(lead):
            per = "/" + per[len(lead) :]
    return _TIDY.sub("/", per if per.startswith("/") else "/" + per)


MONEY_FOLDED = frozenset(fold(word) for word in MONEY)
_CAPITAL = {
    "usd": "USD", "eur": "EUR", "vnd": "VND", "vnđ": "VNĐ", "kwh": "kWh", "mwh": "MWh", "gwh": "GWh", "twh": "TWh",
    "kw": "kW", "mw": "MW", "mwp": "MWp", "gw": "GW", "kv": "kV", "kva": "kVA", "mva": "MVA", "toe": "TOE",
    "mtoe": "MTOE", "ktoe": "KTOE", "co2": "CO2", "gdp": "GDP", "grdp": "GRDP", "gb": "Gb", "tb": "Tb", "mb": "Mb",
    "mbps": "Mbps", "gbps": "Gbps", "tbps": "Tbps", "teu": "TEU", "dwt": "DWT", "nm3": "Nm3", "ghz": "GHz",
    "mhz": "MHz",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z0-9]+(?![^\W\d_])")


def spoken(unit: str) -> str:
    """`unit` with the capitals that its symbols are written with."""
    return _TOKEN.sub(lambda m: _CAPITAL.get(m.group(), m.group()), unit)


_RANKS = rule(r"thứ bậc|thứ hạng|xếp hạng|hạng|vị trí")


def unit_of_cell(cell: str) -> str | None:
    """The unit that a table cell names, None when the cell is empty."""
    text = " ".join(fold(cell).split()).strip(" .:()")
    if not text or text == "-":
        return None
    if _RANKS.fullmatch(text):
        return "thứ hạng"
    if text in {"phần trăm", "tỷ lệ %", "tỷ lệ (%)"}:
        return "%"
    text = text.removeprefix("số ")
    return spoken(_TIDY.sub("/", text))
