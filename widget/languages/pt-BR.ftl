## The way in, and the form

button = Fale conosco…
button_news = { $count ->
    [one] { $button } ({ $count } mensagem não foi entregue)
   *[other] { $button } ({ $count } mensagens não foram entregues)
}
title = Fale conosco
message = Sua mensagem
message_hint = O que aconteceu? O que você esperava?
is_long = Este texto é longo, por isso está abaixo do campo. Ele será enviado depois da sua mensagem, como está.
is_full = Este campo está cheio. Coloque o resto em um arquivo e anexe-o.
characters_left = { $count ->
    [one] Resta { $count } caractere
   *[other] Restam { $count } caracteres
}
crash_ended = Parece que da última vez o aplicativo foi encerrado inesperadamente. Pedimos desculpas. Um registro do ocorrido vai junto; se puder, conte o que estava fazendo.
crash_went_on = Da última vez algo deu errado no aplicativo. Pedimos desculpas. Um registro do ocorrido vai junto; se puder, conte o que estava fazendo.
crash = Registro do ocorrido
reply_to = Seu e-mail, se quiser uma resposta
no_address = Isto não parece um endereço de e-mail; nossa resposta não chegaria até você.
did_you_mean = Você quis dizer { $address }?
nothing_yet = Escreva algo ou adicione uma imagem ou um arquivo.
attach = Anexar um arquivo…
drop_here = Solte aqui para anexar
for_next = Isto fica guardado para a sua próxima mensagem.
added = Isto foi adicionado à sua mensagem.
attach_named = Anexar o arquivo { $name } no lugar do nome
attach_all_named = { $count ->
    [one] Anexar { $count } arquivo no lugar do nome
   *[other] Anexar os { $count } arquivos no lugar dos nomes
}
capture = Adicionar uma imagem desta janela
capture_screen = Adicionar uma imagem da tela inteira
capture_screens = Adicionar uma imagem de uma tela ou janela…
screen = Tela { $number } ({ $facts })
capturing = Capturando a imagem. Pressione Esc para voltar.
no_picture = Não foi possível capturar a imagem. Tente de novo ou anexe um arquivo de imagem.
no_screen_refused = Nenhuma imagem foi capturada, porque a captura foi cancelada ou não é permitida neste computador. Você pode anexar um arquivo de imagem.
no_screen_blank = A imagem mostra uma cor só, por isso não foi adicionada. Capture você mesmo a tela e anexe o arquivo de imagem.
no_screen_gone = Esta tela ou janela não está mais disponível. Escolha outra ou anexe um arquivo de imagem.
no_screen_here = Este computador não deixa o aplicativo capturar a tela. Capture você mesmo a tela e anexe o arquivo de imagem.
picture = Imagem { $number }
long_text = Texto longo { $number }
remove = Remover { $name }
removed = Removido: { $name }
no_font = Este computador não tem fonte para algumas destas letras. Para vê-las, instale uma, como { $font }. O que você escrever será enviado como está.

## What is wrong with a file

attachment_gone = Este arquivo não existe (mais) aqui.
attachment_not_a_file = Isto não é um arquivo. Uma pasta pode ser anexada como zip.
attachment_no_room = Não há espaço para este arquivo. Libere espaço no disco ou anexe menos arquivos.
files_full = Não é possível anexar mais de { $limit } arquivos. Coloque os outros em um zip e anexe-o.
attachment_too_large = Este arquivo é grande demais: { $size }; o limite é { $limit }.
attachment_unreadable = Não é possível ler este arquivo: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Caminho do arquivo
path_add = Adicionar
path_save = Salvar
path_cancel = Cancelar
path_taken = Esse arquivo já existe. Substituir?
path_replace = Substituir

## The editor of a picture

