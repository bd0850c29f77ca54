## The way in, and the form

button = 문의하기…
button_news = { $button } (메시지 { $count }건이 전달되지 않았습니다)
title = 문의하기
message = 메시지
message_hint = 무슨 일이 있었나요? 어떻게 되기를 기대하셨나요?
is_long = 긴 텍스트라서 입력란 아래에 두었습니다. 메시지 뒤에 그대로 전송됩니다.
is_full = 입력란이 가득 찼습니다. 나머지는 파일에 담아 첨부해 주세요.
characters_left = { $count }자 남음
crash_ended = 지난번에 앱이 예기치 않게 종료된 것 같습니다. 죄송합니다. 당시의 기록이 함께 전송됩니다. 가능하면 무엇을 하고 계셨는지 적어 주세요.
crash_went_on = 지난번에 앱에 문제가 생겼습니다. 죄송합니다. 당시의 기록이 함께 전송됩니다. 가능하면 무엇을 하고 계셨는지 적어 주세요.
crash = 당시의 기록
reply_to = 답변을 받을 이메일 주소(선택)
no_address = 이메일 주소가 아닌 것 같습니다. 이대로는 답변을 보내 드릴 수 없습니다.
did_you_mean = { $address } 주소가 맞나요?
nothing_yet = 내용을 쓰거나 이미지 또는 파일을 추가해 주세요.
attach = 파일 첨부…
drop_here = 여기에 놓으면 첨부됩니다
for_next = 다음 메시지에 쓸 수 있도록 보관해 둡니다.
added = 메시지에 추가했습니다.
attach_named = 이름 대신 { $name } 파일 첨부
attach_all_named = 이름 대신 파일 { $count }개 첨부
capture = 이 창의 스크린샷 추가
capture_screen = 전체 화면 스크린샷 추가
capture_screens = 화면이나 창을 골라 스크린샷 추가…
screen = 화면 { $number }({ $facts })
capturing = 스크린샷을 찍는 중입니다. 돌아가려면 Esc 키를 눌러 주세요.
no_picture = 스크린샷을 찍지 못했습니다. 다시 시도하거나 이미지 파일을 첨부해 주세요.
no_screen_refused = 취소되었거나 이 컴퓨터에서 허용되지 않아 스크린샷을 찍지 못했습니다. 대신 이미지 파일을 첨부할 수 있습니다.
no_screen_blank = 스크린샷에 한 가지 색만 보여 추가하지 않았습니다. 화면을 직접 찍어 이미지 파일을 첨부해 주세요.
no_screen_gone = 이 화면이나 창은 더 이상 없습니다. 다른 것을 고르거나 이미지 파일을 첨부해 주세요.
no_screen_here = 이 컴퓨터에서는 앱이 화면 스크린샷을 찍을 수 없습니다. 화면을 직접 찍어 이미지 파일을 첨부해 주세요.
picture = 이미지 { $number }
long_text = 긴 텍스트 { $number }
remove = { $name } 제거
removed = 제거했습니다: { $name }
no_font = 이 컴퓨터에는 일부 글자를 표시할 글꼴이 없습니다. { $font } 같은 글꼴을 설치하면 볼 수 있습니다. 쓰신 글은 그대로 전송됩니다.

## What is wrong with a file

attachment_gone = 파일이 이 위치에 없습니다.
attachment_not_a_file = 파일이 아닙니다. 폴더는 zip으로 만들어 첨부할 수 있습니다.
attachment_no_room = 이 파일을 넣을 공간이 없습니다. 디스크 공간을 비우거나 첨부를 줄여 주세요.
files_full = 파일은 { $limit }개까지만 첨부할 수 있습니다. 나머지는 zip으로 묶어 첨부해 주세요.
attachment_too_large = 파일이 너무 큽니다({ $size }). 최대 { $limit }까지 가능합니다.
attachment_unreadable = 파일을 읽을 수 없습니다: { $why }

## Choosing a file by its path, where the system has no file picker

path = 파일 경로
path_add = 추가
path_save = 저장
path_cancel = 취소
path_taken = 같은 이름의 파일이 이미 있습니다. 바꿀까요?
path_replace = 바꾸기

## The editor of a picture

