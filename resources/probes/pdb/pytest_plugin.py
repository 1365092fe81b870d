"""What pytest is told so that a failing test stops in our prompt, and pdb within a test is ours."""
import functools
import pdb
import sys

from .desk import Stop


class Suite:
    """A plugin of pytest, registered as an object: nothing is written for it. One for each run."""

    def __init__(self, debugger, stop_on_entry):
        self._debugger = debugger
        self._stop_at_next_test = stop_on_entry
        self._set_trace = pdb.set_trace
        self._wants_restart = False
        self._pytest = None

    def marked(self, pytest):
        """Itself, with each hook's place among those of other plugins."""
        self._pytest = pytest
        pytest.hookimpl(trylast=True)(Suite.pytest_configure)
        pytest.hookimpl(tryfirst=True)(Suite.pytest_runtest_call)
        pytest.hookimpl(tryfirst=True)(Suite.pytest_exception_interact)
        return self

    def close(self):
        """After pytest has ended. Raises pdb.Restart when that is why it has."""
        if self._wants_restart:
            raise pdb.Restart

    # Called by pytest

    def pytest_configure(self, config):
        plugins = config.pluginmanager
        plugins.unregister(name='pdbinvoke')  # --pdb: a failing test stops anyhow, once
        own = plugins.get_plugin('debugging')
        if own is not None and hasattr(own, 'pytestPDB'):
            # Its capturing is left on: at our prompt the descriptors are the console's.
            own.pytestPDB._init_pdb = lambda method, *arguments, **options: _Entry(self._debugger)
        pdb.set_trace = self._set_trace

    def pytest_runtest_call(self, item):
        code = _code_of(item)
        if not self._stop_at_next_test or code is None:
            return
        self._stop_at_next_test = False
        self._debugger.begin_at(code.co_filename, True, code)

    def pytest_exception_interact(self, node, call, report):
        """A test, a fixture or the collection failed. Not called for what is skipped or expected to fail."""
        error = _told(call.excinfo.value)
        if type(error) is pdb.Restart:
            self._restart()
        if isinstance(error, sys.modules['unittest'].SkipTest):  # imported by pytest; too slow for every start
            return
        try:
            look_at(self._debugger, error, node.nodeid)
        except pdb.Restart:
            self._restart()
        self._leave_if_quit()

    def pytest_internalerror(self, excinfo):
        look_at(self._debugger, excinfo.value, 'pytest itself')

    def pytest_runtest_logreport(self, report):
        self._leave_if_quit()

    def _restart(self):
        self._wants_restart = True
        self._pytest.exit('restarted in the debugger')

    def _leave_if_quit(self):
        if self._debugger._user_requested_quit:
            self._pytest.exit('quit in the debugger')


class _Entry:
    """Stands for pytest's own Pdb where a test says pytest.set_trace()."""

    def __init__(self, debugger):
        self._debugger = debugger

    def set_trace(self, frame=None):
        self._debugger.pending = 'breakpoint'
        self._debugger.set_trace(frame)

    def __getattr__(self, name):
        return getattr(self._debugger, name)


def _told(error):
    """The person's exception, where pytest wraps it in one of its own."""
    for name in ('exc_info', 'excinfo'):  # of doctest.UnexpectedException and ConftestImportFailure up to pytest 7
        info = error.__dict__.get(name)
        if type(info) is tuple and len(info) == 3:
            return info[1]
    cause = error.__cause__
    return cause if type(error).__name__ == 'ConftestImportFailure' and cause is not None else error


def _code_of(item):
    """The code of a test's function, within its decorators."""
    function = getattr(item, 'obj', None)
    function = getattr(function, '__func__', function)
    while hasattr(function, '__wrapped__'):
        function = function.__wrapped__
    return getattr(function, '__code__', None)


def look_at(debugger, error, where):
    """A prompt where `error` was raised. Whatever is typed to leave it, the tests go on."""
    trace = _without_runner(error.__traceback__)
    if trace is None or not debugger.watch.filters.wants_uncaught(error):
        return
    sys.settrace(None)
    error.__traceback__ = trace
    own = debugger.get_stack
    debugger.get_stack = lambda frame, traceback: _shown(own(frame, traceback))
    try:
        act = functools.partial(_interact, debugger, where)
        debugger.at_prompt(Stop('exception', exception=error), act, None, error if sys.version_info >= (3, 13) else trace)
    finally:
        del debugger.get_stack
    if not debugger.quitting:
        debugger.set_continue()


def _interact(debugger, where, frame, tb_or_exc):
    error = type(debugger.desk.stop.exception).__name__
    debugger.message('{} failed: {}. "continue" goes on with the next test.'.format(where, error))
    super(type(debugger), debugger).interaction(frame, tb_or_exc)


def _shown(stack_and_index):
    """The innermost frame that does not hide itself, as assertion functions do, is the current one."""
    stack = stack_and_index[0]
    at = len(stack) - 1
    while at and _hides(stack[at][0]):
        at -= 1
    return stack, at


def _hides(frame):
    return frame.f_locals.get('__tracebackhide__') is True or '__unittest' in frame.f_globals


def _without_runner(trace):
    """The traceback from the test on: pytest's own frames around it are left out."""
    first = trace
    while trace is not None and _is_runner(trace.tb_frame):
        trace = trace.tb_next
    return trace or first


def _is_runner(frame):
    name = frame.f_globals.get('__name__')
    return type(name) is str and name.partition('.')[0] in ('_pytest', 'pluggy', 'casebook_bridge', 'pytest')
