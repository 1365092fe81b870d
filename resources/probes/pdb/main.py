"""The run loop: reads the session's file, runs the script under the debugger, says how it ended, and ends as it did."""
from . import stdlib  # first: everything below is imported before the program's folder is on sys.path

import builtins
import io
import json
import os
import pdb
import sys
import traceback

from .breakpoints import set_breakpoints
from .channel import open_channel
from .console import Console
from .debugger import BridgePdb
from .desk import Desk
from .failures import exception_summary
from .frames import is_machinery
from .takeover import take_over

_PLAIN = {'channel': {'kind': 'osc'}, 'token': '', 'programTty': None, 'stopOnEntry': True, 'breakpoints': []}


class End:
    """How the program ended, the process's exit code, and the sentence for it. `status` is what sys.exit() was given."""

    def __init__(self, how, exit_code, text, status=0):
        self.how = how
        self.exit_code = exit_code
        self.text = text
        self.status = status or exit_code


def start(argv):
    """argv: [this file, '--casebook', configuration, SCRIPT, ARGS...]. Returns, or ends the process through SystemExit."""
    config, trouble = _read_config(argv[2])
    script, sys.argv[:] = argv[3], argv[3:]
    if hasattr(sys, 'orig_argv'):
        at = sys.orig_argv.index('--casebook')
        sys.orig_argv[at - 1:at + 2] = []
    console = Console(config['programTty'])
    desk = Desk(console, open_channel(config, console))
    take_over(desk)
    for message in filter(None, (trouble, console.trouble)):
        _say(desk, message)
        desk.tell('trouble', {'message': message})
    debugger = BridgePdb()
    bound = desk.guarded('breakpoints', set_breakpoints, debugger, config['breakpoints'])
    desk.tell('breakpoints', {'breakpoints': bound or []})
    end = _run(desk, debugger, script, config['stopOnEntry'])
    desk.interrupts.leave()
    desk.guarded('finished', desk.tell, 'finished', {'how': end.how, 'exitCode': end.exit_code, 'text': end.text})
    if end.status != 0:
        sys.exit(end.status)


def _read_config(path):
    try:
        with open(path, encoding='utf-8') as file:
            config = json.load(file)
        os.unlink(path)
        return dict(_PLAIN, **config), ''
    except (OSError, ValueError) as error:
        return _PLAIN, "Casebook's session file cannot be read ({}). This is plain pdb.".format(error)


def _say(desk, text):
    if not desk.is_child:
        desk.console.take()
        print(text, file=desk.console.text)
        desk.console.give()


def _run(desk, debugger, script, stop_on_entry):
    filename = os.path.realpath(script)
    if not (getattr(sys.flags, 'safe_path', False) or sys.flags.isolated):
        sys.path.insert(0, os.path.dirname(filename))
    while True:
        code = _compiled(desk, script, filename)
        end = code if type(code) is End else _run_once(desk, debugger, code, filename, stop_on_entry)
        if end is not None:
            return end
        _say(desk, 'Restarting {} with arguments:\n\t{}'.format(script, ' '.join(sys.argv[1:])))


def _compiled(desk, script, filename):
    """The script's code, read anew for each run; or the End, when there is none."""
    try:
        with io.open_code(filename) as file:
            source = file.read()
    except OSError as error:
        text = 'Error: {} cannot be read: {}'.format(script, error.strerror)
        _say(desk, text)
        return End('unreadable', 2, text)
    try:
        return compile(source, filename, 'exec', dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        lines = traceback.format_exception(type(error), error, None)
        _say(desk, ''.join(lines).rstrip('\n'))
        return End('syntax-error', 1, lines[-1].strip())


def _run_once(desk, debugger, code, filename, stop_on_entry):
    """The End; None when a restart was asked for."""
    namespace = sys.modules['__main__'].__dict__
    namespace.clear()
    namespace.update(__name__='__main__', __file__=filename, __builtins__=builtins, __spec__=None, __doc__=None, __package__=None)
    try:
        debugger.run_script(code, filename, stop_on_entry)
    except pdb.Restart:
        return None
    except SystemExit as error:
        return _exited(desk, error)
    except BaseException as error:
        if desk.is_child:
            raise
        return _post_mortem(desk, debugger, error)
    if debugger._user_requested_quit:
        return End('quit', 0, 'Quit.')
    _say(desk, 'The program finished.')
    return End('end', 0, 'The program finished.')


def _exited(desk, error):
    status = error.code
    code = 0 if status is None else int(status) & 0xff if type(status) in (int, bool) else 1
    text = 'The program exited via sys.exit(). Exit status: {}'.format(exception_summary(error)['message'])
    _say(desk, text)
    return End('sys.exit', code, text, status)


def _post_mortem(desk, debugger, error):
    _forget_machinery(error)
    summary = exception_summary(error)
    text = ': '.join(filter(None, (summary['typeName'], summary['message'])))
    lines = traceback.format_exception(type(error), error, error.__traceback__)
    _say(desk, ''.join(lines) + "Uncaught exception. Entering post mortem debugging\nRunning 'cont' or 'step' will end the program")
    debugger.is_last_word = True
    try:
        debugger.reset()
        debugger.interaction(None, error if sys.version_info >= (3, 13) else error.__traceback__)
    except pdb.Restart:
        return None
    finally:
        debugger.is_last_word = False
    return End('uncaught', 1, text)


def _forget_machinery(error):
    """The traceback begins in the script, as it would without a debugger."""
    trace = error.__traceback__
    while trace is not None and is_machinery(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    if trace is not None:
        error.__traceback__ = trace
