"""The wording of an indicator: what is measured, self-contained, from the words around a figure.

Two word orders are told apart: `80% hồ sơ được nộp qua mạng` (the figure leads its noun phrase) and `tỷ lệ hồ sơ
nộp qua mạng đạt 80%` (the figure closes the statement). What a clause leaves out is taken from the one before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.targets.figures import Figure
from assistant.targets.folding import fold, rule
from assistant.targets.time import When
from assistant.targets.words import CONNECTORS, GOAL_WORDS, HEADS, LINKS, PREDICATES, PREPOSITIONS

__all__ = ["Statement", "predicate", "state"]

_ADVERBS = (
    r"(?:bình quân|trung bình|khoảng|từ|mức|tỷ lệ|thêm|được|hằng năm|hàng năm|mỗi năm|ít nhất|"
    r"tối thiểu|tối đa|trên|dưới|chỉ|cũng|đều|tổng cộng|tương đương|gấp|là|còn|xuống|lên|đến|"
    r"tới|hơn|gần|ở|quy mô|một|có)"
)
_LINK = rule(
    rf"(?:^|(?<=\s)|(?<=[,:(]))(?:(?:sẽ|phải|cần|dự kiến|phấn đấu|có thể)\s)?(?<!tốc độ )(?<!mức )(?<!nhịp độ )(?<!đà )(?P<link>{LINKS})(?:\s{_ADVERBS})*\s*$"
)
_LEADING = rule(rf"^(?:\W+|(?:{CONNECTORS}|{GOAL_WORDS})(?!\w)(?!\s(?:tiêu quốc gia|quốc gia về)))+")
_TRAILING = rule(
    r"(?:\W+|(?<!\w)(?:và|sẽ|phải|cần|dự kiến|phấn đấu|đạt|trong đó|với|cũng|đều|khoảng|là|"
    r"từ|đến|tới|vào|trong|đồng thời|còn|để|gấp))+$"
)
_PRELUDE = rule(
    r"(?:^|(?<=[\s,(]))(?:(?<!chương trình )(?:mục tiêu[^.;:]{0,90}?(?:bao gồm việc|bao gồm|"
    r"gồm)|(?:mục tiêu|múc tiêu|chỉ tiêu)(?! quốc gia))|đặt ra yêu cầu|yêu cầu|phấn đấu|hướng tới|"
    r"hướng đến|định hướng)"
    r"(?:\s(?:đặt ra|đề ra|cụ thể|cơ bản|nữa|khác|chung|tổng quát|này|số|phấn đấu|là|\d{1,2}|"
    r"của [^,:;]{3,60}?(?= là)))*(?:\s?[,:](?=\s))?(?!\w)"
)
_ABOUT = rule(
    r"^(?:(?:theo|về|trong lĩnh vực|riêng|với) [^,]{3,120}|[^,]{0,40}(?:kế hoạch|chương trình|"
    r"chiến lược|đề án|nghị quyết|quyết định)(?: này)? (?:đặt|đề|nêu|xác định)[^,]{0,30}),\s*"
)
_OBJECT = rule(r"(?:\s|^)(?:cho|để|tới|đến|trên|với|tại|ở|đối với|khoảng|từ|có|về)\s*$")
_NOT_NOUN = rule(rf"^\W*(?:{PREPOSITIONS})(?!\w)")
_PLACE = rule(r"^\W*(?:tại|ở|đối với|cho|khu vực|trong|của|với|thuộc)\s")
_HEAD = rule(rf"^(?:các |mọi )?(?:{HEADS})(?!\w)")
_VERB_PHRASE = rule(
    r"^(?:hỗ trợ|xây dựng|hình thành|phát triển|thành lập|đào tạo|bồi dưỡng|thu hút|cung cấp|"
    r"triển khai|duy trì|đầu tư|tạo|giải quyết|tổ chức|thực hiện|trồng|lắp đặt|sản xuất|nghiên cứu|"
    r"cấp|đưa|kết nối|số hóa|hoàn thành|bảo đảm|đảm bảo|thí điểm|mở|ban hành|"
    r"công nhận|xử lý|sửa chữa|nâng cấp|cải tạo|bố trí|tuyển|phục hồi|bảo vệ|tiếp nhận|khám|"
    r"điều trị|tiêm|kiểm tra|xuất khẩu|nhập khẩu|đáp ứng|áp dụng|chuyển đổi|ứng dụng|lựa chọn|"
    r"công bố|đón|phục vụ|thay thế|trợ giúp|quy hoạch|đăng ký|sử dụng|trang bị|khai thác|huy động|"
    r"giao|di dời|bổ sung|tập huấn|phổ cập|sở hữu|tăng cường)"
)
_CUT = rule(r"\s(?:tại|ở|đối với|của|trong|cho|vào)\s|[,(]")
_PREDICATE = rule(rf"(?<=\s)(?<!người )(?<!trực )(?<!đội ngũ )(?:{PREDICATES})(?=\s|$)")
_SPACES = rule(r"\s+")
_MEASURED = rule(r"^(?:tốc độ|mức|tỷ lệ|tỷ trọng|tăng trưởng|nhịp độ)")
_PLACED = rule(r"\s(?:tại|ở|đối với|khu vực|cấp|tuyến)\s")
_GROWN = rule(r"^(?:tốc độ|mức tăng|mức giảm|tăng trưởng|nhịp độ)")
_TRANSITIVE = rule(
    r"\s(?:đáp ứng|cung cấp|phục vụ|bao phủ|thay thế|khai thác|tiết kiệm|tiếp cận|làm chủ|chiếm lĩnh|tự chủ)(?: được)?$"
)
_AMONG = rule(r"\W*trong (?:số )?đó")
_REACHING = rule(rf"^(?:đạt|có|với)\s(?={HEADS})")
_HAVING = re.compile(r"\s(?:có|đạt)\s")
_STRONG = rule(
    r",\s(?=(?:tỷ lệ|tỷ trọng|diện tích|tổng|sản lượng|công suất|giá trị|doanh thu|kim ngạch|"
    r"mức|năng suất|thu nhập|tốc độ|quy mô|số lượng|tỷ số|tỷ suất|chỉ số|thời gian|mật độ|"
    r"độ che phủ)\s)"
)
_PART = rule(r"(?:khu vực|vùng|miền|nông thôn|thành thị|đô thị|nam|nữ|cấp|riêng|ở|tại|bậc|đối với)(?!\w)")
_GROWTH = rule(
    r"^(?:tốc độ tăng trưởng|tốc độ tăng|tăng trưởng|mức tăng)(?: (?:bình quân|trung bình|"
    r"hằng năm|hàng năm))*(?: của)? ",
    re.IGNORECASE,
)
_RANK_VERBS = rule(
    r"(?:^|\s)(?:(?:thuộc|vào|nằm trong|lọt vào|nằm|trong|đứng|xếp|đạt|được|gia nhập|duy trì|"
    r"thứ hạng|ở|là|phấn đấu|sẽ|tiếp tục|ra khỏi|thoát khỏi)(?:\s|$))+$|^(?:đưa|sớm đưa|phấn đấu)\s(?!.*\s(?:lên|"
    r"tăng)$)"
)
_RANKED = rule(r"(?:xếp hạng|thứ hạng|vị trí|chỉ số|trình độ|năng lực|mức|hạng)")
_SCALE = rule(r"^\s?(?:nghìn tỷ|nghìn|ngàn|vạn|triệu|tỷ)\s")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a chunk says: `[start:end]` to quote, `indicator`, and what later chunks may borrow.

    `subject` is the bare subject, `[noun:stop]` the noun phrase that the figure counts (empty where there is none),
    `borrowed` whether the subject came from elsewhere, `leading` whether the figure leads its noun phrase.
    """

    start: int
    end: int
    indicator: str
    subject: str
    noun: int
    stop: int
    leading: bool
    borrowed: bool
    link: str = ""
    base: str = ""
    doing: str = ""


