## The way in, and the form

button = Napisz do nas…
button_news = { $count ->
    [one] { $button } ({ $count } wiadomość nie została dostarczona)
    [few] { $button } ({ $count } wiadomości nie zostały dostarczone)
   *[many] { $button } ({ $count } wiadomości nie zostało dostarczonych)
}
title = Napisz do nas
message = Wiadomość
message_hint = Co się stało? Co powinno się stać?
is_long = Ten tekst jest długi, dlatego znajduje się pod polem. Zostanie wysłany bez zmian po wiadomości.
is_full = To pole jest pełne. Resztę proszę zapisać w pliku i załączyć.
characters_left = { $count ->
    [one] Został { $count } znak
    [few] Zostały { $count } znaki
   *[many] Zostało { $count } znaków
}
crash_ended = Wygląda na to, że ostatnim razem aplikacja niespodziewanie zakończyła działanie. Przepraszamy. Razem z wiadomością zostanie wysłany zapis zdarzenia; jeśli to możliwe, proszę opisać, co się wtedy działo.
crash_went_on = Ostatnim razem coś w aplikacji poszło nie tak. Przepraszamy. Razem z wiadomością zostanie wysłany zapis zdarzenia; jeśli to możliwe, proszę opisać, co się wtedy działo.
crash = Zapis zdarzenia
reply_to = Adres e-mail, jeśli mamy odpowiedzieć
no_address = To nie wygląda na adres e-mail, więc nasza odpowiedź by nie dotarła.
did_you_mean = Czy chodziło o { $address }?
nothing_yet = Proszę coś napisać albo dodać obraz lub plik.
attach = Załącz plik…
drop_here = Tutaj można upuścić, aby załączyć
for_next = Zostanie to zachowane do następnej wiadomości.
added = Dodano do wiadomości.
attach_named = Załącz plik { $name } zamiast jego nazwy
attach_all_named = { $count ->
    [one] Załącz { $count } plik zamiast jego nazwy
    [few] Załącz { $count } pliki zamiast ich nazw
   *[many] Załącz { $count } plików zamiast ich nazw
}
capture = Dodaj zrzut tego okna
capture_screen = Dodaj zrzut całego ekranu
capture_screens = Dodaj zrzut wybranego ekranu lub okna…
screen = Ekran { $number } ({ $facts })
capturing = Trwa robienie zrzutu. Aby wrócić, proszę nacisnąć Escape.
no_picture = Nie udało się zrobić zrzutu. Proszę spróbować ponownie albo załączyć plik z obrazem.
no_screen_refused = Zrzut nie został zrobiony, bo to anulowano albo nie jest to dozwolone na tym komputerze. Zamiast tego można załączyć plik z obrazem.
no_screen_blank = Na zrzucie widać tylko jeden kolor, więc nie został dodany. Proszę zrobić zrzut ekranu samodzielnie i załączyć plik z obrazem.
no_screen_gone = Tego ekranu lub okna już nie ma. Proszę wybrać inny ekran lub inne okno albo załączyć plik z obrazem.
no_screen_here = Ten komputer nie pozwala aplikacji zrobić obrazu ekranu. Proszę zrobić zrzut ekranu samodzielnie i załączyć plik z obrazem.
picture = Obraz { $number }
long_text = Długi tekst { $number }
remove = Usuń { $name }
removed = Usunięto: { $name }
no_font = Na tym komputerze brakuje czcionki dla części znaków. Aby je zobaczyć, można ją zainstalować, na przykład { $font }. Tekst zostanie wysłany dokładnie tak, jak go napisano.

## What is wrong with a file

attachment_gone = Nie ma tu (już) takiego pliku.
attachment_not_a_file = To nie jest plik. Folder można załączyć jako zip.
attachment_no_room = Brak miejsca na ten plik. Proszę zwolnić miejsce na dysku lub załączyć mniej plików.
files_full = Można załączyć najwyżej { $limit } plików. Pozostałe proszę spakować do pliku zip i załączyć.
attachment_too_large = Ten plik jest za duży: { $size }, a limit to { $limit }.
attachment_unreadable = Nie można odczytać tego pliku: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Ścieżka pliku
path_add = Dodaj
path_save = Zapisz
path_cancel = Anuluj
path_taken = Taki plik już istnieje. Zastąpić go?
path_replace = Zastąp

