#!/usr/bin/env python3
"""Runs tests/integration/*_test.py, all or those named (`tests/run.py fcgi portal`), one after the
other, and tells how long each took. The last line is `N passed, N failed, N skipped`; the exit code
is 0 when none failed.
"""
import importlib.util
import signal
import sys
import time
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent


class Result(unittest.TextTestResult):
    """Counts what passed, and tells the slow ones."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.passed = 0
        self.begun = 0.0

    def startTest(self, test):
        self.begun = time.monotonic()
        super().startTest(test)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1
        took = time.monotonic() - self.begun
        if took > 5:
            self.stream.writeln(f"  ({took:.1f} s)")


class File(unittest.TestSuite):
    """The tests of one file; what it starts at its beginning is part of its time."""

    def __init__(self, name, tests):
        super().__init__(tests)
        self.name, self.took = name, 0.0

    def run(self, result, debug=False):
        begun = time.monotonic()
        try:
            return super().run(result, debug)
        finally:
            self.took = time.monotonic() - begun


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return File(path.stem, unittest.defaultTestLoader.loadTestsFromModule(module))


def main(names):
    sys.path.insert(0, str(HERE / "lib"))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # instances end on the way out
    paths = sorted((HERE / "integration").glob("*_test.py"))
    if names:
        wanted = {name.removesuffix("_test") + "_test" for name in names}
        missing = wanted - {path.stem for path in paths}
        if missing:
            print("no such test: " + ", ".join(sorted(missing)))
            return 2
        paths = [path for path in paths if path.stem in wanted]
    files = [load(path) for path in paths]
    runner = unittest.TextTestRunner(stream=sys.stdout, verbosity=2, resultclass=Result)
    result = runner.run(unittest.TestSuite(files))
    for file in sorted(files, key=lambda file: -file.took):
        print(f"took {file.took:.1f} s: {file.name}")
    failed = len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)
    print(f"{result.passed} passed, {failed} failed, {len(result.skipped)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
