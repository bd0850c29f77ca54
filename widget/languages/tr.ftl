## The way in, and the form

button = Bize yazın…
button_news = { $button } ({ $count } mesaj teslim edilmedi)
title = Bize yazın
message = Mesajınız
message_hint = Ne oldu? Ne olmasını bekliyordunuz?
is_long = Bu metin uzun olduğu için alanın altında duruyor. Mesajınızdan sonra olduğu gibi gönderilir.
is_full = Bu alan doldu. Lütfen kalanını bir dosyaya koyup ekleyin.
characters_left = { $count } karakter kaldı
crash_ended = Görünüşe göre uygulama geçen sefer beklenmedik şekilde kapandı. Özür dileriz. Olayın kaydı da gönderilir; mümkünse o sırada ne yaptığınızı yazın.
crash_went_on = Geçen sefer uygulamada bir sorun oluştu. Özür dileriz. Olayın kaydı da gönderilir; mümkünse o sırada ne yaptığınızı yazın.
crash = Olayın kaydı
reply_to = Yanıt isterseniz e-posta adresiniz
no_address = Bu bir e-posta adresine benzemiyor; yanıtımız size ulaşamaz.
did_you_mean = Bunu mu demek istediniz: { $address }?
nothing_yet = Bir şeyler yazın veya bir resim ya da dosya ekleyin.
attach = Dosya ekle…
drop_here = Eklemek için buraya bırakın
for_next = Bu, sonraki mesajınız için saklanıyor.
added = Mesajınıza eklendi.
attach_named = Adı yerine { $name } dosyasını ekle
attach_all_named = Adları yerine { $count } dosyayı ekle
capture = Bu pencerenin resmini ekle
capture_screen = Tüm ekranın resmini ekle
capture_screens = Bir ekranın veya pencerenin resmini ekle…
screen = Ekran { $number } ({ $facts })
capturing = Resim alınıyor. Geri dönmek için Esc tuşuna basın.
no_picture = Resim alınamadı. Yeniden deneyin veya bir resim dosyası ekleyin.
no_screen_refused = İptal edildiği ya da bu bilgisayarda izin verilmediği için resim alınmadı. Bunun yerine bir resim dosyası ekleyebilirsiniz.
no_screen_blank = Resimde tek bir renkten başka bir şey görünmüyor, bu yüzden eklenmedi. Lütfen ekran görüntüsünü kendiniz alıp resim dosyasını ekleyin.
no_screen_gone = Bu ekran veya pencere artık yok. Başka bir ekran veya pencere seçin ya da bir resim dosyası ekleyin.
no_screen_here = Bu bilgisayar, uygulamanın ekran resmini almasına izin vermiyor. Lütfen ekran görüntüsünü kendiniz alıp resim dosyasını ekleyin.
picture = Resim { $number }
long_text = Uzun metin { $number }
remove = { $name } öğesini kaldır
removed = { $name } kaldırıldı.
no_font = Bu bilgisayarda buradaki bazı harfler için yazı tipi yok. Görmek için bir tane yükleyin, örneğin { $font }. Yazdıklarınız yazdığınız gibi gönderilir.

## What is wrong with a file

attachment_gone = Burada (artık) böyle bir dosya yok.
attachment_not_a_file = Bu bir dosya değil. Klasörler zip olarak eklenebilir.
attachment_no_room = Bu dosya için yer yok. Diskte yer açın veya daha az dosya ekleyin.
files_full = En fazla { $limit } dosya eklenebilir. Lütfen kalanları bir zip dosyasına koyup onu ekleyin.
attachment_too_large = Bu dosya çok büyük: { $size }; sınır { $limit }.
attachment_unreadable = Bu dosya okunamıyor: { $why }.

## Choosing a file by its path, where the system has no file picker

path = Dosya yolu
path_add = Ekle
path_save = Kaydet
path_cancel = Vazgeç
path_taken = Böyle bir dosya zaten var. Değiştirilsin mi?
path_replace = Değiştir

## The editor of a picture

