"""What a host should send with every page: a strict policy, and nothing kept."""

from __future__ import annotations

from throwline.language import SOURCE, languages

_POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "data:",
    "base-uri": "'none'",
    "form-action": "'none'",
}

META_POLICY = "; ".join(f"{name} {value}" for name, value in _POLICY.items())
"""As far as a page can set it by itself."""

POLICY = f"{META_POLICY}; frame-ancestors 'none'"
"""For every page. None of them runs WebAssembly, that of a tool neither."""

ENGINE = "/engine/*"
ENGINE_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
"""For what the tools run on, in a worker beside their page, whose policy is that of its own file."""

KEPT = "/kept/*"
KEPT_POLICY = "default-src 'none'; connect-src 'self'"
_KEPT_SCOPE = {"Service-Worker-Allowed": "/"}
"""For the worker that keeps a copy, in a folder of its own: it fetches the pages, which none of them may do itself."""

HEADERS = {
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
"""For all of them, beside the policy."""

_CSP = "Content-Security-Policy"


def header_files() -> dict[str, str]:
    """A file for each kind of host: its path in the site, and its text."""
    return {"_headers": _netlify(), "hosting/Caddyfile": _caddy(), "hosting/nginx.conf": _nginx()}


def _folders() -> tuple[str, ...]:
    """The languages that have a folder of their own."""
    return tuple(language.code for language in languages() if language.code != SOURCE)


def _netlify() -> str:
    # Where two rules fit, such a host sends both policies, and the stricter would hold: so none fits two files.
    pages = ["/", "/:page", *(f"/{code}/:page" for code in _folders())]
    rules = [
        ("/*", HEADERS),
        *((page, {_CSP: POLICY}) for page in pages),
        (ENGINE, {_CSP: ENGINE_POLICY}),
        (KEPT, {_CSP: KEPT_POLICY} | _KEPT_SCOPE),
    ]
    lines = (
        line
        for path, headers in rules
        for line in (path, *(f"  {name}: {value}" for name, value in headers.items()))
    )
    return "\n".join([*lines, ""])


def _caddy() -> str:
    lines = [f'\t\t{name} "{value}"' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "# Change the name and the folder. Caddy writes no log of visits unless told to.",
            "example.org {",
            "\troot * /srv/site",
            "\tfile_server {",
            "\t\thide hosting _headers",
            "\t\tprecompressed br gzip",
            "\t}",
            "\tencode zstd gzip",
            f"\t@engine path {ENGINE}",
            f"\t@kept path {KEPT}",
            f"\t@pages not path {ENGINE} {KEPT}",
            f'\theader @engine {_CSP} "{ENGINE_POLICY}"',
            f'\theader @kept {_CSP} "{KEPT_POLICY}"',
            *(f'\theader @kept {name} "{value}"' for name, value in _KEPT_SCOPE.items()),
            f'\theader @pages {_CSP} "{POLICY}"',
            "\theader {",
            *lines,
            "\t}",
            "\thandle_errors {",
            *_caddy_lost(),
            "\t\tfile_server",
            "\t}",
            "}",
            "",
        ]
    )


def _caddy_lost() -> list[str]:
    """What is shown where nothing is: the page for it, in the language of the folder."""
    if not _folders():
        return ["\t\trewrite * /404.html"]
    return [
        *(f"\t\t@{code} path /{code}/*" for code in _folders()),
        *(f"\t\trewrite @{code} /{code}/404.html" for code in _folders()),
        f"\t\t@english not path {' '.join(f'/{code}/*' for code in _folders())}",
        "\t\trewrite @english /404.html",
    ]


def _nginx() -> str:
    lines = [f'    add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "# Goes into the http block. Change the name and the folder, and add your certificate.",
            "map $uri $policy {",
            f'    default "{POLICY}";',
            f'    ~^{ENGINE.removesuffix("*")} "{ENGINE_POLICY}";',
            f'    ~^{KEPT.removesuffix("*")} "{KEPT_POLICY}";',
            "}",
            "map $uri $scope {",
            '    default "";',
            f'    ~^{KEPT.removesuffix("*")} "/";',
            "}",
            "server {",
            "    listen 80;",
            "    server_name example.org;",
            "    root /srv/site;",
            "    charset utf-8;",
            "    # Nobody's visit is written down.",
            "    access_log off;",
            "    error_log /dev/null crit;",
            "    gzip on;",
            "    gzip_types text/css text/javascript application/javascript;",
            "    # The tools come packed already. With the module for it, add: brotli_static on;",
            "    gzip_static on;",
            f"    add_header {_CSP} $policy always;",
            "    add_header Service-Worker-Allowed $scope always;",
            *lines,
            "    location /hosting/ { return 404; }",
            "    location = /_headers { return 404; }",
            "    error_page 404 /404.html;",
            *(
                f"    location /{code}/ {{ error_page 404 /{code}/404.html; }}"
                for code in _folders()
            ),
            "}",
            "",
        ]
    )
