## The way in, and the form

button = Escribirnos…
button_news = { $count ->
    [one] { $button } ({ $count } mensaje no se ha entregado)
   *[other] { $button } ({ $count } mensajes no se han entregado)
}
title = Escríbanos
message = Su mensaje
message_hint = ¿Qué ha pasado? ¿Qué esperaba que pasara?
is_long = Este texto es largo, por eso está debajo del campo. Se enviará tal cual después de su mensaje.
is_full = Este campo está lleno. Ponga el resto en un archivo y adjúntelo.
characters_left = { $count ->
    [one] Queda { $count } carácter
   *[other] Quedan { $count } caracteres
}
crash_ended = Parece que la última vez la aplicación se cerró de forma inesperada. Lo sentimos. Se envía también un registro de lo ocurrido; si puede, cuente qué estaba haciendo.
crash_went_on = La última vez algo falló en la aplicación. Lo sentimos. Se envía también un registro de lo ocurrido; si puede, cuente qué estaba haciendo.
crash = Registro de lo ocurrido
reply_to = Su correo electrónico, si desea una respuesta
no_address = Esto no parece una dirección de correo; nuestra respuesta no le llegaría.
did_you_mean = ¿Quería decir { $address }?
nothing_yet = Escriba algo o añada una imagen o un archivo.
attach = Adjuntar un archivo…
drop_here = Suelte aquí para adjuntar
for_next = Esto se guarda para su próximo mensaje.
added = Se ha añadido a su mensaje.
attach_named = Adjuntar el archivo { $name } en lugar de su nombre
attach_all_named = { $count ->
    [one] Adjuntar { $count } archivo en lugar de su nombre
   *[other] Adjuntar los { $count } archivos en lugar de sus nombres
}
capture = Añadir una imagen de esta ventana
capture_screen = Añadir una imagen de toda la pantalla
capture_screens = Añadir una imagen de una pantalla o ventana…
screen = Pantalla { $number } ({ $facts })
capturing = Tomando la imagen. Pulse Escape para volver.
no_picture = No se ha podido tomar la imagen. Inténtelo de nuevo o adjunte un archivo de imagen.
no_screen_refused = No se ha tomado ninguna imagen porque se ha cancelado o no está permitido en este equipo. Puede adjuntar un archivo de imagen en su lugar.
no_screen_blank = La imagen muestra un solo color, así que no se ha añadido. Tome una usted y adjunte el archivo de imagen.
no_screen_gone = Esta pantalla o ventana ya no está disponible. Elija otra o adjunte un archivo de imagen.
no_screen_here = Este equipo no permite que la aplicación tome una imagen de la pantalla. Tome una usted y adjunte el archivo de imagen.
picture = Imagen { $number }
long_text = Texto largo { $number }
remove = Quitar { $name }
removed = Se ha quitado { $name }.
no_font = Este equipo no tiene ninguna fuente para algunas de estas letras. Para verlas, instale una, como { $font }. Lo que escriba se enviará tal cual.

## What is wrong with a file

attachment_gone = Este archivo no existe (o ya no existe) en esta ubicación.
attachment_not_a_file = Esto no es un archivo. Una carpeta se puede adjuntar como zip.
attachment_no_room = No hay espacio para este archivo. Libere espacio en el disco o adjunte menos archivos.
files_full = No se pueden adjuntar más de { $limit } archivos. Ponga los demás en un zip y adjúntelo.
attachment_too_large = Este archivo es demasiado grande: { $size }; el límite es { $limit }.
attachment_unreadable = Este archivo no se puede leer: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Ruta del archivo
path_add = Añadir
path_save = Guardar
path_cancel = Cancelar
path_taken = Ya existe un archivo con ese nombre. ¿Reemplazarlo?
path_replace = Reemplazar

## The editor of a picture

