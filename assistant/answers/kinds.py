"""What the answer to a question must be: a share, a count, a date, a list, ..."""

from __future__ import annotations

from enum import StrEnum

from assistant.answers.patterns import Phrase, Typed

__all__ = ["DAY", "WHEN", "Kind", "kind_of"]


class Kind(StrEnum):
    """What the answer must be."""

    PERCENT = "percent"
    COUNT = "count"
    MONEY = "money"
    FIGURE = "figure"
    DATE = "date"
    YEAR = "year"
    WHO = "who"
    DOCUMENT = "document"
    LIST = "list"
    YESNO = "yes_no"
    COMPARISON = "comparison"
    TEXT = "text"


DAY = (
    r"(vào |trước |sau |từ |đến |hết |chậm nhất )?"
    r"(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )(ngày|hôm|bữa|mùng|mồng) (nào|mấy|bao nhiêu)"
    r"(?! (giờ|tiếng|phút|lần|buổi|ca|tiết|tiền|đồng|phần|người|suất|bữa|km|lít|kg)(?!\S))( tháng mấy)?"
    r"( năm (nào|mấy|bao nhiêu))?|ngày tháng (năm )?nào"
)
WHEN = (
    DAY + r"|(vào |trước |sau |từ |đến |hết )?(?<!mỗi )(?<!một )(?<!hằng )(?<!hàng )tháng (nào|mấy|bao nhiêu)"
    r"( năm (nào|mấy))?"
    r"|(vào |từ |đến )?(khi|hồi|lúc|đận) nào"
    r"|(vào |trong |hết )?quý (nào|mấy|bao nhiêu)( năm (nào|mấy))?"
    r"|(vào |trong )?(?<!đứng )(?<!xếp )(?<!hạng )(?<!vị trí )thứ mấy( (hàng|hằng|trong|mỗi) tuần)?"
    r"|bao giờ|chừng nào (thì|mới|xong)|(vào |trong )?(thời gian|thời điểm|dịp|khoảng thời gian) nào"
)
"""Ways to ask for a day, and for a time of any sort, as they are spoken too."""


