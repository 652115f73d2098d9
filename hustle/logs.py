"""Logging: one line per event, through structlog, scrubbed of personal data; JSON in production."""

import sys
from typing import Any

import structlog
from structlog.typing import Processor

from hustle.scrub import scrub_event

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configured(*, readable: bool) -> dict[str, Any]:
    """Set structlog up and return the LOGGING setting; ``readable`` lines for people, else JSON for machines."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": structlog.stdlib.ProcessorFormatter, **_formatter(readable)}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # Each request is logged once, by django-structlog, with its outcome and any traceback.
            "django.request": {"level": "CRITICAL"},
            "django.server": {"handlers": [], "level": "CRITICAL", "propagate": True},
            # Without a handler here the worker would add one that nothing scrubs. A line for each of its beats would be
            # noise: what failed, was retried or taken over is logged.
            "django_ox": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            "django.tasks": {"level": "WARNING"},
            # The server's own loggers write through the scrubber too.
            "_granian": {"handlers": [], "level": "INFO", "propagate": True},
            "granian.access": {"handlers": [], "propagate": True},
        },
    }


def _formatter(readable: bool) -> dict[str, Any]:
    return {
        "foreign_pre_chain": SHARED,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            scrub_event,
            _console() if readable else structlog.processors.JSONRenderer(default=str),
        ],
    }


def _console() -> Processor:
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)
