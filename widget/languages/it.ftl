## The way in, and the form

button = Scrivici…
button_news = { $count ->
    [one] { $button } ({ $count } messaggio non è stato consegnato)
   *[other] { $button } ({ $count } messaggi non sono stati consegnati)
}
title = Scrivici
message = Il messaggio
message_hint = Che cosa è successo? Che cosa ci si aspettava?
is_long = Questo testo è lungo, perciò si trova sotto il campo. Verrà inviato così com’è, dopo il messaggio.
is_full = Questo campo è pieno. Mettere il resto in un file e allegarlo.
characters_left = { $count ->
    [one] Ancora { $count } carattere
   *[other] Ancora { $count } caratteri
}
crash_ended = Sembra che l’ultima volta l’app si sia chiusa in modo imprevisto. Ci dispiace. Viene inviata anche una registrazione dell’accaduto; se possibile, scrivere che cosa si stava facendo.
crash_went_on = L’ultima volta qualcosa nell’app non ha funzionato. Ci dispiace. Viene inviata anche una registrazione dell’accaduto; se possibile, scrivere che cosa si stava facendo.
crash = Registrazione dell’accaduto
reply_to = Indirizzo e-mail, per ricevere una risposta
no_address = Non sembra un indirizzo e-mail: la nostra risposta non potrebbe arrivare.
did_you_mean = Forse { $address }?
nothing_yet = Scrivere qualcosa, oppure aggiungere un’immagine o un file.
attach = Allega un file…
drop_here = Rilasciare qui per allegare
for_next = Viene conservato per il prossimo messaggio.
added = È stato aggiunto al messaggio.
attach_named = Allega il file { $name } al posto del suo nome
attach_all_named = { $count ->
    [one] Allega { $count } file al posto del suo nome
   *[other] Allega i { $count } file al posto dei loro nomi
}
capture = Aggiungi un’immagine di questa finestra
capture_screen = Aggiungi un’immagine dell’intero schermo
capture_screens = Aggiungi un’immagine di uno schermo o di una finestra…
screen = Schermo { $number } ({ $facts })
capturing = Cattura dell’immagine in corso. Premere Esc per tornare indietro.
no_picture = Non è stato possibile catturare l’immagine. Riprovare, oppure allegare un file immagine.
no_screen_refused = Nessuna immagine è stata catturata, perché l’operazione è stata annullata o non è consentita su questo computer. È possibile allegare invece un file immagine.
no_screen_blank = L’immagine mostra un solo colore, quindi non è stata aggiunta. Catturarne una a mano e allegare il file immagine.
no_screen_gone = Questo schermo o questa finestra non c’è più. Scegliere altro, oppure allegare un file immagine.
no_screen_here = Questo computer non permette all’app di catturare un’immagine dello schermo. Catturarne una a mano e allegare il file immagine.
picture = Immagine { $number }
long_text = Testo lungo { $number }
remove = Rimuovi { $name }
removed = Rimosso: { $name }
no_font = Questo computer non ha un font per alcuni di questi caratteri. Per vederli basta installarne uno, per esempio { $font }. Il testo viene inviato così come è scritto.

## What is wrong with a file

attachment_gone = Qui non c’è (o non c’è più) un file con questo nome.
attachment_not_a_file = Questo non è un file. Una cartella si può allegare come zip.
attachment_no_room = Non c’è spazio per questo file. Liberare spazio sul disco o allegare meno file.
files_full = Non si possono allegare più di { $limit } file. Mettere gli altri in uno zip e allegare quello.
attachment_too_large = Questo file è troppo grande: { $size }, il limite è { $limit }.
attachment_unreadable = Non è possibile leggere questo file: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Percorso del file
path_add = Aggiungi
path_save = Salva
path_cancel = Annulla
path_taken = Questo file esiste già. Sostituirlo?
path_replace = Sostituisci

## The editor of a picture

