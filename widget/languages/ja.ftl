## The way in, and the form

button = お問い合わせ…
button_news = { $button }（{ $count } 件のメッセージが届きませんでした）
title = お問い合わせ
message = メッセージ
message_hint = 何が起きましたか？どうなるはずでしたか？
is_long = 長いテキストのため、入力欄の下に表示しています。メッセージの後に、そのまま送信されます。
is_full = この欄にはこれ以上入力できません。残りはファイルにして添付してください。
characters_left = あと { $count } 文字
crash_ended = 前回、アプリが予期せず終了したようです。申し訳ありません。発生時の記録も一緒に送られます。よろしければ、何をしていたときかをお書きください。
crash_went_on = 前回、アプリで問題が発生しました。申し訳ありません。発生時の記録も一緒に送られます。よろしければ、何をしていたときかをお書きください。
crash = 発生時の記録
reply_to = メールアドレス（返信をご希望の場合）
no_address = メールアドレスの形ではないようです。このままでは返信をお届けできません。
did_you_mean = { $address } ではありませんか？
nothing_yet = メッセージを書くか、画像かファイルを追加してください。
attach = ファイルを添付…
drop_here = ここにドロップして添付
for_next = 次のメッセージのために取っておきます。
added = メッセージに追加しました。
attach_named = 名前の代わりにファイル { $name } を添付
attach_all_named = 名前の代わりにファイル { $count } 個を添付
capture = このウィンドウの画像を追加
capture_screen = 画面全体の画像を追加
capture_screens = 画面やウィンドウを選んで画像を追加…
screen = 画面 { $number }（{ $facts }）
capturing = 画像を撮っています。戻るには Esc キーを押してください。
no_picture = 画像を撮れませんでした。もう一度お試しになるか、画像ファイルを添付してください。
no_screen_refused = キャンセルされたか、このコンピューターでは許可されていないため、画像を撮れませんでした。代わりに画像ファイルを添付できます。
no_screen_blank = 画像が一色だけだったため、追加しませんでした。ご自身で画面を撮り、その画像ファイルを添付してください。
no_screen_gone = この画面またはウィンドウは見つからなくなりました。別のものを選ぶか、画像ファイルを添付してください。
no_screen_here = このコンピューターでは、アプリから画面の画像を撮れません。ご自身で画面を撮り、その画像ファイルを添付してください。
picture = 画像 { $number }
long_text = 長いテキスト { $number }
remove = { $name } を取り除く
removed = { $name } を取り除きました。
no_font = このコンピューターには、一部の文字を表示するフォントがありません。{ $font } などのフォントをインストールすると表示されます。入力した内容は、そのまま送信されます。

## What is wrong with a file

attachment_gone = このファイルは見つかりません。
attachment_not_a_file = これはファイルではありません。フォルダーは zip にすると添付できます。
attachment_no_room = このファイルを入れる空きがありません。ディスクの空きを増やすか、添付を減らしてください。
files_full = 添付できるファイルは { $limit } 個までです。残りは zip にまとめて添付してください。
attachment_too_large = ファイルが大きすぎます（{ $size }）。上限は { $limit } です。
attachment_unreadable = このファイルを読めません: { $why }

## Choosing a file by its path, where the system has no file picker

path = ファイルのパス
path_add = 追加
path_save = 保存
path_cancel = キャンセル
path_taken = 同じ名前のファイルがすでにあります。置き換えますか？
path_replace = 置き換える

## The editor of a picture

edit = 編集
edit_picture = { $name } を編集
canvas = 書き込みのある画像。矢印キーで十字を動かし、スペースキーで書き込みを始め、終えます。
describe_instead = 画像に書き込む代わりに、メッセージで説明することもできます。
tool_arrow = 矢印
tool_box = 枠
tool_line = 手書きの線
tool_text = 文字
tool_crop = 切り抜き
tool_black_out = 黒く塗りつぶす
tool_pixelate = モザイク
pixelate_hint = モザイクは元の内容を推測されることがあります。黒く塗りつぶすと安全です。
text_mark = 画像に入れる文字
undo = 元に戻す
redo = やり直す
zoom_out = 縮小
zoom_fit = 全体を表示
zoom_in = 拡大
done = 完了
discard_question = 画像への変更を破棄しますか？
discard = 破棄
keep_editing = 編集を続ける
picture_unreadable = この画像は読み取れないため、送信されません。代わりに画像ファイルを添付できます。
picture_too_large = この画像は大きすぎるため、送信されません。小さくするか、代わりに画像ファイルを添付してください。
not_changed = 変更を適用できませんでした。変更は残っています。もう一度お試しになるか、画像を取り除いてください。

## What will be sent

