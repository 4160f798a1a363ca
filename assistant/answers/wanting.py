"""What else a question says of its answer: price, budget, share, present state, draft or final, a day, a definition."""

from __future__ import annotations

from itertools import pairwise

from assistant.answers.kinds import DAY as ASKED_DAY
from assistant.answers.normalise import key
from assistant.answers.patterns import Phrase, Typed

__all__ = [
    "ACTUAL",
    "AIMED",
    "ATTRIBUTE",
    "COUNTED",
    "DAY",
    "DEFINING",
    "DRAFT",
    "EXISTING",
    "FINAL",
    "HEAD",
    "MONEY",
    "MUST",
    "NUMBER_OF",
    "OF",
    "PRICE",
    "SHARE",
    "TITLED",
    "celebrated",
    "classed_as",
    "side_of",
]

DAY = Phrase(ASKED_DAY)
AIMED = Phrase(r"(đến|vào|tới|hết|cuối|trong|cho|năm) (hết |cuối |cả )?(năm )?(19|20)\d\d")
TITLED = Phrase(
    r"(kế hoạch|chương trình|chiến lược|đề án|quy hoạch|dự án)( [^\d\s]\S*){0,14}? "
    r"(đến |tới |vào )?năm (19|20)\d\d"
    r"( (đặt|yêu cầu|quy định|đề ra|giao|có|nêu|dự kiến|hướng|phấn đấu|xác định)( \S+)*)?"
)
"""A year that the question aims at, and one that may belong to the name of a document."""
_COST = (
    r"(?<!quốc )(?<!tham )(?<!chuyên )(?<!đánh )(?<!công )giá(?! trị| đình| tăng| dụng| lai| súc| cầm"
    r"| (cả )?(hợp lý|phải chăng))"
)
"""The price of something, and none of the words that look like it without diacritics."""
MUST = Phrase(
    r"xử phạt|mức phạt|phạt( tiền)?|chế tài|kỷ luật|góp ý|xử lý (vi phạm|thế nào)|hạn góp ý"
    r"|nhà thầu( \S+)? (nào )?trúng|trúng thầu|mức lương|biên chế"
    r"|" + _COST + r"( bán)?|phí(?! tiền)|lệ phí|học phí|số điện thoại|email|địa chỉ|tên (miền|gọi)"
    r"|thưởng(?! mại| xuyên| vụ| binh| tật| lượng)"
    r"|khen thưởng|kinh phí|ngân sách|(?<!vay )vốn(?! nhà nước)|lãi suất|tổng mức đầu tư"
)
PRICE = Phrase(
    r"(mức )?(hỗ trợ tiền|tiền (hỗ trợ|trợ cấp))( \S+){0,25} (bao nhiêu|(như )?thế nào|ra sao)|"
    r"(phụ cấp|trợ cấp|học bổng|thù lao|tiền công)( \S+){0,12} (là )?bao nhiêu|"
    r"(hỗ trợ|trợ cấp|phụ cấp|trợ giúp|học bổng)( \S+){0,5} bao nhiêu( tiền| (mỗi|một|/|hằng|hàng) \S+)?|"
    r"phạt( tiền| hành chính)?( từ| tới| đến| khoảng| tối đa| tối thiểu)? (bao nhiêu|mấy|(như )?thế nào|ra sao|sao)|"
    + _COST
    + r"( \S+)*|lệ phí|học phí|phí(?! tiền)|mức lương|tiền lương|mức (xử )?phạt|mức thưởng|tiền thưởng"
)
SHARE = Phrase(r"(tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng)( \S+)* (bao nhiêu|mấy|mức nào|thế nào|ra sao)( \S+)*")
MONEY = Phrase(r"kinh phí|ngân sách|vốn|tổng mức đầu tư")
ACTUAL = Phrase(
    r"thực tế( đã)?|hiện nay|hiện tại|hiện đã|hiện có|hiện đang|hiện trạng|thực trạng|đã (có"
    r"|đạt) (được )?(bao nhiêu|mấy)|tính đến (nay|hết|cuối)( \S+)*"
    r"|kết quả (thực hiện|đạt được)( \S+)*|đã (hoàn thành|thực hiện|triển khai|cấp|nộp|xây)( được)? (bao nhiêu|mấy)"
    r"|(?<!thực )(?<!thể )(?<!phát )(?<!xuất )(?<!tái )hiện(?! (đại|thực|hành|tượng|vật|trường))( \S+){1,12} "
    r"(có|cao|được|chiếm|đạt)( \S+)? (bao nhiêu|mấy)|đang có( \S+)? (bao nhiêu|mấy)"
    r"|(bao nhiêu|mấy)( \S+){1,6} đang (hoạt động|sử dụng|vận hành|khai thác|làm việc|theo học)"
)
_TEXTS = r"(luật|bộ luật|pháp lệnh|nghị định|nghị quyết|thông tư|văn bản( quy phạm pháp luật)?)"
DRAFT = Phrase(
    rf"(trong |ở |theo )(bản )?dự thảo|(bản )?dự thảo(?! {_TEXTS} (phải|được|cần|thì|đăng|gửi|trình)(?!\S))"
    r"|bản thảo|bản nháp|bản lấy ý kiến"
)
"""A draft as the place to look in, and not as what is asked of: "dự thảo luật phải đăng tải bao lâu"."""
FINAL = Phrase(r"(bản |chương trình |văn bản |quyết định )?chính thức")
DEFINING = Phrase(
    r"(khái niệm|định nghĩa)( về| của)? \S+( \S+){0,9}"
    r"|\S+( \S+){0,7} (là|nghĩa là|được hiểu là|có nghĩa là) gì|thế nào là \S+( \S+)*"
    r"|\S+( \S+){0,7} (được )?hiểu (là )?(như )?(thế nào|ra sao|sao)"
    r"|(thế nào|gì|làm sao|ra sao) (thì |mới )*(được |bị )?(gọi|coi|xem|hiểu)( là| như)? \S+( \S+)*"
    r"|\S+( \S+){0,7} (là|nghĩa là|có nghĩa là) (cái gì|sao|thế nào|như thế nào)"
)
ATTRIBUTE = Phrase(
    r"mục tiêu|chỉ tiêu|định hướng|tầm nhìn|nội dung|nhiệm vụ|giải pháp|nguồn|kinh phí|phạm vi|đối tượng"
    r"|yêu cầu|nguyên tắc"
    r"|quan điểm|thời gian|lý do|mục đích|vai trò|trách nhiệm|kết quả|quy mô|hình thức|tên|chủ đề|thông điệp"
    r"|điều kiện|tiêu chí"
    r"|vị trí|lĩnh vực|cơ chế|phương án|kế hoạch|căn cứ|ngôn ngữ|đơn vị|số(?! (là|nghĩa|được hiểu|có nghĩa))|mức"
    r"|tỷ lệ|hạn chế|khó khăn|nguyên nhân"
)


