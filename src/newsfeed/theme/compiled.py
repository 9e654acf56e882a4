"""The default templates and their code, kept where Python keeps this package's own and as trusted.

A site's own templates are compiled by each command: a cache in a repository may come from anybody.
"""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from importlib.util import cache_from_source

import jinja2
from jinja2.bccache import Bucket


class DefaultTemplates(jinja2.FileSystemLoader):
    """Loads the templates of ``folder``, and compiles those whose code is not kept."""

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        super().__init__(folder)
        self._kept = _Kept()

    def load(
        self,
        environment: jinja2.Environment,
        name: str,
        globals: MutableMapping[str, object] | None = None,  # noqa: A002 - as Jinja calls it
    ) -> jinja2.Template:
        """Return a template, as `jinja2.BaseLoader.load` does with a bytecode cache."""
        source, filename, up_to_date = self.get_source(environment, name)
        bucket = self._kept.get_bucket(environment, name, filename, source)
        if bucket.code is None:
            bucket.code = environment.compile(source, name, filename)
            self._kept.set_bucket(bucket)
        return environment.template_class.from_code(
            environment, bucket.code, globals or {}, up_to_date
        )


class _Kept(jinja2.FileSystemBytecodeCache):
    """Files beside this module's own code: a template's text and Jinja's version say what is valid."""

    def __init__(self) -> None:
        folder = os.path.dirname(cache_from_source(__file__))
        super().__init__(folder, f"jinja2-{jinja2.__version__}-%s.pyc")

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever pickle finds in a file that is damaged
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                os.makedirs(self.directory, exist_ok=True)
                super().dump_bytecode(bucket)