edit = Editar
edit_picture = Editar { $name }
canvas = Imagem com suas marcações. As setas do teclado movem a cruz, a barra de espaço começa e termina uma marcação.
describe_instead = Em vez de marcar a imagem, você pode descrevê-la na mensagem.
tool_arrow = Seta
tool_box = Retângulo
tool_line = Linha livre
tool_text = Texto
tool_crop = Recortar
tool_black_out = Cobrir de preto
tool_pixelate = Pixelar
pixelate_hint = O que está pixelado às vezes pode ser adivinhado. Cobrir de preto é seguro.
text_mark = Texto na imagem
undo = Desfazer
redo = Refazer
zoom_out = Diminuir zoom
zoom_fit = Mostrar tudo
zoom_in = Aumentar zoom
done = Concluir
discard_question = Descartar as alterações na imagem?
discard = Descartar
keep_editing = Continuar editando
picture_unreadable = Não é possível ler esta imagem, por isso ela não é enviada. Em vez disso, você pode anexar o arquivo dela.
picture_too_large = Esta imagem é grande demais, por isso ela não é enviada. Reduza-a ou, em vez disso, anexe o arquivo dela.
not_changed = Não foi possível aplicar as alterações. Elas continuam aqui: tente de novo ou remova a imagem.

## What will be sent

contents = O que será enviado
collecting = Preparando…
save_copy = Salvar uma cópia…
fingerprint = Impressão digital
not_text = Não é possível mostrar este arquivo aqui.
send_file = Enviar { $path }
untouched = enviado como está: nada é ocultado automaticamente
bare = enviado sem os dados de local, hora e dispositivo
hide_nothing = Não ocultar nada
hide_nothing_in = Não ocultar nada em { $path }
text_of = Texto de { $path }
shortened = encurtado; tinha { $size }
total = cerca de { $size } depois de compactado
over_limit = É mais do que o nosso servidor aceita ({ $limit }). Para caber, primeiro ficam de fora as linhas antigas dos registros, depois as imagens são reduzidas e por fim ficam de fora os maiores arquivos.
gap = Falta: { $what } – { $why }
gap_not_found = não encontrado
gap_forbidden = sem permissão para ler
gap_not_a_file = não é um arquivo
gap_elsewhere = um link que leva para fora da sua pasta
gap_slow = não disponível a tempo
gap_no_files = nenhum arquivo assim
gap_no_room = o espaço foi ocupado por arquivos mais novos
gap_no_disk = não há espaço no disco nem na memória
gap_only = só { $count } são enviados
gap_names = { $count ->
    [one] só { $count } nome foi verificado a tempo; podem faltar arquivos mais novos
   *[other] só { $count } nomes foram verificados a tempo; podem faltar arquivos mais novos
}
gap_more = outros arquivos não coletados: { $count }
gap_nothing_logged = o aplicativo ainda não registrou nada
gap_failed = não foi possível coletar
gap_partly = só é possível ler o arquivo até aí
gap_encoding = é enviado, mas algumas letras podem estar erradas
gap_by_app = retirado pelo aplicativo: { $why }
masked_email = { $count ->
    [one] { $count } endereço de e-mail foi ocultado
   *[other] { $count } endereços de e-mail foram ocultados
}
masked_token = { $count ->
    [one] { $count } chave de acesso foi ocultada
   *[other] { $count } chaves de acesso foram ocultadas
}
masked_user = { $count ->
    [one] { $count } nome de usuário foi ocultado
   *[other] { $count } nomes de usuário foram ocultados
}
masked_ip = { $count ->
    [one] { $count } endereço de rede foi ocultado
   *[other] { $count } endereços de rede foram ocultados
}
masked_phone = { $count ->
    [one] { $count } número de telefone foi ocultado
   *[other] { $count } números de telefone foram ocultados
}
masked_card = { $count ->
    [one] { $count } número de cartão foi ocultado
   *[other] { $count } números de cartão foram ocultados
}
masked_secret = { $count ->
    [one] { $count } senha ou segredo foi ocultado
   *[other] { $count } senhas ou segredos foram ocultados
}
masked_cookie = { $count ->
    [one] { $count } cookie foi ocultado
   *[other] { $count } cookies foram ocultados
}
masked_login = { $count ->
    [one] { $count } login foi ocultado
   *[other] { $count } logins foram ocultados
}
masked_account = { $count ->
    [one] { $count } número de conta bancária foi ocultado
   *[other] { $count } números de conta bancária foram ocultados
}
masked_computer = { $count ->
    [one] { $count } nome de computador foi ocultado
   *[other] { $count } nomes de computador foram ocultados
}
masked_other = { $count ->
    [one] { $count } dado particular foi ocultado ({ $rule })
   *[other] { $count } dados particulares foram ocultados ({ $rule })
}