contents = 送信される内容
collecting = 準備しています…
save_copy = コピーを保存…
fingerprint = フィンガープリント（ハッシュ値）
not_text = このファイルは、ここでは表示できません。
send_file = { $path } を送信
untouched = そのまま送信（自動では何も伏せません）
bare = 場所・日時・機器の情報を除いて送信
hide_nothing = 何も伏せない
hide_nothing_in = { $path } では何も伏せない
text_of = { $path } のテキスト
shortened = { $size } から短縮
total = 圧縮して約 { $size }
over_limit = サーバーが受け取れる大きさ（{ $limit }）を超えています。収まるように、まずログの古い行を省き、次に画像を縮小し、最後に大きなファイルから省きます。
gap = 含まれないもの: { $what } – { $why }
gap_not_found = 見つかりません
gap_forbidden = 読み取る権限がありません
gap_not_a_file = ファイルではありません
gap_elsewhere = フォルダーの外を指すリンクです
gap_slow = 時間内に取得できませんでした
gap_no_files = 該当するファイルがありません
gap_no_room = 新しいファイルを優先したため入りません
gap_no_disk = ディスクにもメモリーにも空きがありません
gap_only = { $count } 件だけを送信します
gap_names = 時間内に { $count } 件の名前しか調べられませんでした。より新しいファイルが含まれていない可能性があります
gap_more = ほかに { $count } 件を収集できませんでした
gap_nothing_logged = アプリはまだ何も記録していません
gap_failed = 収集できませんでした
gap_partly = ファイルをそこまでしか読み取れませんでした
gap_encoding = 送信しますが、一部の文字が正しくない可能性があります
gap_by_app = アプリが除外: { $why }
masked_email = メールアドレス { $count } 件を伏せました
masked_token = アクセスキー { $count } 件を伏せました
masked_user = ユーザー名 { $count } 件を伏せました
masked_ip = ネットワークアドレス { $count } 件を伏せました
masked_phone = 電話番号 { $count } 件を伏せました
masked_card = カード番号 { $count } 件を伏せました
masked_secret = パスワードや秘密の値 { $count } 件を伏せました
masked_cookie = Cookie { $count } 件を伏せました
masked_login = ログイン情報 { $count } 件を伏せました
masked_account = 銀行口座番号 { $count } 件を伏せました
masked_computer = コンピューター名 { $count } 件を伏せました
masked_other = 個人的な情報 { $count } 件を伏せました（{ $rule }）

## Buttons at the bottom of the screens

send = 送信
dont_send = 送信しない
close = 閉じる
retry = もう一度試す
back = メッセージに戻る
copy_text = テキストをコピー
copied = テキストをコピーしました。
copied_this = コピーしました。
save = ファイルに保存…
leave_question = 送信せずに閉じますか？
leave_loss = 入力または追加した内容は失われます。
leave_again = { leave_loss }それでも閉じる場合は、もう一度ウィンドウを閉じてください。
leave_anyway = このまま閉じる

## On the way

sending = 送信しています…
taking_back = 取り消しています…
all_out = 応答を待っています…
goes_on = このまま作業を続けられます。アプリを開いている間に送信されます。
-next_start = その前にこのウィンドウを閉じた場合は、次にアプリを起動したときに送信されます。
progress = { $total } 中 { $sent }
time_left_seconds = 残り約 { $count } 秒
time_left_minutes = 残り約 { $count } 分
time_left_hours = 残り約 { $count } 時間

## It has arrived

sent = ありがとうございます
arrived = メッセージが届きました。
number = 受付番号は { $number } です。
copy = コピー
copy_number = { $number } をコピー

## It waits

waiting = 保存しました
waiting_new = まだ送信を試していません。自動的に送信されます。
waiting_held = このコンピューターに保存されており、後で自動的に送信されます。
waiting_offline = インターネットにつながると送信されます。
waiting_later = { $why }メッセージは後で自動的に送信されます。
waiting_free = { $why }つながるようになると、メッセージは自動的に送信されます。
why_timeout = サーバーからの応答が止まりました。
why_no_receipt = サーバーの代わりに、途中の何か（ログインページなど）が応答しました。
why_password = お使いのネットワークが、外への通信にパスワードを求めています。
why_too_large = サーバーにはサイズが大きすぎ、まだ小さくできていません。
why_busy = サーバーが混み合っています。
why_trouble = サーバーに問題が発生しています。
why_local = このコンピューター側の問題で、今は送信できません。
why_offline = サーバーに接続できません。
next_try_moment = アプリを開いていれば、1 分以内にもう一度送信を試します。
next_try_minutes = アプリを開いていれば、約 { $count } 分後にもう一度送信を試します。
next_try_hours = アプリを開いていれば、約 { $count } 時間後にもう一度送信を試します。
next_try_days = アプリを開いていれば、約 { $count } 日後にもう一度送信を試します。
fitted = サーバーには大きすぎたため、次のものを減らして送信します: { $list }
fitted_file = { $what }（{ $why }）
fit_left_out = 除外
fit_older = 古い行を除外
fit_smaller = 縮小

