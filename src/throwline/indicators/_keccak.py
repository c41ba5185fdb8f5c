"""Keccak-256 as Ethereum and Monero use it: the padding differs from SHA3-256, so hashlib does not have it.

After "The Keccak reference", version 3.0 (Bertoni, Daemen, Peeters, Van Assche, 2011).
"""

from __future__ import annotations

from itertools import accumulate, repeat

_ROUNDS = 24
_RATE = 136
"""Bytes taken in between two permutations, for a digest of 256 bits."""
_MASK = 2**64 - 1


def keccak256(content: bytes) -> bytes:
    """The digest, 32 bytes."""
    padded = bytearray(content + b"\x01" + bytes(-(len(content) + 1) % _RATE))
    padded[-1] |= 0x80
    lanes = [0] * 25
    for start in range(0, len(padded), _RATE):
        for lane in range(_RATE // 8):
            at = start + 8 * lane
            lanes[lane] ^= int.from_bytes(padded[at : at + 8], "little")
        lanes = _permuted(lanes)
    return b"".join(lane.to_bytes(8, "little") for lane in lanes[:4])


def _permuted(lanes: list[int]) -> list[int]:
    """Lane (x, y) of the state stands at x + 5 y."""
    for constant in _ROUND_CONSTANTS:
        columns = [
            lanes[x] ^ lanes[x + 5] ^ lanes[x + 10] ^ lanes[x + 15] ^ lanes[x + 20]
            for x in range(5)
        ]
        mixed = [columns[x - 1] ^ _turned(columns[(x + 1) % 5], 1) for x in range(5)]
        moved = [0] * 25
        for lane, (target, turn) in enumerate(_MOVES):
            moved[target] = _turned(lanes[lane] ^ mixed[lane % 5], turn)
        lanes = [
            moved[lane] ^ (~moved[row + (lane + 1) % 5] & moved[row + (lane + 2) % 5])
            for row in range(0, 25, 5)
            for lane in range(row, row + 5)
        ]
        lanes[0] ^= constant
    return lanes


def _turned(lane: int, turn: int) -> int:
    return (lane << turn | lane >> (64 - turn)) & _MASK


def _moves() -> list[tuple[int, int]]:
    """Where each lane goes (the step pi) and by how many bits it is turned (the step rho)."""
    moves = [(0, 0)] * 25
    x, y = 1, 0
    for step in range(24):
        target_x, target_y = y, (2 * x + 3 * y) % 5
        moves[x + 5 * y] = target_x + 5 * target_y, (step + 1) * (step + 2) // 2 % 64
        x, y = target_x, target_y
    return moves


def _round_constants() -> list[int]:
    """Bits of a shift register, at the positions 2^j - 1 of each round's constant (the step iota)."""
    states = accumulate(repeat(0x71), _shifted, initial=1)
    bits = [state & 1 for state, _ in zip(states, range(7 * _ROUNDS), strict=False)]
    return [sum(bits[7 * turn + j] << (2**j - 1) for j in range(7)) for turn in range(_ROUNDS)]


def _shifted(state: int, feedback: int) -> int:
    return (state << 1 & 0xFF) ^ (feedback if state & 0x80 else 0)


_MOVES = _moves()
_ROUND_CONSTANTS = _round_constants()
