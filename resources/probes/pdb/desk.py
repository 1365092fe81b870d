"""What all debuggers of one process share: console, channel, references, and whose prompt it is."""
import _thread
import builtins
import os
import threading
import traceback

from . import requests
from .frames import Namespaces
from .interrupts import Interrupts
from .references import References
from .service import Service
from .state import snapshot
from .stdlib import readline

_input = builtins.input  # kept: the program may replace it for itself


class Stop:
    """Why the program stands still. Made when a hook is entered, told when a prompt is really shown."""

    def __init__(self, reason, exception=None, returned=()):
        self.reason = reason
        self.exception = exception
        self.returned = returned
        self.told = False
        self.shown = None


class Desk:
    def __init__(self, console, channel):
        self.console = console
        self.channel = channel
        self.references = References()
        self.namespaces = Namespaces()
        self.interrupts = Interrupts()
        self.may_interrupt = False  # Ctrl-C cancels the line or the command; false while the bridge itself works
        self.lock = threading.RLock()  # one prompt at a time in the whole process
        self.debugger = None  # whose prompt it is
        self.stop = None
        self.prompt = ''
        self.half_typed = ''
        self.is_child = False
        self.touched = False
        self._service = None
        self._reader = None
        self._news = None
        self._troubles = set()

    def tell(self, event, body):
        if not self.is_child:
            self.channel.event(event, body)

    def guarded(self, what, act, *arguments):
        """Runs a part of the bridge that the session can do without; its failure is told once and costs nothing else."""
        try:
            return act(*arguments)
        except Exception as error:
            self._tell_trouble(what, error)
            return None

    def _tell_trouble(self, what, error):
        last = traceback.extract_tb(error.__traceback__)[-1]
        message = '{}: {!r} at {}:{}'.format(what, error, last.filename, last.lineno)[:500]
        if message in self._troubles:
            return
        self._troubles.add(message)
        try:
            self.tell('trouble', {'message': message})
        except Exception:
            self.is_child = True  # nothing can be told any more: plain pdb from here on

    def begin(self, debugger, stop):
        """A hook was entered: the console is the person's from here to `end`."""
        self.debugger = debugger
        self.stop = stop
        self._reader = _thread.get_ident()
        self.interrupts.take(debugger.sigint_handler)
        self.guarded('console', self.console.take)

    def end(self, goes_on):
        """The prompt is left: nothing of the program's is held, its streams are its own again."""
        told = self.stop.told
        self._stop_service()
        self._reader = self.debugger = self.stop = None
        self.references.clear()
        self.namespaces.clear()
        if told and goes_on:
            self.goes_on()
        self.guarded('console', self.console.give)
        self.interrupts.give()

    def goes_on(self):
        """The program runs: after a prompt, or from the start when it is not to stop there."""
        self.guarded('continued', self.tell, 'continued', {'threadId': _thread.get_ident()})

    def _stop_service(self):
        service, self._service = self._service, None
        if service is not None:
            self.guarded('service', service.stop)

    def read_line(self, prompt=''):
        """Stands for `input` in cmd, pdb and code: shows a prompt of ours in the console, and is plain input for all others."""
        if self._reader != _thread.get_ident():
            return builtins.input(prompt)
        if self.is_child:
            os._exit(0)  # forked by a typed command: the parent has this prompt
        self.may_interrupt = False
        self.prompt = prompt
        self._news = self.guarded('state', self._look, prompt)
        if self._service is None and self.channel.is_open():
            self._service = self.guarded('service', Service, self.channel, self._answer)
        if readline is not None and os.isatty(0) and os.isatty(1):
            readline.set_startup_hook(self._ready)
        else:
            self._ready()
        try:
            return self.console.read_line(_input, prompt)
        finally:
            self.may_interrupt = False
            if self._service is not None:
                self._service.shut()
            if readline is not None:
                readline.set_startup_hook(None)
            self.may_interrupt = True

    def _ready(self):
        """Tells the news once the terminal takes keys: what is typed in answer is echoed by the prompt, not by the tty before it."""
        news, self._news = self._news, None
        if news is not None:
            self.guarded('state', self.tell, *news)
        if self.half_typed and self.debugger.is_own_prompt(self.prompt):
            text, self.half_typed = self.half_typed, ''
            readline.insert_text(text)
        if self._service is not None:
            self._service.open()
        self.may_interrupt = True

    def _answer(self, command, arguments):
        return requests.answer(self, command, arguments)

    def _look(self, prompt):
        """(event, body) where the state is new: at the first prompt of a stop, and after a command that changed it."""
        debugger, stop = self.debugger, self.stop
        touched, self.touched = self.touched, False
        if stop.told and not debugger.is_own_prompt(prompt):
            return None
        body = snapshot(debugger, stop)
        compared = (body['frame'], body['frameCount'], body['locals'], body['scopes'], body['breakpoints'], body['frames'][:1])
        changed = touched or compared != stop.shown
        stop.shown = compared
        if not stop.told:
            stop.told = True
            return 'stopped', body
        return ('changed', body) if changed else None

    def after_fork_in_child(self):
        """The child runs on as if there were no debugger: the prompt, the channel and Ctrl-C are the parent's."""
        self.is_child = True
        self.channel.drop()
        self.lock = threading.RLock()
