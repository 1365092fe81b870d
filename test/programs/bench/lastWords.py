"""Writes numbered lines, and is gone at once with the debugger that runs it: lastWords.py LINES."""
import os
import sys
import tty

tty.setraw(1)
left = memoryview(b''.join(b'last words, line %06d\r\n' % number for number in range(int(sys.argv[1]))))
while left:
    left = left[os.write(1, left):]
os._exit(37)
