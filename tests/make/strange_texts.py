"""Texts that somebody may write, or may try (suite UNI): each is kept as it was written, or refused."""

LONG = 2**20

PLAIN = (
    "Élodie",
    "Đặng Thị Hoàng",
    "Σίσυφος ΣΊΣΥΦΟΣ",
    "İstanbul ıspanak",
    "Straße STRASSE",
    "北京大学 東京 서울",
    "مرحبا بكم",
    "שָׁלוֹם",
    "हिन्दी क्षत्रिय",
    "ไม่มีช่องว่าง",
    "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇫🇷",
    "ﬁnancer ﬂeurs Ⅳ ½ ㎏",
    "Z̸̢̧̛͇̪̣̥̝̘̞̣a̵l̴g̶o̵",
    "𝕬𝖉𝖒𝖎𝖓 𝐛𝐨𝐥𝐝",
    "ÅÅÅ",
    "e\u0301 \u00e9",  # The same letter, composed and not.
    "\u1e9b\u0323",
    "a\u0323\u0307 a\u0307\u0323",  # Marks in two orders.
    "\uac00 \u1100\u1161",
    "l’été : « déjà » … — 5 €",
)
"""Of people who mean it."""

MIXED = (
    "аdmin",  # Begins with a Cyrillic letter.
    "Аdministrateur",
    "ADMІN",
    "раураl",
    "ΑΒΕ ABE АВЕ",
    "\u202eevil\u202c",  # Right to left.
    "\u2066isolated\u2069 \u2067other\u2069",
    "\u200frtl\u200e mark",
    "file\u202egnp.exe",
    "zero\u200bwidth\u200cjoined\u200dhere\u2060end",
    "\ufeffbyte order mark",
    "soft\u00adhyphen",
    "tag\U000e0041\U000e0042\U000e007f",
    "variation\ufe0f\ufe0e",
    "\u2028line\u2029paragraph",
    "nbsp\u00a0thin\u2009ideographic\u3000ogham\u1680",
    "\u3164\uffa0\u115f",  # Letters that show nothing.
    "  spaces around  ",
    "tab\there",
    "line\r\nend\rmix\nhere",
    "\u0085next line",
    "interlinear\ufff9a\ufffab\ufffb",
    "\ufffd replaced \ufffe \uffff",
    "private \ue000 \U000f0000",
)
"""That look like something else, or like nothing."""

BROKEN = (
    "\0",
    "nul\0inside",
    "\ud800",
    "half \udfff of a pair",
    "\ud83d",
    "\x1b[31mred\x1b[0m",
    "\x07\x08\x0b\x0c\x0e\x1f\x7f",
    "%00 %0d%0a %s %n {0} ${jndi:x} {{7*7}}",
    "' OR 1=1; DROP TABLE members; --",
    "../../etc/passwd\\..\\..",
    "<b>bold</b>&amp;&#x27;\"'`",
    "[x](javascript:alert(1)) ![](x)",
    "\u0301" * 200,
    "a" + "\u0315" * 1000,
    "((((((((((" * 300,
    "x" * LONG,
)
"""That no keyboard writes, or that a program may trip over."""

STRANGE = PLAIN + MIXED + BROKEN
