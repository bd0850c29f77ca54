## The way in, and the form

button = Nous écrire…
button_news = { $count ->
    [one] { $button } ({ $count } message n’a pas été remis)
   *[other] { $button } ({ $count } messages n’ont pas été remis)
}
title = Nous écrire
message = Votre message
message_hint = Que s’est-il passé ? À quoi vous attendiez-vous ?
is_long = Ce texte est long ; il se trouve donc sous le champ. Il sera envoyé après votre message, tel quel.
is_full = Ce champ est plein. Mettez le reste dans un fichier et joignez-le.
characters_left = { $count ->
    [one] { $count } caractère restant
   *[other] { $count } caractères restants
}
crash_ended = L’application semble s’être arrêtée de façon inattendue la dernière fois. Nous en sommes désolés. Un relevé de l’incident est joint ; si possible, dites ce que vous étiez en train de faire.
crash_went_on = Quelque chose s’est mal passé dans l’application la dernière fois. Nous en sommes désolés. Un relevé de l’incident est joint ; si possible, dites ce que vous étiez en train de faire.
crash = Relevé de l’incident
reply_to = Votre adresse e-mail, si vous souhaitez une réponse
no_address = Cela ne ressemble pas à une adresse e-mail ; notre réponse ne vous parviendrait pas.
did_you_mean = Vouliez-vous dire { $address } ?
nothing_yet = Écrivez quelque chose, ou ajoutez une image ou un fichier.
attach = Joindre un fichier…
drop_here = Déposez ici pour joindre
for_next = Ceci est gardé pour votre prochain message.
added = Cela a été ajouté à votre message.
attach_named = Joindre le fichier { $name } à la place de son nom
attach_all_named = { $count ->
    [one] Joindre { $count } fichier à la place de son nom
   *[other] Joindre les { $count } fichiers à la place de leurs noms
}
capture = Ajouter une image de cette fenêtre
capture_screen = Ajouter une image de tout l’écran
capture_screens = Ajouter une image d’un écran ou d’une fenêtre…
screen = Écran { $number } ({ $facts })
capturing = Prise de l’image en cours. Appuyez sur Échap pour revenir.
no_picture = L’image n’a pas pu être prise. Réessayez, ou joignez un fichier image.
no_screen_refused = Aucune image n’a été prise, car cela a été annulé ou n’est pas autorisé sur cet ordinateur. Vous pouvez joindre un fichier image à la place.
no_screen_blank = L’image ne montre qu’une seule couleur, elle n’a donc pas été ajoutée. Prenez-en une vous-même et joignez le fichier image.
no_screen_gone = Cet écran ou cette fenêtre n’est plus là. Choisissez autre chose ou joignez un fichier image.
no_screen_here = Cet ordinateur ne permet pas à l’application de prendre une image de l’écran. Prenez-en une vous-même et joignez le fichier image.
picture = Image { $number }
long_text = Texte long { $number }
remove = Retirer { $name }
removed = Retiré : { $name }
no_font = Cet ordinateur n’a pas de police pour certains caractères. Pour les voir, installez-en une, par exemple { $font }. Ce que vous écrivez est envoyé tel quel.

## What is wrong with a file

attachment_gone = Ce fichier n’existe pas (ou plus) à cet endroit.
attachment_not_a_file = Ce n’est pas un fichier. Un dossier peut être joint sous forme de zip.
attachment_no_room = Il n’y a plus de place pour ce fichier. Libérez de l’espace sur le disque ou joignez moins de fichiers.
files_full = On ne peut pas joindre plus de { $limit } fichiers. Veuillez mettre les autres dans un zip et le joindre.
attachment_too_large = Ce fichier est trop volumineux : { $size }, la limite est de { $limit }.
attachment_unreadable = Ce fichier ne peut pas être lu : { $why }.

## Choosing a file by its path, where the system has no file picker

path = Chemin du fichier
path_add = Ajouter
path_save = Enregistrer
path_cancel = Annuler
path_taken = Ce fichier existe déjà. Le remplacer ?
path_replace = Remplacer

## The editor of a picture

