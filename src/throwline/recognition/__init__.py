"""Recognising extortion over intimate material, early and with every statement cited."""

from throwline.recognition._acts import DEMANDS, EARLY_SIGNS, OWN_SIDE, Act, Pattern, Speaker
from throwline.recognition._state import Alarm, CitedAct, State
from throwline.recognition._verdict import Finding, recognise, step

__all__ = [
    "DEMANDS",
    "EARLY_SIGNS",
    "OWN_SIDE",
    "Act",
    "Alarm",
    "CitedAct",
    "Finding",
    "Pattern",
    "Speaker",
    "State",
    "recognise",
    "step",
]
