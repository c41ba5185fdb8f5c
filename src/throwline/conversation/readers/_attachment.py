"""What was sent along, told by its file name."""

from __future__ import annotations

from throwline.conversation._message import Attachment, Medium

_ENDINGS = {
    Medium.IMAGE: "jpg jpeg png gif webp heic heif avif bmp tif tiff",
    Medium.VIDEO: "mp4 mov m4v webm mkv avi 3gp 3gpp mpg mpeg wmv",
    Medium.VOICE: "m4a mp3 ogg oga opus aac amr wav caf flac weba",
}
_MEDIUM = {ending: medium for medium, endings in _ENDINGS.items() for ending in endings.split()}
_TYPES = {"image": Medium.IMAGE, "video": Medium.VIDEO, "audio": Medium.VOICE}


def file_name(path: str) -> str:
    """The last part of a path or address, without its query."""
    return path.split("?", 1)[0].split("#", 1)[0].replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]


def attached(path: str, medium: Medium | None = None) -> Attachment:
    """An attachment by the path or address that the export gives; its medium by its ending unless it is known."""
    name = file_name(path)
    if medium is None:
        medium = _MEDIUM.get(name.rsplit(".", 1)[-1].lower(), Medium.FILE)
    return Attachment(name or None, medium)


def typed(path: str, mime: str) -> Attachment:
    """An attachment whose MIME type the export gives; by its ending where that says nothing."""
    return attached(path, _TYPES.get(mime.split("/", 1)[0]))


def link(address: str) -> Attachment:
    """A shared address."""
    return Attachment(address, Medium.LINK)
