"""Leaves part of the work to a child process."""
import os
import pdb
import sys

reading, writing = os.pipe()
child = os.fork()
if child == 0:
    pdb.set_trace()
    breakpoint()
    os.write(writing, b'child done, traced: %r' % str(sys.gettrace()).encode())
    sys.exit(0)
_, status = os.waitpid(child, 0)
said = os.read(reading, 100).decode()
print(said, status)