## The editor of a picture

edit = Edytuj
edit_picture = Edytuj: { $name }
canvas = Obraz z oznaczeniami. Klawisze strzałek przesuwają krzyżyk, spacja zaczyna i kończy oznaczenie.
describe_instead = Zamiast zaznaczać na obrazie, można opisać go w wiadomości.
tool_arrow = Strzałka
tool_box = Ramka
tool_line = Linia odręczna
tool_text = Tekst
tool_crop = Przytnij
tool_black_out = Zaczernij
tool_pixelate = Rozpikseluj
pixelate_hint = To, co rozpikselowane, da się czasem odgadnąć. Zaczernienie jest bezpieczne.
text_mark = Tekst na obrazie
undo = Cofnij
redo = Ponów
zoom_out = Pomniejsz
zoom_fit = Pokaż całość
zoom_in = Powiększ
done = Gotowe
discard_question = Odrzucić zmiany w obrazie?
discard = Odrzuć
keep_editing = Edytuj dalej
picture_unreadable = Tego obrazu nie można odczytać, więc nie zostanie wysłany. Zamiast tego można załączyć jego plik.
picture_too_large = Ten obraz jest za duży, więc nie zostanie wysłany. Można go zmniejszyć albo zamiast tego załączyć jego plik.
not_changed = Nie udało się wprowadzić zmian. Nadal tu są: proszę spróbować ponownie albo usunąć obraz.

## What will be sent

contents = Co zostanie wysłane
collecting = Przygotowywanie…
save_copy = Zapisz kopię…
fingerprint = Odcisk (suma kontrolna)
not_text = Tego pliku nie można tu pokazać.
send_file = Wyślij { $path }
untouched = wysyłane tak, jak jest: nic nie zostanie automatycznie ukryte
bare = wysyłane bez danych o miejscu, czasie i urządzeniu
hide_nothing = Niczego nie ukrywaj
hide_nothing_in = Niczego nie ukrywaj w pliku { $path }
text_of = Tekst pliku { $path }
shortened = skrócono z { $size }
total = około { $size } po skompresowaniu
over_limit = To więcej, niż przyjmuje nasz serwer ({ $limit }). Aby się zmieściło, najpierw pomijane są stare wiersze dzienników, potem zmniejszane są obrazy, a na końcu pomijane są największe pliki.
gap = Brakuje: { $what } – { $why }
gap_not_found = nie znaleziono
gap_forbidden = brak uprawnień do odczytu
gap_not_a_file = to nie jest plik
gap_elsewhere = dowiązanie prowadzące poza swój folder
gap_slow = nie udało się pobrać na czas
gap_no_files = nie ma takich plików
gap_no_room = nowsze pliki zajmują całe miejsce
gap_no_disk = brak miejsca na dysku i w pamięci
gap_only = wysyłamy tylko { $count }
gap_names = na czas sprawdzono tylko tyle nazw: { $count }; może brakować nowszych plików
gap_more = nie udało się zebrać kolejnych: { $count }
gap_nothing_logged = aplikacja nic jeszcze nie zapisała
gap_failed = nie udało się zebrać
gap_partly = plik da się odczytać tylko do tego miejsca
gap_encoding = zostanie wysłane, ale niektóre litery mogą być błędne
gap_by_app = pominięto przez aplikację: { $why }
masked_email = { $count ->
    [one] Ukryto { $count } adres e-mail
    [few] Ukryto { $count } adresy e-mail
   *[many] Ukryto { $count } adresów e-mail
}
masked_token = { $count ->
    [one] Ukryto { $count } klucz dostępu
    [few] Ukryto { $count } klucze dostępu
   *[many] Ukryto { $count } kluczy dostępu
}
masked_user = { $count ->
    [one] Ukryto { $count } nazwę użytkownika
    [few] Ukryto { $count } nazwy użytkowników
   *[many] Ukryto { $count } nazw użytkowników
}
masked_ip = { $count ->
    [one] Ukryto { $count } adres sieciowy
    [few] Ukryto { $count } adresy sieciowe
   *[many] Ukryto { $count } adresów sieciowych
}
masked_phone = { $count ->
    [one] Ukryto { $count } numer telefonu
    [few] Ukryto { $count } numery telefonów
   *[many] Ukryto { $count } numerów telefonów
}
masked_card = { $count ->
    [one] Ukryto { $count } numer karty
    [few] Ukryto { $count } numery kart
   *[many] Ukryto { $count } numerów kart
}
masked_secret = { $count ->
    [one] Ukryto { $count } hasło lub sekret
    [few] Ukryto { $count } hasła lub sekrety
   *[many] Ukryto { $count } haseł lub sekretów
}
masked_cookie = { $count ->
    [one] Ukryto { $count } plik cookie
    [few] Ukryto { $count } pliki cookie
   *[many] Ukryto { $count } plików cookie
}
masked_login = Ukryto dane logowania ({ $count })
masked_account = { $count ->
    [one] Ukryto { $count } numer konta bankowego
    [few] Ukryto { $count } numery kont bankowych
   *[many] Ukryto { $count } numerów kont bankowych
}
masked_computer = { $count ->
    [one] Ukryto { $count } nazwę komputera
    [few] Ukryto { $count } nazwy komputerów
   *[many] Ukryto { $count } nazw komputerów
}
masked_other = { $count ->
    [one] Ukryto { $count } prywatną wartość ({ $rule })
    [few] Ukryto { $count } prywatne wartości ({ $rule })
   *[many] Ukryto { $count } prywatnych wartości ({ $rule })
}