edit = Modifier
edit_picture = Modifier { $name }
canvas = Image avec vos annotations. Les flèches du clavier déplacent la croix, la barre d’espace commence et termine une annotation.
describe_instead = Au lieu d’annoter l’image, vous pouvez la décrire dans votre message.
tool_arrow = Flèche
tool_box = Cadre
tool_line = Trait libre
tool_text = Texte
tool_crop = Recadrer
tool_black_out = Masquer en noir
tool_pixelate = Pixelliser
pixelate_hint = Ce qui est pixellisé peut parfois être deviné. Masquer en noir est sûr.
text_mark = Texte sur l’image
undo = Annuler la dernière action
redo = Rétablir
zoom_out = Zoom arrière
zoom_fit = Tout afficher
zoom_in = Zoom avant
done = Terminé
discard_question = Abandonner vos modifications de l’image ?
discard = Abandonner
keep_editing = Continuer
picture_unreadable = Cette image est illisible, elle n’est donc pas envoyée. Vous pouvez joindre son fichier à la place.
picture_too_large = Cette image est trop grande, elle n’est donc pas envoyée. Réduisez-la ou joignez son fichier à la place.
not_changed = Vos modifications n’ont pas pu être appliquées. Elles sont toujours là : réessayez ou retirez l’image.

## What will be sent

contents = Ce qui sera envoyé
collecting = Préparation…
save_copy = Enregistrer une copie…
fingerprint = Empreinte
not_text = Ce fichier ne peut pas être affiché ici.
send_file = Envoyer { $path }
untouched = envoyé tel quel : rien n’y est masqué automatiquement
bare = envoyé sans les indications de lieu, d’heure et d’appareil
hide_nothing = Ne rien masquer
hide_nothing_in = Ne rien masquer dans { $path }
text_of = Texte de { $path }
shortened = raccourci ; il faisait { $size }
total = environ { $size } une fois compressé
over_limit = C’est plus que ce que notre serveur accepte ({ $limit }). Pour que tout passe, les anciennes lignes des journaux sont omises d’abord, puis les images sont réduites, puis les fichiers les plus volumineux sont omis.
gap = Manquant : { $what } – { $why }
gap_not_found = introuvable
gap_forbidden = lecture non autorisée
gap_not_a_file = ce n’est pas un fichier
gap_elsewhere = un lien qui mène hors de son dossier
gap_slow = non disponible à temps
gap_no_files = aucun fichier de ce type
gap_no_room = plus de place : des fichiers plus récents l’occupent
gap_no_disk = plus de place sur le disque ni en mémoire
gap_only = seuls { $count } sont envoyés
gap_names = { $count ->
    [one] seul { $count } nom a pu être examiné à temps ; des fichiers plus récents manquent peut-être
   *[other] seuls { $count } noms ont pu être examinés à temps ; des fichiers plus récents manquent peut-être
}
gap_more = autres fichiers non recueillis : { $count }
gap_nothing_logged = l’application n’a encore rien consigné
gap_failed = n’a pas pu être recueilli
gap_partly = le fichier n’est lisible que jusque-là
gap_encoding = est envoyé, mais certaines lettres peuvent être fausses
gap_by_app = exclu par l’application : { $why }
masked_email = { $count ->
    [one] { $count } adresse e-mail a été masquée
   *[other] { $count } adresses e-mail ont été masquées
}
masked_token = { $count ->
    [one] { $count } clé d’accès a été masquée
   *[other] { $count } clés d’accès ont été masquées
}
masked_user = { $count ->
    [one] { $count } nom d’utilisateur a été masqué
   *[other] { $count } noms d’utilisateur ont été masqués
}
masked_ip = { $count ->
    [one] { $count } adresse réseau a été masquée
   *[other] { $count } adresses réseau ont été masquées
}
masked_phone = { $count ->
    [one] { $count } numéro de téléphone a été masqué
   *[other] { $count } numéros de téléphone ont été masqués
}
masked_card = { $count ->
    [one] { $count } numéro de carte a été masqué
   *[other] { $count } numéros de carte ont été masqués
}
masked_secret = { $count ->
    [one] { $count } mot de passe ou secret a été masqué
   *[other] { $count } mots de passe ou secrets ont été masqués
}
masked_cookie = { $count ->
    [one] { $count } cookie a été masqué
   *[other] { $count } cookies ont été masqués
}
masked_login = { $count ->
    [one] { $count } identifiant de connexion a été masqué
   *[other] { $count } identifiants de connexion ont été masqués
}
masked_account = { $count ->
    [one] { $count } numéro de compte bancaire a été masqué
   *[other] { $count } numéros de compte bancaire ont été masqués
}
masked_computer = { $count ->
    [one] { $count } nom d’ordinateur a été masqué
   *[other] { $count } noms d’ordinateur ont été masqués
}
masked_other = { $count ->
    [one] { $count } donnée privée a été masquée ({ $rule })
   *[other] { $count } données privées ont été masquées ({ $rule })
}

## Buttons at the bottom of the screens

