"""Addresses that lead, by one trick or another, to where a server must not go. `{port}`: where a sentinel waits."""

HOSTS = [
    # This machine and the networks around it, as written.
    *("127.0.0.1", "127.8.9.10", "localhost", "localhost.", "[::1]", "[::]", "0.0.0.0", "0"),
    *("10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "169.254.1.1", "[fe80::1]"),
    *("[fc00::1]", "[fd12:3456::1]", "[fec0::1]", "[ff02::1]", "224.0.0.1", "255.255.255.255", "198.18.0.1"),
    # The machines' own services in the clouds.
    *("169.254.169.254", "[fd00:ec2::254]", "168.63.129.16", "100.100.100.200", "192.0.0.192"),
    # The same, otherwise written.
    *("2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "017700000001", "1.1.1.256"),
    *("127.0.0.1.", "127。0。0。1", "①②⑦.⓪.⓪.①", "%31%32%37.0.0.1", "127.0.0.1%00.example.org"),
    # IPv4 inside IPv6.
    *("[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]"),
    *("[2002:7f00:1::]", "[2002:a00:1::1]", "[2001:0:4136:e378:8000:63bf:80ff:fffe]", "[2001:0:7f00:1::]"),
    *("[2001:4860::5efe:7f00:1]", "[::ffff:0:127.0.0.1]", "[fe80::1%25lo]", "[2001:db8::1]", "[3fff::1]"),
]

URLS = [
    # Schemes.
    *(
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "gopher://127.0.0.1:{port}/_GET",
        "dict://127.0.0.1:{port}/",
        "ldap://a/",
    ),
    *(
        "data:text/html,x",
        "javascript:alert(1)",
        "jar:http://127.0.0.1!/",
        "//127.0.0.1:{port}/",
        "127.0.0.1:{port}",
        "",
    ),
    # Who the host is, when the eye reads another.
    *(
        "http://exemple.fr@127.0.0.1:{port}/",
        "http://exemple.fr:80@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}@exemple.fr/",
    ),
    *("http://127.0.0.1:{port}\\@exemple.fr/", "http://exemple.fr\\.127.0.0.1:{port}/", "http:///127.0.0.1:{port}/"),
    *("http://127.0.0.1:{port}#@exemple.fr/", "http://127.0.0.1:{port}?@exemple.fr/", "http:\\\\127.0.0.1:{port}\\"),
    # Another request inside.
    *("http://exemple.fr/\r\nHost: 127.0.0.1", "http://exemple.fr\r\n.127.0.0.1:{port}/", "http://exemple.fr/\x00"),
    *(
        "http://127.0.0.1:{port}/ HTTP/1.1\r\nX: y",
        "http://exemple.fr /",
        "http://[::1",
        "http://:{port}/",
        "http://%/",
    ),
    # Doors of other services.
    *("http://exemple.fr:22/", "http://exemple.fr:25/", "http://exemple.fr:6379/", "https://exemple.fr:5432/"),
    *("http://exemple.fr:0/", "http://exemple.fr:65536/", "http://exemple.fr:-1/", "http://exemple.fr:8080/"),
]

LOCATIONS = [
    *("http://127.0.0.2:{port}/", "//127.0.0.2:{port}/", "http://[::1]:{port}/", "http://2130706434:{port}/"),
    *(
        "http://interne.exemple.fr:{port}/",
        "file:///etc/passwd",
        "http://a@exemple.fr:{port}/",
        "http://exemple.fr:22/",
    ),
    *("http://[::ffff:127.0.0.2]:{port}/", "gopher://exemple.fr/", "http://[", "http://exemple.fr:{port}/\x01"),
]
"""Where a redirect leads, from a first hop at 127.0.0.1 that is let through."""