edit = Modifica
edit_picture = Modifica { $name }
canvas = Immagine con le annotazioni. I tasti freccia spostano la croce, la barra spaziatrice inizia e termina un’annotazione.
describe_instead = Invece di annotare l’immagine, è possibile descriverla nel messaggio.
tool_arrow = Freccia
tool_box = Riquadro
tool_line = Linea libera
tool_text = Testo
tool_crop = Ritaglia
tool_black_out = Copri di nero
tool_pixelate = Sgrana
pixelate_hint = Ciò che è sgranato a volte si può indovinare. Coprire di nero è sicuro.
text_mark = Testo sull’immagine
undo = Annulla l’ultima azione
redo = Ripeti
zoom_out = Rimpicciolisci
zoom_fit = Mostra tutto
zoom_in = Ingrandisci
done = Fatto
discard_question = Scartare le modifiche all’immagine?
discard = Scarta
keep_editing = Continua a modificare
picture_unreadable = Questa immagine non si può leggere, quindi non viene inviata. Si può allegare invece il suo file.
picture_too_large = Questa immagine è troppo grande, quindi non viene inviata. Si può ridurla, oppure allegare invece il suo file.
not_changed = Non è stato possibile applicare le modifiche. Sono ancora qui: riprovare oppure rimuovere l’immagine.

## What will be sent

contents = Che cosa verrà inviato
collecting = Preparazione…
save_copy = Salva una copia…
fingerprint = Impronta
not_text = Questo file non si può mostrare qui.
send_file = Invia { $path }
untouched = inviato così com’è: nulla viene nascosto automaticamente
bare = inviato senza i dati su luogo, ora e dispositivo
hide_nothing = Non nascondere nulla
hide_nothing_in = Non nascondere nulla in { $path }
text_of = Testo di { $path }
shortened = accorciato; era di { $size }
total = circa { $size } dopo la compressione
over_limit = È più di quanto accetta il nostro server ({ $limit }). Per farlo entrare si omettono prima le righe vecchie dei registri, poi si riducono le immagini, infine si omettono i file più grandi.
gap = Manca: { $what } – { $why }
gap_not_found = non trovato
gap_forbidden = nessun permesso di lettura
gap_not_a_file = non è un file
gap_elsewhere = un collegamento che porta fuori dalla sua cartella
gap_slow = non disponibile in tempo
gap_no_files = nessun file di questo tipo
gap_no_room = lo spazio è occupato da file più recenti
gap_no_disk = non c’è spazio sul disco né in memoria
gap_only = se ne inviano solo { $count }
gap_names = { $count ->
    [one] solo { $count } nome esaminato in tempo; possono mancare file più recenti
   *[other] solo { $count } nomi esaminati in tempo; possono mancare file più recenti
}
gap_more = altri file non raccolti: { $count }
gap_nothing_logged = l’app non ha ancora registrato nulla
gap_failed = non è stato possibile raccoglierlo
gap_partly = il file si può leggere solo fino a quel punto
gap_encoding = viene inviato, ma alcune lettere possono essere sbagliate
gap_by_app = escluso dall’app: { $why }
masked_email = { $count ->
    [one] { $count } indirizzo e-mail è stato nascosto
   *[other] { $count } indirizzi e-mail sono stati nascosti
}
masked_token = { $count ->
    [one] { $count } chiave di accesso è stata nascosta
   *[other] { $count } chiavi di accesso sono state nascoste
}
masked_user = { $count ->
    [one] { $count } nome utente è stato nascosto
   *[other] { $count } nomi utente sono stati nascosti
}
masked_ip = { $count ->
    [one] { $count } indirizzo di rete è stato nascosto
   *[other] { $count } indirizzi di rete sono stati nascosti
}
masked_phone = { $count ->
    [one] { $count } numero di telefono è stato nascosto
   *[other] { $count } numeri di telefono sono stati nascosti
}
masked_card = { $count ->
    [one] { $count } numero di carta è stato nascosto
   *[other] { $count } numeri di carta sono stati nascosti
}
masked_secret = { $count ->
    [one] { $count } password o segreto è stato nascosto
   *[other] { $count } password o segreti sono stati nascosti
}
masked_cookie = { $count ->
    [one] { $count } cookie è stato nascosto
   *[other] { $count } cookie sono stati nascosti
}
masked_login = { $count ->
    [one] { $count } accesso è stato nascosto
   *[other] { $count } accessi sono stati nascosti
}
masked_account = { $count ->
    [one] { $count } numero di conto bancario è stato nascosto
   *[other] { $count } numeri di conto bancario sono stati nascosti
}
masked_computer = { $count ->
    [one] { $count } nome di computer è stato nascosto
   *[other] { $count } nomi di computer sono stati nascosti
}
masked_other = { $count ->
    [one] { $count } dato privato è stato nascosto ({ $rule })
   *[other] { $count } dati privati sono stati nascosti ({ $rule })
}