send = Envoyer
dont_send = Ne pas envoyer
close = Fermer
retry = Réessayer
back = Revenir à mon message
copy_text = Copier mon texte
copied = Votre texte est copié.
copied_this = Copié.
save = Enregistrer dans un fichier…
leave_question = Fermer sans envoyer ?
leave_loss = Ce que vous avez écrit ou ajouté serait perdu.
leave_again = { leave_loss } Pour fermer quand même, fermez la fenêtre encore une fois.
leave_anyway = Fermer quand même

## On the way

sending = Envoi en cours…
taking_back = Annulation…
all_out = En attente de la réponse…
goes_on = Vous pouvez continuer à travailler ; l’envoi se poursuit tant que cette application est ouverte.
-next_start = Si vous fermez cette fenêtre avant, l’envoi se fera au prochain démarrage de l’application.
progress = { $sent } sur { $total }
time_left_seconds = { $count ->
    [one] environ { $count } seconde restante
   *[other] environ { $count } secondes restantes
}
time_left_minutes = { $count ->
    [one] environ { $count } minute restante
   *[other] environ { $count } minutes restantes
}
time_left_hours = { $count ->
    [one] environ { $count } heure restante
   *[other] environ { $count } heures restantes
}

## It has arrived

sent = Merci
arrived = Votre message est bien arrivé.
number = Votre message porte le numéro { $number }.
copy = Copier
copy_number = Copier { $number }

## It waits

