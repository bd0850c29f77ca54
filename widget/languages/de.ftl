## The way in, and the form

button = Schreiben Sie uns …
button_news = { $count ->
    [one] { $button } ({ $count } Nachricht wurde nicht zugestellt)
   *[other] { $button } ({ $count } Nachrichten wurden nicht zugestellt)
}
title = Schreiben Sie uns
message = Ihre Nachricht
message_hint = Was ist passiert? Was hätten Sie erwartet?
is_long = Dieser Text ist lang und steht deshalb unter dem Feld. Er wird unverändert nach Ihrer Nachricht gesendet.
is_full = Dieses Feld ist voll. Bitte legen Sie den Rest in eine Datei und hängen Sie sie an.
characters_left = Noch { $count } Zeichen
crash_ended = Die App wurde beim letzten Mal anscheinend unerwartet beendet. Das tut uns leid. Eine Aufzeichnung des Vorfalls wird mitgesendet; schreiben Sie, wenn möglich, was Sie gerade getan haben.
crash_went_on = Beim letzten Mal ist in der App etwas schiefgegangen. Das tut uns leid. Eine Aufzeichnung des Vorfalls wird mitgesendet; schreiben Sie, wenn möglich, was Sie gerade getan haben.
crash = Aufzeichnung des Vorfalls
reply_to = Ihre E-Mail-Adresse, falls Sie eine Antwort möchten
no_address = Das sieht nicht nach einer E-Mail-Adresse aus. Unsere Antwort würde Sie nicht erreichen.
did_you_mean = Meinten Sie { $address }?
nothing_yet = Schreiben Sie etwas oder fügen Sie ein Bild oder eine Datei hinzu.
attach = Datei anhängen …
drop_here = Zum Anhängen hier ablegen
for_next = Das wird für Ihre nächste Nachricht aufgehoben.
added = Das wurde Ihrer Nachricht hinzugefügt.
attach_named = Datei { $name } statt ihres Namens anhängen
attach_all_named = { $count ->
    [one] { $count } Datei statt ihres Namens anhängen
   *[other] { $count } Dateien statt ihrer Namen anhängen
}
capture = Bild dieses Fensters hinzufügen
capture_screen = Bild des ganzen Bildschirms hinzufügen
capture_screens = Bild eines Bildschirms oder Fensters hinzufügen …
screen = Bildschirm { $number } ({ $facts })
capturing = Das Bild wird aufgenommen. Mit Escape kommen Sie zurück.
no_picture = Das Bild konnte nicht aufgenommen werden. Versuchen Sie es noch einmal oder hängen Sie eine Bilddatei an.
no_screen_refused = Es wurde kein Bild aufgenommen, weil es abgebrochen wurde oder auf diesem Computer nicht erlaubt ist. Sie können stattdessen eine Bilddatei anhängen.
no_screen_blank = Das Bild zeigt nur eine einzige Farbe und wurde deshalb nicht hinzugefügt. Bitte nehmen Sie selbst eines auf und hängen Sie die Bilddatei an.
no_screen_gone = Diesen Bildschirm oder dieses Fenster gibt es nicht mehr. Wählen Sie etwas anderes oder hängen Sie eine Bilddatei an.
no_screen_here = Auf diesem Computer kann die App kein Bild des Bildschirms aufnehmen. Bitte nehmen Sie selbst eines auf und hängen Sie die Bilddatei an.
picture = Bild { $number }
long_text = Langer Text { $number }
remove = { $name } entfernen
removed = { $name } wurde entfernt.
no_font = Für einige Zeichen hier hat dieser Computer keine Schriftart. Um sie zu sehen, installieren Sie eine, etwa { $font }. Was Sie schreiben, wird so gesendet, wie Sie es schreiben.

## What is wrong with a file