## Buttons at the bottom of the screens

send = Enviar
dont_send = Não enviar
close = Fechar
retry = Tentar de novo
back = Voltar à minha mensagem
copy_text = Copiar meu texto
copied = Seu texto foi copiado.
copied_this = Copiado.
save = Salvar como arquivo…
leave_question = Fechar sem enviar?
leave_loss = O que você escreveu ou adicionou será perdido.
leave_again = { leave_loss } Para fechar mesmo assim, feche a janela mais uma vez.
leave_anyway = Fechar mesmo assim

## On the way

sending = Enviando…
taking_back = Cancelando…
all_out = Aguardando a resposta…
goes_on = Você pode continuar trabalhando; o envio segue enquanto este aplicativo estiver aberto.
-next_start = Se você fechar esta janela antes disso, o envio será feito na próxima vez que abrir o aplicativo.
progress = { $sent } de { $total }
time_left_seconds = { $count ->
    [one] falta cerca de { $count } segundo
   *[other] faltam cerca de { $count } segundos
}
time_left_minutes = { $count ->
    [one] falta cerca de { $count } minuto
   *[other] faltam cerca de { $count } minutos
}
time_left_hours = { $count ->
    [one] falta cerca de { $count } hora
   *[other] faltam cerca de { $count } horas
}

## It has arrived

sent = Obrigado
arrived = Sua mensagem chegou.
number = Sua mensagem tem o número { $number }.
copy = Copiar
copy_number = Copiar { $number }

## It waits