## Buttons at the bottom of the screens

send = Wyślij
dont_send = Nie wysyłaj
close = Zamknij
retry = Spróbuj ponownie
back = Wróć do wiadomości
copy_text = Kopiuj mój tekst
copied = Tekst został skopiowany.
copied_this = Skopiowano.
save = Zapisz jako plik…
leave_question = Zamknąć bez wysyłania?
leave_loss = To, co zostało napisane lub dodane, przepadnie.
leave_again = { leave_loss } Aby mimo to zamknąć, zamknij okno jeszcze raz.
leave_anyway = Zamknij mimo to

## On the way

sending = Wysyłanie…
taking_back = Anulowanie…
all_out = Czekamy na odpowiedź…
goes_on = Można dalej pracować; wysyłanie trwa, dopóki ta aplikacja jest otwarta.
-next_start = Jeśli to okno zostanie wcześniej zamknięte, wiadomość zostanie wysłana przy następnym uruchomieniu aplikacji.
progress = { $sent } z { $total }
time_left_seconds = { $count ->
    [one] pozostało około { $count } sekundy
   *[other] pozostało około { $count } sekund
}
time_left_minutes = { $count ->
    [one] pozostało około { $count } minuty
   *[other] pozostało około { $count } minut
}
time_left_hours = { $count ->
    [one] pozostało około { $count } godziny
   *[other] pozostało około { $count } godzin
}

## It has arrived

sent = Dziękujemy
arrived = Wiadomość dotarła.
number = Wiadomość ma numer { $number }.
copy = Kopiuj
copy_number = Kopiuj { $number }

## It waits