## Buttons at the bottom of the screens

send = Invia
dont_send = Non inviare
close = Chiudi
retry = Riprova
back = Torna al messaggio
copy_text = Copia il testo
copied = Il testo è stato copiato.
copied_this = Copiato.
save = Salva come file…
leave_question = Chiudere senza inviare?
leave_loss = Quanto scritto o aggiunto andrebbe perso.
leave_again = { leave_loss } Per chiudere comunque, chiudere di nuovo la finestra.
leave_anyway = Chiudi comunque

## On the way

sending = Invio in corso…
taking_back = Annullamento…
all_out = In attesa della risposta…
goes_on = Si può continuare a lavorare: l’invio prosegue finché questa app è aperta.
-next_start = Se questa finestra viene chiusa prima, l’invio avverrà al prossimo avvio dell’app.
progress = { $sent } di { $total }
time_left_seconds = { $count ->
    [one] manca circa { $count } secondo
   *[other] mancano circa { $count } secondi
}
time_left_minutes = { $count ->
    [one] manca circa { $count } minuto
   *[other] mancano circa { $count } minuti
}
time_left_hours = { $count ->
    [one] manca circa { $count } ora
   *[other] mancano circa { $count } ore
}

## It has arrived

sent = Grazie
arrived = Il messaggio è arrivato.
number = Il messaggio ha il numero { $number }.
copy = Copia
copy_number = Copia { $number }

## It waits