# In order: the first that matches decides. Sources of the wording: questions of officials collected for the project.
_KINDS: tuple[tuple[Kind, Phrase], ...] = (
    (Kind.YESNO, Phrase(r"(nhiều|mấy|các|những|hai) \S+( \S+)? khác nhau( \S+)* (có|được|phải)( \S+)* không")),
    (
        Kind.COMPARISON,
        Phrase(
            r"cao hơn hay thấp hơn|thấp hơn hay cao hơn|nhiều hơn hay ít hơn|cao hơn|thấp hơn|khác nhau"
            r"|(lâu|dài|cao|nhiều|thấp|ít|ngắn|nhanh|muộn|sớm|chậm|nặng|nhẹ) hơn (so với )?"
            r"((trường hợp|mức|loại|hồ sơ|thời hạn) )?(thường|bình thường|thông thường)(?! xuyên)( \S+){0,4}"
            r"|(còn )?(cách|kém|thiếu|thua|hụt|vượt)( so với)? (mục tiêu|chỉ tiêu|mức|con số)( \S+)*"
            r" bao nhiêu( \S+){0,3}"
            r"|(nhiều|ít|lớn|nhỏ|dài|ngắn|sớm|muộn|rộng|nhanh|chậm) hơn (?!bao|mấy|\d|\(|ngày|tháng|năm\b)\S+"
            r"|khác gì( nhau)?|có khác|chênh( \S+){0,3} (bao nhiêu|mấy)|(hơn|kém) nhau( \S+){0,3} (bao nhiêu|mấy)"
            r"|khác biệt|so với|so sánh|giống nhau|chênh lệch|chênh nhau|hơn kém|có gì khác|khác (ở|như"
            r"|thế)( \S+)*|có giống|(có )?(bằng|như|ngang) nhau( không)?"
            r"|(bên|nơi|đâu|tỉnh|thành phố|đợt|cái|bản|văn bản|kế hoạch|loại|nhóm|nước|ngành|giai đoạn|xã|dự án) nào"
            r"( \S+){0,4}? "
            r"(nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|sớm|muộn|rộng|nhanh|chậm|trễ|lâu|mau|nặng|nhẹ|đắt|rẻ) hơn"
            r"|so (mục tiêu|chỉ tiêu|tỷ lệ|mức|kinh phí|thời hạn|số)( \S+)* (với|và|trong) \S+"
            r"|(bên|nơi|đâu|tỉnh|thành phố|đợt|cái|bản|văn bản|kế hoạch|loại|nhóm|nước|ngành|giai đoạn|xã|dự án) nào"
            r"( \S+){0,4}? (nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|sớm|muộn|nhanh|chậm)( \S+){1,6} hơn(?! (nữa|mấy|\d))"
            r"|hay( \S+){1,8} (nhiều|ít|cao|thấp|lớn|nhỏ|dài|ngắn|sớm|muộn|nhanh|chậm|nặng|nhẹ)( \S+){0,4} hơn( không)?"
            r"|dự thảo( \S+){0,4} chính thức( \S+){0,8} (giảm|tăng|thay đổi|thêm|bớt|cao|thấp|hơn|khác)( \S+)*"
            r"|chính thức( \S+){0,4} dự thảo( \S+){0,8} (giảm|tăng|thay đổi|thêm|bớt|cao|thấp|hơn|khác)( \S+)*"
            r"|(giảm|tăng|thay đổi|thêm|bớt|cao|thấp|hơn|khác)( \S+){0,6} (dự thảo( \S+){0,4} chính thức"
            r"|chính thức( \S+){0,4} dự thảo)( \S+)*"
        ),
    ),
    (
        Kind.LIST,
        Phrase(
            r"(những|các) (loại|nhóm|dạng|kiểu|hình thức)( \S+){1,4} (nào|gì)"
            r"|(kể|nêu|liệt kê)( tên)?( ra)? (0?\d|\d\d|hai|ba|bốn|sáu|bảy|tám|chín|mười) [^\W\d]\S+"
        ),
    ),
    (
        Kind.TEXT,
        Phrase(
            r"(cấp|hạng|loại|mức độ|cấp độ|khóa|lần thứ|bậc|tháng thứ) (mấy|bao nhiêu)"
            r"(?! (tỷ|tỉ|triệu|nghìn|tiền|đồng|usd|vốn|kinh phí|phần|chứng|giấy|thẻ|hồ))( \S+)*"
            r"|(từ|đến|tới) (cấp|hạng|bậc|mức|loại) nào( \S+)*"
        ),
    ),
    (Kind.PERCENT, Phrase(r"(bao nhiêu|mấy) (phần trăm|%)|chiếm bao nhiêu|bao nhiêu phần")),
    (
        Kind.MONEY,
        Phrase(
            r"(bao nhiêu|mấy) (nghìn |triệu )?(tỷ|triệu|nghìn)(?! (doanh|hộ|người|lượt|lao|trẻ|thuê|tài|máy|tấn|cây|con"
            r"|khách|phụ|sinh|học|dân|hồ|giao|việc|ha|thẻ|bản|sản|m2|m3|kwh|chỗ|căn|vụ))( \S+)?"
            r"|(bao nhiêu|mấy) (tiền|đồng|usd|đô|vốn|kinh phí|ngân sách)( \S+)?"
        ),
    ),
    (Kind.YEAR, Phrase(r"(đến |vào |từ |trong )?năm nào|năm bao nhiêu")),
    (
        Kind.DATE,
        Phrase(
            WHEN + r"|(trong |kéo dài |thời hạn |thời gian )*bao lâu"
            r"|(đợt|kéo dài|diễn ra) .* (từ|đến) ngày nào|hạn (chót|cuối) .* nào"),
    ),
    (
        Kind.DOCUMENT,
        Phrase(
            r"(thay thế|bãi bỏ|sửa đổi) (những |các )?(văn bản|quyết định|nghị định|kế hoạch|nghị quyết)? ?nào"
            r"|(?<!loại )(văn bản|quyết định|nghị định|nghị quyết|thông tư|luật|chỉ thị|kế hoạch|công văn|tờ trình)"
            r" (nào|gì|số mấy|số bao nhiêu)"
            r"|(tiêu chuẩn|quy chuẩn)( \S+){0,4} (nào|số mấy|số bao nhiêu)"
            r"|số hiệu( \S+)* (gì|nào|bao nhiêu)|số mấy|(theo|căn cứ) (văn bản|quyết định) nào"
        ),
    ),
    (Kind.COUNT, Phrase(r"(bao nhiêu|mấy) năm(?! (\d|nay|nào|trước|sau|qua|tới|ngoái))( \S+)*|(khung )?giờ nào( \S+)*|"
    r"(bao nhiêu|mấy) (?!(là|thì|vậy|theo|trong|ở|vào|đến|năm|và|cho|so|mỗi|một|hằng|hàng"
    r"|trên|tính|phần|nhỉ|ạ|của|với|tại|trở|nữa|khi|nếu|để)(?!\S))\S+( \S+)*")),
    (Kind.WHO, Phrase(r"(qua|do|bởi|gửi( về| đến| cho)?|liên hệ|hỏi) (cơ quan|đơn vị|sở|bộ|ban|phòng|tổ chức) nào")),
    (
        Kind.LIST,
        Phrase(
            r"(những|các) (?!năm)(\S+ ){1,12}nào|gồm (những |các )?gì|bao gồm|gồm những|kể tên|liệt kê"
            r"|nêu (tên )?(các|những)"
            r"|(những|các) gì|là những|những ai|(những|các) \S+( \S+){0,3} gì|gồm (mấy|bao nhiêu) .* nào"
            r"|bằng cách nào|qua kênh nào|theo hình thức nào|(nhóm|lĩnh vực|loại|ngành|tỉnh|đối tượng|dịch vụ"
            r"|bộ phận|nội dung|hoạt động|nguồn|hình thức|giải pháp|tiêu chí)( \S+){0,5} nào"
        ),
    ),
    (
        Kind.WHO,
        Phrase(
            r"(do |của |cho )?(cơ quan|đơn vị|bên|phía|phòng|hội|bộ|sở|ngành|ban|tổ chức|cấp|người"
            r"|doanh nghiệp|đồng chí|cá nhân"
            r"|nhà mạng|vụ|cục|ai) (nào|đâu)"
            r"|người ký( \S+)* là ai|là ai|ai( \S+)*|do ai|(giao|thuộc) (cho )?ai|cơ quan (chủ trì|ban hành) là( \S+)*"
        ),
    ),
    (Kind.FIGURE, Phrase(r"(tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)( \S+)* (bao nhiêu|mấy|mức nào)")),
    (Kind.FIGURE, Phrase(r"(là |đạt |tới |mức |còn |lên |xuống |đến )?(bao nhiêu|mức nào|thứ mấy|cỡ nào"
    r"|chừng nào|bằng mấy)|mấy")),
    (Kind.FIGURE, Phrase(r"mức (xử )?phạt( \S+)*"
    r"|(bị|mức|hình thức) (xử )?phạt( tiền| hành chính)? (như )?(thế nào|ra sao|sao)")),
    (
        Kind.YESNO,
        Phrase(r"có (phải |được |đúng |cần |bắt buộc )?(\S+ )*(không|chưa|hay chưa)|(phải|đúng) không"
        r"|có phải( \S+)*|đúng hay sai|hay không|đã \S+( \S+)* chưa"),
    ),
)  # fmt: skip


def kind_of(asking: Typed) -> Kind:
    """What is asked for by the words of a question."""
    return next((kind for kind, phrase in _KINDS if asking in phrase), Kind.TEXT)