edit = 편집
edit_picture = { $name } 편집
canvas = 표시가 있는 이미지입니다. 화살표 키로 십자를 옮기고 스페이스 바로 표시를 시작하고 끝냅니다.
describe_instead = 이미지에 표시하는 대신 메시지에서 설명하셔도 됩니다.
tool_arrow = 화살표
tool_box = 상자
tool_line = 자유선
tool_text = 글자
tool_crop = 자르기
tool_black_out = 검게 가리기
tool_pixelate = 모자이크
pixelate_hint = 모자이크는 내용을 짐작할 수 있는 경우가 있습니다. 검게 가리면 안전합니다.
text_mark = 이미지에 넣을 글자
undo = 실행 취소
redo = 다시 실행
zoom_out = 축소
zoom_fit = 전체 보기
zoom_in = 확대
done = 완료
discard_question = 이미지에 한 변경을 버릴까요?
discard = 버리기
keep_editing = 계속 편집
picture_unreadable = 이 이미지는 읽을 수 없어 전송되지 않습니다. 대신 이미지 파일을 첨부할 수 있습니다.
picture_too_large = 이 이미지는 너무 커서 전송되지 않습니다. 크기를 줄이거나 대신 이미지 파일을 첨부해 주세요.
not_changed = 변경을 적용하지 못했습니다. 변경한 내용은 남아 있습니다. 다시 시도하거나 이미지를 제거해 주세요.

## What will be sent

contents = 전송될 내용
collecting = 준비하는 중…
save_copy = 사본 저장…
fingerprint = 지문(해시)
not_text = 이 파일은 여기에 표시할 수 없습니다.
send_file = { $path } 보내기
untouched = 그대로 전송됨: 자동으로 가리는 내용이 없음
bare = 장소, 시간, 기기 정보를 빼고 전송됨
hide_nothing = 아무것도 가리지 않기
hide_nothing_in = { $path }에서 아무것도 가리지 않기
text_of = { $path }의 텍스트
shortened = { $size }에서 줄임
total = 압축하면 약 { $size }
over_limit = 서버가 받을 수 있는 크기({ $limit })보다 큽니다. 크기를 맞추기 위해 먼저 로그의 오래된 줄을 빼고, 다음으로 이미지를 줄이고, 마지막으로 가장 큰 파일부터 뺍니다.
gap = 빠진 항목: { $what } – { $why }
gap_not_found = 찾을 수 없음
gap_forbidden = 읽을 권한이 없음
gap_not_a_file = 파일이 아님
gap_elsewhere = 폴더 밖을 가리키는 링크임
gap_slow = 제때 가져오지 못함
gap_no_files = 해당하는 파일이 없음
gap_no_room = 더 새로운 파일 때문에 자리가 없음
gap_no_disk = 디스크와 메모리에 공간이 없음
gap_only = { $count }개만 보냄
gap_names = 시간 안에 이름을 { $count }개만 살펴봄, 더 새로운 파일이 빠졌을 수 있음
gap_more = 그 외 { $count }개를 수집하지 못함
gap_nothing_logged = 앱이 아직 아무것도 기록하지 않음
gap_failed = 수집하지 못함
gap_partly = 파일을 거기까지만 읽을 수 있음
gap_encoding = 보내지만 일부 글자가 잘못되었을 수 있음
gap_by_app = 앱이 제외함: { $why }
masked_email = 이메일 주소 { $count }개를 가렸습니다
masked_token = 액세스 키 { $count }개를 가렸습니다
masked_user = 사용자 이름 { $count }개를 가렸습니다
masked_ip = 네트워크 주소 { $count }개를 가렸습니다
masked_phone = 전화번호 { $count }개를 가렸습니다
masked_card = 카드 번호 { $count }개를 가렸습니다
masked_secret = 암호 또는 비밀 값 { $count }개를 가렸습니다
masked_cookie = 쿠키 { $count }개를 가렸습니다
masked_login = 로그인 정보 { $count }개를 가렸습니다
masked_account = 은행 계좌 번호 { $count }개를 가렸습니다
masked_computer = 컴퓨터 이름 { $count }개를 가렸습니다
masked_other = 개인 정보 { $count }개를 가렸습니다({ $rule })

