"""The person's console, kept apart from whatever the program does with its own standard streams."""
import builtins
import io
import os
import sys
import threading

from .descriptors import OwnDescriptor, duplicate

_STANDARD = (0, 1, 2)


class ConsoleText(io.TextIOBase):
    """What pdb prints to: straight to the console, whatever sys.stdout is."""

    encoding = 'utf-8'
    errors = 'backslashreplace'

    def __init__(self, console):
        self._console = console

    def write(self, text):
        self._console.write(text.encode('utf-8', 'backslashreplace'))
        return len(text)

    def writable(self):
        return True

    def isatty(self):
        return True

    def fileno(self):
        return self._console.fd


class Console:
    """While `take`n, descriptors 0, 1 and 2 are the console; after `give` they are what the program had there."""

    def __init__(self, program_tty):
        self._name = _tty_name(0)
        self._own = OwnDescriptor(duplicate(0 if self._name else 1))
        self._lock = threading.RLock()
        self._saved = None
        self._streams = (sys.stdin, sys.stdout, sys.stderr)
        self.text = ConsoleText(self)
        self.trouble = ''
        if program_tty:
            self._move_program(program_tty)

    @property
    def fd(self):
        if not self._own.is_ours() and self._name:
            # The program closed it, as daemons do with every number; what stands there now is the program's.
            opened = os.open(self._name, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
            self._own = OwnDescriptor(duplicate(opened))
            os.close(opened)
        return self._own.fd

    def _move_program(self, program_tty):
        try:
            opened = os.open(program_tty, os.O_RDWR | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            self.trouble = 'The program has no terminal of its own: {}: {}.'.format(program_tty, error.strerror)
            return
        _flush()
        for fd in _STANDARD:
            os.dup2(opened, fd)
        os.close(opened)

    def write(self, content):
        """All of it, never mixed with another thread's."""
        with self._lock:
            fd = self.fd
            while content:
                content = content[os.write(fd, content):]

    def take(self):
        if self._saved is not None:
            return
        _flush()
        fd = self.fd
        self._saved = [(number, None if self._own.same_as(number) else _copy(number)) for number in _STANDARD]
        for number, kept in self._saved:
            if kept is not None:
                os.dup2(fd, number)

    def give(self):
        _flush()
        self._put_back()

    def _put_back(self):
        saved, self._saved = self._saved, None
        for number, kept in saved or ():
            if kept == _CLOSED:
                os.close(number)
            elif kept is not None:
                os.dup2(kept, number)
                os.close(kept)

    def programs_own(self):
        """Where the program's standard descriptors are kept while the console stands in their place, by number."""
        return {number: kept for number, kept in self._saved or () if kept is not None}

    def leave_to_child(self):
        """In a forked child, also of a thread that forked while another had the prompt: the console is the parent's."""
        self._put_back()
        self._own.close()

    def read_line(self, read, prompt):
        """`read(prompt)` with the console as its input and output, also when the program replaced sys.stdin or sys.stdout."""
        if self._has_own_streams():
            return read(prompt)
        kept = [getattr(sys, name, None) for name in ('stdin', 'stdout', 'stderr')]
        sys.stdin = _stream(0, 'r')
        sys.stdout = sys.stderr = _stream(1, 'w')
        try:
            return read(prompt)
        finally:
            sys.stdin, sys.stdout, sys.stderr = kept

    def _has_own_streams(self):
        now = (getattr(sys, name, None) for name in ('stdin', 'stdout', 'stderr'))
        return all(a is b for a, b in zip(now, self._streams)) and all(
            type(stream) is io.TextIOWrapper and _fileno(stream) == fd for fd, stream in zip(_STANDARD, self._streams))


_CLOSED = -1


def _copy(fd):
    try:
        return duplicate(fd)
    except OSError:
        return _CLOSED


def _tty_name(fd):
    try:
        return os.ttyname(fd)
    except OSError:
        return ''


def _fileno(stream):
    try:
        return stream.fileno()
    except (ValueError, OSError):  # closed or detached by the program
        return -1


def _stream(fd, mode):
    return builtins.open(fd, mode, encoding='utf-8', errors='surrogateescape' if mode == 'r' else 'backslashreplace', closefd=False)


def _flush():
    """What the program printed belongs to where it printed it. Only Python's own stream type: another would be the program's code."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if type(stream) is io.TextIOWrapper:
            try:
                stream.flush()
            except (RuntimeError, ValueError, OSError):  # interrupted inside its own write; closed; gone
                pass