waiting = Zapisano
waiting_new = Nie próbowaliśmy jej jeszcze wysłać. Zostanie wysłana automatycznie.
waiting_held = Jest zapisana na tym komputerze i zostanie wysłana automatycznie później.
waiting_offline = Zostanie wysłana, gdy będzie połączenie z internetem.
waiting_later = { $why } Wiadomość zostanie wysłana automatycznie później.
waiting_free = { $why } Wiadomość zostanie wysłana automatycznie, gdy tylko będzie połączenie.
why_timeout = Nasz serwer przestał odpowiadać.
why_no_receipt = Zamiast naszego serwera odpowiedziało coś innego, być może strona logowania.
why_password = Ta sieć wymaga hasła, zanim cokolwiek przepuści.
why_too_large = Jest za duża dla naszego serwera i nie udało się jej jeszcze zmniejszyć.
why_busy = Nasz serwer jest zajęty.
why_trouble = Nasz serwer ma w tej chwili problem.
why_local = Coś na tym komputerze uniemożliwia teraz jej wysłanie.
why_offline = Nie ma połączenia z naszym serwerem.
next_try_moment = Następna próba za mniej niż minutę, dopóki ta aplikacja jest otwarta.
next_try_minutes = { $count ->
    [one] Następna próba za około { $count } minutę, dopóki ta aplikacja jest otwarta.
    [few] Następna próba za około { $count } minuty, dopóki ta aplikacja jest otwarta.
   *[many] Następna próba za około { $count } minut, dopóki ta aplikacja jest otwarta.
}
next_try_hours = { $count ->
    [one] Następna próba za około { $count } godzinę, dopóki ta aplikacja jest otwarta.
    [few] Następna próba za około { $count } godziny, dopóki ta aplikacja jest otwarta.
   *[many] Następna próba za około { $count } godzin, dopóki ta aplikacja jest otwarta.
}
next_try_days = { $count ->
    [one] Następna próba za około { $count } dzień, dopóki ta aplikacja jest otwarta.
    [few] Następna próba za około { $count } dni, dopóki ta aplikacja jest otwarta.
   *[many] Następna próba za około { $count } dni, dopóki ta aplikacja jest otwarta.
}
fitted = Dla naszego serwera było tego za dużo, więc wysyłamy mniej: { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = pominięto
fit_older = pominięto starsze wiersze
fit_smaller = zmniejszono

## It could not be kept on this computer, and is sent from memory

sending_unkept = Nie udało się zapisać wiadomości na tym komputerze. Jest właśnie wysyłana; proszę nie zamykać tej aplikacji.
not_sent = Jeszcze nie wysłano
waiting_unkept = { $why } Nie udało się też zapisać wiadomości na tym komputerze. Proszę zapisać ją jako plik albo skopiować tekst, aby nic nie przepadło po zamknięciu tej aplikacji.
unkept = Nie jest zapisana na tym komputerze i przepadnie po zamknięciu tej aplikacji.
refused_unkept = Nie udało się jej zapisać na tym komputerze, ale tekst nadal tu jest.
no_disk = (Dlaczego nie udało się jej zapisać: { $why })

## The server has said no

refused = Nie dostarczono
refused_version = Nasz serwer nie przyjmuje wiadomości z tej wersji aplikacji. Może pomóc jej aktualizacja.
refused_address = Adres, na który ta aplikacja wysyła wiadomości, już nie istnieje. Może pomóc aktualizacja aplikacji.
refused_size = Wiadomość jest za duża dla naszego serwera. Proszę napisać ponownie z mniejszą liczbą załączników albo zapisać ją jako plik.
refused_other = Nasz serwer nie przyjął wiadomości. Proszę spróbować później albo zapisać ją jako plik.
refused_says = { $why } Odpowiedź serwera: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = Zapisana wiadomość jest uszkodzona, więc nie została wysłana.
vanished = Nie ma jej już na tym komputerze: została usunięta, być może w innym oknie tej aplikacji. Tekst nadal tu jest.
too_old = Wiadomość czeka już tak długo, że nie zostanie już wysłana automatycznie.
set_aside = Inna wersja tej aplikacji odłożyła wiadomość, więc nie zostanie ona wysłana automatycznie.
kept = Jest zapisana na tym komputerze, a tekst nadal tu jest.
not_delivered = Wiadomość nie została dostarczona. { $why }

## Something else went wrong

not_stored = Nie udało się zapisać wiadomości, więc nie została wysłana. Tekst nadal tu jest. { $why }
not_collected = Nie udało się przygotować wiadomości, więc nie została wysłana. Tekst nadal tu jest. { $why }
not_retried = Nie udało się spróbować ponownie. { $why }
not_deleted = Nie udało się jej usunąć. { $why }
not_saved = Nie udało się jej zapisać. { $why }
saved = Zapisano jako { $path }.
cause_stopped = Część tej aplikacji przestała działać. Proszę skopiować tekst i zachować go, aby nie przepadł po zamknięciu aplikacji.
cause_full = { $count ->
    [one] { $count } wiadomość czeka na wysłanie i nie ma miejsca na kolejną. Proszę połączyć się z internetem, aby mogła zostać wysłana, albo zapisać tę jako plik.
    [few] { $count } wiadomości czekają na wysłanie i nie ma miejsca na kolejną. Proszę połączyć się z internetem, aby mogły zostać wysłane, albo zapisać tę jako plik.
   *[many] { $count } wiadomości czeka na wysłanie i nie ma miejsca na kolejną. Proszę połączyć się z internetem, aby mogły zostać wysłane, albo zapisać tę jako plik.
}
cause_memory_full = { $count ->
    [one] Czeka już { $count } wiadomość, której nie udało się zapisać. Proszę poczekać, aż zostanie wysłana, albo zapisać tę jako plik.
    [few] Czekają już { $count } wiadomości, których nie udało się zapisać. Proszę poczekać, aż zostaną wysłane, albo zapisać tę jako plik.
   *[many] Czeka już { $count } wiadomości, których nie udało się zapisać. Proszę poczekać, aż zostaną wysłane, albo zapisać tę jako plik.
}
cause_disk = { $path }: { $why }. Proszę zwolnić miejsce, sprawdzić, kto może tam zapisywać, albo zapisać wiadomość jako plik.
cause_unsafe = Do { $path } mają dostęp także inni, więc nic tam nie zapisano. Proszę zapisać wiadomość jako plik.
cause_no_folder = Nie znaleziono folderu, w którym można by ją zachować. Proszę zapisać wiadomość jako plik.
cause_save = { $path }: { $why }. Proszę wybrać inne miejsce.
cause_withheld = Ta aplikacja nie wysyła wiadomości: { $why }. Proszę skopiować tekst, aby go zachować.

## Earlier reports

earlier_sending = Poprzednia wiadomość jest jeszcze w drodze.
earlier_refused = Poprzednia wiadomość nie została dostarczona. Można do niej wrócić po wysłaniu tej.
earlier_arrived = Poprzednia wiadomość dotarła.
earlier_number = Poprzednia wiadomość dotarła. Jej numer to { $number }.
show = Pokaż ją
earlier = Poprzednie wiadomości
earlier_count = Poprzednie wiadomości ({ $count })
leave_list = Wróć
none_waits = Żadna wiadomość już nie czeka.
it_arrived = Dotarła.
its_number = Dotarła. Jej numer to { $number }.
quoted = „{ $words }”
written_moment = Napisano przed chwilą
written_minutes = { $count ->
    [one] Napisano { $count } minutę temu
    [few] Napisano { $count } minuty temu
   *[many] Napisano { $count } minut temu
}
written_hours = { $count ->
    [one] Napisano { $count } godzinę temu
    [few] Napisano { $count } godziny temu
   *[many] Napisano { $count } godzin temu
}
written_days = { $count ->
    [one] Napisano { $count } dzień temu
    [few] Napisano { $count } dni temu
   *[many] Napisano { $count } dni temu
}
send_now = Wyślij teraz
words_again = Tekst jest znowu w wiadomości. Plików i obrazów z poprzedniej wiadomości tu nie ma: pozostanie ona na liście, dopóki nie zostanie usunięta.
delete = Usuń
delete_question = Usunąć tę wiadomość razem z całym tekstem? Jeszcze nie dotarła.
delete_for_good = Usuń na zawsze
keep = Zachowaj
of_report = { $button }, wiadomość { $number }

## Sizes

decimal_mark = ,
bytes = { $count ->
    [one] { $count } bajt
    [few] { $count } bajty
   *[many] { $count } bajtów
}
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
