"""The bridge's way to the workbench: JSON lines on a unix socket, or one-way within the console's own output."""
import base64
import json
import os
import socket
import sys
import threading

from .descriptors import OwnDescriptor, duplicate

PROTOCOL = 1
OSC = b'\x1b]7773;%s;%s\x07'
_NO_SIGNAL = getattr(socket, 'MSG_NOSIGNAL', 0)


def _encode(message):
    return json.dumps(message, ensure_ascii=True, separators=(',', ':')).encode('ascii')


def _greeting(kind):
    return {'protocol': PROTOCOL, 'pid': os.getpid(), 'python': python_version(), 'channel': kind}


def python_version():
    return '.'.join(str(part) for part in sys.version_info[:3])


class UnixChannel:
    """Both ways. After a failure it is silent: the session goes on as plain pdb."""

    kind = 'unix'

    def __init__(self, path, token, papers=None):
        opened = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            opened.connect(path)
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=duplicate(opened.fileno()))
        finally:
            opened.close()
        self._own = OwnDescriptor(self._socket.fileno())
        self._lock = threading.Lock()
        self._rest = b''
        self._send(dict({'token': token}, **dict(_greeting(self.kind), **papers or {})))

    def event(self, name, body):
        self._send({'event': name, 'body': body})

    def respond(self, message):
        self._send(message)

    def _send(self, message):
        content = _encode(message) + b'\n'
        with self._lock:
            if not self.is_open():
                return
            try:
                while content:
                    content = content[self._socket.send(content, _NO_SIGNAL):]
            except OSError:
                self.drop()

    def is_open(self):
        return self._socket is not None and self._own.is_ours()

    def fileno(self):
        return self._own.fd

    def lines(self):
        """Complete lines that wait to be read. None once the workbench has hung up."""
        received = self._socket.recv(65536) if self.is_open() else b''
        if not received:
            return None
        *lines, self._rest = (self._rest + received).split(b'\n')
        return lines

    def is_at_end(self):
        """Whether the workbench has hung up; what it sent before is left to be read."""
        try:
            return not self._socket.recv(1, socket.MSG_PEEK)
        except OSError:
            return True

    def drop(self):
        """Closes this process's copy only: a forked parent keeps its own."""
        dropped, self._socket = self._socket, None
        if dropped is not None:
            dropped.detach()
            self._own.close()


class OscChannel:
    """One way: events within the console's output, which the workbench takes out again."""

    kind = 'osc'

    def __init__(self, console, token):
        self._console = console
        self._token = token.encode('ascii')
        self.event('hello', _greeting(self.kind))

    def event(self, name, body):
        message = base64.b64encode(_encode({'event': name, 'body': body}))
        if self._token:
            self._console.write(OSC % (self._token, message))

    def is_open(self):
        return False

    def drop(self):
        self._token = b''


def open_channel(config, console):
    """The channel that the configuration asks for, or OSC where it cannot be had."""
    wanted = config['channel']
    if wanted['kind'] == 'unix':
        try:
            return UnixChannel(wanted['path'], config['token'])
        except OSError:
            pass
    return OscChannel(console, config['token'])