attachment_gone = Diese Datei gibt es hier nicht (mehr).
attachment_not_a_file = Das ist keine Datei. Einen Ordner können Sie als ZIP anhängen.
attachment_no_room = Für diese Datei ist kein Platz. Schaffen Sie Platz auf der Festplatte, oder hängen Sie weniger an.
files_full = Es lassen sich höchstens { $limit } Dateien anhängen. Bitte packen Sie die übrigen in ein ZIP und hängen Sie das an.
attachment_too_large = Diese Datei ist zu groß: { $size }, höchstens { $limit } sind möglich.
attachment_unreadable = Diese Datei lässt sich nicht lesen: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Pfad der Datei
path_add = Hinzufügen
path_save = Speichern
path_cancel = Abbrechen
path_taken = Diese Datei gibt es schon. Ersetzen?
path_replace = Ersetzen

## The editor of a picture

edit = Bearbeiten
edit_picture = { $name } bearbeiten
canvas = Bild mit Ihren Markierungen. Die Pfeiltasten bewegen das Kreuz, die Leertaste beginnt und beendet eine Markierung.
describe_instead = Statt das Bild zu markieren, können Sie es in Ihrer Nachricht beschreiben.
tool_arrow = Pfeil
tool_box = Rahmen
tool_line = Freie Linie
tool_text = Text
tool_crop = Zuschneiden
tool_black_out = Schwärzen
tool_pixelate = Verpixeln
pixelate_hint = Verpixeltes lässt sich manchmal erraten. Schwärzen ist sicher.
text_mark = Text auf dem Bild
undo = Rückgängig
redo = Wiederholen
zoom_out = Verkleinern
zoom_fit = Alles zeigen
zoom_in = Vergrößern
done = Fertig
discard_question = Ihre Änderungen am Bild verwerfen?
discard = Verwerfen
keep_editing = Weiter bearbeiten
picture_unreadable = Dieses Bild lässt sich nicht lesen und wird deshalb nicht gesendet. Sie können stattdessen seine Datei anhängen.
picture_too_large = Dieses Bild ist zu groß und wird deshalb nicht gesendet. Verkleinern Sie es, oder hängen Sie stattdessen seine Datei an.
not_changed = Ihre Änderungen konnten nicht übernommen werden. Sie sind noch da: Versuchen Sie es noch einmal, oder entfernen Sie das Bild.

## What will be sent

