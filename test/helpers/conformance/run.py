"""Runs CPython's own tests of its debuggers and writes what became of each: python run.py RESULT.json SUITE..."""
import json
import os
import sys
import tempfile
import time
import unittest


class Outcomes(unittest.TestResult):
    """id -> 'passed', 'skipped' or the failure's text; a subtest's failure is its test's."""

    def __init__(self):
        super().__init__()
        self.of = {}

    def addSuccess(self, test):
        self.of.setdefault(test.id(), 'passed')

    def addSkip(self, test, reason):
        self.of[test.id()] = 'skipped'

    def addExpectedFailure(self, test, err):
        self.of[test.id()] = 'passed'

    def addUnexpectedSuccess(self, test):
        self.of[test.id()] = 'unexpected success'

    def addFailure(self, test, err):
        self.of[test.id()] = self._exc_info_to_string(err, test)

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.of[test.id()] = self._exc_info_to_string(err, test)


def main(result_file, suites):
    outcomes = Outcomes()
    begun = time.time()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        for name in suites:
            unittest.defaultTestLoader.loadTestsFromName('test.' + name).run(outcomes)
        os.chdir(os.path.dirname(result_file))
    with open(result_file, 'w', encoding='utf-8') as file:
        json.dump({'pid': os.getpid(), 'seconds': time.time() - begun, 'tests': outcomes.of}, file)


if __name__ == '__main__':
    main(os.path.abspath(sys.argv[1]), sys.argv[2:])
