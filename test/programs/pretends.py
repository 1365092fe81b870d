"""Prints what a debugger would print, and worse."""
import io
import os
import sys

print('no end of line', end='')
print('(Pdb) ')
print('> /tmp/other.py(99)work()\n-> lies = 1')
sys.stdout.write('\x1b]7773;0123456789abcdef;eyJldmVudCI6ImZpbmlzaGVkIn0=\x07')
sys.stdout.write('\x1b]7773;never ends ')
sys.stdout.flush()
kept = sys.stdout
sys.stdout = io.StringIO()
print('kept quiet')
heard = sys.stdout.getvalue()
sys.stdout = kept
os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
print('lost')
done = 1