edit = Editar
edit_picture = Editar { $name }
canvas = Imagen con sus marcas. Las flechas mueven la cruz; la barra espaciadora empieza y termina una marca.
describe_instead = En lugar de marcar la imagen, puede describirla en su mensaje.
tool_arrow = Flecha
tool_box = Recuadro
tool_line = Línea libre
tool_text = Texto
tool_crop = Recortar
tool_black_out = Tachar en negro
tool_pixelate = Pixelar
pixelate_hint = Lo pixelado a veces se puede adivinar. Tachar en negro es seguro.
text_mark = Texto sobre la imagen
undo = Deshacer
redo = Rehacer
zoom_out = Alejar
zoom_fit = Ver todo
zoom_in = Acercar
done = Listo
discard_question = ¿Descartar los cambios en la imagen?
discard = Descartar
keep_editing = Seguir editando
picture_unreadable = Esta imagen no se puede leer, así que no se envía. Puede adjuntar su archivo en su lugar.
picture_too_large = Esta imagen es demasiado grande, así que no se envía. Redúzcala o adjunte su archivo en su lugar.
not_changed = No se pudieron aplicar los cambios. Siguen aquí: inténtelo de nuevo o quite la imagen.

## What will be sent

contents = Lo que se enviará
collecting = Preparando…
save_copy = Guardar una copia…
fingerprint = Huella
not_text = Este archivo no se puede mostrar aquí.
send_file = Enviar { $path }
untouched = se envía tal cual: no se oculta nada automáticamente
bare = se envía sin los datos de lugar, hora y dispositivo
hide_nothing = No ocultar nada
hide_nothing_in = No ocultar nada en { $path }
text_of = Texto de { $path }
shortened = recortado; ocupaba { $size }
total = unos { $size } una vez comprimido
over_limit = Es más de lo que admite nuestro servidor ({ $limit }). Para que quepa, primero se omiten las líneas antiguas de los registros, después se reducen las imágenes y por último se omiten los archivos más grandes.
gap = Falta: { $what } – { $why }
gap_not_found = no se ha encontrado
gap_forbidden = sin permiso para leerlo
gap_not_a_file = no es un archivo
gap_elsewhere = un enlace que lleva fuera de su carpeta
gap_slow = no disponible a tiempo
gap_no_files = no hay archivos así
gap_no_room = los archivos más nuevos ocupan todo el espacio
gap_no_disk = no hay espacio en el disco ni en la memoria
gap_only = solo se envían { $count }
gap_names = { $count ->
    [one] solo hubo tiempo de mirar { $count } nombre; pueden faltar archivos más nuevos
   *[other] solo hubo tiempo de mirar { $count } nombres; pueden faltar archivos más nuevos
}
gap_more = otros archivos sin recopilar: { $count }
gap_nothing_logged = la aplicación aún no ha registrado nada
gap_failed = no se ha podido recopilar
gap_partly = el archivo solo se puede leer hasta ahí
gap_encoding = se envía, pero algunas letras pueden ser incorrectas
gap_by_app = excluido por la aplicación: { $why }
masked_email = { $count ->
    [one] Se ha ocultado { $count } dirección de correo
   *[other] Se han ocultado { $count } direcciones de correo
}
masked_token = { $count ->
    [one] Se ha ocultado { $count } clave de acceso
   *[other] Se han ocultado { $count } claves de acceso
}
masked_user = { $count ->
    [one] Se ha ocultado { $count } nombre de usuario
   *[other] Se han ocultado { $count } nombres de usuario
}
masked_ip = { $count ->
    [one] Se ha ocultado { $count } dirección de red
   *[other] Se han ocultado { $count } direcciones de red
}
masked_phone = { $count ->
    [one] Se ha ocultado { $count } número de teléfono
   *[other] Se han ocultado { $count } números de teléfono
}
masked_card = { $count ->
    [one] Se ha ocultado { $count } número de tarjeta
   *[other] Se han ocultado { $count } números de tarjeta
}
masked_secret = { $count ->
    [one] Se ha ocultado { $count } contraseña o secreto
   *[other] Se han ocultado { $count } contraseñas o secretos
}
masked_cookie = { $count ->
    [one] Se ha ocultado { $count } cookie
   *[other] Se han ocultado { $count } cookies
}
masked_login = { $count ->
    [one] Se ha ocultado { $count } inicio de sesión
   *[other] Se han ocultado { $count } inicios de sesión
}
masked_account = { $count ->
    [one] Se ha ocultado { $count } número de cuenta bancaria
   *[other] Se han ocultado { $count } números de cuenta bancaria
}
masked_computer = { $count ->
    [one] Se ha ocultado { $count } nombre de equipo
   *[other] Se han ocultado { $count } nombres de equipo
}
masked_other = { $count ->
    [one] Se ha ocultado { $count } dato privado ({ $rule })
   *[other] Se han ocultado { $count } datos privados ({ $rule })
}