def celebrated(typed: Typed, text: str) -> tuple[tuple[str, str], ...]:
    """The bare first two words of names like "Tháng Thanh niên", "Ngày Pháp luật" in `text`.

    Both are capitalised in a name; "mỗi năm Bắc Ninh" names no year.
    """
    found = []
    for a, b in pairwise(typed.words):
        written = text[b.start : b.end]
        timed = a.bare in _TIMES_BARE if typed.plain else a.key in _TIMES
        if timed and text[a.start].isupper() and written.istitle() and not written.isupper():
            found.append((a.bare, b.bare))
    return tuple(found)


def classed_as(typed: Typed) -> frozenset[str]:
    """The bare words of the class that something is asked to fall into: "bao nhiêu tuổi thì coi là trẻ em"."""
    found = _CLASSED.find(typed)
    return frozenset(w.bare for w in typed.words[found[1] :]) if found else frozenset()


_CLASSED = Phrase(r"(được |bị )?(gọi|coi|xem|hiểu|tính|xác định) là(?= \S)(?! (gì|sao|thế|như)(?!\S))")


def side_of(typed: Typed) -> tuple[str, str] | tuple[()]:
    """The bare words of the side of a thing that is asked for: "chủ đề ... là gì", "những đối tượng nào"."""
    found = _SIDE.find(typed)
    if found is None:
        return ()
    words = typed.words[found[0] : found[1]]
    words = words[1:] if words[0].bare in _ALL_OF else words
    return words[0].bare, words[1].bare


_SIDES = r"chủ đề|đối tượng|mục đích|nguyên tắc|thông điệp|phạm vi|thành phần|hình thức|quan điểm|điều kiện|tiêu chí"
_SIDE = Phrase(
    rf"({_SIDES})(?= (\S+ )*(là gì|gồm những gì|gồm gì|như thế nào|ra sao))|(những|các) ({_SIDES}|cá nhân|tập thể)"
)
_ALL_OF = frozenset(("nhung", "cac"))
_TIMES = frozenset(map(key, ("tháng", "tuần", "ngày", "năm")))
_TIMES_BARE = frozenset(("thang", "tuan", "ngay"))
EXISTING = Phrase(r"có (tất cả |tổng cộng |khoảng )?(bao nhiêu|mấy)")
COUNTED = Phrase(r"(bao nhiêu|mấy)(?= \S)")
NUMBER_OF = Phrase(
    r"(tổng )?số lượng|tổng số"
    r"|số(?= (trạm|dự án|doanh nghiệp|người|cơ sở|trường|xã|hộ|khu|tuyến|sản phẩm|mô hình|lượt|vụ|đơn vị"
    r"|giáo viên|công ty"
    r"|trung tâm|bộ|ca|máy|nước|tỉnh|tổ chức|điểm|nhà|chuyến|lớp))"
)
OF = Phrase(
    r"(bao nhiêu|mấy)( phần trăm)?( tổng)?( số)?( lượng)?( các| những)?( cuộc| sự| việc| chiếc| cái| vụ)?(?= \S)"
)
HEAD = 2
"""Words of what is counted that must not be missing."""