waiting = Salva
waiting_new = O envio ainda não foi tentado; ela será enviada automaticamente.
waiting_held = Ela está guardada neste computador e será enviada automaticamente mais tarde.
waiting_offline = Ela será enviada quando você estiver on-line.
waiting_later = { $why } Sua mensagem será enviada automaticamente mais tarde.
waiting_free = { $why } Sua mensagem será enviada automaticamente assim que houver conexão.
why_timeout = Nosso servidor parou de responder.
why_no_receipt = Alguma outra coisa respondeu no lugar do nosso servidor, talvez uma página de login.
why_password = Sua rede pede uma senha antes de deixar qualquer coisa sair.
why_too_large = Ela é grande demais para o nosso servidor e ainda não foi possível diminuí-la.
why_busy = Nosso servidor está ocupado.
why_trouble = Nosso servidor está com um problema no momento.
why_local = Algo neste computador impede o envio dela no momento.
why_offline = Não há conexão com o nosso servidor.
next_try_moment = Próxima tentativa em menos de um minuto, enquanto este aplicativo estiver aberto.
next_try_minutes = { $count ->
    [one] Próxima tentativa em cerca de { $count } minuto, enquanto este aplicativo estiver aberto.
   *[other] Próxima tentativa em cerca de { $count } minutos, enquanto este aplicativo estiver aberto.
}
next_try_hours = { $count ->
    [one] Próxima tentativa em cerca de { $count } hora, enquanto este aplicativo estiver aberto.
   *[other] Próxima tentativa em cerca de { $count } horas, enquanto este aplicativo estiver aberto.
}
next_try_days = { $count ->
    [one] Próxima tentativa em cerca de { $count } dia, enquanto este aplicativo estiver aberto.
   *[other] Próxima tentativa em cerca de { $count } dias, enquanto este aplicativo estiver aberto.
}
fitted = Era grande demais para o nosso servidor, então nem tudo é enviado: { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = retirado
fit_older = sem as linhas mais antigas
fit_smaller = reduzido

## It could not be kept on this computer, and is sent from memory

sending_unkept = Não foi possível guardá-la neste computador. Ela está sendo enviada agora; mantenha este aplicativo aberto, por favor.
not_sent = Ainda não enviada
waiting_unkept = { $why } Também não foi possível guardar sua mensagem neste computador. Salve-a como arquivo ou copie seu texto, para que nada se perca quando este aplicativo for fechado.
unkept = Ela não está guardada neste computador e se perderá quando este aplicativo for fechado.
refused_unkept = Não foi possível guardá-la neste computador, mas seu texto continua aqui.
no_disk = (Não foi possível guardá-la: { $why })

## The server has said no

refused = Não entregue
refused_version = Nosso servidor não aceita mensagens desta versão do aplicativo. Atualizá-lo pode ajudar.
refused_address = O endereço para o qual este aplicativo envia mensagens não existe mais. Atualizar o aplicativo pode ajudar.
refused_size = Sua mensagem é grande demais para o nosso servidor. Escreva de novo com menos anexos ou salve-a como arquivo.
refused_other = Nosso servidor não aceitou sua mensagem. Tente de novo mais tarde ou salve-a como arquivo.
refused_says = { $why } Ele respondeu: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = A mensagem guardada está danificada, por isso não foi enviada.
vanished = Ela não está mais neste computador: foi excluída, talvez em outra janela deste aplicativo. Seu texto continua aqui.
too_old = Sua mensagem está esperando há tanto tempo que não será mais enviada automaticamente.
set_aside = Outra versão deste aplicativo deixou sua mensagem de lado, por isso ela não será enviada automaticamente.
kept = Ela está guardada neste computador, e seu texto continua aqui.
not_delivered = Sua mensagem não foi entregue. { $why }

## Something else went wrong

not_stored = Não foi possível guardar sua mensagem, por isso ela não foi enviada. Seu texto continua aqui. { $why }
not_collected = Não foi possível preparar sua mensagem, por isso ela não foi enviada. Seu texto continua aqui. { $why }
not_retried = Não foi possível tentar de novo. { $why }
not_deleted = Não foi possível excluí-la. { $why }
not_saved = Não foi possível salvá-la. { $why }
saved = Salva como { $path }.
cause_stopped = Uma parte deste aplicativo parou. Copie seu texto e guarde-o em algum lugar, para que não se perca quando o aplicativo for fechado.
cause_full = { $count ->
    [one] { $count } mensagem sua aguarda envio, e não há espaço para mais uma. Fique on-line para que ela possa sair ou salve esta como arquivo.
   *[other] { $count } mensagens suas aguardam envio, e não há espaço para mais uma. Fique on-line para que elas possam sair ou salve esta como arquivo.
}
cause_memory_full = { $count ->
    [one] Já aguarda envio { $count } mensagem que não pôde ser guardada. Aguarde o envio dela ou salve esta como arquivo.
   *[other] Já aguardam envio { $count } mensagens que não puderam ser guardadas. Aguarde o envio delas ou salve esta como arquivo.
}
cause_disk = { $path }: { $why }. Libere espaço, verifique quem pode gravar ali ou salve a mensagem como arquivo.
cause_unsafe = { $path } não é só sua, por isso nada foi guardado ali. Salve a mensagem como arquivo.
cause_no_folder = Nenhuma pasta foi encontrada para guardá-la. Salve a mensagem como arquivo.
cause_save = { $path }: { $why }. Escolha outro lugar.
cause_withheld = Este aplicativo não envia a mensagem: { $why }. Copie seu texto para guardá-lo.

## Earlier reports

earlier_sending = Sua mensagem anterior ainda está a caminho.
earlier_refused = Sua mensagem anterior não foi entregue. Você pode continuar com ela depois de enviar esta.
earlier_arrived = Sua mensagem anterior chegou.
earlier_number = Sua mensagem anterior chegou. O número dela é { $number }.
show = Mostrar
earlier = Mensagens anteriores
earlier_count = Mensagens anteriores ({ $count })
leave_list = Voltar
none_waits = Não há mais mensagens aguardando.
it_arrived = Ela chegou.
its_number = Ela chegou. O número dela é { $number }.
quoted = “{ $words }”
written_moment = Escrita agora mesmo
written_minutes = { $count ->
    [one] Escrita há { $count } minuto
   *[other] Escrita há { $count } minutos
}
written_hours = { $count ->
    [one] Escrita há { $count } hora
   *[other] Escrita há { $count } horas
}
written_days = { $count ->
    [one] Escrita há { $count } dia
   *[other] Escrita há { $count } dias
}
send_now = Enviar agora
words_again = O que você escreveu está de novo na sua mensagem. Os arquivos e imagens da mensagem anterior não: ela fica na lista até você excluí-la.
delete = Excluir
delete_question = Excluir esta mensagem, com o que você escreveu? Ela não chegou.
delete_for_good = Excluir de vez
keep = Manter
of_report = { $button }, mensagem { $number }

## Sizes

decimal_mark = ,
bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