edit = Düzenle
edit_picture = { $name } öğesini düzenle
canvas = İşaretlerinizle resim. Ok tuşları artı işaretini taşır, boşluk tuşu bir işareti başlatır ve bitirir.
describe_instead = Resmi işaretlemek yerine mesajınızda anlatabilirsiniz.
tool_arrow = Ok
tool_box = Çerçeve
tool_line = Serbest çizgi
tool_text = Metin
tool_crop = Kırp
tool_black_out = Karart
tool_pixelate = Pikselleştir
pixelate_hint = Pikselleştirilen bazen tahmin edilebilir. Karartmak güvenlidir.
text_mark = Resmin üzerine yazı
undo = Geri al
redo = Yinele
zoom_out = Uzaklaştır
zoom_fit = Tümünü göster
zoom_in = Yakınlaştır
done = Bitti
discard_question = Resimde yaptığınız değişiklikler atılsın mı?
discard = At
keep_editing = Düzenlemeye devam et
picture_unreadable = Bu resim okunamıyor, bu yüzden gönderilmez. Bunun yerine dosyasını ekleyebilirsiniz.
picture_too_large = Bu resim çok büyük, bu yüzden gönderilmez. Resmi küçültün ya da bunun yerine dosyasını ekleyin.
not_changed = Değişiklikler uygulanamadı. Hâlâ buradalar: yeniden deneyin ya da resmi kaldırın.

## What will be sent

contents = Neler gönderilecek
collecting = Hazırlanıyor…
save_copy = Kopyasını kaydet…
fingerprint = Parmak izi
not_text = Bu dosya burada gösterilemez.
send_file = { $path } gönderilsin
untouched = olduğu gibi gönderilir: içinde hiçbir şey otomatik olarak gizlenmez
bare = yer, zaman ve cihaz bilgileri olmadan gönderilir
hide_nothing = Hiçbir şey gizlenmesin
hide_nothing_in = { $path } içinde hiçbir şey gizlenmesin
text_of = { $path } metni
shortened = kısaltıldı; { $size } idi
total = sıkıştırılınca yaklaşık { $size }
over_limit = Bu, sunucumuzun kabul ettiğinden fazla ({ $limit }). Sığması için önce günlüklerin eski satırları çıkarılır, sonra resimler küçültülür, sonra en büyük dosyalar çıkarılır.
gap = Eksik: { $what } – { $why }
gap_not_found = bulunamadı
gap_forbidden = okuma izni yok
gap_not_a_file = bir dosya değil
gap_elsewhere = klasörünün dışına çıkan bir bağlantı
gap_slow = zamanında alınamadı
gap_no_files = böyle dosya yok
gap_no_room = daha yeni dosyalardan yer kalmadı
gap_no_disk = diskte ve bellekte yer yok
gap_only = yalnızca { $count } tanesi gönderilir
gap_names = zamanında yalnızca { $count } ada bakılabildi; daha yeni dosyalar eksik olabilir
gap_more = { $count } tane daha toplanamadı
gap_nothing_logged = uygulama henüz hiçbir şey kaydetmedi
gap_failed = toplanamadı
gap_partly = dosya yalnızca oraya kadar okunabiliyor
gap_encoding = gönderilir, ancak bazı harfler yanlış olabilir
gap_by_app = uygulama çıkardı: { $why }
masked_email = { $count } e-posta adresi gizlendi
masked_token = { $count } erişim anahtarı gizlendi
masked_user = { $count } kullanıcı adı gizlendi
masked_ip = { $count } ağ adresi gizlendi
masked_phone = { $count } telefon numarası gizlendi
masked_card = { $count } kart numarası gizlendi
masked_secret = { $count } parola veya gizli değer gizlendi
masked_cookie = { $count } çerez gizlendi
masked_login = { $count } oturum açma bilgisi gizlendi
masked_account = { $count } banka hesap numarası gizlendi
masked_computer = { $count } bilgisayar adı gizlendi
masked_other = { $count } özel bilgi gizlendi ({ $rule })

## Buttons at the bottom of the screens

