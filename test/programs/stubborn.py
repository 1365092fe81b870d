"""Will not be ended by anything that a program can ignore, and starts a child that will not either."""
import os
import signal
import time

os.fork()
for name in ('SIGTERM', 'SIGHUP', 'SIGINT'):
    signal.signal(getattr(signal, name), signal.SIG_IGN)
os.write(1, b'deaf %d\n' % os.getpid())
while True:
    time.sleep(600)
