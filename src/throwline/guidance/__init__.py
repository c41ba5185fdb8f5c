"""What to do now: the steps of the first hour, and the directory of people who help.

Steps, services and platforms are TOML files beside this module, each entry with its source, the day it was looked at
and how sure we are. Nothing here claims that a step is proven: it says who advises it.
"""

from throwline.guidance._directory import Contact, Directory, Kind, Serves, countries, directory
from throwline.guidance._for_case import plan_for
from throwline.guidance._plan import Plan, plan
from throwline.guidance._platforms import Fact, Platform, platform, platforms
from throwline.guidance._provenance import Confidence, GuidanceError, Provenance
from throwline.guidance._signals import Level, Signals
from throwline.guidance._stale import Due, stale
from throwline.guidance._steps import Adviser, Step, Words

__all__ = [
    "Adviser",
    "Confidence",
    "Contact",
    "Directory",
    "Due",
    "Fact",
    "GuidanceError",
    "Kind",
    "Level",
    "Plan",
    "Platform",
    "Provenance",
    "Serves",
    "Signals",
    "Step",
    "Words",
    "countries",
    "directory",
    "plan",
    "plan_for",
    "platform",
    "platforms",
    "stale",
]