send = Gönder
dont_send = Gönderme
close = Kapat
retry = Yeniden dene
back = Mesajıma dön
copy_text = Metnimi kopyala
copied = Metniniz kopyalandı.
copied_this = Kopyalandı.
save = Dosya olarak kaydet…
leave_question = Göndermeden kapatılsın mı?
leave_loss = Yazdıklarınız ve ekledikleriniz kaybolur.
leave_again = { leave_loss } Yine de kapatmak için pencereyi bir kez daha kapatın.
leave_anyway = Yine de kapat

## On the way

sending = Gönderiliyor…
taking_back = İptal ediliyor…
all_out = Yanıt bekleniyor…
goes_on = Çalışmaya devam edebilirsiniz; bu uygulama açık olduğu sürece gönderim sürer.
-next_start = Bu pencereyi daha önce kapatırsanız uygulamayı bir sonraki açışınızda gönderilir.
progress = { $sent } / { $total }
time_left_seconds = yaklaşık { $count } saniye kaldı
time_left_minutes = yaklaşık { $count } dakika kaldı
time_left_hours = yaklaşık { $count } saat kaldı

## It has arrived

sent = Teşekkür ederiz
arrived = Mesajınız ulaştı.
number = Mesajınızın numarası: { $number }.
copy = Kopyala
copy_number = { $number } numarasını kopyala

## It waits

waiting = Kaydedildi
waiting_new = Henüz göndermeyi denemedik; otomatik olarak gönderilecek.
waiting_held = Bu bilgisayarda saklanıyor ve daha sonra otomatik olarak gönderilecek.
waiting_offline = İnternete bağlandığınızda gönderilecek.
waiting_later = { $why } Mesajınız daha sonra otomatik olarak gönderilecek.
waiting_free = { $why } Bağlantı kurulunca mesajınız otomatik olarak gönderilecek.
why_timeout = Sunucumuz artık yanıt vermiyor.
why_no_receipt = Sunucumuzun yerine aradaki başka bir şey yanıt verdi, belki bir oturum açma sayfası.
why_password = Ağınız, dışarı bir şey göndermeden önce parola istiyor.
why_too_large = Sunucumuz için çok büyük ve henüz küçültülemedi.
why_busy = Sunucumuz meşgul.
why_trouble = Sunucumuzda şu anda bir sorun var.
why_local = Bu bilgisayardaki bir sorun şu anda gönderilmesini engelliyor.
why_offline = Sunucumuza bağlantı yok.
next_try_moment = Bu uygulama açıksa bir dakikadan kısa sürede yeniden denenecek.
next_try_minutes = Bu uygulama açıksa yaklaşık { $count } dakika sonra yeniden denenecek.
next_try_hours = Bu uygulama açıksa yaklaşık { $count } saat sonra yeniden denenecek.
next_try_days = Bu uygulama açıksa yaklaşık { $count } gün sonra yeniden denenecek.
fitted = Sunucumuz için çok büyüktü, bu yüzden tamamı gönderilmiyor: { $list }.
fitted_file = { $what } ({ $why })
fit_left_out = çıkarıldı
fit_older = eski satırlar çıkarıldı
fit_smaller = küçültüldü

## It could not be kept on this computer, and is sent from memory

sending_unkept = Mesajınız bu bilgisayarda saklanamadı. Şu anda gönderiliyor; lütfen bu uygulamayı açık tutun.
not_sent = Henüz gönderilmedi
waiting_unkept = { $why } Mesajınız bu bilgisayarda da saklanamadı. Bu uygulama kapanınca hiçbir şey kaybolmasın diye dosya olarak kaydedin veya metninizi kopyalayın.
unkept = Bu bilgisayarda saklı değil ve bu uygulama kapanınca kaybolur.
refused_unkept = Bu bilgisayarda saklanamadı, ama metniniz hâlâ burada.
no_disk = (Neden saklanamadı: { $why })

## The server has said no

