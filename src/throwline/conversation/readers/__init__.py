"""One reader a format."""

from throwline.conversation.readers._reader import Columns, DateOrder, Facts, Hints, Reader
from throwline.conversation.readers.discord_chat_exporter import DiscordChatExporter
from throwline.conversation.readers.discord_csv import DiscordCsv
from throwline.conversation.readers.discord_html import DiscordHtml
from throwline.conversation.readers.discord_package import DiscordPackage
from throwline.conversation.readers.discord_text import DiscordText
from throwline.conversation.readers.email import EMail
from throwline.conversation.readers.google_chat import GoogleChat
from throwline.conversation.readers.hangouts import Hangouts
from throwline.conversation.readers.imessage import IMessage
from throwline.conversation.readers.imessage_exporter_html import IMessageExporterHtml
from throwline.conversation.readers.imessage_exporter_text import IMessageExporterText
from throwline.conversation.readers.interchange import Interchange
from throwline.conversation.readers.linkedin import LinkedIn
from throwline.conversation.readers.messenger_e2ee import MessengerEncrypted
from throwline.conversation.readers.meta_html import MetaHtml
from throwline.conversation.readers.meta_json import MetaJson
from throwline.conversation.readers.pasted import PastedText
from throwline.conversation.readers.roblox import Roblox
from throwline.conversation.readers.signal import Signal
from throwline.conversation.readers.skype import Skype
from throwline.conversation.readers.sms_backup_restore import SmsBackupRestore
from throwline.conversation.readers.snapchat import Snapchat
from throwline.conversation.readers.snapchat_html import SnapchatHtml
from throwline.conversation.readers.steam import Steam
from throwline.conversation.readers.steam_csv import SteamCsv
from throwline.conversation.readers.table import Table
from throwline.conversation.readers.telegram import Telegram
from throwline.conversation.readers.telegram_html import TelegramHtml
from throwline.conversation.readers.tiktok import TikTok
from throwline.conversation.readers.tiktok_text import TikTokText
from throwline.conversation.readers.whatsapp import WhatsApp
from throwline.conversation.readers.whatsapp_ios import WhatsAppIos
from throwline.conversation.readers.x_archive import XArchive

READERS: tuple[Reader, ...] = (
    SmsBackupRestore(),
    IMessage(),
    WhatsAppIos(),
    XArchive(),
    DiscordChatExporter(),
    MetaJson(),
    MessengerEncrypted(),
    GoogleChat(),
    Hangouts(),
    Skype(),
    DiscordPackage(),
    Snapchat(),
    TikTok(),
    LinkedIn(),
    Roblox(),
    Interchange(),
    SteamCsv(),
    DiscordCsv(),
    DiscordHtml(),
    DiscordText(),
    TikTokText(),
    IMessageExporterHtml(),
    Steam(),
    SnapchatHtml(),
    MetaHtml(),
    IMessageExporterText(),
    Telegram(),
    TelegramHtml(),
    Signal(),
    WhatsApp(),
    EMail(),
    PastedText(),
)
"""In the order they are tried: the more certain a format's marks, the earlier."""


def readers_for(hints: Hints) -> tuple[Reader, ...]:
    """READERS, and before them the one for the table whose columns the person has named."""
    return READERS if hints.columns is None else (Table(hints.columns), *READERS)


__all__ = ["READERS", "Columns", "DateOrder", "Facts", "Hints", "Reader", "readers_for"]
