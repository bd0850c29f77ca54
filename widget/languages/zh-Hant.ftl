## The way in, and the form

button = 聯絡我們…
button_news = { $button }（{ $count } 則留言未能送達）
title = 聯絡我們
message = 您的留言
message_hint = 發生了什麼事？您原本希望如何？
is_long = 這段文字較長，已放在輸入欄下方，會原樣附在留言之後一併傳送。
is_full = 輸入欄已滿。請將其餘內容存成檔案再加入。
characters_left = 還可輸入 { $count } 個字元
crash_ended = 應用程式上次似乎意外結束了，非常抱歉。當時的記錄會一併傳送；如果可以，請寫下您當時在做什麼。
crash_went_on = 應用程式上次出了問題，非常抱歉。當時的記錄會一併傳送；如果可以，請寫下您當時在做什麼。
crash = 當時的記錄
reply_to = 您的電子郵件（如需回覆）
no_address = 這不像是電子郵件地址，我們的回覆將無法送達。
did_you_mean = 您是指 { $address } 嗎？
nothing_yet = 請寫些內容，或加入圖片、檔案。
attach = 加入檔案…
drop_here = 拖放到這裡即可加入
for_next = 已為您的下一則留言保留。
added = 已加入您的留言。
attach_named = 加入檔案 { $name }，而不是它的名稱
attach_all_named = 加入這 { $count } 個檔案，而不是它們的名稱
capture = 加入此視窗的截圖
capture_screen = 加入整個螢幕的截圖
capture_screens = 加入某個螢幕或視窗的截圖…
screen = 螢幕 { $number }（{ $facts }）
capturing = 正在截圖。按 Esc 鍵返回。
no_picture = 無法截圖。請再試一次，或加入圖片檔。
no_screen_refused = 沒有截圖，因為操作已取消或這台電腦不允許。您可以改為加入圖片檔。
no_screen_blank = 截圖中只有一種顏色，因此沒有加入。請自行截圖並加入圖片檔。
no_screen_gone = 這個螢幕或視窗已不存在。請選擇其他螢幕或視窗，或加入圖片檔。
no_screen_here = 這台電腦不允許應用程式擷取螢幕。請自行截圖並加入圖片檔。
picture = 圖片 { $number }
long_text = 長文字 { $number }
remove = 移除 { $name }
removed = 已移除 { $name }。
no_font = 這台電腦沒有可顯示其中某些文字的字型。安裝 { $font } 等字型後即可顯示。您寫的內容會原樣傳送。

## What is wrong with a file

attachment_gone = 這裡沒有這個檔案，或它已不存在。
attachment_not_a_file = 這不是檔案。資料夾可以壓縮成 zip 再加入。
attachment_no_room = 沒有空間容納此檔案。請清出磁碟空間，或減少附件。
files_full = 最多只能加入 { $limit } 個檔案。請把其餘檔案打包成 zip 再加入。
attachment_too_large = 檔案太大：{ $size }，上限為 { $limit }。
attachment_unreadable = 無法讀取此檔案：{ $why }

## Choosing a file by its path, where the system has no file picker

path = 檔案路徑
path_add = 加入
path_save = 儲存
path_cancel = 取消
path_taken = 已有同名檔案。要取代嗎？
path_replace = 取代

## The editor of a picture

edit = 編輯
edit_picture = 編輯 { $name }
canvas = 帶有標記的圖片。方向鍵移動十字，空白鍵開始和結束一個標記。
describe_instead = 您也可以不做標記，而在留言中描述圖片內容。
tool_arrow = 箭頭
tool_box = 方框
tool_line = 自由線條
tool_text = 文字
tool_crop = 裁切
tool_black_out = 塗黑
tool_pixelate = 馬賽克
pixelate_hint = 打了馬賽克的內容有時會被猜出來。塗黑才安全。
text_mark = 圖片上的文字
undo = 復原
redo = 重做
zoom_out = 縮小
zoom_fit = 顯示全部
zoom_in = 放大
done = 完成
discard_question = 要捨棄對圖片所做的變更嗎？
discard = 捨棄
keep_editing = 繼續編輯
picture_unreadable = 無法讀取此圖片，因此不會傳送。您可以改為加入該圖片檔案。
picture_too_large = 此圖片過大，因此不會傳送。請縮小圖片，或改為加入該圖片檔案。
not_changed = 無法套用變更。變更仍在這裡：請再試一次，或移除圖片。

## What will be sent

