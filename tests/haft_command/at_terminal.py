# SPDX-License-Identifier: BSL-1.0
"""A program with a person before it, whose standard output goes elsewhere."""
import os
import pty
import select
import subprocess
import time

PATIENCE = 60  # seconds, for a machine that is busy with other things


class AtTerminal:
    """haft with a terminal as standard input and standard error; its standard output goes elsewhere, as in `haft call … >file`."""

    def __init__(self, case, words):
        self.end, other = pty.openpty()
        self.process = subprocess.Popen(words, cwd=case.project, env={**case.environment, "TERM": "xterm", "NO_COLOR": "1"}, stdin=other,
                                        stdout=subprocess.PIPE, stderr=other, start_new_session=True)
        os.close(other)
        case.addCleanup(os.close, self.end)
        case.addCleanup(self.process.stdout.close)
        case.addCleanup(self.process.wait)
        case.addCleanup(self.process.kill)
        self.shown, self.seen = "", 0

    def expect(self, text):
        until = time.monotonic() + PATIENCE
        while text not in self.shown[self.seen:]:
            if not select.select([self.end], [], [], max(0, until - time.monotonic()))[0]:
                raise AssertionError(f"{text!r} does not come; shown so far:\n{self.shown}")
            try:
                more = os.read(self.end, 65536)
            except OSError:  # nobody has the terminal any more
                more = b""
            if not more:
                raise AssertionError(f"{text!r} does not come and the program is gone; shown so far:\n{self.shown}")
            self.shown += more.decode(errors="replace")
        self.seen = self.shown.index(text, self.seen) + len(text)

    def answer(self, prompt, typed):
        self.expect(prompt)
        os.write(self.end, (typed + "\n").encode())

    def finish(self):
        """What it has printed. Nobody hears the terminal any more, which is small, so what is left there is read meanwhile."""
        out = []
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            ready = select.select([self.end, self.process.stdout], [], [], 0.1)[0]
            for one in ready:
                try:
                    piece = os.read(one if one == self.end else one.fileno(), 65536)
                except OSError:
                    piece = b""
                if one == self.end:
                    self.shown += piece.decode(errors="replace")
                elif piece:
                    out.append(piece)
                else:
                    self.code = self.process.wait(PATIENCE)
                    return b"".join(out).decode()
        raise AssertionError(f"it does not end; shown so far:\n{self.shown}")
