/** Every word that the widget says, one catalogue a language. `{x}` is filled in. */

export interface Strings {
  title: string;
  open: string;
  close: string;
  clear: string;
  label: string;
  placeholder: string;
  send: string;
  stop: string;
  retry: string;
  welcome: string;
  suggested: string;
  instead: string;
  log: string;
  you: string;
  assistant: string;
  searching: string;
  stopped: string;
  sources: string;
  source: string;
  understood: string;
  unverified: string;
  targets: string;
  indicator: string;
  value: string;
  deadline: string;
  document: string;
  compare: string;
  copy: string;
  copied: string;
  cite: string;
  about: string;
  up: string;
  down: string;
  comment: string;
  sendComment: string;
  thanks: string;
  offline: string;
  network: string;
  server: string;
  busy: string;
  tooLong: string;
  denied: string;
  note: string;
  refusals: Record<string, string>;
  comparators: Record<string, string>;
}

export const VI: Strings = {
  title: "Hỏi đáp văn bản",
  open: "Mở hỏi đáp văn bản",
  close: "Đóng",
  clear: "Cuộc hỏi mới",
  label: "Câu hỏi",
  placeholder: "Nhập câu hỏi về văn bản, chỉ tiêu…",
  send: "Gửi",
  stop: "Dừng",
  retry: "Hỏi lại",
  welcome: "Kính chào anh, chị. Mỗi câu trả lời đều dẫn tới đúng câu, chữ trong văn bản; nội dung không có trong văn bản thì không trả lời.",
  suggested: "Có thể hỏi:",
  instead: "Có thể hỏi về:",
  log: "Nội dung hỏi đáp",
  you: "Anh, chị hỏi",
  assistant: "Trả lời",
  searching: "Đang tìm trong văn bản…",
  stopped: "Đã dừng theo yêu cầu.",
  sources: "Căn cứ",
  source: "căn cứ {n}: {place}",
  understood: "Hiểu câu hỏi là: {question}",
  unverified: "chưa đối chiếu được",
  targets: "Chỉ tiêu liên quan",
  indicator: "Chỉ tiêu",
  value: "Mức",
  deadline: "Thời hạn",
  document: "Văn bản",
  compare: "So sánh giữa các văn bản",
  copy: "Sao chép kèm căn cứ",
  copied: "Đã sao chép",
  cite: "văn bản số {number} ngày {day}",
  about: "tài liệu về {number}",
  up: "Câu trả lời đúng",
  down: "Câu trả lời chưa đúng",
  comment: "Nội dung cần bổ sung, sửa đổi (không bắt buộc)",
  sendComment: "Gửi ý kiến",
  thanks: "Đã ghi nhận ý kiến. Xin cảm ơn.",
  offline: "Máy đang không có kết nối mạng. Đề nghị kiểm tra kết nối rồi bấm Hỏi lại.",
  network: "Không kết nối được tới máy chủ. Đề nghị thử lại sau ít phút.",
  server: "Máy chủ gặp lỗi khi xử lý câu hỏi. Đề nghị thử lại; nếu lỗi lặp lại, đề nghị báo người quản trị.",
  busy: "Dịch vụ đang khởi động, chưa trả lời được. Đề nghị thử lại sau ít giây.",
  tooLong: "Câu hỏi quá dài. Đề nghị rút ngắn còn dưới 2.000 ký tự.",
  denied: "Trang này chưa được cấp quyền hỏi. Đề nghị liên hệ người quản trị.",
  note: "Câu trả lời do máy lập; đề nghị đối chiếu với nguyên văn khi sử dụng chính thức.",
  refusals: {
    no_evidence: "Không tìm thấy căn cứ trong kho văn bản",
    not_in_force: "Văn bản liên quan không có hiệu lực tại thời điểm được hỏi",
    figure_not_stated: "Văn bản không nêu con số được hỏi",
    ambiguous: "Câu hỏi có thể hiểu theo nhiều cách",
    out_of_scope: "Nội dung nằm ngoài phạm vi các văn bản trong kho",
  },
  comparators: { "=": "", ">=": "tối thiểu", ">": "trên", "<=": "tối đa", "<": "dưới", "~": "khoảng" },
};

export const EN: Strings = {
  title: "Ask the documents",
  open: "Open document questions",
  close: "Close",
  clear: "New conversation",
  label: "Question",
  placeholder: "Ask about a document or a target…",
  send: "Send",
  stop: "Stop",
  retry: "Try again",
  welcome: "Every answer leads to the exact words of a document. What no document says is not answered. Questions may be asked in Vietnamese.",
  suggested: "You can ask:",
  instead: "You can ask about:",
  log: "Questions and answers",
  you: "You asked",
  assistant: "Answer",
  searching: "Searching the documents…",
  stopped: "Stopped as you asked.",
  sources: "Sources",
  source: "source {n}: {place}",
  understood: "Understood as: {question}",
  unverified: "not verified",
  targets: "Related targets",
  indicator: "Target",
  value: "Level",
  deadline: "Deadline",
  document: "Document",
  compare: "Compared across documents",
  copy: "Copy with sources",
  copied: "Copied",
  cite: "document {number} of {day}",
  about: "a text about {number}",
  up: "The answer is right",
  down: "The answer is wrong",
  comment: "What should be added or corrected (optional)",
  sendComment: "Send comment",
  thanks: "Your comment has been kept. Thank you.",
  offline: "This computer is offline. Check the connection, then try again.",
  network: "The server cannot be reached. Please try again in a few minutes.",
  server: "The server failed to process the question. Please try again and tell the administrator if it happens again.",
  busy: "The service is starting and cannot answer yet. Please try again in a few seconds.",
  tooLong: "The question is too long. Please keep it under 2,000 characters.",
  denied: "This page may not ask questions. Please contact the administrator.",
  note: "Answers are composed by a machine; check them against the original before official use.",
  refusals: {
    no_evidence: "No evidence found in the documents",
    not_in_force: "The document was not in force at the time asked about",
    figure_not_stated: "The documents do not state this figure",
    ambiguous: "The question can be understood in several ways",
    out_of_scope: "The subject lies outside these documents",
  },
  comparators: { "=": "", ">=": "at least", ">": "over", "<=": "at most", "<": "under", "~": "about" },
};

/** `template` with `{name}` replaced. */
export function fill(template: string, values: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