## Buttons at the bottom of the screens

send = Enviar
dont_send = No enviar
close = Cerrar
retry = Volver a intentarlo
back = Volver a mi mensaje
copy_text = Copiar mi texto
copied = Se ha copiado su texto.
copied_this = Copiado.
save = Guardar en un archivo…
leave_question = ¿Cerrar sin enviar?
leave_loss = Se perdería lo que ha escrito o añadido.
leave_again = { leave_loss } Para cerrar de todos modos, cierre la ventana otra vez.
leave_anyway = Cerrar de todos modos

## On the way

sending = Enviando…
taking_back = Cancelando…
all_out = Esperando la respuesta…
goes_on = Puede seguir trabajando; se envía mientras esta aplicación esté abierta.
-next_start = Si cierra esta ventana antes, se enviará la próxima vez que abra la aplicación.
progress = { $sent } de { $total }
time_left_seconds = { $count ->
    [one] queda aproximadamente { $count } segundo
   *[other] quedan aproximadamente { $count } segundos
}
time_left_minutes = { $count ->
    [one] queda aproximadamente { $count } minuto
   *[other] quedan aproximadamente { $count } minutos
}
time_left_hours = { $count ->
    [one] queda aproximadamente { $count } hora
   *[other] quedan aproximadamente { $count } horas
}

## It has arrived

sent = Gracias
arrived = Su mensaje ha llegado.
number = Su mensaje tiene el número { $number }.
copy = Copiar
copy_number = Copiar { $number }

## It waits