waiting = Enregistré
waiting_new = Son envoi n’a pas encore été tenté ; il se fera automatiquement.
waiting_held = Il est conservé sur cet ordinateur et sera envoyé automatiquement plus tard.
waiting_offline = Il sera envoyé dès que vous serez en ligne.
waiting_later = { $why } Votre message sera envoyé automatiquement plus tard.
waiting_free = { $why } Votre message sera envoyé automatiquement dès que la connexion sera possible.
why_timeout = Notre serveur ne répond plus.
why_no_receipt = Quelque chose a répondu à la place de notre serveur, peut-être une page de connexion.
why_password = Votre réseau demande un mot de passe avant de laisser sortir quoi que ce soit.
why_too_large = Il est trop volumineux pour notre serveur et n’a pas encore pu être réduit.
why_busy = Notre serveur est très sollicité.
why_trouble = Notre serveur rencontre un problème en ce moment.
why_local = Quelque chose sur cet ordinateur empêche son envoi pour le moment.
why_offline = Notre serveur est injoignable.
next_try_moment = Prochaine tentative dans moins d’une minute, tant que cette application est ouverte.
next_try_minutes = { $count ->
    [one] Prochaine tentative dans environ { $count } minute, tant que cette application est ouverte.
   *[other] Prochaine tentative dans environ { $count } minutes, tant que cette application est ouverte.
}
next_try_hours = { $count ->
    [one] Prochaine tentative dans environ { $count } heure, tant que cette application est ouverte.
   *[other] Prochaine tentative dans environ { $count } heures, tant que cette application est ouverte.
}
next_try_days = { $count ->
    [one] Prochaine tentative dans environ { $count } jour, tant que cette application est ouverte.
   *[other] Prochaine tentative dans environ { $count } jours, tant que cette application est ouverte.
}
fitted = C’était trop volumineux pour notre serveur ; tout n’a donc pas été joint : { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = exclu
fit_older = lignes les plus anciennes exclues
fit_smaller = réduit

## It could not be kept on this computer, and is sent from memory

sending_unkept = Votre message n’a pas pu être conservé sur cet ordinateur. Son envoi est en cours ; laissez cette application ouverte.
not_sent = Pas encore envoyé
waiting_unkept = { $why } Votre message n’a pas non plus pu être conservé sur cet ordinateur. Enregistrez-le dans un fichier ou copiez votre texte, pour ne rien perdre à la fermeture de l’application.
unkept = Il n’est pas conservé sur cet ordinateur et sera perdu à la fermeture de l’application.
refused_unkept = Il n’a pas pu être conservé sur cet ordinateur, mais votre texte est toujours là.
no_disk = (Il n’a pas pu être conservé : { $why })

## The server has said no

refused = Non remis
refused_version = Notre serveur n’accepte pas les messages de cette version de l’application. Une mise à jour pourrait résoudre le problème.
refused_address = L’adresse à laquelle cette application envoie les messages n’existe plus. Une mise à jour de l’application pourrait résoudre le problème.
refused_size = Votre message est trop volumineux pour notre serveur. Écrivez à nouveau en joignant moins de choses, ou enregistrez-le dans un fichier.
refused_other = Notre serveur n’a pas accepté votre message. Réessayez plus tard, ou enregistrez-le dans un fichier.
refused_says = { $why } Sa réponse : { $detail }
refused_status = { $why } (HTTP { $status })
damaged = Le message enregistré est endommagé ; il n’a donc pas été envoyé.
vanished = Il n’est plus sur cet ordinateur : il a été supprimé, peut-être dans une autre fenêtre de cette application. Votre texte est toujours là.
too_old = Votre message attend depuis si longtemps qu’il ne sera plus envoyé automatiquement.
set_aside = Une autre version de cette application a mis votre message de côté ; il ne sera donc pas envoyé automatiquement.
kept = Il est conservé sur cet ordinateur, et votre texte est toujours là.
not_delivered = Votre message n’a pas été remis. { $why }

## Something else went wrong

not_stored = Votre message n’a pas pu être enregistré ; il n’a donc pas été envoyé. Votre texte est toujours là. { $why }
not_collected = Votre message n’a pas pu être préparé ; il n’a donc pas été envoyé. Votre texte est toujours là. { $why }
not_retried = Une nouvelle tentative n’a pas été possible. { $why }
not_deleted = La suppression n’a pas été possible. { $why }
not_saved = L’enregistrement n’a pas été possible. { $why }
saved = Enregistré : { $path }
cause_stopped = Une partie de cette application s’est arrêtée. Copiez votre texte et gardez-le quelque part, pour ne pas le perdre à la fermeture de l’application.
cause_full = { $count ->
    [one] { $count } de vos messages attend d’être envoyé, et il n’y a plus de place pour un autre. Connectez-vous pour qu’il puisse partir, ou enregistrez celui-ci dans un fichier.
   *[other] { $count } de vos messages attendent d’être envoyés, et il n’y a plus de place pour un autre. Connectez-vous pour qu’ils puissent partir, ou enregistrez celui-ci dans un fichier.
}
cause_memory_full = { $count ->
    [one] { $count } message qui n’a pas pu être enregistré attend déjà. Attendez qu’il soit envoyé, ou enregistrez celui-ci dans un fichier.
   *[other] { $count } messages qui n’ont pas pu être enregistrés attendent déjà. Attendez qu’ils soient envoyés, ou enregistrez celui-ci dans un fichier.
}
cause_disk = { $path } : { $why }. Libérez de la place, vérifiez qui a le droit d’y écrire, ou enregistrez le message dans un fichier.
cause_unsafe = { $path } n’appartient pas qu’à vous ; rien n’y a donc été enregistré. Enregistrez le message dans un fichier.
cause_no_folder = Aucun dossier n’a été trouvé pour le conserver. Enregistrez le message dans un fichier.
cause_save = { $path } : { $why }. Choisissez un autre emplacement.
cause_withheld = Cette application n’envoie pas le message : { $why }. Copiez votre texte pour le garder.

## Earlier reports

earlier_sending = Votre message précédent est encore en route.
earlier_refused = Votre message précédent n’a pas été remis. Vous pourrez le reprendre une fois celui-ci envoyé.
earlier_arrived = Votre message précédent est bien arrivé.
earlier_number = Votre message précédent est bien arrivé. Son numéro est { $number }.
show = L’afficher
earlier = Messages précédents
earlier_count = Messages précédents ({ $count })
leave_list = Retour
none_waits = Plus aucun message n’attend.
it_arrived = Il est bien arrivé.
its_number = Il est bien arrivé. Son numéro est { $number }.
quoted = « { $words } »
written_moment = Écrit à l’instant
written_minutes = { $count ->
    [one] Écrit il y a { $count } minute
   *[other] Écrit il y a { $count } minutes
}
written_hours = { $count ->
    [one] Écrit il y a { $count } heure
   *[other] Écrit il y a { $count } heures
}
written_days = { $count ->
    [one] Écrit il y a { $count } jour
   *[other] Écrit il y a { $count } jours
}
send_now = Envoyer maintenant
words_again = Ce que vous aviez écrit est de nouveau dans votre message. Les fichiers et les images du message précédent n’y sont pas : il reste dans la liste jusqu’à ce que vous le supprimiez.
delete = Supprimer
delete_question = Supprimer ce message, avec ce que vous avez écrit ? Il n’est pas arrivé.
delete_for_good = Supprimer définitivement
keep = Garder
of_report = { $button }, message { $number }

## Sizes

decimal_mark = ,
bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
kilobytes = { $number } ko
megabytes = { $number } Mo
gigabytes = { $number } Go
