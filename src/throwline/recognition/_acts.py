"""The vocabulary of a finding: acts, patterns and who is speaking."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What a message does. Each act belongs to the message that says it and to its sender."""

    MOVE_PLATFORM = "move_platform"
    ASK_IMAGE = "ask_image"
    OFFER_IMAGE = "offer_image"
    CLAIM_MATERIAL = "claim_material"
    THREAT_SHARE = "threat_share"
    NAME_AUDIENCE = "name_audience"
    DEMAND_PAYMENT = "demand_payment"
    DEMAND_IMAGES = "demand_images"
    DEMAND_OTHER = "demand_other"
    PAYMENT_CHANNEL = "payment_channel"
    DEADLINE = "deadline"
    REPEAT_DEMAND = "repeat_demand"
    PRESSURE = "pressure"
    ISOLATE = "isolate"
    FALSE_AUTHORITY = "false_authority"
    HACKED_CLAIM = "hacked_claim"
    INCITE_SELF_HARM = "incite_self_harm"
    ROMANCE_MONEY = "romance_money"
    PLEAD = "plead"
    PAY = "pay"
    COMPLY = "comply"
    REFUSE = "refuse"
    DISCLOSE_DISTRESS = "disclose_distress"


class Pattern(StrEnum):
    """What kind of extortion it is, by what is demanded and by whom."""

    FINANCIAL = "financial"
    IMAGES = "images"
    PEER = "peer"
    ROMANCE = "romance"
    HACKED_CLAIM = "hacked-claim"
    OTHER_FAVOUR = "other-favour"
    NONE = "none"


class Speaker(StrEnum):
    """Where the threat in a conversation comes from."""

    OFFENDER_PRESENT = "offender-present"
    TOLD_BY_VICTIM = "told-by-victim"
    QUOTED = "quoted"
    UNKNOWN = "unknown"


DEMANDS = frozenset({Act.DEMAND_PAYMENT, Act.DEMAND_IMAGES, Act.DEMAND_OTHER, Act.REPEAT_DEMAND})
EARLY_SIGNS = frozenset({Act.MOVE_PLATFORM, Act.ASK_IMAGE, Act.OFFER_IMAGE, Act.ROMANCE_MONEY})
OWN_SIDE = frozenset({Act.PLEAD, Act.PAY, Act.COMPLY, Act.REFUSE, Act.DISCLOSE_DISTRESS})
"""Acts of the person under threat."""