def state(
    text: str,
    folded: str,
    start: int,
    end: int,
    figure: Figure,
    whens: list[When],
    last: Statement | None,
    topic: str | None,
) -> Statement:
    """The statement of `figure` in the chunk `[start:end]`; `last` is the statement before it in the sentence."""
    quote_start, quote_end = _trim(folded, start, end)
    left, colon_topic = _left(text, folded, start, figure.start, whens)
    link, subject = _split_link(left)
    stop = _right_stop(folded, figure.noun, quote_end, whens)
    noun = _BOUND.sub("", _clean(text[figure.noun : stop]))
    busy = bool(_VERB_PHRASE.match(fold(subject))) or not (subject or colon_topic or last)
    if figure.kind == "count" and not busy and fold(noun) == (figure.unit or "").split("/")[0]:
        noun = ""
    given = bool(noun) and noun[0] != "(" and _NOT_NOUN.match(fold(noun)) is None
    if colon_topic and not subject and not given:
        subject = colon_topic
    leading = given and (not subject or not link or figure.kind in ("word", "state")) and not _HEAD.match(fold(subject))
    if figure.kind == "rank":
        return _ranked(subject, noun, figure, last, topic, quote_start, quote_end, stop)
    if figure.kind in ("money", "measure", "ratio", "time", "scale", "rank", "multiple", "fraction") and subject:
        leading = False
    aside = _ASIDE.search(folded, figure.noun, stop) if leading and subject and figure.kind == "word" else None
    if aside:
        quote_end = stop = aside.start()
        noun = _clean(text[figure.noun : stop])
    shares = last is not None and last.link.startswith(("chiếm", "đóng góp")) and not subject and not link
    shares = shares and not _PREDICATE.search(fold(noun)) and figure.kind == "percent"
    if leading and not subject and last and last.leading and _PREDICATE.search(fold(noun)) is None and last.doing:
        subject = last.doing
    if folded[start] == "(" and last and not last.leading and figure.kind == "percent" and not subject and not link:
        joint = f" trong {noun}" if given else ""
        words = last.subject if _MEASURED.match(fold(last.subject)) else f"tỷ trọng {last.subject}{joint}"
        return Statement(
            quote_start, quote_end, _clean(words), last.subject, figure.noun, stop, False, True, "chiếm", last.base
        )
    if leading and not shares and not (link and not subject and last and _needs_subject(link)):
        indicator = _of_noun(noun, subject or ("" if _level(link) else link), figure)
        doing = subject if _TRANSITIVE.search(fold(subject)) else ""
        return Statement(
            quote_start, quote_end, indicator, indicator, figure.noun, stop, True, False, "", indicator, doing
        )
    borrowed = not subject
    if borrowed and noun and _PLACE.match(fold(noun) + " ") and last:
        subject = _head_of(last) if last.leading else last.subject
        indicator = _clean(f"{subject} {noun}")
        return Statement(
            quote_start, quote_end, indicator, indicator, figure.noun, stop, last.leading, True, "", last.base
        )
    if not link and last and last.link.startswith(("chiếm", "đóng góp")) and not subject and noun:
        link = last.link
    base = subject or (last.base if last else "")
    if subject and subject != colon_topic and not _HEAD.match(fold(subject)):
        whole = _completed(subject, colon_topic, last, folded, start, figure)
        base = subject if whole == subject else last.base if last and last.base in whole else colon_topic or subject
        subject = whole
    elif (m := _REACHING.match(fold(subject))) and last:
        subject = _clean(f"{subject[m.end() :]} {_HAVING.split(last.subject)[0]}")
    if figure.kind == "ratio" and not subject and not topic and figure.unit and not figure.unit.startswith("/"):
        subject = f"số {figure.unit.replace('/', ' trên ')}"
    subject = subject or (_owner(last, link) if last else "") or topic or ""
    if figure.kind == "count" and not link and not noun and not borrowed and subject != colon_topic:
        noun = _clean(text[figure.noun : stop])
    indicator = _of_subject(subject, link, noun, figure)
    return Statement(
        quote_start,
        quote_end,
        indicator or _clean(text[quote_start:quote_end]),
        subject,
        figure.noun,
        stop,
        False,
        borrowed,
        link,
        base,
    )


