"""One frozen Settings, passed in; never global, never read from the environment at import."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a run behaves. Sizes are in bytes, times in seconds."""

    clean: bool = True
    """False: everything is body (`--no-clean`)."""
    allow_private: bool = False
    """Whether private and local addresses may be fetched."""
    max_bytes: int = 64 * 1024 * 1024
    """The largest input read from a file, a page or standard input."""
    fetch_timeout: float = 20.0
    """For one connection or read; an answer from its first to its last byte may take three times as long."""
    max_redirects: int = 5
    contact: str = ""
    """A mail or web address at which the keeper of a site reaches whoever runs this; it stands in the user agent."""
    ask_robots: bool = True
    """False: robots.txt is not asked, for sites whose keepers have agreed."""
    host_delay: float = 1.0
    """Seconds between two documents of one host; a longer Crawl-delay outweighs it."""
    max_wait: float = 60.0
    """The most seconds to wait for one host (Crawl-delay, Retry-After, a retry); a host that asks for more is left."""
    hosts_at_once: int = 8
    """Hosts that are asked at the same time, each over one connection."""
    retries: int = 3
    """How often a page is asked for again after a failure that may pass."""
    retry_delay: float = 1.0
    """Seconds before the first retry; each further one waits twice as long."""
    max_pages: int = 1000
    """Pages taken from one feed, or from one sitemap with all the sitemaps it lists."""
    max_sitemaps: int = 100
    """Sitemaps read for one sitemap index."""
    sitemap_depth: int = 3
    """How deep sitemap indexes may stand in one another."""
    threads: int = 0
    """Encoder threads; 0 means as many as there are cores available."""

    def thread_count(self) -> int:
        """As many as asked for, else as many as there are processors that this process may use."""
        if self.threads:
            return self.threads
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