## Buttons at the bottom of the screens

send = 보내기
dont_send = 보내지 않기
close = 닫기
retry = 다시 시도
back = 메시지로 돌아가기
copy_text = 내 글 복사
copied = 글을 복사했습니다.
copied_this = 복사했습니다.
save = 파일로 저장…
leave_question = 보내지 않고 닫을까요?
leave_loss = 쓰시거나 추가하신 내용이 사라집니다.
leave_again = { leave_loss } 그래도 닫으시려면 창을 한 번 더 닫아 주세요.
leave_anyway = 그래도 닫기

## On the way

sending = 보내는 중…
taking_back = 취소하는 중…
all_out = 응답을 기다리는 중…
goes_on = 계속 작업하셔도 됩니다. 앱이 열려 있는 동안 전송됩니다.
-next_start = 그 전에 이 창을 닫으면 다음에 앱을 시작할 때 전송됩니다.
progress = { $total } 중 { $sent }
time_left_seconds = 약 { $count }초 남음
time_left_minutes = 약 { $count }분 남음
time_left_hours = 약 { $count }시간 남음

## It has arrived

sent = 감사합니다
arrived = 메시지가 도착했습니다.
number = 접수 번호는 { $number }입니다.
copy = 복사
copy_number = { $number } 복사

## It waits

waiting = 저장했습니다
waiting_new = 아직 전송을 시도하지 않았습니다. 자동으로 전송됩니다.
waiting_held = 이 컴퓨터에 저장되어 있으며 나중에 자동으로 전송됩니다.
waiting_offline = 인터넷에 연결되면 전송됩니다.
waiting_later = { $why } 메시지는 나중에 자동으로 전송됩니다.
waiting_free = { $why } 연결이 가능해지면 메시지가 자동으로 전송됩니다.
why_timeout = 서버의 응답이 끊겼습니다.
why_no_receipt = 서버 대신 중간에서 다른 것이 응답했습니다. 로그인 페이지일 수 있습니다.
why_password = 사용 중인 네트워크가 외부로 나가기 전에 암호를 요구합니다.
why_too_large = 서버가 받기에는 너무 크고, 아직 줄이지 못했습니다.
why_busy = 서버가 혼잡합니다.
why_trouble = 현재 서버에 문제가 있습니다.
why_local = 지금은 이 컴퓨터의 문제로 전송할 수 없습니다.
why_offline = 서버에 연결할 수 없습니다.
next_try_moment = 앱이 열려 있으면 1분 안에 다시 시도합니다.
next_try_minutes = 앱이 열려 있으면 약 { $count }분 후에 다시 시도합니다.
next_try_hours = 앱이 열려 있으면 약 { $count }시간 후에 다시 시도합니다.
next_try_days = 앱이 열려 있으면 약 { $count }일 후에 다시 시도합니다.
fitted = 서버가 받기에는 너무 커서 일부를 줄여 보냅니다: { $list }
fitted_file = { $what }({ $why })
fit_left_out = 제외함
fit_older = 오래된 줄을 제외함
fit_smaller = 크기를 줄임

## It could not be kept on this computer, and is sent from memory

sending_unkept = 이 컴퓨터에 저장하지 못했습니다. 지금 보내는 중이니 앱을 닫지 말아 주세요.
not_sent = 아직 보내지 못했습니다
waiting_unkept = { $why } 이 컴퓨터에도 저장하지 못했습니다. 앱을 닫을 때 사라지지 않도록 파일로 저장하거나 글을 복사해 주세요.
unkept = 이 컴퓨터에 저장되지 않아 앱을 닫으면 사라집니다.
refused_unkept = 이 컴퓨터에 저장하지 못했지만, 쓰신 글은 아직 여기에 있습니다.
no_disk = (저장하지 못한 이유: { $why })

## The server has said no