contents = 將傳送的內容
collecting = 正在準備…
save_copy = 儲存副本…
fingerprint = 指紋（校驗值）
not_text = 此檔案無法在這裡顯示。
send_file = 傳送 { $path }
untouched = 原樣傳送：不會自動隱藏其中的任何內容
bare = 傳送時不含地點、時間和裝置資訊
hide_nothing = 不隱藏任何內容
hide_nothing_in = { $path }：不隱藏任何內容
text_of = { $path } 的文字
shortened = 已縮短，原為 { $size }
total = 壓縮後約 { $size }
over_limit = 這超出了我們伺服器可接收的大小（{ $limit }）。為了能夠送達，會先省略記錄檔中較舊的行，再縮小圖片，最後省略最大的檔案。
gap = 缺少：{ $what } – { $why }
gap_not_found = 找不到
gap_forbidden = 沒有讀取權限
gap_not_a_file = 不是檔案
gap_elsewhere = 指向所在資料夾之外的連結
gap_slow = 未能及時取得
gap_no_files = 沒有這樣的檔案
gap_no_room = 較新的檔案已占滿空間
gap_no_disk = 磁碟和記憶體空間都不足
gap_only = 僅傳送其中 { $count } 個
gap_names = 未能及時查看所有名稱，僅查看了 { $count } 個；可能缺少較新的檔案
gap_more = 另有 { $count } 個未能收集
gap_nothing_logged = 應用程式尚未記錄任何內容
gap_failed = 未能收集
gap_partly = 檔案只能讀取到此處
gap_encoding = 會傳送，但其中部分文字可能有誤
gap_by_app = 已由應用程式排除：{ $why }
masked_email = 已隱藏 { $count } 個電子郵件地址
masked_token = 已隱藏 { $count } 個存取金鑰
masked_user = 已隱藏 { $count } 個使用者名稱
masked_ip = 已隱藏 { $count } 個網路位址
masked_phone = 已隱藏 { $count } 個電話號碼
masked_card = 已隱藏 { $count } 個卡號
masked_secret = 已隱藏 { $count } 個密碼或機密值
masked_cookie = 已隱藏 { $count } 個 Cookie
masked_login = 已隱藏 { $count } 項登入資訊
masked_account = 已隱藏 { $count } 個銀行帳號
masked_computer = 已隱藏 { $count } 個電腦名稱
masked_other = 已隱藏 { $count } 項私人資料（{ $rule }）

## Buttons at the bottom of the screens

send = 傳送
dont_send = 不傳送
close = 關閉
retry = 再試一次
back = 返回留言
copy_text = 複製我的文字
copied = 您的文字已複製。
copied_this = 已複製。
save = 儲存成檔案…
leave_question = 不傳送就關閉嗎？
leave_loss = 您寫下或加入的內容將會遺失。
leave_again = { leave_loss }如仍要關閉，請再次關閉視窗。
leave_anyway = 仍要關閉

## On the way

sending = 正在傳送…
taking_back = 正在取消…
all_out = 正在等待回應…
goes_on = 您可以繼續工作；只要應用程式開著，就會繼續傳送。
-next_start = 如果在此之前關閉此視窗，下次啟動應用程式時會傳送。
progress = { $sent } / { $total }
time_left_seconds = 大約還需 { $count } 秒
time_left_minutes = 大約還需 { $count } 分鐘
time_left_hours = 大約還需 { $count } 小時

## It has arrived

sent = 謝謝您
arrived = 您的留言已送達。
number = 您的留言編號是 { $number }。
copy = 複製
copy_number = 複製 { $number }

## It waits

waiting = 已儲存
waiting_new = 尚未嘗試傳送，稍後會自動傳送。
waiting_held = 已儲存在這台電腦上，稍後會自動傳送。
waiting_offline = 連上網路後會自動傳送。
waiting_later = { $why }您的留言稍後會自動傳送。
waiting_free = { $why }網路暢通後，您的留言會自動傳送。
why_timeout = 我們的伺服器停止了回應。
why_no_receipt = 回應的不是我們的伺服器，可能是網路的登入頁面。
why_password = 您的網路要求先輸入密碼，才能向外傳送。
why_too_large = 留言對我們的伺服器來說太大，目前還無法縮小。
why_busy = 我們的伺服器正忙碌。
why_trouble = 我們的伺服器目前出現問題。
why_local = 這台電腦上出了點問題，現在無法傳送。
why_offline = 無法連線到我們的伺服器。
next_try_moment = 應用程式開著時，一分鐘內會再次嘗試。
next_try_minutes = 應用程式開著時，大約 { $count } 分鐘後再次嘗試。
next_try_hours = 應用程式開著時，大約 { $count } 小時後再次嘗試。
next_try_days = 應用程式開著時，大約 { $count } 天後再次嘗試。
fitted = 內容對我們的伺服器來說太大，因此減少了以下部分：{ $list }
fitted_file = { $what }（{ $why }）
fit_left_out = 已排除
fit_older = 已去掉較早的行
fit_smaller = 已縮小

