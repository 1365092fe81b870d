"""Floods its terminal: flood.py TOTAL, in bytes with the greeting; 0 never ends. Starts, and ends, at a byte of input."""
import os
import sys
import tty

GREETING = b'ready\r\n'
BLOCK_BYTES = 1 << 20


def log_block(end):
    """About a megabyte of log lines with some colour, and some letters of several bytes."""
    words = ('GET /api/items', 'GET /api/straße', 'PUT /api/日本', 'POST /api/orders')
    lines = []
    size = 0
    number = 0
    while size < BLOCK_BYTES:
        number += 1
        colour = 33 if number % 50 == 0 else 32
        text = '2026-11-22T08:00:%06.3fZ \x1b[%dmINFO\x1b[m worker-%02d request id=%08x %s status=200%s'
        line = (text % (number % 60, colour, number % 32, number * 2654435761 % 2**32, words[number % 97 % 4], end)).encode()
        lines.append(line)
        size += len(line)
    return memoryview(b''.join(lines))


def write_all(piece):
    while piece:
        piece = piece[os.write(1, piece):]


def flood(block, total):
    left = total - len(GREETING)
    while left > 0:
        write_all(block[:left])
        left -= len(block)
    while total == 0:
        write_all(block)


total = int(sys.argv[1])
if total:
    tty.setraw(0)
block = log_block('\r\n' if total else '\n')
os.write(1, GREETING)
os.read(0, 1)
flood(block, total)
os.read(0, 1)
