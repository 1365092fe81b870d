"""The run loop: reads the session's file, runs the script under the debugger, says how it ended, and ends as it did."""
from . import stdlib  # first: everything below is imported before the program's folder is on sys.path

import bdb
import json
import pdb
import sys
import threading
import traceback

from .breakpoints import set_breakpoints, set_exception_filters, set_functions
from .channel import open_channel
from .children import follow
from .console import Console
from .debugger import BridgePdb
from .desk import Desk
from .failures import exception_summary
from .frames import is_machinery
from .takeover import take_over
from .targets import End, Unrunnable, target_of

_DEFAULTS = {'kind': 'script', 'channel': {'kind': 'osc'}, 'token': '', 'programTty': None, 'stopOnEntry': True,
             'breakpoints': [], 'functionBreakpoints': [], 'exceptionFilters': None, 'children': 'leave'}


def prepare(argv, content):
    """
    argv: [this file, '--casebook', configuration, PROGRAM, ARGS...], with the configuration's text. Nothing of the program has
    run when this returns what runs it, which returns at its end, or ends the process through SystemExit.
    """
    config = dict(_config_of(content), probe=argv[0])
    console = Console(config['programTty'])
    try:
        desk = Desk(console, open_channel(config, console))
        take_over(desk)
        debugger = BridgePdb()
        target = target_of(config['kind'], argv[3], argv[4:])
        _set_up(desk, debugger, config)
    except BaseException:
        console.take()  # for plain pdb
        raise
    return lambda: _run_to_end(desk, debugger, target, config['stopOnEntry'])


def _set_up(desk, debugger, config):
    follow(desk, config)
    for message in filter(None, (desk.console.trouble, debugger.watch.tool_trouble)):
        _say(desk, message)
        desk.tell('trouble', {'message': message})
    bound = desk.guarded('breakpoints', set_breakpoints, debugger, config['breakpoints'])
    functions = desk.guarded('breakpoints', set_functions, debugger, config['functionBreakpoints'])
    if config['exceptionFilters']:
        desk.guarded('breakpoints', set_exception_filters, debugger, config['exceptionFilters'])
    desk.tell('breakpoints', {'breakpoints': bound or [], 'functionBreakpoints': functions or []})


def _run_to_end(desk, debugger, target, stop_on_entry):
    end = _run(desk, debugger, target, stop_on_entry)
    desk.interrupts.leave()
    desk.guarded('finished', desk.tell, 'finished', {'how': end.how, 'exitCode': end.exit_code, 'text': end.text})
    if end.status != 0:
        sys.exit(end.status)


def _config_of(content):
    try:
        return dict(_DEFAULTS, **json.loads(content))
    except ValueError as error:
        raise ValueError('its session file cannot be read: {}'.format(error)) from None


def _say(desk, text):
    if not desk.is_child:
        desk.console.take()
        print(text, file=desk.console.text)
        desk.console.give()


def _run(desk, debugger, target, stop_on_entry):
    while True:
        end = _run_once(desk, debugger, target, stop_on_entry)
        if end is not None:
            return end
        _say(desk, 'Restarting {} with arguments:\n\t{}'.format(target.title, ' '.join(sys.argv[1:])))


def _run_once(desk, debugger, target, stop_on_entry):
    """The End; None when a restart was asked for."""
    try:
        end = target.run(debugger, stop_on_entry)
    except Unrunnable as error:
        _say(desk, error.said)
        return End(error.how, error.exit_code, error.text)
    except pdb.Restart:
        return None
    except SystemExit as error:
        _wait_for_threads(desk, debugger)
        return _exited(desk, error)
    except BaseException as error:
        if desk.is_child or not desk.comes_in(debugger):
            raise
        return _post_mortem(desk, debugger, error)
    if not debugger._user_requested_quit:
        _wait_for_threads(desk, debugger)
    if debugger._user_requested_quit:
        return End('quit', 0, 'Quit.')
    end = end or End('end', 0, 'The program finished.')
    _say(desk, end.text)
    return end


def _wait_for_threads(desk, debugger):
    """Python does so before a program is over: what stops in one comes before the word that it has finished."""
    if desk.is_child:
        return
    try:
        threading._shutdown()
    except bdb.BdbQuit:
        debugger._user_requested_quit = True


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
    if not debugger.watch.filters.wants_uncaught(error):
        sys.excepthook(type(error), error, error.__traceback__)
        return End('uncaught', 1, text)
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
