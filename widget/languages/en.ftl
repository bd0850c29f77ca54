# The words of the window, in the syntax of Project Fluent (https://projectfluent.org/fluent/guide/).
#
# Who reads this is often upset. Say plainly what happened, what becomes of their words, and what they can
# do. Buttons are short. All other languages have exactly the messages of this file; the tests tell what is
# missing. Names behind a $ stay as they are, and every one of them is used.

## The way in, and the form

# The button in the app that opens the window.
button = Write to us…
# The name of that button for screen readers while a dot on it says that there is something to look at.
button_news = { $count ->
    [one] { $button } ({ $count } report was not delivered)
   *[other] { $button } ({ $count } reports were not delivered)
}
# The heading of the window.
title = Write to us
# The name of the large text field, for screen readers.
message = Your message
# Stands in the large text field while it is empty.
message_hint = What happened? What did you expect?
# A text was pasted that is too long for the field.
is_long = This text is long, so it stands below the field. It is sent after your message, as it is.
is_full = This field is full. Please put the rest into a file and attach it.
# How much more that field takes, once that is little.
characters_left = { $count ->
    [one] { $count } character left
   *[other] { $count } characters left
}
# Above the large text field, where the last run of the app has crashed.
crash_ended = The app seems to have ended unexpectedly last time. We are sorry. A record of what happened goes with your report; if you can, tell us what you were doing.
# The same, where the app has gone on.
crash_went_on = Something went wrong in the app last time. We are sorry. A record of what happened goes with your report; if you can, tell us what you were doing.
# The name of that record in the list of what is attached.
crash = Record of what happened
# Above the field for the address.
reply_to = Your e-mail, if you want an answer
no_address = This does not look like an e-mail address, so our answer could not reach you.
# A button. $address is the same address with a slip corrected, such as anna@gmail.com.
did_you_mean = Did you mean { $address }?
# Beside the button "Send", which cannot be pressed yet.
nothing_yet = Write something, or add a picture or file.
# A button, and the title of the system's file picker.
attach = Attach a file…
# Stands over the window while a file is dragged over it.
drop_here = Drop here to attach
# Below what was dropped or pasted where there is no form: a report is on its way, or has arrived.
for_next = This is kept for your next message.
# Something was dropped or pasted while a picture is edited.
added = This was added to your message.
# A button: the name of a file was pasted, as a file manager copies it.
attach_named = Attach the file { $name } in place of its name
attach_all_named = { $count ->
    [one] Attach the { $count } file in place of its name
   *[other] Attach the { $count } files in place of their names
}
# A button: takes a picture of the app's window.
capture = Add a picture of this window
# A button: takes a picture of everything on the screen, other apps included.
capture_screen = Add a picture of the whole screen
# The same, where there are several screens, or windows of other apps: opens a list of them.
capture_screens = Add a picture of a screen or window…
# One of that list. $facts is such as "HDMI-1, 1920 × 1080".
screen = Screen { $number } ({ $facts })
# For screen readers, while this window is hidden for the picture.
capturing = Taking the picture. Press Escape to go back.
no_picture = The picture could not be taken. Try again, or attach a picture file.
no_screen_refused = No picture was taken, because it was cancelled or is not allowed on this computer. You can attach a picture file instead.
no_screen_blank = The picture shows nothing but one colour, so it was not added. Please take one yourself and attach the picture file.
no_screen_gone = This screen or window is not there any more. Choose another one, or attach a picture file.
no_screen_here = This computer does not let the app take a picture of the screen. Please take one yourself and attach the picture file.
# The name of a picture in the list of what is attached.
picture = Picture { $number }
# The name of a long text in the list of what is attached.
long_text = Long text { $number }
# The name of the button × that takes a file or picture out again.
remove = Remove { $name }
# Told once that is done.
removed = { $name } was removed.
# Some letters would be boxes. $font is the name of a font, such as “Noto Sans CJK”.
no_font = This computer has no font for some of the letters here. To see them, install one, such as { $font }. What you write is sent as you write it.

## What is wrong with a file

attachment_gone = There is no such file here (any more).
attachment_not_a_file = This is not a file. A folder can be attached as a zip.
attachment_no_room = There is no room for this file. Free some space on the disk, or attach less.
# Below the files, where there are so many.
files_full = No more than { $limit } files can be attached. Please put the others into a zip and attach that.
# $size and $limit are such as "12 MB".
attachment_too_large = This file is too large: { $size }, the limit is { $limit }.
# $why is what the system says, mostly in English.
attachment_unreadable = This file cannot be read: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Path of the file
path_add = Add
path_save = Save
path_cancel = Cancel
# Asked where the place to save is taken, and the button that says yes.
path_taken = There is such a file already. Replace it?
path_replace = Replace