waiting = Salvato
waiting_new = L’invio non è ancora stato tentato: avverrà automaticamente.
waiting_held = È conservato su questo computer e verrà inviato automaticamente più tardi.
waiting_offline = Verrà inviato quando ci sarà una connessione.
waiting_later = { $why } Il messaggio verrà inviato automaticamente più tardi.
waiting_free = { $why } Il messaggio verrà inviato automaticamente appena ci sarà connessione.
why_timeout = Il nostro server ha smesso di rispondere.
why_no_receipt = Al posto del nostro server ha risposto qualcos’altro, forse una pagina di accesso.
why_password = La rete chiede una password prima di lasciar uscire qualsiasi cosa.
why_too_large = È troppo grande per il nostro server e non è stato ancora possibile ridurlo.
why_busy = Il nostro server è occupato.
why_trouble = Il nostro server ha un problema in questo momento.
why_local = Qualcosa su questo computer ne impedisce l’invio al momento.
why_offline = Non c’è connessione con il nostro server.
next_try_moment = Prossimo tentativo tra meno di un minuto, finché questa app è aperta.
next_try_minutes = { $count ->
    [one] Prossimo tentativo tra circa { $count } minuto, finché questa app è aperta.
   *[other] Prossimo tentativo tra circa { $count } minuti, finché questa app è aperta.
}
next_try_hours = { $count ->
    [one] Prossimo tentativo tra circa { $count } ora, finché questa app è aperta.
   *[other] Prossimo tentativo tra circa { $count } ore, finché questa app è aperta.
}
next_try_days = { $count ->
    [one] Prossimo tentativo tra circa { $count } giorno, finché questa app è aperta.
   *[other] Prossimo tentativo tra circa { $count } giorni, finché questa app è aperta.
}
fitted = Era troppo grande per il nostro server, perciò non viene inviato tutto: { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = escluso
fit_older = senza le righe più vecchie
fit_smaller = rimpicciolito

## It could not be kept on this computer, and is sent from memory

sending_unkept = Non è stato possibile conservarlo su questo computer. L’invio è in corso: tenere aperta questa app.
not_sent = Non ancora inviato
waiting_unkept = { $why } Non è stato nemmeno possibile conservare il messaggio su questo computer. Salvarlo come file o copiare il testo, per non perdere nulla quando l’app verrà chiusa.
unkept = Non è conservato su questo computer e andrà perso quando l’app verrà chiusa.
refused_unkept = Non è stato possibile conservarlo su questo computer, ma il testo è ancora qui.
no_disk = (Non è stato possibile conservarlo: { $why })

## The server has said no

refused = Non consegnato
refused_version = Il nostro server non accetta messaggi da questa versione dell’app. Un aggiornamento dell’app potrebbe aiutare.
refused_address = L’indirizzo a cui questa app invia i messaggi non esiste più. Un aggiornamento dell’app potrebbe aiutare.
refused_size = Il messaggio è troppo grande per il nostro server. Scrivere di nuovo con meno allegati, oppure salvarlo come file.
refused_other = Il nostro server non ha accettato il messaggio. Riprovare più tardi, oppure salvarlo come file.
refused_says = { $why } La sua risposta: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = Il messaggio salvato è danneggiato, perciò non è stato inviato.
vanished = Non è più su questo computer: è stato eliminato, forse in un’altra finestra di questa app. Il testo è ancora qui.
too_old = Il messaggio aspetta da così tanto tempo che non verrà più inviato automaticamente.
set_aside = Un’altra versione di questa app ha messo da parte il messaggio, quindi non verrà inviato automaticamente.
kept = È conservato su questo computer, e il testo è ancora qui.
not_delivered = Il messaggio non è stato consegnato. { $why }

## Something else went wrong

not_stored = Non è stato possibile salvare il messaggio, perciò non è stato inviato. Il testo è ancora qui. { $why }
not_collected = Non è stato possibile preparare il messaggio, perciò non è stato inviato. Il testo è ancora qui. { $why }
not_retried = Non è stato possibile riprovare. { $why }
not_deleted = Non è stato possibile eliminarlo. { $why }
not_saved = Non è stato salvato. { $why }
saved = Salvato come { $path }.
cause_stopped = Una parte di questa app si è fermata. Copiare il testo e conservarlo da qualche parte, perché non vada perso quando l’app verrà chiusa.
cause_full = { $count ->
    [one] { $count } messaggio aspetta di essere inviato e non c’è posto per un altro. Connettersi perché possa partire, oppure salvare questo come file.
   *[other] { $count } messaggi aspettano di essere inviati e non c’è posto per un altro. Connettersi perché possano partire, oppure salvare questo come file.
}
cause_memory_full = { $count ->
    [one] Aspetta già { $count } messaggio che non è stato possibile salvare. Attendere che venga inviato, oppure salvare questo come file.
   *[other] Aspettano già { $count } messaggi che non è stato possibile salvare. Attendere che vengano inviati, oppure salvare questo come file.
}
cause_disk = { $path }: { $why }. Liberare spazio, controllare chi può scrivere lì, oppure salvare il messaggio come file.
cause_unsafe = { $path } non è riservata a chi usa questo account, perciò non vi è stato salvato nulla. Salvare il messaggio come file.
cause_no_folder = Non è stata trovata una cartella in cui conservarlo. Salvare il messaggio come file.
cause_save = { $path }: { $why }. Scegliere un altro posto.
cause_withheld = Questa app non invia il messaggio: { $why }. Copiare il testo per conservarlo.

## Earlier reports

earlier_sending = L’invio del messaggio precedente è ancora in corso.
earlier_refused = Il messaggio precedente non è stato consegnato. Si potrà riprendere dopo aver inviato questo.
earlier_arrived = Il messaggio precedente è arrivato.
earlier_number = Il messaggio precedente è arrivato. Il suo numero è { $number }.
show = Mostra
earlier = Messaggi precedenti
earlier_count = Messaggi precedenti ({ $count })
leave_list = Indietro
none_waits = Non c’è più alcun messaggio in attesa.
it_arrived = È arrivato.
its_number = È arrivato. Il suo numero è { $number }.
quoted = «{ $words }»
written_moment = Scritto proprio ora
written_minutes = { $count ->
    [one] Scritto { $count } minuto fa
   *[other] Scritto { $count } minuti fa
}
written_hours = { $count ->
    [one] Scritto { $count } ora fa
   *[other] Scritto { $count } ore fa
}
written_days = { $count ->
    [one] Scritto { $count } giorno fa
   *[other] Scritto { $count } giorni fa
}
send_now = Invia ora
words_again = Quanto scritto è di nuovo nel messaggio. I file e le immagini del messaggio precedente no: quello resta nell’elenco finché non viene eliminato.
delete = Elimina
delete_question = Eliminare questo messaggio, con tutto il testo? Non è arrivato.
delete_for_good = Elimina per sempre
keep = Conserva
of_report = { $button }, messaggio { $number }

## Sizes

decimal_mark = ,
bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } byte
}
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