contents = Was gesendet wird
collecting = Wird zusammengestellt …
save_copy = Kopie speichern …
fingerprint = Fingerabdruck
not_text = Diese Datei lässt sich hier nicht anzeigen.
send_file = { $path } senden
untouched = wird gesendet, wie es ist: darin wird nichts automatisch unkenntlich gemacht
bare = wird ohne die Angaben zu Ort, Zeit und Gerät gesendet
hide_nothing = Nichts unkenntlich machen
hide_nothing_in = In { $path } nichts unkenntlich machen
text_of = Text von { $path }
shortened = gekürzt von { $size }
total = komprimiert etwa { $size }
over_limit = Das ist mehr, als unser Server annimmt ({ $limit }). Damit es passt, entfallen zuerst alte Zeilen der Protokolle, dann werden Bilder verkleinert, dann entfallen die größten Dateien.
gap = Es fehlt: { $what } – { $why }
gap_not_found = nicht gefunden
gap_forbidden = keine Berechtigung zum Lesen
gap_not_a_file = keine Datei
gap_elsewhere = eine Verknüpfung, die aus ihrem Ordner hinausführt
gap_slow = nicht rechtzeitig verfügbar
gap_no_files = keine solchen Dateien
gap_no_room = neuere Dateien nehmen den ganzen Platz ein
gap_no_disk = kein Platz auf der Festplatte und im Arbeitsspeicher
gap_only = nur { $count } davon werden mitgesendet
gap_names = { $count ->
    [one] nur { $count } Name rechtzeitig durchgesehen; neuere Dateien können fehlen
   *[other] nur { $count } Namen rechtzeitig durchgesehen; neuere Dateien können fehlen
}
gap_more = weitere nicht erfasste Dateien: { $count }
gap_nothing_logged = die App hat noch nichts protokolliert
gap_failed = ließ sich nicht erfassen
gap_partly = die Datei lässt sich nur bis dorthin lesen
gap_encoding = wird gesendet, aber einzelne Buchstaben können falsch sein
gap_by_app = von der App weggelassen: { $why }
masked_email = { $count ->
    [one] { $count } E-Mail-Adresse wurde unkenntlich gemacht
   *[other] { $count } E-Mail-Adressen wurden unkenntlich gemacht
}
masked_token = { $count ->
    [one] { $count } Zugangsschlüssel wurde unkenntlich gemacht
   *[other] { $count } Zugangsschlüssel wurden unkenntlich gemacht
}
masked_user = { $count ->
    [one] { $count } Benutzername wurde unkenntlich gemacht
   *[other] { $count } Benutzernamen wurden unkenntlich gemacht
}
masked_ip = { $count ->
    [one] { $count } Netzwerkadresse wurde unkenntlich gemacht
   *[other] { $count } Netzwerkadressen wurden unkenntlich gemacht
}
masked_phone = { $count ->
    [one] { $count } Telefonnummer wurde unkenntlich gemacht
   *[other] { $count } Telefonnummern wurden unkenntlich gemacht
}
masked_card = { $count ->
    [one] { $count } Kartennummer wurde unkenntlich gemacht
   *[other] { $count } Kartennummern wurden unkenntlich gemacht
}
masked_secret = { $count ->
    [one] { $count } Passwort oder Geheimnis wurde unkenntlich gemacht
   *[other] { $count } Passwörter oder Geheimnisse wurden unkenntlich gemacht
}
masked_cookie = { $count ->
    [one] { $count } Cookie wurde unkenntlich gemacht
   *[other] { $count } Cookies wurden unkenntlich gemacht
}
masked_login = { $count ->
    [one] { $count } Anmeldung wurde unkenntlich gemacht
   *[other] { $count } Anmeldungen wurden unkenntlich gemacht
}
masked_account = { $count ->
    [one] { $count } Kontonummer wurde unkenntlich gemacht
   *[other] { $count } Kontonummern wurden unkenntlich gemacht
}
masked_computer = { $count ->
    [one] { $count } Computername wurde unkenntlich gemacht
   *[other] { $count } Computernamen wurden unkenntlich gemacht
}
masked_other = { $count ->
    [one] { $count } private Angabe wurde unkenntlich gemacht ({ $rule })
   *[other] { $count } private Angaben wurden unkenntlich gemacht ({ $rule })
}

## Buttons at the bottom of the screens

send = Senden
dont_send = Nicht senden
close = Schließen
retry = Noch einmal versuchen
back = Zurück zur Nachricht
copy_text = Meinen Text kopieren
copied = Ihr Text ist kopiert.
copied_this = Kopiert.
save = Als Datei speichern …
leave_question = Schließen, ohne zu senden?
leave_loss = Was Sie geschrieben oder hinzugefügt haben, ginge verloren.
leave_again = { leave_loss } Um trotzdem zu schließen, schließen Sie das Fenster noch einmal.
leave_anyway = Trotzdem schließen

## On the way

sending = Wird gesendet …
taking_back = Wird abgebrochen …
all_out = Wir warten auf die Antwort …
goes_on = Sie können weiterarbeiten. Gesendet wird, solange diese App geöffnet ist.
-next_start = Wenn Sie dieses Fenster vorher schließen, wird beim nächsten Start der App gesendet.
progress = { $sent } von { $total }
time_left_seconds = { $count ->
    [one] noch etwa { $count } Sekunde
   *[other] noch etwa { $count } Sekunden
}
time_left_minutes = { $count ->
    [one] noch etwa { $count } Minute
   *[other] noch etwa { $count } Minuten
}
time_left_hours = { $count ->
    [one] noch etwa { $count } Stunde
   *[other] noch etwa { $count } Stunden
}

## It has arrived

sent = Vielen Dank
arrived = Ihre Nachricht ist angekommen.
number = Ihre Nachricht hat die Nummer { $number }.
copy = Kopieren
copy_number = { $number } kopieren

## It waits