## The editor of a picture

# A button beside a picture that is attached: opens the editor.
edit = Edit
# Its name for screen readers, and the heading of the editor. $name is such as "Picture 1".
edit_picture = Edit { $name }
# The name of the picture in the editor, for screen readers.
canvas = Picture with your marks. The arrow keys move the cross, the space bar begins and ends a mark.
# The description of the same.
describe_instead = Instead of marking the picture, you can describe it in your message.
# The tools: names of buttons.
tool_arrow = Arrow
tool_box = Box
tool_line = Free line
tool_text = Text
tool_crop = Crop
# Covers a part with black.
tool_black_out = Black out
# Makes a part coarse.
tool_pixelate = Pixelate
pixelate_hint = What is pixelated can sometimes be guessed. To be safe, black it out.
# Stands in the field for words that are written on the picture.
text_mark = Text on the picture
undo = Undo
redo = Redo
zoom_out = Zoom out
# Shows all of the picture again.
zoom_fit = Show all
zoom_in = Zoom in
# A button: keeps what was done to the picture.
done = Done
# Asked when the editor is left by "Cancel".
discard_question = Discard what you did to the picture?
# A button: leaves the editor without what was done in it.
discard = Discard
# A button: stays in the editor.
keep_editing = Keep editing
# Below such a picture, and in its editor.
picture_unreadable = This picture cannot be read, so it is not sent. You can attach its file instead.
picture_too_large = This picture is too large, so it is not sent. Make it smaller, or attach its file instead.
not_changed = Your changes could not be made. They are still here: try again, or remove the picture.

## What will be sent

# Opens the list of all files that leave.
contents = What will be sent
collecting = Collecting…
# A button: saves the report as a file.
save_copy = Save a copy…
# In front of the first letters of the SHA-256 of what will be sent.
fingerprint = Fingerprint
not_text = This file cannot be shown here.
# The name of the switch in front of a file, for screen readers.
send_file = Send { $path }
# Below the name of what the person added and in which no private values are looked for: a picture, a file that is no
# text, or one for which they have chosen the next message.
untouched = sent as it is: nothing in it is hidden automatically
# Below the name of a photo that the person attached: what is seen of it goes, and not what its file tells beside that.
bare = sent without its details of place, time and device
# A choice below a file that the person attached and in which something was hidden.
hide_nothing = Hide nothing
# Its name for screen readers.
hide_nothing_in = Hide nothing in { $path }
# The name of the text of a file, for screen readers.
text_of = Text of { $path }
# Below the name of a file of which only a part goes along. $size is such as "64.0 MB".
shortened = shortened from { $size }
# How much leaves in all.
total = about { $size } when compressed
# Where that is more than can arrive.
over_limit = That is more than our server takes ({ $limit }). So that it fits, old lines of logs are left out first, then pictures are made smaller, then the largest files are left out.
# $what is such as "log app.log".
gap = Missing: { $what } – { $why }
# Why something is missing. These stand in the place of $why above.
gap_not_found = not found
gap_forbidden = no permission to read it
gap_not_a_file = not a file
gap_elsewhere = a link that leads out of its folder
gap_slow = not available in time
gap_no_files = no such files
# The newest log files have taken all the room there is.
gap_no_room = newer files take up all the room
# The disk is full, and memory holds no more.
gap_no_disk = no room on the disk, nor in memory
# There were more, such as a folder with a thousand logs.
gap_only = only { $count } of them are sent
# A folder has so many that there was no time to look at all.
gap_names = { $count ->
    [one] only { $count } name was looked at in time; newer files may be missing
   *[other] only { $count } names were looked at in time; newer files may be missing
}
# Beside those that are named, each with its reason.
gap_more = { $count } more could not be collected
gap_nothing_logged = the app has logged nothing yet
# A part of the app that tells about it has failed.
gap_failed = could not be collected
# $what is the end of a compressed log that is cut off, or very long.
gap_partly = the file can only be read up to there
# $what is a log in another encoding.
gap_encoding = it is sent, but some of its letters may be wrong
# $why is what the app says.
gap_by_app = left out by the app: { $why }
masked_email = { $count ->
    [one] { $count } e-mail address was hidden
   *[other] { $count } e-mail addresses were hidden
}
masked_token = { $count ->
    [one] { $count } access key was hidden
   *[other] { $count } access keys were hidden
}
masked_user = { $count ->
    [one] { $count } user name was hidden
   *[other] { $count } user names were hidden
}
masked_ip = { $count ->
    [one] { $count } network address was hidden
   *[other] { $count } network addresses were hidden
}
masked_phone = { $count ->
    [one] { $count } phone number was hidden
   *[other] { $count } phone numbers were hidden
}
masked_card = { $count ->
    [one] { $count } card number was hidden
   *[other] { $count } card numbers were hidden
}
masked_secret = { $count ->
    [one] { $count } password or secret was hidden
   *[other] { $count } passwords or secrets were hidden
}
masked_cookie = { $count ->
    [one] { $count } cookie was hidden
   *[other] { $count } cookies were hidden
}
masked_login = { $count ->
    [one] { $count } log-in was hidden
   *[other] { $count } log-ins were hidden
}
masked_account = { $count ->
    [one] { $count } bank account number was hidden
   *[other] { $count } bank account numbers were hidden
}
masked_computer = { $count ->
    [one] { $count } computer name was hidden
   *[other] { $count } computer names were hidden
}
# $rule is the name of a rule of the app's makers.
masked_other = { $count ->
    [one] { $count } private value was hidden ({ $rule })
   *[other] { $count } private values were hidden ({ $rule })
}

