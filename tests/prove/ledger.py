"""What each client meant to do and what it was told: the other half of the comparison with the
tables. Every line is also written to a file, the intent before anything is sent."""
import threading
import time

ACKNOWLEDGED, REFUSED, UNKNOWN = "acknowledged", "refused", "unknown"


class Intent:
    """One form as it was filled in, to be sent again exactly as it is."""

    def __init__(self, kind, person, marker, path, pairs, files=(), multipart=False):
        self.kind, self.person, self.marker, self.path = kind, person, marker, path
        self.pairs, self.files, self.multipart = pairs, files, multipart
        self.broken = False       # made to be refused
        self.state = UNKNOWN
        self.sent = 0
        self.said = ""            # the last answer, in a word or two
        self.unmarked = False     # leaves no mark of its own in a table

    @property
    def submission(self):
        return dict(self.pairs).get("_submission", "")


class Ledger:
    def __init__(self, path):
        self.intents = []
        self._lock = threading.Lock()
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._file.write("seconds\twhat\tmarker\tsubmission\tstate\tanswer\n")
        self._begun = time.monotonic()

    def _line(self, intent, state):
        self._file.write(f"{time.monotonic() - self._begun:.3f}\t{intent.kind.name}\t{intent.marker}\t"
                         f"{intent.submission}\t{state}\t{intent.said}\n")

    def meant(self, intent):
        with self._lock:
            self.intents.append(intent)
            self._line(intent, "meant")

    def told(self, intent):
        with self._lock:
            self._line(intent, intent.state)

    def of(self, kind=None, state=None):
        with self._lock:
            return [i for i in self.intents if kind in (None, i.kind) and state in (None, i.state)]


def judge(reply):
    """What an answer to a form means for whoever sent it. Only a receipt acknowledges; a page that
    says that something is wrong with the form refuses; everything else leaves it open."""
    if reply is None:
        return UNKNOWN, "no answer"
    place = reply.header("Location") or ""
    if reply.status == 303 and not place.startswith("/sign-in"):
        return ACKNOWLEDGED, "303"
    if reply.status < 500:
        return REFUSED, str(reply.status)
    return UNKNOWN, str(reply.status)