refused = Teslim edilmedi
refused_version = Sunucumuz uygulamanın bu sürümünden mesaj kabul etmiyor. Uygulamayı güncellemek işe yarayabilir.
refused_address = Bu uygulamanın mesaj gönderdiği adres artık yok. Uygulamayı güncellemek işe yarayabilir.
refused_size = Mesajınız sunucumuz için çok büyük. Daha az ekle yeniden yazın veya dosya olarak kaydedin.
refused_other = Sunucumuz mesajınızı kabul etmedi. Daha sonra yeniden deneyin veya dosya olarak kaydedin.
refused_says = { $why } Sunucunun yanıtı: { $detail }
refused_status = { $why } (HTTP { $status })
damaged = Saklanan mesaj bozulmuş, bu yüzden gönderilmedi.
vanished = Artık bu bilgisayarda değil: silinmiş, belki de bu uygulamanın başka bir penceresinde. Metniniz hâlâ burada.
too_old = Mesajınız o kadar uzun süredir bekliyor ki artık otomatik olarak gönderilmeyecek.
set_aside = Bu uygulamanın başka bir sürümü mesajınızı bir kenara ayırdığı için otomatik olarak gönderilmeyecek.
kept = Bu bilgisayarda saklanıyor ve metniniz hâlâ burada.
not_delivered = Mesajınız teslim edilmedi. { $why }

## Something else went wrong

not_stored = Mesajınız saklanamadı, bu yüzden gönderilmedi. Metniniz hâlâ burada. { $why }
not_collected = Mesajınız hazırlanamadı, bu yüzden gönderilmedi. Metniniz hâlâ burada. { $why }
not_retried = Yeniden denenemedi. { $why }
not_deleted = Silinemedi. { $why }
not_saved = Kaydedilemedi. { $why }
saved = Kaydedildi: { $path }.
cause_stopped = Bu uygulamanın bir bölümü durdu. Uygulama kapanınca kaybolmasın diye metninizi kopyalayıp bir yerde saklayın.
cause_full = { $count } mesajınız gönderilmeyi bekliyor ve bir tane daha için yer yok. Gönderilmeleri için internete bağlanın veya bunu dosya olarak kaydedin.
cause_memory_full = Saklanamayan { $count } mesaj zaten bekliyor. Gönderilmelerini bekleyin veya bunu dosya olarak kaydedin.
cause_disk = { $path }: { $why }. Yer açın, oraya kimin yazabildiğine bakın veya mesajı dosya olarak kaydedin.
cause_unsafe = { $path } yalnızca size ait değil, bu yüzden oraya hiçbir şey kaydedilmedi. Mesajı dosya olarak kaydedin.
cause_no_folder = Saklanabileceği bir klasör bulunamadı. Mesajı dosya olarak kaydedin.
cause_save = { $path }: { $why }. Başka bir yer seçin.
cause_withheld = Bu uygulama mesajı göndermiyor: { $why }. Saklamak için metninizi kopyalayın.

## Earlier reports

earlier_sending = Önceki mesajınız hâlâ yolda.
earlier_refused = Önceki mesajınız teslim edilmedi. Bunu gönderdikten sonra ona devam edebilirsiniz.
earlier_arrived = Önceki mesajınız ulaştı.
earlier_number = Önceki mesajınız ulaştı. Numarası: { $number }.
show = Göster
earlier = Önceki mesajlar
earlier_count = Önceki mesajlar ({ $count })
leave_list = Geri
none_waits = Artık bekleyen mesaj yok.
it_arrived = Ulaştı.
its_number = Ulaştı. Numarası: { $number }.
quoted = “{ $words }”
written_moment = Az önce yazıldı
written_minutes = { $count } dakika önce yazıldı
written_hours = { $count } saat önce yazıldı
written_days = { $count } gün önce yazıldı
send_now = Şimdi gönder
words_again = Yazdıklarınız yeniden mesajınızda. Önceki mesajın dosyaları ve resimleri burada değil: o mesaj, siz silene kadar listede kalır.
delete = Sil
delete_question = Bu mesaj, yazdıklarınızla birlikte silinsin mi? Henüz ulaşmadı.
delete_for_good = Kalıcı olarak sil
keep = Sakla
of_report = { $button }, mesaj { $number }

## Sizes

decimal_mark = ,
bytes = { $count } bayt
kilobytes = { $number } kB
megabytes = { $number } MB
gigabytes = { $number } GB