## Buttons at the bottom of the screens

send = Send
dont_send = Don’t send
close = Close
retry = Try again
# Goes back to the form with everything that was written.
back = Back to my message
copy_text = Copy my text
copied = Your text is copied.
# The same of what stands beside: the number of a report, or the fingerprint.
copied_this = Copied.
# A button, and the title of the system's file picker.
save = Save as a file…
# Before a window goes with something in it that is nowhere else. A heading; the button beside the next one is
# "back".
leave_question = Close without sending?
leave_loss = What you wrote or added would be lost.
# In the app's own window, which has just been kept from being closed.
leave_again = { leave_loss } To close anyway, close the window once more.
# A button.
leave_anyway = Close anyway

## On the way

# A heading.
sending = Sending…
# A heading, after "Don’t send".
taking_back = Cancelling…
all_out = Waiting for the answer…
goes_on = You can go on working; it is sent while this app is open.
# What `feedback window`, which ends with its window, says in the place of that and of the next_try_ below.
-next_start = If you close this window before it is sent, it is sent the next time you start the app.
# How much has left, such as "1.2 of 3.4 MB".
progress = { $sent } of { $total }
# Behind that, where it takes longer than a moment.
time_left_seconds = { $count ->
    [one] about { $count } second left
   *[other] about { $count } seconds left
}
time_left_minutes = { $count ->
    [one] about { $count } minute left
   *[other] about { $count } minutes left
}
time_left_hours = { $count ->
    [one] about { $count } hour left
   *[other] about { $count } hours left
}

## It has arrived

# A heading.
sent = Thank you
arrived = Your report has arrived.
# $number is such as "FB-1042".
number = Your report has the number { $number }.
# A button beside that number.
copy = Copy
# Its name for screen readers.
copy_number = Copy { $number }

## It waits

# A heading: it is kept and will be sent by itself.
waiting = Saved
waiting_new = It has not been sent yet. It will be sent by itself.
waiting_held = It is kept on this computer, and will be sent by itself later.
waiting_offline = It will be sent when you are online.
# $why is one of the sentences that follow.
waiting_later = { $why } Your report will be sent by itself later.
waiting_free = { $why } Your report will be sent by itself once it can get through.
why_timeout = Our server has stopped answering.
why_no_receipt = Something between you and us answered instead, perhaps a log-in page.
why_password = Your network asks for a password before it lets anything out.
why_too_large = It is too large for our server, and could not be made smaller yet.
why_busy = Our server is busy.
why_trouble = Our server has a problem at the moment.
# Such as a disk that cannot be read.
why_local = Something on this computer keeps it from being sent right now.
why_offline = There is no connection to our server.
next_try_moment = Next try in less than a minute, while this app is open.
next_try_minutes = { $count ->
    [one] Next try in about { $count } minute, while this app is open.
   *[other] Next try in about { $count } minutes, while this app is open.
}
next_try_hours = { $count ->
    [one] Next try in about { $count } hour, while this app is open.
   *[other] Next try in about { $count } hours, while this app is open.
}
next_try_days = { $count ->
    [one] Next try in about { $count } day, while this app is open.
   *[other] Next try in about { $count } days, while this app is open.
}
# $list is such as "logs/app.log (left out), screenshots/1.png (made smaller)".
fitted = It was too large for our server, so not all of it is sent: { $list }.
# One of that list. $why is one of the words that follow.
fitted_file = { $what } ({ $why })
fit_left_out = left out
fit_older = older lines left out
# A picture.
fit_smaller = made smaller

## It could not be kept on this computer, and is sent from memory

