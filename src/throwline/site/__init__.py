"""The first hour as a static site that any helpline can host: plain pages, plain links, nothing kept.

Every page is made from data: the steps, services and platforms of the guidance, and the texts beside this module. A
question is a page whose answers are links, so that nothing has to run in the browser and nothing is ever sent.
"""

from throwline.site._build import SiteError, build
from throwline.site._engine import Engine, EngineError
from throwline.site._pages import Page, address, pages, tool_pages

__all__ = ["Engine", "EngineError", "Page", "SiteError", "address", "build", "pages", "tool_pages"]
