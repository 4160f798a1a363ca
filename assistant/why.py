"""What the operating system says, in the words of this program."""

from __future__ import annotations

import errno

__all__ = ["how", "why"]

_REASONS = {
    errno.ENOENT: "không có tệp hoặc thư mục này",
    errno.EACCES: "không có quyền truy cập",
    errno.EPERM: "không được phép",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết hạn mức ổ đĩa",
    errno.EEXIST: "đã có tệp cùng tên",
    errno.EISDIR: "đây là thư mục",
    errno.ENOTDIR: "đường dẫn đi qua một tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.ELOOP: "liên kết vòng",
    errno.EIO: "lỗi đọc ghi ổ đĩa",
    errno.EMFILE: "mở quá nhiều tệp",
    errno.EADDRINUSE: "địa chỉ đang được dùng",
    errno.EADDRNOTAVAIL: "máy không có địa chỉ này",
}

_MENDING = {
    errno.EACCES: "hãy kiểm tra quyền của thư mục và tệp",
    errno.EPERM: "hãy kiểm tra quyền của thư mục và tệp",
    errno.EROFS: "hãy gắn lại ổ đĩa cho ghi",
    errno.ENOSPC: "hãy giải phóng dung lượng rồi chạy lại",
    errno.EDQUOT: "hãy giải phóng dung lượng rồi chạy lại",
    errno.EIO: "hãy kiểm tra ổ đĩa, rồi khôi phục bản sao lưu nếu cần",
    errno.EMFILE: "hãy tăng giới hạn số tệp được mở (LimitNOFILE, ulimit -n)",
}


def how(error: OSError) -> str:
    """How to mend what `error` says, in Vietnamese; "" where only the one who gave the file can know."""
    return _MENDING.get(error.errno or 0, "")


def why(error: OSError) -> str:
    """The reason of `error` in Vietnamese, or as the system words it."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)
