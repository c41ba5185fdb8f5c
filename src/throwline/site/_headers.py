"""What a host should send with every page: a strict policy, and nothing kept."""

from __future__ import annotations

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

HEADERS = {
    "Content-Security-Policy": f"{META_POLICY}; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def header_files() -> dict[str, str]:
    """A file for each kind of host: its path in the site, and its text."""
    return {"_headers": _netlify(), "hosting/Caddyfile": _caddy(), "hosting/nginx.conf": _nginx()}


def _netlify() -> str:
    return "\n".join(["/*", *(f"  {name}: {value}" for name, value in HEADERS.items()), ""])


def _caddy() -> str:
    lines = [f'\t\t{name} "{value}"' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "# Change the name and the folder. Caddy writes no log of visits unless told to.",
            "example.org {",
            "\troot * /srv/site",
            "\tfile_server {",
            "\t\thide hosting _headers",
            "\t}",
            "\tencode zstd gzip",
            "\theader {",
            *lines,
            "\t}",
            "\thandle_errors {",
            "\t\trewrite * /404.html",
            "\t\tfile_server",
            "\t}",
            "}",
            "",
        ]
    )


def _nginx() -> str:
    lines = [f'    add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    return "\n".join(
        [
            "# Goes into the http block. Change the name and the folder, and add your certificate.",
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
            *lines,
            "    location /hosting/ { return 404; }",
            "    location = /_headers { return 404; }",
            "    error_page 404 /404.html;",
            "}",
            "",
        ]
    )
