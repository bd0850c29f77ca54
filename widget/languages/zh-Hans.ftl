## The way in, and the form

button = 联系我们…
button_news = { $button }（{ $count } 条留言未能送达）
title = 联系我们
message = 您的留言
message_hint = 发生了什么？您原本希望怎样？
is_long = 这段文字较长，已放在输入框下方，会原样附在留言之后一起发送。
is_full = 输入框已满。请把其余内容存成文件再添加。
characters_left = 还可输入 { $count } 个字符
crash_ended = 应用上次似乎意外退出了，非常抱歉。当时的记录会一同发送；如果可以，请写下您当时在做什么。
crash_went_on = 应用上次出了问题，非常抱歉。当时的记录会一同发送；如果可以，请写下您当时在做什么。
crash = 当时的记录
reply_to = 您的电子邮箱（如需回复）
no_address = 这不像是电子邮箱地址，我们的回复无法送达。
did_you_mean = 您是指 { $address } 吗？
nothing_yet = 请写点内容，或添加图片、文件。
attach = 添加文件…
drop_here = 拖放到这里即可添加
for_next = 已为您的下一条留言保留。
added = 已添加到您的留言中。
attach_named = 添加文件 { $name }，而不是它的名称
attach_all_named = 添加这 { $count } 个文件，而不是它们的名称
capture = 添加此窗口的截图
capture_screen = 添加整个屏幕的截图
capture_screens = 添加某个屏幕或窗口的截图…
screen = 屏幕 { $number }（{ $facts }）
capturing = 正在截图。按 Esc 键返回。
no_picture = 截图失败。请重试，或添加图片文件。
no_screen_refused = 没有截图，因为操作已取消或这台电脑不允许。您可以改为添加图片文件。
no_screen_blank = 截图中只有一种颜色，因此没有添加。请自行截图并添加图片文件。
no_screen_gone = 此屏幕或窗口已不存在。请选择其他屏幕或窗口，或添加图片文件。
no_screen_here = 这台电脑不允许应用截取屏幕。请自行截图并添加图片文件。
picture = 图片 { $number }
long_text = 长文本 { $number }
remove = 移除 { $name }
removed = 已移除 { $name }。
no_font = 这台电脑没有可显示其中某些文字的字体。安装 { $font } 等字体后即可显示。您写的内容会原样发送。

## What is wrong with a file

attachment_gone = 这里没有这个文件，或它已不存在。
attachment_not_a_file = 这不是文件。文件夹可以压缩成 zip 再添加。
attachment_no_room = 没有空间容纳此文件。请清理磁盘空间，或减少附件。
files_full = 最多只能添加 { $limit } 个文件。请把其余文件打包成 zip 再添加。
attachment_too_large = 文件太大：{ $size }，上限为 { $limit }。
attachment_unreadable = 无法读取此文件：{ $why }

## Choosing a file by its path, where the system has no file picker

path = 文件路径
path_add = 添加
path_save = 保存
path_cancel = 取消
path_taken = 已有同名文件。要替换吗？
path_replace = 替换

## The editor of a picture

edit = 编辑
edit_picture = 编辑 { $name }
canvas = 带有标记的图片。方向键移动十字，空格键开始和结束一个标记。
describe_instead = 您也可以不做标记，而在留言中描述图片内容。
tool_arrow = 箭头
tool_box = 方框
tool_line = 自由线条
tool_text = 文字
tool_crop = 裁剪
tool_black_out = 涂黑
tool_pixelate = 马赛克
pixelate_hint = 打了马赛克的内容有时会被猜出来。涂黑才安全。
text_mark = 图片上的文字
undo = 撤销
redo = 重做
zoom_out = 缩小
zoom_fit = 显示全部
zoom_in = 放大
done = 完成
discard_question = 放弃对图片所做的更改吗？
discard = 放弃
keep_editing = 继续编辑
picture_unreadable = 无法读取此图片，因此不会发送。您可以改为添加该图片文件。
picture_too_large = 此图片过大，因此不会发送。请缩小图片，或改为添加该图片文件。
not_changed = 无法应用更改。更改仍在这里：请重试，或移除图片。

## What will be sent