sending_unkept = It could not be kept on this computer. It is being sent now; please keep this app open.
# A heading.
not_sent = Not sent yet
# $why is one of the sentences that begin with why_, or nothing.
waiting_unkept = { $why } Your report could not be kept on this computer either. Save it as a file or copy your text, so that nothing is lost when this app ends.
unkept = It is not kept on this computer, and is lost when this app ends.
refused_unkept = It could not be kept on this computer, but your message is still here.
no_disk = (It could not be kept: { $why })

## The server has said no

# A heading.
refused = Not delivered
refused_version = Our server does not accept reports from this version of the app. An update of the app may help.
refused_address = The address this app sends reports to no longer exists. An update of the app may help.
refused_size = Your report is too large for our server. Write again with less attached, or save it as a file.
refused_other = Our server did not accept your report. Try again later, or save it as a file.
# $why is one of those; $detail is what the server says, mostly in English.
refused_says = { $why } It says: { $detail }
# $status is such as "401".
refused_status = { $why } (HTTP { $status })
damaged = The stored report is damaged, so it was not sent.
vanished = It is no longer on this computer: it was deleted, perhaps in another window of this app. Your message is still here.
too_old = Your report has waited for so long that it is not sent by itself any more.
set_aside = Another version of this app has set your report aside, so it is not sent by itself.
kept = It is kept on this computer, and your message is still here.
# Above the form, with the words in it again. $why is one of the sentences above.
not_delivered = Your report was not delivered. { $why }

## Something else went wrong. $why is one of the sentences that begin with cause_, or English

not_stored = Your report could not be stored, so it was not sent. Your text is still here. { $why }
not_collected = Your report could not be put together, so it was not sent. Your text is still here. { $why }
not_retried = It could not be tried again. { $why }
not_deleted = It could not be deleted. { $why }
not_saved = It was not saved. { $why }
saved = Saved as { $path }.
cause_stopped = A part of this app has stopped. Copy your text and keep it somewhere, so that it is not lost when the app is closed.
cause_full = { $count ->
    [one] { $count } of your reports waits to be sent, and there is no room for one more. Go online so that it can leave, or save this one as a file.
   *[other] { $count } of your reports wait to be sent, and there is no room for one more. Go online so that they can leave, or save this one as a file.
}
cause_memory_full = { $count ->
    [one] { $count } report that could not be stored waits already. Wait until it is sent, or save this one as a file.
   *[other] { $count } reports that could not be stored wait already. Wait until they are sent, or save this one as a file.
}
# $why is what the system says, mostly in English.
cause_disk = { $path }: { $why }. Free some space or check who may write there, or save the report as a file.
cause_unsafe = { $path } does not belong to you alone, so nothing was stored there. Save the report as a file.
cause_no_folder = No folder was found to keep it in. Save the report as a file.
cause_save = { $path }: { $why }. Choose another place.
# $why is what the app says.
cause_withheld = This app does not send the report: { $why }. Copy your text to keep it.

## Earlier reports

earlier_sending = Your earlier report is still on its way.
earlier_refused = Your earlier report was not delivered. You can go on with it once this message is sent.
earlier_arrived = Your earlier report has arrived.
earlier_number = Your earlier report has arrived. Its number is { $number }.
# A button: goes to the report that was not delivered.
show = Show it
# A heading.
earlier = Earlier reports
# The link to that list, with how many there are.
earlier_count = Earlier reports ({ $count })
# A button: leaves the list.
leave_list = Back
none_waits = No report waits any more.
# The same as earlier_arrived and earlier_number, below the report itself.
it_arrived = It has arrived.
its_number = It has arrived. Its number is { $number }.
# The first words of a report.
quoted = “{ $words }”
written_moment = Written just now
written_minutes = { $count ->
    [one] Written { $count } minute ago
   *[other] Written { $count } minutes ago
}
written_hours = { $count ->
    [one] Written { $count } hour ago
   *[other] Written { $count } hours ago
}
written_days = { $count ->
    [one] Written { $count } day ago
   *[other] Written { $count } days ago
}
send_now = Send now
# The words of a report in that list are put into the form; the report itself stays.
words_again = What you wrote is in your message again. Files and pictures of the earlier report are not: it stays under “Earlier reports” until you delete it.
delete = Delete
delete_question = Delete this report, with what you wrote? It has not arrived.
delete_for_good = Delete for good
# A button: does not delete it.
keep = Keep
# The name of a button for screen readers, such as "Delete, report 2".
of_report = { $button }, report { $number }

## Sizes. Where the language has it so, a no-break space stands between number and unit

# Between 1 and 2 in "1.2 MB".
decimal_mark = .
bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
# $number is such as "14.0".
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
