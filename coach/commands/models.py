"""What the commands about models do."""

from rich.table import Table

from coach import paths
from coach.commands.telling import out_console, print_json, steps, tell
from coach.phrases import say
from models.catalogue import Check, ModelStore, entries, entry
from models.catalogue.fetch import fetch


def models_list(*, as_json: bool) -> int:
    """Print the catalogue and what of it is on this machine."""
    store = ModelStore(paths.models_folder())
    table = Table(box=None, pad_edge=False)
    for column in ("model_table", "model_size", "model_licence", "model_state"):
        table.add_column(say(f"cli.{column}"))
    for model in entries():
        check = store.check(model, thorough=False)
        if as_json:
            print_json({"name": model.name, "title": model.title, "state": check.state})
        size = f"{model.parameters / 1e6:.0f} M"
        table.add_row(f"{model.name}  [dim]{model.title}[/]", size, model.licence, _state(check))
    if not as_json:
        out_console.print(table)
    return 0


def models_fetch(name: str) -> int:
    """Fetch a model unless it is here and verified."""
    model, store = entry(name), ModelStore(paths.models_folder())
    with steps(say("cli.fetching")) as step:
        path = fetch(model, store, step)
    out_console.print(f"{name}: {say('cli.verified')} ({path})", highlight=False, soft_wrap=True)
    return 0


def models_verify(name: str | None, *, as_json: bool) -> int:
    """Read every byte of the models here; exit code 2 if one that is here is broken."""
    store = ModelStore(paths.models_folder())
    wanted = entries() if name is None else (entry(name),)
    code = 0
    for model in wanted:
        check = store.check(model)
        asked_and_missing = name is not None and check.state == "missing"
        code = 2 if check.state == "broken" or asked_and_missing else code
        tell(as_json, {"name": model.name, "state": check.state}, f"{model.name}: {_state(check)}")
    return code


def _state(check: Check) -> str:
    return say(f"cli.{check.state}", file=check.file)
