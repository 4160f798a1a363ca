"""What each setting means, in Vietnamese, for the commented `config.toml`; one that is missing shows in English."""

from __future__ import annotations

from typing import Final

__all__ = ["EXAMPLES", "MEANINGS"]

MEANINGS: Final[dict[str, str]] = {
    "database": "Địa chỉ cơ sở dữ liệu (dạng SQLAlchemy), PostgreSQL thì giữ cả chỉ mục; để trống thì dùng chitieu.db "
    "trong thư mục dữ liệu.",
    "encoder": "Mô hình biến đoạn văn thành véc-tơ; để trống thì dùng mô hình kèm theo. Đổi xong phải chạy: "
    "chitieu doctor --repair",
    "encoder_query_prefix": "Lời mà mô hình encoder cần đứng trước mỗi câu hỏi; mô hình kèm theo không cần.",
    "encoder_passage_prefix": "Lời mà mô hình encoder cần đứng trước mỗi đoạn văn. Đổi xong phải chạy: "
    "chitieu doctor --repair",
    "reranker": "Mô hình đọc lại những đoạn đứng đầu để xếp thứ tự cho đúng hơn: chitieu-rerank (kèm theo, cần phần mở "
    "rộng rerank), hoặc tên hay thư mục một mô hình sentence-transformers có sẵn trên máy; để trống thì không dùng. "
    "Mỗi câu hỏi sẽ lâu hơn.",
    "reranker_query_prefix": "Lời mà mô hình reranker (loại biến câu thành véc-tơ) cần đứng trước mỗi câu hỏi.",
    "reranker_passage_prefix": "Lời mà mô hình reranker (loại biến câu thành véc-tơ) cần đứng trước mỗi đoạn văn.",
    "rerank_depth": "Số đoạn đứng đầu mà reranker đọc lại cho mỗi câu hỏi.",
    "rerank_weight": "Mức reranker được tính khi xếp các đoạn ấy; 0 là không tính, 20 là chỉ theo reranker.",
    "readers": "Số tiến trình đọc tệp cùng lúc khi chạy chitieu add; mặc định là số lõi của máy.",
    "results": "Số kết quả của chitieu search khi không có -k.",
    "host": "Địa chỉ mà chitieu serve mở; 127.0.0.1 thì chỉ máy này vào được (đặt sau nginx), 0.0.0.0 là mọi địa chỉ.",
    "port": "Cổng mà chitieu serve mở; 0 là một cổng bất kỳ còn trống.",
    "workers": "Số tiến trình của chitieu serve; chúng dùng chung một chỉ mục trong bộ nhớ.",
    "drain_timeout_s": "Số giây chờ các yêu cầu đang xử lý xong khi dịch vụ dừng.",
    "origins": 'Các trang được nhúng khung chat, dạng https://ten-mien; "*" là mọi trang.',
    "max_upload_mb": "Tệp tải lên lớn nhất, tính bằng MB.",
    "answer_threshold": "Độ tin cậy thấp nhất để trả lời; thấp hơn thì từ chối và nêu lý do.",
    "admin_token": "Khóa bí mật, từ 16 ký tự, để vào /admin; để trống thì không có /admin.",
    "access": "Ai được dùng: open là mọi người vào được mạng này, keys là người có khóa (chitieu key) hoặc đăng nhập.",
    "session_hours": "Số giờ một lần đăng nhập có hiệu lực.",
    "trusted_proxies": "Địa chỉ máy chuyển tiếp (nginx) được tin khi báo địa chỉ thật của người dùng.",
    "rate_per_key": "Số yêu cầu mỗi phút của một khóa hoặc một người; 0 là không giới hạn.",
    "rate_per_address": "Số yêu cầu mỗi phút từ một địa chỉ; 0 là không giới hạn.",
    "request_timeout_s": "Số giây chờ một yêu cầu; quá thì báo chưa xong.",
    "upload_timeout_s": "Số giây để nội dung gửi lên đến đủ.",
    "oidc_issuer": "Địa chỉ hệ thống đăng nhập chung (OpenID Connect) của cơ quan; để trống thì không dùng.",
    "oidc_client_id": "Tên của dịch vụ này ở hệ thống đăng nhập chung.",
    "oidc_key_env": "Tên biến môi trường giữ bí mật của dịch vụ ở hệ thống đăng nhập chung.",
    "oidc_audience": "Đối tượng (aud) của mã truy cập mà chương trình khác gửi đến; để trống thì là oidc_client_id.",
    "oidc_scopes": "Những gì xin hệ thống đăng nhập chung cho biết.",
    "oidc_groups_claim": "Tên trường liệt kê nhóm của người đăng nhập.",
    "oidc_groups": 'Mỗi nhóm người được làm gì, xem gì: "vai trò" hoặc "vai trò: nhóm văn bản, nhóm văn bản".',
    "oidc_default": "Người không thuộc nhóm nào ở trên được làm gì, xem gì; để trống thì không được vào.",
    "keep_questions_days": "Số ngày giữ các câu hỏi bị từ chối và góp ý để xem ở /admin; 0 là không giữ câu hỏi.",
    "public_url": "Địa chỉ mà người dùng mở dịch vụ, để đặt liên kết trong khung chat và khi đăng nhập; để trống thì "
    "là địa chỉ đang được hỏi.",
    "metrics": "Ai được đọc /metrics và chi tiết của /readyz: local là chỉ máy này, open là mọi người, off: không ai.",
    "mcp": "Mở cả giao thức MCP ở /mcp, cùng khóa và nhóm văn bản. Cần cài chitieu[mcp].",
    "log_format": "Dạng nhật ký của chitieu serve: text cho người đọc, json là mỗi dòng một đối tượng JSON.",
    "log_level": "Mức thấp nhất được ghi vào nhật ký của chitieu serve: debug, info, warning hoặc error.",
    "otel_endpoint": "Địa chỉ nhận vết OpenTelemetry (OTLP/HTTP); để trống thì không gửi gì. Cần cài chitieu[otel].",
    "audit": "Nhật ký kiểm toán ghi gì: all là tất cả, changes là không ghi câu hỏi và tìm kiếm, off là không ghi.",
    "audit_questions_days": "Số ngày giữ lời của câu hỏi bên cạnh nhật ký kiểm toán (nhật ký chỉ giữ mã băm); "
    "0 là không giữ.",
    "audit_max_mb": "Cỡ của audit.jsonl, tính bằng MB, mà đến đó thì đóng tệp và mở tệp mới.",
    "llm_allow_remote": "Cho phép llm_base_url là tên miền hoặc địa chỉ ngoài máy này và mạng nội bộ.",
    "llm_base_url": "Địa chỉ mô hình ngôn ngữ theo kiểu OpenAI để diễn đạt lại câu trả lời đã kiểm; để trống thì không "
    "dùng.",
    "llm_model": "Tên mô hình ngôn ngữ.",
    "llm_timeout_s": "Số giây chờ mô hình ngôn ngữ; quá thì đưa câu trả lời đã ghép sẵn.",
    "llm_key_env": "Tên biến môi trường giữ khóa của mô hình ngôn ngữ.",
}

EXAMPLES: Final[dict[str, str]] = {
    "encoder": "/srv/mo-hinh/ten-mo-hinh",
    "admin_token": "thay-bang-chuoi-bi-mat-dai",
    "llm_key_env": "KHOA_MO_HINH",
}
"""Values to begin with for settings that have neither a default nor an example of their own."""