contents = 将发送的内容
collecting = 正在准备…
save_copy = 保存副本…
fingerprint = 指纹（校验值）
not_text = 此文件无法在这里显示。
send_file = 发送 { $path }
untouched = 原样发送：不会自动隐藏其中的任何内容
bare = 发送时不含地点、时间和设备信息
hide_nothing = 不隐藏任何内容
hide_nothing_in = { $path }：不隐藏任何内容
text_of = { $path } 的文字
shortened = 已缩短，原为 { $size }
total = 压缩后约 { $size }
over_limit = 这超出了我们服务器可接收的大小（{ $limit }）。为了能够送达，会先省略日志中较旧的行，再缩小图片，最后省略最大的文件。
gap = 缺少：{ $what } – { $why }
gap_not_found = 未找到
gap_forbidden = 没有读取权限
gap_not_a_file = 不是文件
gap_elsewhere = 指向所在文件夹之外的链接
gap_slow = 未能及时获取
gap_no_files = 没有这样的文件
gap_no_room = 较新的文件已占满空间
gap_no_disk = 磁盘和内存空间都不足
gap_only = 仅发送其中 { $count } 个
gap_names = 未能及时查看所有名称，仅查看了 { $count } 个；可能缺少较新的文件
gap_more = 另有 { $count } 个未能收集
gap_nothing_logged = 应用尚未记录任何内容
gap_failed = 未能收集
gap_partly = 文件只能读取到此处
gap_encoding = 会发送，但其中部分文字可能有误
gap_by_app = 已由应用排除：{ $why }
masked_email = 已隐藏 { $count } 个电子邮箱地址
masked_token = 已隐藏 { $count } 个访问密钥
masked_user = 已隐藏 { $count } 个用户名
masked_ip = 已隐藏 { $count } 个网络地址
masked_phone = 已隐藏 { $count } 个电话号码
masked_card = 已隐藏 { $count } 个卡号
masked_secret = 已隐藏 { $count } 个密码或机密值
masked_cookie = 已隐藏 { $count } 个 Cookie
masked_login = 已隐藏 { $count } 项登录信息
masked_account = 已隐藏 { $count } 个银行账号
masked_computer = 已隐藏 { $count } 个电脑名称
masked_other = 已隐藏 { $count } 项私人信息（{ $rule }）

## Buttons at the bottom of the screens

send = 发送
dont_send = 不发送
close = 关闭
retry = 重试
back = 返回留言
copy_text = 复制我的文字
copied = 您的文字已复制。
copied_this = 已复制。
save = 存为文件…
leave_question = 不发送就关闭吗？
leave_loss = 您写下或添加的内容将会丢失。
leave_again = { leave_loss }如仍要关闭，请再次关闭窗口。
leave_anyway = 仍然关闭

## On the way

sending = 正在发送…
taking_back = 正在取消…
all_out = 正在等待答复…
goes_on = 您可以继续工作；只要应用开着，就会继续发送。
-next_start = 如果在此之前关闭此窗口，下次启动应用时会发送。
progress = { $sent } / { $total }
time_left_seconds = 大约还需 { $count } 秒
time_left_minutes = 大约还需 { $count } 分钟
time_left_hours = 大约还需 { $count } 小时

## It has arrived

sent = 谢谢您
arrived = 您的留言已送达。
number = 您的留言编号是 { $number }。
copy = 复制
copy_number = 复制 { $number }

## It waits

waiting = 已保存
waiting_new = 还没有尝试发送，稍后会自动发送。
waiting_held = 已保存在这台电脑上，稍后会自动发送。
waiting_offline = 联网后会自动发送。
waiting_later = { $why }您的留言稍后会自动发送。
waiting_free = { $why }网络畅通后，您的留言会自动发送。
why_timeout = 我们的服务器停止了响应。
why_no_receipt = 回应的不是我们的服务器，可能是网络的登录页面。
why_password = 您的网络要求先输入密码，才能向外发送。
why_too_large = 留言对我们的服务器来说太大，目前还没能缩小。
why_busy = 我们的服务器正忙。
why_trouble = 我们的服务器目前出现了问题。
why_local = 这台电脑上出了点问题，现在无法发送。
why_offline = 无法连接到我们的服务器。
next_try_moment = 应用开着时，一分钟内会再次尝试。
next_try_minutes = 应用开着时，大约 { $count } 分钟后再次尝试。
next_try_hours = 应用开着时，大约 { $count } 小时后再次尝试。
next_try_days = 应用开着时，大约 { $count } 天后再次尝试。
fitted = 内容对我们的服务器来说太大，因此减少了以下部分：{ $list }
fitted_file = { $what }（{ $why }）
fit_left_out = 已排除
fit_older = 已去掉较早的行
fit_smaller = 已缩小