waiting = Guardado
waiting_new = Todavía no se ha intentado enviar; se enviará automáticamente.
waiting_held = Está guardado en este equipo y se enviará automáticamente más tarde.
waiting_offline = Se enviará cuando tenga conexión.
waiting_later = { $why } Su mensaje se enviará automáticamente más tarde.
waiting_free = { $why } Su mensaje se enviará automáticamente en cuanto haya conexión.
why_timeout = Nuestro servidor ha dejado de responder.
why_no_receipt = Ha respondido otra cosa en lugar de nuestro servidor, quizá una página de inicio de sesión.
why_password = Su red pide una contraseña antes de dejar salir nada.
why_too_large = Es demasiado grande para nuestro servidor y todavía no se ha podido reducir.
why_busy = Nuestro servidor está ocupado.
why_trouble = Nuestro servidor tiene un problema en este momento.
why_local = Algo en este equipo impide enviarlo en este momento.
why_offline = No hay conexión con nuestro servidor.
next_try_moment = Próximo intento en menos de un minuto, mientras esta aplicación esté abierta.
next_try_minutes = { $count ->
    [one] Próximo intento en aproximadamente { $count } minuto, mientras esta aplicación esté abierta.
   *[other] Próximo intento en aproximadamente { $count } minutos, mientras esta aplicación esté abierta.
}
next_try_hours = { $count ->
    [one] Próximo intento en aproximadamente { $count } hora, mientras esta aplicación esté abierta.
   *[other] Próximo intento en aproximadamente { $count } horas, mientras esta aplicación esté abierta.
}
next_try_days = { $count ->
    [one] Próximo intento en aproximadamente { $count } día, mientras esta aplicación esté abierta.
   *[other] Próximo intento en aproximadamente { $count } días, mientras esta aplicación esté abierta.
}
fitted = Era demasiado grande para nuestro servidor, así que no se envía todo: { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = excluido
fit_older = sin las líneas más antiguas
fit_smaller = reducido

## It could not be kept on this computer, and is sent from memory

sending_unkept = No se ha podido guardar en este equipo. Se está enviando ahora; deje abierta esta aplicación, por favor.
not_sent = Todavía no enviado
waiting_unkept = { $why } Tampoco se ha podido guardar su mensaje en este equipo. Guárdelo en un archivo o copie su texto, para que no se pierda nada al cerrar esta aplicación.
unkept = No está guardado en este equipo y se perderá al cerrar esta aplicación.
refused_unkept = No se ha podido guardar en este equipo, pero su texto sigue aquí.
no_disk = (No se ha podido guardar: { $why })

## The server has said no

refused = No entregado
refused_version = Nuestro servidor no acepta mensajes de esta versión de la aplicación. Quizá ayude actualizarla.
refused_address = La dirección a la que esta aplicación envía los mensajes ya no existe. Quizá ayude actualizar la aplicación.
refused_size = Su mensaje es demasiado grande para nuestro servidor. Escriba de nuevo adjuntando menos, o guárdelo en un archivo.
refused_other = Nuestro servidor no ha aceptado su mensaje. Inténtelo más tarde o guárdelo en un archivo.
refused_says = { $why } Ha respondido: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = El mensaje guardado está dañado, por eso no se ha enviado.
vanished = Ya no está en este equipo: se ha eliminado, quizá en otra ventana de esta aplicación. Su texto sigue aquí.
too_old = Su mensaje lleva tanto tiempo esperando que ya no se enviará automáticamente.
set_aside = Otra versión de esta aplicación ha apartado su mensaje, así que no se enviará automáticamente.
kept = Está guardado en este equipo, y su texto sigue aquí.
not_delivered = Su mensaje no se ha entregado. { $why }

## Something else went wrong

not_stored = No se ha podido guardar su mensaje, por eso no se ha enviado. Su texto sigue aquí. { $why }
not_collected = No se ha podido preparar su mensaje, por eso no se ha enviado. Su texto sigue aquí. { $why }
not_retried = No se ha podido volver a intentar. { $why }
not_deleted = No se ha podido eliminar. { $why }
not_saved = No se ha guardado. { $why }
saved = Guardado como { $path }.
cause_stopped = Una parte de esta aplicación se ha detenido. Copie su texto y guárdelo en algún sitio, para que no se pierda al cerrar la aplicación.
cause_full = { $count ->
    [one] { $count } de sus mensajes espera a ser enviado y no hay sitio para otro más. Conéctese para que pueda salir, o guarde este en un archivo.
   *[other] { $count } de sus mensajes esperan a ser enviados y no hay sitio para otro más. Conéctese para que puedan salir, o guarde este en un archivo.
}
cause_memory_full = { $count ->
    [one] Ya espera { $count } mensaje que no se pudo guardar. Espere a que se envíe, o guarde este en un archivo.
   *[other] Ya esperan { $count } mensajes que no se pudieron guardar. Espere a que se envíen, o guarde este en un archivo.
}
cause_disk = { $path }: { $why }. Libere espacio, compruebe quién puede escribir ahí o guarde el mensaje en un archivo.
cause_unsafe = { $path } no es solo suya, por eso no se ha guardado nada ahí. Guarde el mensaje en un archivo.
cause_no_folder = No se ha encontrado ninguna carpeta donde guardarlo. Guarde el mensaje en un archivo.
cause_save = { $path }: { $why }. Elija otro lugar.
cause_withheld = Esta aplicación no envía el mensaje: { $why }. Copie su texto para conservarlo.

## Earlier reports

earlier_sending = Su mensaje anterior todavía está en camino.
earlier_refused = Su mensaje anterior no se ha entregado. Podrá continuar con él cuando haya enviado este.
earlier_arrived = Su mensaje anterior ha llegado.
earlier_number = Su mensaje anterior ha llegado. Su número es { $number }.
show = Mostrarlo
earlier = Mensajes anteriores
earlier_count = Mensajes anteriores ({ $count })
leave_list = Volver
none_waits = Ya no espera ningún mensaje.
it_arrived = Ha llegado.
its_number = Ha llegado. Su número es { $number }.
quoted = «{ $words }»
written_moment = Escrito ahora mismo
written_minutes = { $count ->
    [one] Escrito hace { $count } minuto
   *[other] Escrito hace { $count } minutos
}
written_hours = { $count ->
    [one] Escrito hace { $count } hora
   *[other] Escrito hace { $count } horas
}
written_days = { $count ->
    [one] Escrito hace { $count } día
   *[other] Escrito hace { $count } días
}
send_now = Enviar ahora
words_again = Lo que escribió vuelve a estar en su mensaje. Los archivos e imágenes del mensaje anterior no: ese sigue en la lista hasta que lo elimine.
delete = Eliminar
delete_question = ¿Eliminar este mensaje, con lo que ha escrito? No ha llegado.
delete_for_good = Eliminar definitivamente
keep = Conservar
of_report = { $button }, mensaje { $number }

## Sizes

decimal_mark = ,
bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