def _completed(subject: str, topic: str | None, last: Statement | None, folded: str, start: int, figure: Figure) -> str:
    """A subject that names only a part ("nam", "khu vực miền núi") completed by what it is a part of."""
    short = len(subject.split()) <= 4
    if topic and len(topic.split()) <= 12 and short:
        return f"{topic} {subject}"
    if last and short and _HEAD.match(fold(last.base)) and figure.kind == "percent" and last.base == last.subject:
        return _clean(f"{_CUT.split(last.base)[0]} {subject}") if _PLACED.search(fold(last.base)) else subject
    part = folded[start] == "(" or (short and _PART.match(fold(subject)))
    part = part or (_AMONG.match(folded[start : start + 16]) and len(subject.split()) <= 6 and figure.kind != "percent")
    if last and last.base and (part or (last.base in last.subject and last.base != last.subject and short)):
        return f"{last.base} {subject}"
    return subject


def _owner(last: Statement, link: str) -> str:
    """The subject that a clause without one borrows; a share belongs to the thing, not to its growth rate."""
    if link.startswith(("chiếm", "đóng góp")):
        return _GROWTH.sub("", last.subject, count=1) if _GROWTH.match(fold(last.subject)) else last.subject
    return last.subject


def _ranked(
    subject: str, tail: str, figure: Figure, last: Statement | None, topic: str | None, start: int, end: int, stop: int
) -> Statement:
    """The statement of a rank goal: whose rank, and in what."""
    subject = _RANK_VERBS.sub("", subject).strip() or (last.subject if last else "") or topic or ""
    named = bool(_RANKED.match(fold(subject)))
    words = f"{subject} {tail}" if named else f"xếp hạng của {subject} {tail}" if subject else f"xếp hạng {tail}"
    return Statement(start, end, _clean(words), subject, figure.noun, stop, False, False, "", subject)