refused = 전달되지 않았습니다
refused_version = 서버가 이 버전의 앱에서 보낸 메시지를 받지 않습니다. 앱을 업데이트하면 해결될 수 있습니다.
refused_address = 이 앱이 메시지를 보내는 주소가 더 이상 없습니다. 앱을 업데이트하면 해결될 수 있습니다.
refused_size = 메시지가 서버가 받기에 너무 큽니다. 첨부를 줄여 다시 쓰거나 파일로 저장해 주세요.
refused_other = 서버가 메시지를 받지 않았습니다. 나중에 다시 시도하거나 파일로 저장해 주세요.
refused_says = { $why } 서버의 응답: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = 저장된 메시지가 손상되어 보내지 않았습니다.
vanished = 이 컴퓨터에 더 이상 없습니다. 이 앱의 다른 창 등에서 삭제되었습니다. 작성하신 내용은 그대로 있습니다.
too_old = 너무 오래 기다린 메시지라 더 이상 자동으로 전송되지 않습니다.
set_aside = 이 앱의 다른 버전에서 보류한 메시지라 자동으로 전송되지 않습니다.
kept = 이 컴퓨터에 저장되어 있고, 쓰신 글은 아직 여기에 있습니다.
not_delivered = 메시지가 전달되지 않았습니다. { $why }

## Something else went wrong

not_stored = 메시지를 저장하지 못해 보내지 않았습니다. 쓰신 글은 아직 여기에 있습니다. { $why }
not_collected = 메시지를 준비하지 못해 보내지 않았습니다. 쓰신 글은 아직 여기에 있습니다. { $why }
not_retried = 다시 시도하지 못했습니다. { $why }
not_deleted = 삭제하지 못했습니다. { $why }
not_saved = 저장하지 못했습니다. { $why }
saved = { $path }에 저장했습니다.
cause_stopped = 앱의 일부가 멈췄습니다. 앱을 닫을 때 사라지지 않도록 글을 복사해 다른 곳에 보관해 주세요.
cause_full = 메시지 { $count }개가 전송을 기다리고 있어 더 저장할 자리가 없습니다. 인터넷에 연결해 먼저 보내거나 이 메시지를 파일로 저장해 주세요.
cause_memory_full = 저장하지 못한 메시지 { $count }개가 이미 기다리고 있습니다. 전송될 때까지 기다리거나 이 메시지를 파일로 저장해 주세요.
cause_disk = { $path }: { $why }. 공간을 비우거나 쓰기 권한을 확인하거나 메시지를 파일로 저장해 주세요.
cause_unsafe = { $path } 폴더를 다른 사람도 바꿀 수 있어 아무것도 저장하지 않았습니다. 메시지를 파일로 저장해 주세요.
cause_no_folder = 저장할 폴더를 찾지 못했습니다. 메시지를 파일로 저장해 주세요.
cause_save = { $path }: { $why }. 다른 위치를 선택해 주세요.
cause_withheld = 이 앱이 메시지를 보내지 않습니다: { $why }. 글을 복사해 보관해 주세요.

## Earlier reports

earlier_sending = 이전 메시지를 아직 보내는 중입니다.
earlier_refused = 이전 메시지가 전달되지 않았습니다. 이 메시지를 보낸 뒤에 이어서 처리할 수 있습니다.
earlier_arrived = 이전 메시지가 도착했습니다.
earlier_number = 이전 메시지가 도착했습니다. 접수 번호는 { $number }입니다.
show = 보기
earlier = 이전 메시지
earlier_count = 이전 메시지({ $count })
leave_list = 뒤로
none_waits = 기다리는 메시지가 더 이상 없습니다.
it_arrived = 도착했습니다.
its_number = 도착했습니다. 접수 번호는 { $number }입니다.
quoted = “{ $words }”
written_moment = 방금 작성함
written_minutes = { $count }분 전에 작성함
written_hours = { $count }시간 전에 작성함
written_days = { $count }일 전에 작성함
send_now = 지금 보내기
words_again = 쓰신 글이 메시지에 다시 들어왔습니다. 이전 메시지의 파일과 그림은 여기에 없습니다. 이전 메시지는 삭제할 때까지 목록에 남습니다.
delete = 삭제
delete_question = 쓰신 글과 함께 이 메시지를 삭제할까요? 아직 도착하지 않았습니다.
delete_for_good = 완전히 삭제
keep = 유지
of_report = { $button }, 메시지 { $number }

## Sizes

decimal_mark = .
bytes = { $count }바이트
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
