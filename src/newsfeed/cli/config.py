"""``newsfeed config``."""

from __future__ import annotations

import json

import click
import msgspec

from newsfeed import config as settings
from newsfeed.cli.session import Session
from newsfeed.cli.usage import WrongValue


@click.command("config")
@click.argument("key", required=False)
@click.option(
    "--schema", is_flag=False, flag_value="all", type=click.Choice(["all", "site", "items"]),
    help="Print the JSON Schema of newsfeed.toml (site), of front matter (items), or both.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text",
    help="How to print them.",
)  # fmt: skip
@click.pass_obj
def command(session: Session, key: str | None, schema: str | None, form: str) -> int:
    """Show the settings in force, and where each comes from.

    With KEY, such as site.output, that setting's value alone, as a script needs it.
    """
    if schema:
        click.echo(json.dumps(_schemas(schema), ensure_ascii=False, indent=2))
        return 0
    config = session.config()
    rows = [
        (name, value, "newsfeed.toml" if name in config.written else "default")
        for name, value in settings.settings(config)
    ]
    if key:
        click.echo(_value(key, {name: _plain(value) for name, value, _ in rows}, form))
        return 0
    if form == "json":
        table = {name: {"value": _plain(value), "from": origin} for name, value, origin in rows}
        click.echo(json.dumps(table, ensure_ascii=False, indent=2))
        return 0
    for name, value, origin in rows:
        click.echo(f"{name} = {_toml(_plain(value))}  # {origin}")
    return 0


def _value(key: str, values: dict[str, object], form: str) -> str:
    """Return the value of a key: a text as it is, what is no text as JSON has it."""
    if key not in values:
        raise WrongValue(f"no such setting: {key}", f"réglage inconnu : {key}", "KEY")
    value = values[key]
    return (
        value
        if isinstance(value, str) and form == "text"
        else json.dumps(value, ensure_ascii=False)
    )


def _plain(value: object) -> object:
    """Return a setting as JSON has it."""
    if isinstance(value, msgspec.Struct):
        pairs = {name: _plain(each) for name, each in msgspec.structs.asdict(value).items()}
        return {name: each for name, each in pairs.items() if each is not None}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _toml(value: object) -> str:
    if value is None:
        return '""'
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _schemas(which: str) -> dict[str, object]:
    from newsfeed.config.schema import site_schema
    from newsfeed.content.schema import items_schema

    if which == "all":
        return {"newsfeed.toml": site_schema(), "front-matter": items_schema()}
    return site_schema() if which == "site" else items_schema()