## It could not be kept on this computer, and is sent from memory

sending_unkept = このコンピューターに保存できませんでした。いま送信していますので、アプリを閉じないでください。
not_sent = まだ送信されていません
waiting_unkept = { $why }このコンピューターにも保存できませんでした。アプリを閉じても失われないように、ファイルに保存するか、テキストをコピーしてください。
unkept = このコンピューターに保存されていません。アプリを閉じると失われます。
refused_unkept = このコンピューターに保存できませんでしたが、メッセージはまだここにあります。
no_disk = （保存できなかった理由: { $why }）

## The server has said no

refused = 届きませんでした
refused_version = サーバーは、このバージョンのアプリからのメッセージを受け付けていません。アプリを更新すると直ることがあります。
refused_address = このアプリの送信先は、もう存在しません。アプリを更新すると直ることがあります。
refused_size = サーバーにはサイズが大きすぎます。添付を減らしてもう一度書くか、ファイルに保存してください。
refused_other = サーバーがメッセージを受け付けませんでした。後でもう一度お試しになるか、ファイルに保存してください。
refused_says = { $why }サーバーからの応答: { $detail }
refused_status = { $why }（HTTP { $status }）
damaged = 保存されたメッセージが壊れているため、送信しませんでした。
vanished = このコンピューターにはもうありません。このアプリの別のウィンドウなどで削除されました。入力した文章はここに残っています。
too_old = 長い間送信できなかったため、もう自動では送信されません。
set_aside = このアプリの別のバージョンが保留にしたため、自動では送信されません。
kept = このコンピューターに保存されており、メッセージはまだここにあります。
not_delivered = メッセージは届きませんでした。{ $why }

## Something else went wrong

not_stored = 保存できなかったため、送信しませんでした。入力したテキストはまだここにあります。{ $why }
not_collected = 準備できなかったため、送信しませんでした。入力したテキストはまだここにあります。{ $why }
not_retried = もう一度送信できませんでした。{ $why }
not_deleted = 削除できませんでした。{ $why }
not_saved = 保存できませんでした。{ $why }
saved = { $path } に保存しました。
cause_stopped = アプリの一部が停止しました。アプリを閉じても失われないように、テキストをコピーしてどこかに保管してください。
cause_full = 送信を待つメッセージが { $count } 件あり、これ以上保存できません。インターネットにつないで送信を待つか、このメッセージをファイルに保存してください。
cause_memory_full = 保存できなかったメッセージが { $count } 件、送信を待っています。送信が終わるまで待つか、このメッセージをファイルに保存してください。
cause_disk = { $path }: { $why }。空き容量を増やすか、書き込みの権限を確認するか、メッセージをファイルに保存してください。
cause_unsafe = { $path } はあなただけのフォルダーではないため、何も保存しませんでした。メッセージをファイルに保存してください。
cause_no_folder = 保存先のフォルダーが見つかりません。メッセージをファイルに保存してください。
cause_save = { $path }: { $why }。別の場所を選んでください。
cause_withheld = このアプリはメッセージを送信しません: { $why }。テキストをコピーして保管してください。

## Earlier reports

earlier_sending = 前のメッセージはまだ送信中です。
earlier_refused = 前のメッセージは届きませんでした。このメッセージを送信した後に続けられます。
earlier_arrived = 前のメッセージが届きました。
earlier_number = 前のメッセージが届きました。受付番号は { $number } です。
show = 表示
earlier = 以前のメッセージ
earlier_count = 以前のメッセージ（{ $count }）
leave_list = 戻る
none_waits = 送信を待つメッセージはもうありません。
it_arrived = 届きました。
its_number = 届きました。受付番号は { $number } です。
quoted = 「{ $words }」
written_moment = たった今書いたもの
written_minutes = { $count } 分前に書いたもの
written_hours = { $count } 時間前に書いたもの
written_days = { $count } 日前に書いたもの
send_now = 今すぐ送信
words_again = 書いた内容がメッセージに戻りました。以前のメッセージのファイルと画像は含まれていません。以前のメッセージは、削除するまで一覧に残ります。
delete = 削除
delete_question = 書いた内容も含めて、このメッセージを削除しますか？まだ届いていません。
delete_for_good = 完全に削除
keep = 残す
of_report = { $button }、メッセージ { $number }

## Sizes

decimal_mark = .
bytes = { $count } バイト
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
