"""Function words that the clause rules turn on: connectors, goal verbs, linking verbs, heads of indicators."""

from __future__ import annotations

from assistant.targets.folding import alternation, listed

__all__ = ["CONNECTORS", "GOAL_WORDS", "HEADS", "LINKS", "PREDICATES", "PREPOSITIONS", "VERBS"]

CONNECTORS = alternation(
    listed(
        """
    và | trong đó có | trong đó | trong số đó | đồng thời | ngoài ra | bên cạnh đó | đặc biệt | đặc biệt là | theo đó |
    cụ thể là | cụ thể | khi đó | cùng với đó | như vậy | nhất là | còn | hoặc | với | với mục tiêu | mà |
    song song với đó | tiếp đó | riêng | riêng với | qua đó | có thể | từ đó | cũng | thứ nhất | thứ hai | thứ ba |
    cuối cùng | một là | hai là | ba là | bốn là | tiếp theo | là
    """
    )
)
GOAL_WORDS = alternation(
    listed(
        """
    phấn đấu | phấn đấu đạt | phấn đấu có | mục tiêu | mục tiêu đặt ra | mục tiêu đề ra | đặt mục tiêu |
    đặt ra mục tiêu | đề ra mục tiêu | chỉ tiêu | đặt chỉ tiêu | hướng tới | hướng đến | hướng tới mục tiêu | tiến tới |
    nhằm | để | sẽ | sẽ có | cần | phải | phải đạt | bảo đảm | đảm bảo | bảo đảm có | đảm bảo có | yêu cầu |
    đặt ra yêu cầu | duy trì | cơ bản | tiếp tục | quyết tâm | cố gắng | nỗ lực | dự kiến | tập trung | mục tiêu là |
    mục tiêu cụ thể | mục tiêu chung | việc đưa | bao gồm | gồm | mỗi năm | hằng năm | hàng năm | bình quân mỗi năm |
    bình quân hằng năm | bình quân hàng năm | trung bình mỗi năm
    """
    )
)
VERBS = alternation(
    listed(
        """
    đạt | đạt được | đạt mức | đạt tỷ lệ | đạt từ | chiếm | chiếm tỷ lệ | chiếm tỷ trọng | còn | xuống | xuống còn |
    lên | lên đến | lên tới | ở mức | bằng | vượt | tăng | tăng thêm | tăng lên | tăng trưởng | tăng bình quân | giảm |
    giảm còn | giảm xuống | giảm xuống còn | cắt giảm | kéo giảm | đóng góp | thêm | có | có thêm | là | thu hút |
    phấn đấu | phấn đấu đạt | phấn đấu có | bảo đảm | đảm bảo | hình thành | xây dựng | đưa | phát triển | hỗ trợ |
    được | sẽ | duy trì | khoảng | nâng | nâng lên | tương đương | tương ứng | không | cho | để | tới | đến | ít nhất |
    tối thiểu | tối đa | dự kiến | ước | phải | cần | hướng tới | tiến tới | nhằm
    """
    )
)
LINKS = alternation(
    listed(
        """
    đạt | đạt được | đạt mức | đạt tỷ lệ | đạt từ | đạt tối thiểu | chiếm | chiếm tỷ lệ | chiếm tỷ trọng | chỉ chiếm |
    còn | chỉ còn | giảm còn | xuống | xuống còn | giảm xuống | giảm xuống còn | lên | lên đến | lên tới | đạt đến |
    tăng lên | ở mức | ở mức độ | bằng | tương đương | vượt | tăng | tăng thêm | tăng trưởng | tăng trung bình | giảm |
    giảm thêm | cắt giảm | kéo giảm | đóng góp | là | duy trì | duy trì ở mức | duy trì mức | không thấp hơn |
    được nâng lên | nâng lên | thu hút | đạt trung bình | đạt bình quân | sẽ đạt | phải đạt | phấn đấu đạt | cần đạt |
    sẽ chiếm | sẽ là | là từ | dự kiến | ước đạt | dự kiến đạt | dự kiến là | có thể đạt | vào khoảng | đến | tới |
    hướng tới | cao hơn | thấp hơn | sẽ tăng | sẽ giảm | tăng tối thiểu | có quy mô | với quy mô
    """
    )
)
HEADS = alternation(
    listed(
        """
    tỷ lệ | tỷ trọng | tỷ suất | tỷ số | số | số lượng | số lượt | tổng số | tổng | tổng sản phẩm | mức | mức độ |
    tốc độ | diện tích | công suất | sản lượng | năng suất | quy mô | giá trị | kim ngạch | doanh thu | doanh số |
    chi phí | thời gian | chỉ số | điểm số | mật độ | dung lượng | độ che phủ | độ | thu nhập | tuổi thọ | chiều cao |
    nồng độ | lượng | khối lượng | công suất đặt | dân số | kinh phí | vốn | ngân sách | nguồn vốn | tăng trưởng |
    năng lực | thứ hạng | xếp hạng | cường độ | hệ số | cơ cấu | thị phần | nhu cầu | phát thải | suất | đóng góp của
    """
    )
)
PREDICATES = alternation(
    listed(
        """
        dùng | thoát khỏi | lắp | trang bị | phủ sóng | tái sử dụng | đóng | nắm vững | vượt | thông thạo | sở hữu |
    được | có | biết | sử dụng | đạt | triển khai | thực hiện | cung cấp | áp dụng | tham gia | phải | là | nộp |
    hoàn thành | đáp ứng | kết nối | tiếp cận | ứng dụng | bảo đảm | đảm bảo | ban hành | tổ chức | tốt nghiệp | đủ |
    trở thành | đăng ký | bố trí | xây dựng | hoạt động | không | nhận | bị | xử lý | lắp đặt | thanh toán |
    chuyển đổi | công bố | công khai | cấp | thu gom | tái chế | sản xuất | đầu tư | hài lòng | quản lý | khám | tiêm |
    tiêm chủng | hưởng | ký | cam kết | phân loại | truy cập | sẽ | chấp hành | khai thác | liên thông | vận hành |
    nắm | hiểu | thành lập | duy trì | đưa | tuân thủ | xuất khẩu | đổi mới | hiến | kê đơn | trồng | nuôi | sẵn sàng |
    tích hợp | chia sẻ | đấu nối | khắc phục | giải quyết | thường xuyên
    """
    )
)
PREPOSITIONS = alternation(
    listed(
        """
    vào | trong | so với | ở | tại | đối với | với | của | cho | từ | đến | tới | mỗi | hằng | hàng | trước | theo |
    bằng | và | trở | trên | dưới | để | là | khi | nếu | cùng | mà | nhằm | thông qua | qua | hoặc | sau | tính |
    một năm | thuộc
    """
    )
)
