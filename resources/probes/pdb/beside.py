"""The bridge beside debuggers that the program starts by itself, such as `python -m pdb` in a pipe: they stay as they are."""
from . import stdlib  # noqa: F401 first: everything below is imported before a folder of the program can offer it

import sys

from .channel import open_channel
from .desk import Desk
from .takeover import take_over


class StandardStreams:
    """A console that is whatever sys.stdin and sys.stdout are when it is used: no terminal is needed, no descriptor taken."""

    text = None  # each debugger prints to what it was given
    trouble = ''

    def write(self, content):
        sys.stdout.write(content.decode('utf-8', 'backslashreplace'))
        sys.stdout.flush()

    def take(self):
        pass

    def give(self):
        pass

    def leave_to_child(self):
        pass

    def programs_own(self):
        return {}

    def read_line(self, read, prompt):
        return read(prompt)


class OthersInterrupts:
    """Ctrl-C is whose it was."""

    def take(self, handler):
        pass

    def give(self):
        pass

    def leave(self):
        pass


def begin(settings):
    """From here on every stop of this process's debuggers is told. `settings`: `channel` and `token` of the session's file."""
    console = StandardStreams()
    desk = Desk(console, open_channel(settings, console))
    desk.is_guest = True
    desk.interrupts = OthersInterrupts()
    take_over(desk)
    return desk
