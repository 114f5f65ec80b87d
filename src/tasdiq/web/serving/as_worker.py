"""`python -m tasdiq.web.serving.as_worker`: a process that answers requests."""

from __future__ import annotations

from tasdiq.web.serving import child, worker

if __name__ == "__main__":
    child.be(worker.run)
