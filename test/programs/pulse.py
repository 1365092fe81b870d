"""A service that beats until it is told to stop. Stands in for Python 3.14: SIGUSR1 runs the script that a file names, between two lines."""
import os
import signal
import sys
import time


def run_script(signum, frame):
    with open(sys.argv[1]) as place:
        path = place.read()
    with open(path) as script:
        exec(compile(script.read(), path, 'exec'), {'__name__': '__main__'})


def beat(count):
    time.sleep(0.01)
    return count + 1


signal.signal(signal.SIGUSR1, run_script)
print('beats', os.getpid(), flush=True)
beats = 0
while not os.path.exists(sys.argv[1] + '.stop'):
    beats = beat(beats)
print('stopped after', beats > 0)