## It could not be kept on this computer, and is sent from memory

sending_unkept = 无法保存在这台电脑上。正在发送，请不要关闭应用。
not_sent = 尚未发送
waiting_unkept = { $why }您的留言也无法保存在这台电脑上。请存为文件或复制文字，以免关闭应用后丢失。
unkept = 留言没有保存在这台电脑上，关闭应用后会丢失。
refused_unkept = 留言无法保存在这台电脑上，但您的文字还在这里。
no_disk = （无法保存的原因：{ $why }）

## The server has said no

refused = 未能送达
refused_version = 我们的服务器不接受此版本应用的留言。更新应用或许能解决。
refused_address = 此应用发送留言的地址已不存在。更新应用或许能解决。
refused_size = 您的留言对我们的服务器来说太大。请减少附件后重写，或存为文件。
refused_other = 我们的服务器没有接受您的留言。请稍后重试，或存为文件。
refused_says = { $why }服务器的答复：{ $detail }
refused_status = { $why }（HTTP { $status }）
damaged = 保存的留言已损坏，因此没有发送。
vanished = 它已不在这台电脑上：它被删除了，可能是在此应用的另一个窗口中。您的文字还在这里。
too_old = 您的留言等待得太久，不会再自动发送。
set_aside = 此应用的另一个版本搁置了您的留言，因此不会自动发送。
kept = 留言已保存在这台电脑上，您的文字也还在这里。
not_delivered = 您的留言未能送达。{ $why }

## Something else went wrong

not_stored = 无法保存您的留言，因此没有发送。您的文字还在这里。{ $why }
not_collected = 无法准备您的留言，因此没有发送。您的文字还在这里。{ $why }
not_retried = 无法重试。{ $why }
not_deleted = 无法删除。{ $why }
not_saved = 没有保存。{ $why }
saved = 已存为 { $path }。
cause_stopped = 此应用的一部分已停止运行。请复制您的文字并存放好，以免关闭应用后丢失。
cause_full = 您有 { $count } 条留言在等待发送，已没有空间再存一条。请联网让它们发出，或把这条存为文件。
cause_memory_full = 已有 { $count } 条无法保存的留言在等待。请等它们发出，或把这条存为文件。
cause_disk = { $path }：{ $why }。请腾出空间、检查写入权限，或把留言存为文件。
cause_unsafe = { $path } 并非只属于您，因此没有在那里保存任何内容。请把留言存为文件。
cause_no_folder = 找不到可以存放的文件夹。请把留言存为文件。
cause_save = { $path }：{ $why }。请选择其他位置。
cause_withheld = 此应用不发送这条留言：{ $why }。请复制文字以便保留。

## Earlier reports

earlier_sending = 您之前的留言还在发送途中。
earlier_refused = 您之前的留言未能送达。发送这条之后可以继续处理它。
earlier_arrived = 您之前的留言已送达。
earlier_number = 您之前的留言已送达，编号是 { $number }。
show = 显示
earlier = 之前的留言
earlier_count = 之前的留言（{ $count }）
leave_list = 返回
none_waits = 没有留言在等待了。
it_arrived = 已送达。
its_number = 已送达，编号是 { $number }。
quoted = “{ $words }”
written_moment = 刚刚写的
written_minutes = { $count } 分钟前写的
written_hours = { $count } 小时前写的
written_days = { $count } 天前写的
send_now = 立即发送
words_again = 您写的内容已放回留言中，但不包括之前留言的文件和图片。之前的留言会保留在列表中，直到您将它删除。
delete = 删除
delete_question = 删除这条留言和您写的内容吗？它还没有送达。
delete_for_good = 彻底删除
keep = 保留
of_report = { $button }，留言 { $number }

## Sizes

decimal_mark = .
bytes = { $count } 字节
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