## It could not be kept on this computer, and is sent from memory

sending_unkept = 無法儲存在這台電腦上。正在傳送，請不要關閉應用程式。
not_sent = 尚未傳送
waiting_unkept = { $why }您的留言也無法儲存在這台電腦上。請儲存成檔案或複製文字，以免關閉應用程式後遺失。
unkept = 留言沒有儲存在這台電腦上，關閉應用程式後會遺失。
refused_unkept = 留言無法儲存在這台電腦上，但您的文字還在這裡。
no_disk = （無法儲存的原因：{ $why }）

## The server has said no

refused = 未能送達
refused_version = 我們的伺服器不接受此版本應用程式的留言。更新應用程式或許能解決。
refused_address = 此應用程式傳送留言的位址已不存在。更新應用程式或許能解決。
refused_size = 您的留言對我們的伺服器來說太大。請減少附件後重寫，或儲存成檔案。
refused_other = 我們的伺服器沒有接受您的留言。請稍後再試，或儲存成檔案。
refused_says = { $why }伺服器的回應：{ $detail }
refused_status = { $why }（HTTP { $status }）
damaged = 儲存的留言已損壞，因此沒有傳送。
vanished = 它已不在這台電腦上：它被刪除了，可能是在此應用程式的另一個視窗中。您的文字還在這裡。
too_old = 您的留言等待得太久，不會再自動傳送。
set_aside = 此應用程式的另一個版本擱置了您的留言，因此不會自動傳送。
kept = 留言已儲存在這台電腦上，您的文字也還在這裡。
not_delivered = 您的留言未能送達。{ $why }

## Something else went wrong

not_stored = 無法儲存您的留言，因此沒有傳送。您的文字還在這裡。{ $why }
not_collected = 無法準備您的留言，因此沒有傳送。您的文字還在這裡。{ $why }
not_retried = 無法重試。{ $why }
not_deleted = 無法刪除。{ $why }
not_saved = 沒有儲存。{ $why }
saved = 已儲存為 { $path }。
cause_stopped = 此應用程式的一部分已停止運作。請複製您的文字並妥善保存，以免關閉應用程式後遺失。
cause_full = 您有 { $count } 則留言在等待傳送，已沒有空間再存一則。請連上網路讓它們送出，或將這則儲存成檔案。
cause_memory_full = 已有 { $count } 則無法儲存的留言在等待。請等它們送出，或將這則儲存成檔案。
cause_disk = { $path }：{ $why }。請清出空間、檢查寫入權限，或將留言儲存成檔案。
cause_unsafe = { $path } 並非只屬於您，因此沒有在那裡儲存任何內容。請將留言儲存成檔案。
cause_no_folder = 找不到可以存放的資料夾。請將留言儲存成檔案。
cause_save = { $path }：{ $why }。請選擇其他位置。
cause_withheld = 此應用程式不傳送這則留言：{ $why }。請複製文字以便保留。

## Earlier reports

earlier_sending = 您先前的留言還在傳送途中。
earlier_refused = 您先前的留言未能送達。傳送這則之後可以繼續處理它。
earlier_arrived = 您先前的留言已送達。
earlier_number = 您先前的留言已送達，編號是 { $number }。
show = 顯示
earlier = 先前的留言
earlier_count = 先前的留言（{ $count }）
leave_list = 返回
none_waits = 沒有留言在等待了。
it_arrived = 已送達。
its_number = 已送達，編號是 { $number }。
quoted = 「{ $words }」
written_moment = 剛剛寫的
written_minutes = { $count } 分鐘前寫的
written_hours = { $count } 小時前寫的
written_days = { $count } 天前寫的
send_now = 立即傳送
words_again = 您寫的內容已放回留言中，但不包括先前留言的檔案和圖片。先前的留言會保留在清單中，直到您將它刪除。
delete = 刪除
delete_question = 要刪除這則留言和您寫的內容嗎？它還沒有送達。
delete_for_good = 永久刪除
keep = 保留
of_report = { $button }，留言 { $number }

## Sizes

decimal_mark = .
bytes = { $count } 位元組
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
