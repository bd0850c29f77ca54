//! Lines as logs of many kinds have them, without a secret, made anew from a seed.

use feedback_sdk::testing::masking::{Dice, fill};

/// One line per kind and variant. `{h8}` and the like are filled in with other digits each time.
const LINES: [&str; 74] = [
    // syslog and journald
    "Nov 22 10:{d2}:{d2} host42 systemd[1]: Started Daily apt download activities.",
    "Nov 22 10:{d2}:{d2} host42 kernel: [{d5}.{d6}] usb 1-2: new high-speed USB device number {d1} using xhci_hcd",
    "Nov 22 10:{d2}:{d2} host42 sshd[{d4}]: Connection closed by 192.168.1.{d2} port {d5} [preauth]",
    "Nov 22 10:{d2}:{d2} host42 CRON[{d5}]: (root) CMD (run-parts --report /etc/cron.hourly)",
    "<13>1 2026-11-22T10:15:{d2}.{d3}Z host42 app {d4} ID{d2} [meta sequenceId=\"{d3}\"] started",
    // nginx and Apache, from the same machine
    "127.0.0.1 - - [22/Nov/2026:10:{d2}:{d2} +0000] \"GET /assets/app.{h8}.js HTTP/1.1\" 200 {d5} \"-\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36\"",
    "10.0.3.{d2} - - [22/Nov/2026:10:{d2}:{d2} +0000] \"POST /api/v1/notes?page=2&sort=name HTTP/2.0\" 204 0",
    "2026/11/22 10:{d2}:{d2} [error] {d4}#{d4}: *{d5} open() \"/var/www/html/favicon.ico\" failed (2: No such file or directory)",
    // tracing, log, env_logger
    "2026-11-22T10:15:{d2}.{d6}Z  INFO notes::store: opened store path=notes.db entries={d4}",
    "2026-11-22T10:15:{d2}.{d6}Z DEBUG hyper_util::client::legacy::pool: reuse idle connection for (\"https\", notes.example)",
    "2026-11-22T10:15:{d2}.{d6}Z TRACE request{method=GET uri=/api/v1/config version=HTTP/1.1}: tower_http::trace: finished latency={d2} ms status=200",
    "[2026-11-22T10:15:{d2}Z WARN  wgpu_hal::gles::egl] Re-initializing Gles context due to Wayland window",
    "thread 'main' panicked at src/editor.rs:{d3}:{d2}: index out of bounds: the len is {d2} but the index is {d3}",
    "  {d2}: core::ops::function::FnOnce::call_once{vtable.shim}",
    "             at /rustc/{h40}/library/std/src/panicking.rs:{d3}:5",
    "   3: 0x{h12} - <std::io::Error as core::fmt::Display>::fmt::h{h16}",
    // Java and .NET
    "2026-11-22 10:15:{d2},{d3} ERROR [main] o.s.b.SpringApplication - Application run failed",
    "java.lang.NullPointerException: Cannot invoke \"String.length()\" because \"<local1>\" is null",
    "\tat com.example.notes.Store.open(Store.java:{d3})",
    "\tat org.apache.catalina.core.StandardWrapper.invoke(StandardWrapper.java:{d3}) ~[tomcat-embed-core-10.1.{d2}.jar:10.1.{d2}]",
    "Caused by: java.net.ConnectException: Connection refused: localhost/127.0.0.1:{d4}",
    "   at System.IO.FileStream.ValidateFileHandle(SafeFileHandle fileHandle) in D:\\a\\_work\\1\\s\\src\\FileStream.cs:line {d3}",
    "Object com.example.Note@{h8} has no owner",
    // Windows events
    "Information\t22.11.2026 10:{d2}:{d2}\tService Control Manager\t7036\tNone\tThe Windows Update service entered the running state.",
    "Faulting application name: notes.exe, version: 1.4.{d1}.{d2}, time stamp: 0x{h8}",
    "Faulting module path: C:\\Windows\\System32\\KERNELBASE.dll, version 10.0.22621.{d4}, exception code 0xc0000005",
    "Report Id: {h8}-{h4}-4{h3}-a{h3}-{h12}",
    "Driver version: 31.0.15.{d4} OS build 22621.{d4}",
    // Python, Node, Go, databases
    "  File \"/usr/lib/python3/dist-packages/requests/sessions.py\", line {d3}, in request",
    "ValueError: invalid literal for int() with base 10: 'abc'",
    "    at Module._compile (node:internal/modules/cjs/loader:{d4}:{d2})",
    "npm warn deprecated glob@7.2.{d1}: Glob versions prior to v9 are no longer supported",
    "goroutine {d3} [running]: runtime/debug.Stack(0xc000{h6}, 0x{h2}, 0x{h2})",
    "{\"level\":\"info\",\"ts\":17322912{d2}.{d6},\"caller\":\"store/open.go:{d3}\",\"msg\":\"compaction done\",\"bytes\":{d8},\"took\":\"{d2}ms\"}",
    "{\"time\":\"2026-11-22T10:15:{d2}.{d3}Z\",\"span_id\":\"{h16}\",\"trace_id\":\"{h32}\",\"status\":200}",
    "2026-11-22 10:15:{d2}.{d3} UTC [{d5}] LOG:  checkpoint complete: wrote {d3} buffers (0.{d1}%); 0 WAL file(s) added",
    "SELECT id, name FROM notes WHERE id = {d16} LIMIT 10;",
    "1732291{d6}00 INFO snowflake {d18} stored in shard {d2}",
    // hashes, ids, versions, times
    "commit {h40}",
    "sha256:{h64}  notes-1.4.{d1}-x86_64.AppImage",
    "md5 {h32} etag \"{h16}\" crc32 {h8}",
    "session {h8}-{h4}-7{h3}-8{h3}-{h12} began",
    "SHA256:{b43} fingerprint of the host",
    "notes 1.2.3.4 -> version 1.2.3.5, libfoo-2.31.{d1}.{d2}.so, build 10.0.19045.{d4}",
    "took 12:{d2}:{d2}.{d3} from 2026-11-22 to 2026-12-01, 1:2:3, 00:0{d1}:{d2}",
    "x={d2}.{d6} y=-{d3}.{d4} z={d1}e-{d1} ratio 0.{d16}",
    "rect [{d3}.0 {d3}.0] - [{d4}.0 {d4}.0], scale 1.25, id {h4}",
    // dumps
    "{h8}  {h2} {h2} {h2} {h2} {h2} {h2} {h2} {h2}  {h2} {h2} {h2} {h2} {h2} {h2} {h2} {h2}  |................|",
    "0000{h4}: {h4} {h4} {h4} {h4} {h4} {h4} {h4} {h4}  ................",
    "rax={h16} rbx={h16} rcx={h16} rip={h16}",
    "7f{h10}-7f{h10} r-xp 000{h5} 08:02 {d6} /usr/lib/x86_64-linux-gnu/libc.so.6",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA{b76}",
    "{b76}",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA{b40}",
    // words that are near to what rules look for
    "token count {d4}, max_tokens: {d4}, Unexpected token: EndOfFile at {d3}:{d2}",
    "the password is wrong, password: required, pwd is empty, secret sauce, basic settings",
    "cookie: enabled; keyboard key=F{d1} code=42 author=none authority: high",
    "user-agent: notes/1.4.{d1} accept: */* cache-control: no-cache authorization: required",
    "listening on [::1]:{d4} and 0.0.0.0:{d4}, fe80::{h4} on eth0, netmask 255.255.255.0",
    "see https://docs.notes.example/v1.4/errors?id=E{d4}#top and icon@2x.png, @media print",
    "std::collections::HashMap::<u8, a::b>::new() in dead::beef::cafe",
    "EURUSD=X {d1}.{d4} AB12 CD34 order DE{d3} room A{d3}-B{d2} part 3M-{d4}-{d4}",
    "2026-11-22 13:{d2}:{d2} status half-installed imagemagick-6-common:all 8:6.9.11.{d2}+dfsg-1.6+deb12u15",
    "Preparing to unpack .../06-imagemagick-6-common_8%3a6.9.11.{d2}+dfsg-1.6+deb12u15_all.deb ...",
    "GET /home/index.html 200, GET https://notes.example/home/settings, POST /api/Users/search 204",
    "Started user@1000.service, getty@tty{d1}.service; sprite@dark.png, foo@latest.tgz, logo@3x.webp",
    "--token must be set, password > 8 characters, password: too short, if password == None:",
    "driver nvidia 31.0.15.{d2}, ProductVersion 22.11.43.{d2}, build 2026.1122.10{d2}",
    "class sk-spinner-three-bounce-circle-wrapper-element, map[token:[TOKEN] password:[REDACTED]]",
    "columns: \"id\", \"password\", \"email\", \"created\"; label \"Password:\" not found",
    "pam_unix(sshd:session): session opened for user root(uid=0), session: {d2}, SSID: our-network",
    "docker run -u 1000:1000 -p 80:80, sort -u, error code=notes-{d3}, 4 of {d4} {d4}",
    "GPU 0000:01:00.0: NVIDIA GeForce RTX, bus 00:1f.3, vendor 0x10de, rev a1",
    "保存しました: ノート {d2} 件, сохранено {d3} заметок, größe {d4} KiB … ok",
];

/// A line of one kind or another.
pub(crate) fn line(dice: &mut Dice) -> String {
    fill(LINES[dice.roll(LINES.len())], dice).0
}
