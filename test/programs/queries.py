"""Asks its terminal everything that one answers by typing, and tells what came before the person's own line."""
import os
import sys
import tty

QUERIES = ('\x1b[c', '\x1b[>c', '\x1b[5n', '\x1b[6n', '\x1b[?6n', '\x1b[18t', '\x1b[21t', '\x1b[?1$p', '\x1bP$qm\x1b\\',
           '\x1b]10;?\x07', '\x1b]52;c;?\x07', '\x1b[?1003h', '\x1b[?1004h', '\x05')
tty.setcbreak(0)
sys.stdout.write(''.join(QUERIES) + '\r\nasked\n')
sys.stdout.flush()
heard = b''
while not heard.endswith(b'\n'):
    heard += os.read(0, 100)
print('heard', heard)