def predicate(statement: Statement, text: str, folded: str) -> str:
    """The predicate of a noun phrase that a figure leads ("biết bơi an toàn"), empty where it has none."""
    at = statement.noun + 2
    m = _PREDICATE.search(folded, min(at, statement.stop), statement.stop)
    return _clean(text[m.start() : statement.stop]) if m else ""


def _needs_subject(link: str) -> bool:
    return link.startswith(("đạt", "chiếm", "đóng góp", "còn", "lên", "xuống", "ở mức", "bằng", "là", "duy trì"))


def _level(link: str) -> bool:
    """Whether the linking verb only states the level ("đạt", "là"), and adds nothing to the indicator."""
    return not link.startswith(
        ("giảm", "tăng", "cắt giảm", "kéo giảm", "thu hút", "đóng góp", "chiếm")
    ) or link.startswith(("giảm xuống", "giảm còn", "tăng lên"))


def _of_noun(noun: str, doing: str, figure: Figure) -> str:
    noun = _SCALE.sub("", noun) if figure.kind == "count" else noun
    doing = doing.strip()
    low = fold(doing)
    if not doing:
        return noun
    if low.startswith(("giảm", "cắt giảm", "kéo giảm")):
        return f"mức giảm {noun}"
    if low.startswith("tăng"):
        return f"mức tăng {noun}"
    if _TRANSITIVE.search(low):
        return f"{doing} {noun}"
    doing = _OBJECT.sub("", doing).strip()
    if not doing or (_PREDICATE.search(fold(noun)) and figure.kind != "count"):
        return noun
    if _VERB_PHRASE.match(fold(doing)):
        return f"{noun} được {doing[0].lower() + doing[1:]}"
    return noun if fold(doing).endswith(" có") or len(doing) < 3 else _clean(f"{doing} {noun}")


def _of_subject(subject: str, link: str, tail: str, figure: Figure) -> str:
    subject = subject.strip()
    measured = bool(_MEASURED.match(fold(subject)))
    grown = bool(_GROWN.match(fold(subject)))
    if link.startswith(("chiếm", "chỉ chiếm", "đóng góp", "sẽ chiếm")) and not measured:
        joint = "" if fold(tail).startswith(("so với", "trong", "trên", "vào")) or not tail else "trong "
        return _clean(f"tỷ trọng {subject} {joint}{tail}")
    if not subject and link.startswith("tăng"):
        subject = "tốc độ tăng trưởng" if figure.unit == "%/năm" or link == "tăng trưởng" else "mức tăng"
    elif (
        not _level(link)
        and not grown
        and subject
        and (not measured or figure.unit == "%/năm" or link.startswith("giảm"))
    ):
        if link.startswith(("giảm", "cắt giảm", "kéo giảm")):
            return _clean(f"mức giảm {subject} {_tail(tail, figure)}")
        if link.startswith("tăng"):
            kind = "tốc độ tăng" if figure.unit == "%/năm" else "mức tăng"
            return _clean(f"{kind} {subject} {_tail(tail, figure)}")
    return _clean(f"{subject} {_tail(tail, figure)}")


def _tail(tail: str, figure: Figure) -> str:
    unit = (figure.unit or "").lower()
    repeats = figure.kind == "ratio" or (unit.startswith("% ") and fold(tail).startswith(unit[2:]))
    return "" if repeats or len(tail) >= 90 else tail


def _head_of(last: Statement) -> str:
    m = _CUT.search(fold(last.indicator))
    return last.indicator[: m.start()] if m else last.indicator