waiting = Gespeichert
waiting_new = Der erste Versuch steht noch aus. Ihre Nachricht wird von selbst gesendet.
waiting_held = Sie liegt auf diesem Computer und wird später von selbst gesendet.
waiting_offline = Ihre Nachricht wird gesendet, sobald Sie online sind.
waiting_later = { $why } Ihre Nachricht wird später von selbst gesendet.
waiting_free = { $why } Ihre Nachricht wird von selbst gesendet, sobald der Weg frei ist.
why_timeout = Unser Server antwortet nicht mehr.
why_no_receipt = Statt unseres Servers hat etwas auf dem Weg geantwortet, vielleicht eine Anmeldeseite.
why_password = Ihr Netzwerk verlangt ein Passwort, bevor es etwas hinauslässt.
why_too_large = Ihre Nachricht ist für unseren Server zu groß und ließ sich noch nicht verkleinern.
why_busy = Unser Server ist ausgelastet.
why_trouble = Unser Server hat gerade ein Problem.
why_local = Etwas auf diesem Computer verhindert gerade, dass Ihre Nachricht gesendet wird.
why_offline = Es gibt keine Verbindung zu unserem Server.
next_try_moment = Nächster Versuch in weniger als einer Minute, solange diese App geöffnet ist.
next_try_minutes = { $count ->
    [one] Nächster Versuch in etwa { $count } Minute, solange diese App geöffnet ist.
   *[other] Nächster Versuch in etwa { $count } Minuten, solange diese App geöffnet ist.
}
next_try_hours = { $count ->
    [one] Nächster Versuch in etwa { $count } Stunde, solange diese App geöffnet ist.
   *[other] Nächster Versuch in etwa { $count } Stunden, solange diese App geöffnet ist.
}
next_try_days = { $count ->
    [one] Nächster Versuch in etwa { $count } Tag, solange diese App geöffnet ist.
   *[other] Nächster Versuch in etwa { $count } Tagen, solange diese App geöffnet ist.
}
fitted = Für unseren Server war es zu viel. Deshalb wird weniger mitgesendet: { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = weggelassen
fit_older = ältere Zeilen weggelassen
fit_smaller = verkleinert

## It could not be kept on this computer, and is sent from memory

sending_unkept = Ihre Nachricht konnte nicht auf diesem Computer gespeichert werden. Sie wird gerade gesendet. Bitte lassen Sie diese App geöffnet.
not_sent = Noch nicht gesendet
waiting_unkept = { $why } Ihre Nachricht konnte auch nicht auf diesem Computer gespeichert werden. Speichern Sie sie als Datei oder kopieren Sie Ihren Text, damit nichts verloren geht, wenn diese App beendet wird.
unkept = Sie ist nicht auf diesem Computer gespeichert und geht verloren, wenn diese App beendet wird.
refused_unkept = Sie konnte nicht auf diesem Computer gespeichert werden, aber Ihr Text ist noch da.
no_disk = (Warum sie nicht gespeichert werden konnte: { $why })

## The server has said no

refused = Nicht zugestellt
refused_version = Unser Server nimmt von dieser Version der App keine Nachrichten an. Vielleicht hilft ein Update der App.
refused_address = Die Adresse, an die diese App Nachrichten sendet, gibt es nicht mehr. Vielleicht hilft ein Update der App.
refused_size = Ihre Nachricht ist für unseren Server zu groß. Schreiben Sie noch einmal und hängen Sie weniger an, oder speichern Sie sie als Datei.
refused_other = Unser Server hat Ihre Nachricht nicht angenommen. Versuchen Sie es später noch einmal oder speichern Sie sie als Datei.
refused_says = { $why } Er meldet: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = Die gespeicherte Nachricht ist beschädigt und wurde deshalb nicht gesendet.
vanished = Sie ist nicht mehr auf diesem Computer: Sie wurde gelöscht, vielleicht in einem anderen Fenster dieser App. Ihr Text ist noch da.
too_old = Ihre Nachricht wartet schon so lange, dass sie nicht mehr von selbst gesendet wird.
set_aside = Eine andere Version dieser App hat Ihre Nachricht zurückgelegt, daher wird sie nicht von selbst gesendet.
kept = Sie ist auf diesem Computer gespeichert, und Ihr Text ist noch da.
not_delivered = Ihre Nachricht wurde nicht zugestellt. { $why }

## Something else went wrong

not_stored = Ihre Nachricht konnte nicht gespeichert werden und wurde deshalb nicht gesendet. Ihr Text ist noch da. { $why }
not_collected = Ihre Nachricht konnte nicht zusammengestellt werden und wurde deshalb nicht gesendet. Ihr Text ist noch da. { $why }
not_retried = Ein neuer Versuch war nicht möglich. { $why }
not_deleted = Das Löschen war nicht möglich. { $why }
not_saved = Es wurde nichts gespeichert. { $why }
saved = Gespeichert als { $path }.
cause_stopped = Ein Teil dieser App ist stehen geblieben. Kopieren Sie Ihren Text und bewahren Sie ihn auf, damit er nicht verloren geht, wenn die App geschlossen wird.
cause_full = { $count ->
    [one] { $count } Ihrer Nachrichten wartet noch auf das Senden, und für eine weitere ist kein Platz. Gehen Sie online, damit sie gesendet werden kann, oder speichern Sie diese als Datei.
   *[other] { $count } Ihrer Nachrichten warten noch auf das Senden, und für eine weitere ist kein Platz. Gehen Sie online, damit sie gesendet werden können, oder speichern Sie diese als Datei.
}
cause_memory_full = { $count ->
    [one] { $count } Nachricht, die nicht gespeichert werden konnte, wartet bereits. Warten Sie, bis sie gesendet ist, oder speichern Sie diese als Datei.
   *[other] { $count } Nachrichten, die nicht gespeichert werden konnten, warten bereits. Warten Sie, bis sie gesendet sind, oder speichern Sie diese als Datei.
}
cause_disk = { $path }: { $why }. Schaffen Sie freien Platz oder prüfen Sie, wer dort schreiben darf, oder speichern Sie die Nachricht als Datei.
cause_unsafe = { $path } gehört nicht Ihnen allein, deshalb wurde dort nichts gespeichert. Speichern Sie die Nachricht als Datei.
cause_no_folder = Es wurde kein Ordner zum Aufbewahren gefunden. Speichern Sie die Nachricht als Datei.
cause_save = { $path }: { $why }. Wählen Sie einen anderen Ort.
cause_withheld = Diese App sendet die Nachricht nicht: { $why }. Kopieren Sie Ihren Text, um ihn zu behalten.

## Earlier reports

earlier_sending = Ihre frühere Nachricht ist noch unterwegs.
earlier_refused = Ihre frühere Nachricht wurde nicht zugestellt. Sie können damit weitermachen, sobald diese gesendet ist.
earlier_arrived = Ihre frühere Nachricht ist angekommen.
earlier_number = Ihre frühere Nachricht ist angekommen. Ihre Nummer ist { $number }.
show = Anzeigen
earlier = Frühere Nachrichten
earlier_count = Frühere Nachrichten ({ $count })
leave_list = Zurück
none_waits = Es wartet keine Nachricht mehr.
it_arrived = Sie ist angekommen.
its_number = Sie ist angekommen. Ihre Nummer ist { $number }.
quoted = „{ $words }“
written_moment = Gerade eben geschrieben
written_minutes = { $count ->
    [one] Vor { $count } Minute geschrieben
   *[other] Vor { $count } Minuten geschrieben
}
written_hours = { $count ->
    [one] Vor { $count } Stunde geschrieben
   *[other] Vor { $count } Stunden geschrieben
}
written_days = { $count ->
    [one] Vor { $count } Tag geschrieben
   *[other] Vor { $count } Tagen geschrieben
}
send_now = Jetzt senden
words_again = Was Sie geschrieben hatten, steht wieder in Ihrer Nachricht. Dateien und Bilder der früheren Nachricht fehlen hier; sie bleibt in der Liste, bis Sie sie löschen.
delete = Löschen
delete_question = Diese Nachricht mit allem, was Sie geschrieben haben, löschen? Sie ist nicht angekommen.
delete_for_good = Endgültig löschen
keep = Behalten
of_report = { $button }, Nachricht { $number }

## Sizes

decimal_mark = ,
bytes = { $count ->
    [one] { $count } Byte
   *[other] { $count } Byte
}
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
