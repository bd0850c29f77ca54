//! Keys that clouds and services give out, known by their look.
//!
//! The looks are facts that the services publish, as gitleaks (MIT licence, `config/gitleaks.toml`) and
//! secretlint (MIT licence) have gathered them. A key that goes on is hidden to its end.

use super::Entry;
use super::key_shapes::{
    authress, azure, base32, base64, braintree, clickhouse, crates_io, crypted, discord, dotted, facebook,
    hex, lower, mailchimp, maxmind, openai, padded, path, slack, telegram, terraform, url_safe, vault,
};
use crate::redact::rule::{Secret, at_word};

const fn key(start: &'static str, secret: Secret, examples: &'static [&'static str]) -> Entry {
    Entry {
        name: "vendor_key",
        pattern: start,
        secret,
        examples,
        harmless: &[],
        source: "gitleaks, secretlint, the services' own pages",
    }
}

use Secret::{By, Key};

/// How each key starts, what follows, and how much of it at least.
pub(super) const RULES: &[Entry] = &[
    // AWS access key ids and Bedrock keys
    key(
        "A(?:KIA|SIA|BIA|CCA|3T[0-9A-Z])",
        Key(base32, 16),
        &["id «AKIA{u16}»", "«ASIA{u16}»"],
    ),
    key("IQoJb3JpZ2lu", Key(base64, 100), &["«IQoJb3JpZ2luX2VjE{a300}==»"]),
    key("ABSK", Key(base64, 109), &["«ABSK{a120}=»"]),
    key("bedrock-api-key-", Key(base64, 28), &["«bedrock-api-key-{b120}»"]),
    // Google Cloud and OAuth
    key("AIza", Key(url_safe, 35), &["key=«AIza{a35}»"]),
    key("GOCSPX-", Key(url_safe, 28), &["«GOCSPX-{a28}»"]),
    key(r"ya29\.", Key(url_safe, 20), &["«ya29.{a60}»"]),
    key(r"AQ\.Ab8", Key(url_safe, 40), &["«AQ.Ab8{a47}»"]),
    key("1//0[0-9a-z]", Key(url_safe, 40), &["«1//0g{a60}»"]),
    // Azure AD client secrets
    key("[0-9]Q~", By(azure), &["«{a3}8Q~{a34}»"]),
    // GitHub, GitLab, Atlassian
    key(
        r"ghs_[0-9A-Za-z]{1,16}\.",
        Key(dotted, 60),
        &["«ghs_APP1.{a40}.{a43}»"],
    ),
    key(
        "gh[pousr]_",
        Key(base64, 36),
        &[
            "token_«ghp_{a36}»",
            "%22«ghp_{a36}»%22",
            r"\u0022«ghp_{a36}»\u0022",
            "«ghp_{a36}»",
            r"\n«gho_{a36}»",
            "«ghs_{a36}»",
        ],
    ),
    key("github_pat_", Key(url_safe, 40), &["«github_pat_{a22}_{a59}»"]),
    key(
        "gl(?:pat|dt|rtr?|soat|ptt|agent|imt|ft|ffct|cbt|oas)-",
        Key(dotted, 20),
        &["«glpat-{a20}»", "«gldt-{a20}»", "«glptt-{h40}»"],
    ),
    key("ATATT3", Key(base64, 100), &["«ATATT3{a186}»"]),
    key("ATCTT3", Key(base64, 100), &["«ATCTT3{a180}={h8}»"]),
    key("ATBB", Key(base64, 32), &["«ATBB{a32}»"]),
    // Slack
    key(
        r"xox(?:[acdr]-|[beops]-[0-9]|e\.xox[bp]-)",
        Key(slack, 10),
        &[
            "«xoxc-{d12}-{d12}-{h64}»",
            "«xoxd-{a20}%2F{a40}%3D»",
            "«xoxe.xoxp-1-{a160}»",
            "«xoxb-{d12}-{d12}-{a24}»",
            "«xoxp-{d10}-{a32}»",
        ],
    ),
    key("xapp-[0-9]-", Key(url_safe, 36), &["«xapp-1-A{d10}-{d13}-{h64}»"]),
    key(
        r"hooks\.slack\.com/(?:services|workflows|triggers)/",
        Key(base64, 20),
        &["https://«hooks.slack.com/services/T{d8}/B{d8}/{a24}»"],
    ),
    // Stripe, Square, Shopify, PayPal's Braintree
    key(
        "[sr]k_(?:org_)?(?:live|test|prod)_",
        Key(base64, 10),
        &["«sk_live_{a24}»", "«rk_test_{a24}»", "«sk_org_live_{a32}»"],
    ),
    key("whsec_", Key(base64, 24), &["«whsec_{a32}»"]),
    key("EAAA", Key(url_safe, 22), &["«EAAA{a60}»"]),
    key("EZ[AT]K", Key(base64, 54), &["«EZAK{a54}»"]),
    key(
        "FLW(?:SEC|PUB)K(?:_TEST)?-",
        Key(url_safe, 12),
        &["«FLWSECK_TEST-{h32}-X»", "«FLWSECK-{h32}-X»"],
    ),
    key("duffel_(?:test|live)_", Key(padded, 43), &["«duffel_live_{a43}»"]),
    key("shippo_(?:live|test)_", Key(hex, 40), &["«shippo_live_{h40}»"]),
    key("sq0(?:atp|csp)-", Key(url_safe, 22), &["«sq0atp-{a22}»"]),
    key("shp(?:at|ca|pa|ss)_", Key(base64, 32), &["«shpat_{h32}»"]),
    key(
        r"access_token\$production\$",
        Key(braintree, 40),
        &["«access_token$production$qwertyui12345678${h32}»"],
    ),
    // OpenAI, Anthropic, Hugging Face and others of their kind
    key(
        "sk-",
        By(openai),
        &[
            "«sk-ant-api03-{a93}AA»",
            "«sk-{a20}T3BlbkFJ{a20}»",
            "«sk-proj-{a47}7»",
            "«sk-or-v1-{h64}»",
        ],
    ),
    key("sk_[0-9a-f]", Key(hex, 47), &["«sk_{h48}»"]),
    key("lsv2_(?:pt|sk)_", Key(base64, 40), &["«lsv2_pt_{h32}_{h10}»"]),
    key("pcsk_", Key(base64, 60), &["«pcsk_{a6}_{a63}»"]),
    key("tvly-", Key(url_safe, 32), &["«tvly-dev-{a32}»"]),
    key("tgp_v1_", Key(url_safe, 43), &["«tgp_v1_{a43}»"]),
    key(
        "(?:hf|api_org)_",
        Key(base64, 34),
        &["«hf_{a34}»", "«api_org_{a34}»"],
    ),
    key(
        "(?:gsk_|pplx-|xai-|r8_)",
        Key(base64, 37),
        &["«gsk_{a52}»", "«pplx-{a48}»", "«xai-{a80}»"],
    ),
    // Package registries
    key("npm_", Key(base64, 36), &["«npm_{a36}»"]),
    key("pypi-AgE", Key(url_safe, 50), &["«pypi-AgEIcHlwaS5vcmc{a60}»"]),
    key("rubygems_", Key(base64, 48), &["«rubygems_{h48}»"]),
    key("dckr_(?:pat|oat)_", Key(url_safe, 27), &["«dckr_pat_{a27}»"]),
    key("CLOJARS_", Key(base64, 60), &["«CLOJARS_{h60}»"]),
    key(
        "(?:AKCp|cmVmd)",
        Key(base64, 59),
        &["«AKCp{a69}»", "«cmVmdGtu{a56}»"],
    ),
    key(
        "oy2",
        Key(lower, 43),
        &["«oy2abcdefghij234567klmnopqrstuvwxyz234567abcdef»"],
    ),
    key("cio", By(crates_io), &["«cio{a31}7»"]),
    key("4b1d", By(clickhouse), &["«4b1d{a36}7Z»"]),
    // Mail and messages
    key("re_[0-9A-Za-z]{8}_", Key(base64, 20), &["«re_{a8}_{a24}»"]),
    key("SK[0-9a-f]", Key(hex, 31), &["«SK{h32}»"]),
    key(r"SG\.", Key(padded, 60), &["«SG.{a22}.{a43}»"]),
    key("key-[0-9a-f]", Key(hex, 31), &["«key-{h32}»"]),
    key("[0-9a-f]-us[0-9]{1,2}", By(mailchimp), &["«{h32}-us21»"]),
    key("xkeysib-", Key(url_safe, 80), &["«xkeysib-{h64}-{a16}»"]),
    key(
        r"\.[0-9A-Za-z_\-]{6}\.",
        By(discord),
        &[
            "«M{a23}.{a6}.{a27}»",
            "bot «N{a25}.{a6}.{a38}»",
            "bot «N{a23}SG.{a6}.{a38}»",
        ],
    ),
    key(
        r"discord(?:app)?\.com/api/webhooks/",
        Key(path, 60),
        &["https://«discord.com/api/webhooks/{d18}/{a68}»"],
    ),
    key(
        r"webhook\.office\.com/webhookb2/",
        Key(path, 60),
        &["https://notes.«webhook.office.com/webhookb2/{h36}@{h36}/IncomingWebhook/{h32}»"],
    ),
    key(
        r"outlook\.office(?:365)?\.com/webhook/",
        Key(path, 60),
        &["https://«outlook.office.com/webhook/{h36}@{h36}/IncomingWebhook/{h32}»"],
    ),
    key(
        r"hooks\.zapier\.com/hooks/catch/",
        Key(path, 10),
        &["https://«hooks.zapier.com/hooks/catch/{d7}/{a7}/»"],
    ),
    key(r"[0-9]\|", By(facebook), &["access «1{d14}|{a27}»"]),
    key(
        "[0-9]:A",
        By(telegram),
        &["bot«{d9}:AA{a33}»", "token «{d10}:AA{a33}»"],
    ),
    // Hosts and tools
    key("do[opr]_v1_", Key(hex, 64), &["«dop_v1_{h64}»"]),
    key("dapi[0-9a-f]", Key(hex, 31), &["«dapi{h32}»"]),
    key(r"hv[bs]\.", Key(url_safe, 24), &["«hvs.{a95}»"]),
    key("sha256~", Key(url_safe, 43), &["«sha256~{a43}»"]),
    key(r"[ps]at\.", Key(dotted, 60), &["«pat.{a22}.{a24}.{a20}»"]),
    key(
        r"(?-u:\b)acc[_\-]",
        By(authress),
        &["«sc_{a20}.{a5}.acc-{a20}.{a44}»"],
    ),
    key("API-[0-9A-Z]", Key(base32, 25), &["«API-{u26}»"]),
    key("mmk", By(maxmind), &["«{a6}_{a29}_mmk»"]),
    key("p8e-", Key(base64, 32), &["«p8e-{a32}»"]),
    key("fio-u-", Key(padded, 60), &["«fio-u-{a64}»"]),
    key("ico-", Key(base64, 32), &["«ico-{a32}»"]),
    key("s-s4t2(?:ud|af)-", Key(hex, 64), &["«s-s4t2ud-{h64}»"]),
    key("pnu_", Key(base64, 36), &["«pnu_{a36}»"]),
    key("rdme_", Key(base64, 70), &["«rdme_{a70}»"]),
    key("sm_(?:aat|pat|sat)_", Key(base64, 16), &["«sm_pat_{a16}»"]),
    key("tk-us-", Key(url_safe, 48), &["«tk-us-{a48}»"]),
    key("GR1348941", Key(url_safe, 20), &["«GR1348941{a20}»"]),
    key(
        r"[0-9A-Za-z]\.atlasv1\.",
        By(terraform),
        &["«{a14}.atlasv1.{a67}»"],
    ),
    key("glsa_", Key(url_safe, 41), &["«glsa_{a32}_{h8}»"]),
    key("glc_", Key(base64, 32), &["«glc_{a60}=»"]),
    key("NR(?:AK|JS|II|RA)-", Key(url_safe, 19), &["«NRAK-{u27}»"]),
    key("PMAK-", Key(url_safe, 59), &["«PMAK-{h24}-{h34}»"]),
    key("sntry[su]_", Key(base64, 50), &["«sntryu_{h64}»"]),
    key("lin_(?:api|oauth)_", Key(base64, 32), &["«lin_api_{a40}»"]),
    key("ntn_[0-9]", Key(base64, 45), &["«ntn_{d11}{a35}»"]),
    key("fig[du]_", Key(url_safe, 40), &["«figd_{a43}»"]),
    key("sb_secret_", Key(url_safe, 30), &["«sb_secret_{a22}_{a8}»"]),
    key(r"pat[0-9A-Za-z]{14}\.", Key(hex, 64), &["«pat{a14}.{h64}»"]),
    key("pul-", Key(hex, 40), &["«pul-{h40}»"]),
    key("fo1_", Key(url_safe, 43), &["«fo1_{a43}»"]),
    key("fm[12][ar]?_", Key(base64, 100), &["FlyV1 «fm2_{b200}»"]),
    key("nfp_", Key(base64, 36), &["«nfp_{a36}»"]),
    key("vc[pikar]_", Key(url_safe, 24), &["«vcp_{a56}»"]),
    key("CFPAT-", Key(url_safe, 43), &["«CFPAT-{a43}»"]),
    key("sgp_", Key(base64, 40), &["«sgp_{h40}»", "«sgp_{h16}_{h40}»"]),
    key("ph[cx]_", Key(base64, 43), &["«phx_{a43}»"]),
    key("sbp_[0-9a-f]", Key(hex, 39), &["«sbp_{h40}»"]),
    key(r"dt0c01\.", Key(dotted, 89), &["«dt0c01.{a24}.{a64}»"]),
    key(
        "pscale_(?:tkn|oauth|pw)_",
        Key(padded, 32),
        &["«pscale_tkn_{a43}»"],
    ),
    key(r"dp\.(?:pt|st|ct|sa|scim)\.", Key(dotted, 40), &["«dp.pt.{a43}»"]),
    key("HRKU-", Key(url_safe, 36), &["«HRKU-AA{a58}»"]),
    key("LTAI", Key(base64, 16), &["«LTAI{a20}»"]),
    key("EAA[BCGM]", Key(base64, 100), &["«EAAC{a120}»"]),
    key(
        "A3-[0-9A-Z]{6}-",
        Key(url_safe, 26),
        &["«A3-{u6}-{u6}-{u5}-{u5}-{u5}-{u5}»"],
    ),
    key("ops_eyJ", Key(base64, 60), &["«ops_eyJ{a250}»"]),
    key("AGE-SECRET-KEY-1", Key(base32, 58), &["«AGE-SECRET-KEY-1{u58}»"]),
    key(r"v1\.0-[0-9a-f]", Key(url_safe, 150), &["«v1.0-{h24}-{h146}»"]),
    // What systems keep in the place of passwords.
    Entry {
        name: "secret",
        pattern: r"\$(?:2[abxy]|[156y]|apr1|argon2id?)\$",
        secret: By(crypted),
        examples: &[
            "maria:«$6${a16}${a86}»:19000:0:99999:7:::",
            "hash «$2b$12${a53}», next",
            "«$argon2id$v=19$m=65536,t=3,p=4${a22}${a43}»",
            "maria:«$apr1${a8}${a22}»\n",
        ],
        harmless: &["replace with $1$2 and $5$", "cost $1$ or $5$ more than that"],
        source: "the manual page crypt(5)",
    },
    // The last, for what starts so too goes on in other ways.
    key(at_word!(r"s\."), By(vault), &["«s.{a23}7»"]),
];