def _left(text: str, folded: str, start: int, stop: int, whens: list[When]) -> tuple[str, str | None]:
    """The words before the figure without connectors, goal words and years, and the topic before a colon."""
    topic = None
    colon = folded.rfind(":", start, stop)
    if colon >= 0:
        topic = _clean(_without_times(text, start, colon, whens))
        low = fold(topic)
        for prelude in reversed(list(_PRELUDE.finditer(low))):
            low = low[prelude.end() :]
            break
        low = _LEADING.sub("", low)
        topic = topic[len(topic) - len(low) :] if low else None
        start = colon + 1
    left = _clean(_without_times(text, start, stop, whens))
    low = fold(left)
    within = low.rfind("trong đó ")
    if within > 0:
        left, low = left[within + 9 :], low[within + 9 :]
    for prelude in reversed(list(_PRELUDE.finditer(low))):
        if len(low[prelude.end() :].split()) < 2 and prelude.start() > 20:
            left, low = left[: prelude.start()].rstrip(" ,"), low[: prelude.start()].rstrip(" ,")
        else:
            left, low = left[prelude.end() :], low[prelude.end() :]
        break
    m = _LEADING.match(low) or _ABOUT.match(low)
    while m and m.end():
        left, low = left[m.end() :], low[m.end() :]
        m = _LEADING.match(low) or _ABOUT.match(low)
    if topic and len(topic) < 4:
        topic = None
    if low.strip() in ("trung bình", "bình quân"):
        left = ""
    return left.strip(), topic


def _split_link(left: str) -> tuple[str, str]:
    low = fold(left)
    if not _HEAD.match(low) and (cut := _STRONG.search(low)):
        left, low = left[cut.end() :], low[cut.end() :]
    m = _LINK.search(low)
    if not m:
        edge = _TRAILING.search(low)
        return "", left[: edge.start()] if edge else left
    subject = left[: m.start()].rstrip(" ,;:(")
    edge = _TRAILING.search(fold(subject))
    if edge:
        subject = subject[: edge.start()]
    return m.group("link"), subject


_BOUND = re.compile(r"\s*(?:trở lên|trở xuống|hoặc cao hơn|hoặc thấp hơn)$")
_CLOSING = rule(r"(?:,?\s(?:cụ thể|chi tiết|với nội dung)(?: là)?)?\s?(?:như sau|sau đây|trong đó|cụ thể)\W*$")
_ASIDE = rule(r",\s[^,;]{3,70}?\s(?:có thể|sẽ)\s")


def _right_stop(folded: str, start: int, end: int, whens: list[When]) -> int:
    """Where the words after the figure end: before a closing year, a bracket that only repeats, punctuation."""
    stop = end
    for when in reversed(whens):
        if start <= when.start < stop and not folded[when.end : stop].strip(" ,.;:)"):
            stop = when.start
    close = folded.find(")", start, stop)
    if close >= 0 and folded.count("(", start, close) == 0:
        stop = close
    m = _CLOSING.search(folded, start, stop)
    if m:
        stop = m.start()
    while stop > start and folded[stop - 1] in " ,.;:-–(":
        stop -= 1
    return max(start, stop)


def _without_times(text: str, start: int, stop: int, whens: list[When]) -> str:
    out, at = [], start
    for when in whens:
        if at <= when.start and when.end <= stop:
            out.append(text[at : when.start].rstrip(" ,("))
            at = when.end
    out.append(text[at:stop])
    return " ".join(out)


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while start < end and folded[start] in " ,;:-–().•+*":
        start += 1
    for word in ("và ", "đồng thời, ", "đồng thời ", "trong đó, ", "trong đó ", "ngoài ra, "):
        if folded.startswith(word, start):
            start += len(word)
    while end > start and folded[end - 1] in " ,;:-–(.…/":
        end -= 1
    if folded[end - 1 : end] == ")" and folded.count("(", start, end) < folded.count(")", start, end):
        end -= 1
    return start, max(end, start + 1)


def _clean(words: str) -> str:
    words = _SPACES.sub(" ", words).strip(" ,;:.-–…/")
    if words.endswith(")") and words.count("(") < words.count(")"):
        words = words[:-1].rstrip()
    if words.count("(") > words.count(")"):
        words = (
            words[: words.rfind("(")].rstrip(" ,")
            if words.endswith("(") or words.rfind("(") > len(words) - 3
            else words + ")"
        )
    return words
