//! Guards promise 2: the names by which a machine knows its person are hidden however they are written.

use std::sync::Arc;

use super::{Machine, Masking, Masks, redact, redact_at, redact_with};

#[test]
fn this_machines_names_are_hidden_wherever_they_stand() {
    for (text, masked) in [
        (
            "anna.k logged in at Annas-Laptop",
            "[user-1] logged in at [host-1]",
        ),
        ("ssh anna.k@annas-laptop:22", "ssh [user-1]@[host-1]:22"),
        ("joanna.k and anna.kim stay", "joanna.k and anna.kim stay"),
        ("sent pk_notes_7f3a", "sent [key-1]"),
        ("Bearer pk_notes_7f3a", "Bearer [token-1]"),
        ("xpk_notes_7f3ax", "x[key-1]x"),
        (
            "/home/maria/a /srv/people/anna.k/b /home/anna.k/c /home/maria/d",
            "/home/[user-1]/a /srv/people/[user-2]/b /home/[user-2]/c /home/[user-1]/d",
        ),
    ] {
        assert_eq!(redact(text), masked);
    }
}

#[test]
fn a_home_folder_is_known_with_its_spaces() {
    let home = "/home/Maria Petrova";
    for (text, masked) in [
        (r#"HOME="/home/Maria Petrova""#, r#"HOME="/home/[user-1]""#),
        (
            "in /home/Maria Petrova/.cache now",
            "in /home/[user-1]/.cache now",
        ),
        ("in /home/Maria Petrova, and", "in /home/[user-1], and"),
        ("/home/Maria Petrova-Old/x", "/home/[user-1]/x"),
        (
            r"C:\Users\Maria Petrova\notes my.txt",
            r"C:\Users\[user-1]\notes my.txt",
        ),
        (
            r"C:\Users\Sean O'Brien/AppData, C:/Users/Sean O'Brien/x",
            r"C:\Users\[user-1]/AppData, C:/Users/[user-1]/x",
        ),
        (
            r"C:\Users\maria to D:\x, 'C:\Users\anna' too",
            r"C:\Users\[user-1] to D:\x, 'C:\Users\[user-2]' too",
        ),
    ] {
        assert_eq!(redact_at(home, text), masked);
    }
    assert_eq!(
        redact_at(r"/C:\Users/maria petrova", r"/c:\users\maria petrova"),
        r"/c:\users\[user-1]",
        "no separator behind it, but the name is known"
    );
    assert_eq!(
        redact_at("/home/ann", "/home/ann /home/ann-marie/x /home/annabel/y"),
        "/home/[user-1] /home/[user-2]/x /home/[user-3]/y"
    );
}

#[test]
fn a_name_in_a_domain_is_hidden_alone_too() {
    for user in ["amaria@corp.local", r"CORP\amaria"] {
        let machine = Machine {
            home: Some(format!("/home/{user}").into()),
            user: Some(user.to_owned()),
            ..Machine::default()
        };
        let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
        for text in [
            "session for amaria opened",
            r"CORP\amaria logged in",
            "owner Amaria, amarias",
            &format!("in /home/{user}/x of {user}"),
        ] {
            let masked = redact_with(&masks, text).0.replace("amarias", "");
            assert!(!masked.to_lowercase().contains("amaria"), "{masked}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_home_that_is_no_utf_8_is_known_as_logs_show_it() {
    use std::os::unix::ffi::OsStringExt as _;

    let home = std::ffi::OsString::from_vec(b"/srv/people/caf\xe9".to_vec());
    let machine = Machine {
        home: Some(home.into()),
        ..Machine::default()
    };
    let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
    let (masked, _) = redact_with(&masks, "opened /srv/people/café/doc");
    assert_eq!(masked, "opened /srv/people/[user-1]/doc");
}

#[test]
fn both_names_of_a_windows_machine_are_hidden() {
    let machine = Machine {
        host: Some("Annas-New-Computer".to_owned()),
        ..Machine::default()
    };
    let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
    let (masked, _) = redact_with(
        &masks,
        r"Annas-New-Computer: ANNAS-NEW-COMPU\x, annas-new-computers",
    );
    assert_eq!(masked, r"[host-1]: [host-2]\x, annas-new-computers");
}

#[test]
fn a_name_that_is_a_word_too_is_hidden_where_it_stands_for_somebody() {
    let machine = Machine {
        home: Some("/home/max".into()),
        user: Some("max".to_owned()),
        ..Machine::default()
    };
    let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
    for (text, masked) in [
        ("max=5, Max. 3 of max 7, 0..max", "max=5, Max. 3 of max 7, 0..max"),
        ("/home/max/x /media/max/y", "/home/[user-1]/x /media/[user-1]/y"),
        (
            r#"USER=max {"user":"max"} user: Max"#,
            r#"USER=[user-1] {"user":"[user-1]"} user: [user-1]"#,
        ),
        (
            "Accepted password for user max from max@laptop, login max",
            "Accepted password for user [user-1] from [user-1]@laptop, login [user-1]",
        ),
    ] {
        assert_eq!(redact_with(&masks, text).0, masked);
    }
}

#[test]
fn names_in_any_alphabet_are_hidden_in_any_case() {
    for (name, written) in [
        ("Мария", "МАРИЯ"),
        ("jürgen", "JÜRGEN"),
        ("ΝΙΚΟΣ", "Νικος"),
        ("ştefan", "Ştefan"),
        ("weiß", "WEIẞ"),
        ("李小龍", "李小龍"),
        ("a.b-c[d", "A.B-C[D"),
    ] {
        let machine = Machine {
            user: Some(name.to_owned()),
            ..Machine::default()
        };
        let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
        let (masked, counts) = redact_with(&masks, &format!("by {name}, {written} and {name}x"));
        assert!(masked.ends_with(&format!(" and {name}x")), "{masked}");
        assert_eq!(counts["user"], 2, "{masked}");
    }
}

#[test]
fn a_name_from_a_code_page_is_hidden_as_it_is_shown() {
    for (name, written) in [
        // Windows-1251, also in capitals, and 866
        ("Мария", "Ìàðèÿ"),
        ("Мария", "ÌÀÐÈß"),
        ("Мария", "\u{8c}\u{a0}\u{e0}\u{a8}\u{ef}"),
        ("Νίκος", "Íßêïò"),
        ("Łukasz.Żak", "£ukasz.¯ak"),
        ("Ayşe", "ayþe"),
    ] {
        let machine = Machine {
            user: Some(name.to_owned()),
            ..Machine::default()
        };
        let masks = Arc::new(Masks::new(&Masking::default(), &machine, &[]));
        let (masked, _) = redact_with(&masks, &format!("by {written}, and {written}x"));
        assert_eq!(masked, format!("by [user-1], and {written}x"));
    }
}
