"""Assets of stages 1 and 2: one factory, called once per contract."""

import datetime as dt
import json
from collections.abc import Iterator

import dagster as dg  # resolves annotations of assets itself: no `from __future__ import annotations` here

from data_contracts import all_contracts
from data_contracts.base import Contract, Rhythm
from pipelines.intake.delivery_calendar import write_calendar
from pipelines.intake.judging import Accepted, find_broken, judge_landed
from pipelines.intake.opendata import gather_open_data
from pipelines.intake.pulling import pull_everything
from pipelines.intake.receiving import Notice, receive_inbox
from pipelines.intake.timeliness import standing
from pipelines.resources import Settings

DAYS = {Rhythm.MONTH: 31, Rhythm.QUARTER: 92, Rhythm.YEAR: 366, Rhythm.SCHOOL_YEAR: 366, Rhythm.TWO_YEARS: 731}


def _tell(context: dg.AssetExecutionContext, notices: list[Notice]) -> None:
    for notice in notices:
        (context.log.warning if notice.status in ("refused", "failed") else context.log.info)(notice.sentence)


def build_delivery(contract: type[Contract]) -> tuple[dg.AssetsDefinition, dg.AssetsDefinition]:
    """The two assets of a delivery: `landed/<id>` and `accepted/<id>`, the second with its contract as a blocking check."""
    terms = contract.terms()
    doc = (contract.__doc__ or terms.title).strip()
    landed_key, accepted_key = dg.AssetKey(["landed", terms.delivery]), dg.AssetKey(["accepted", terms.delivery])
    tags = {
        "partner": dg.MetadataValue.text(terms.partner),
        "owner": dg.MetadataValue.text(terms.owner),
        "contract_version": dg.MetadataValue.text(terms.version),
    }

    @dg.asset(
        key=landed_key,
        deps=[dg.AssetKey(["pulled", "sources"])],
        group_name=terms.theme,
        kinds={"odata" if terms.odata else "file"},
        owners=["team:riec-data"],
        description=f"Immutable copies of what {terms.partner} delivered. {doc}",
        metadata=tags,
    )
    def landed(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
        notices = receive_inbox(settings, terms.delivery) + gather_open_data(settings, contract, ask_service=False)
        _tell(context, notices)
        counts = {status: sum(notice.status == status for notice in notices) for status in ("received", "known", "refused")}
        folder = settings.landing / terms.delivery
        return dg.MaterializeResult(
            metadata={**counts, "folder": dg.MetadataValue.path(str(folder)), "refusals": "\n".join(n.sentence for n in notices if n.status == "refused")}
        )

    @dg.asset(
        key=accepted_key,
        deps=[landed_key],
        group_name=terms.theme,
        kinds={"pandera", "parquet"},
        owners=["team:riec-data"],
        description=f"Typed rows that meet the contract. {doc}",
        metadata=tags,
        freshness_policy=dg.FreshnessPolicy.time_window(fail_window=dt.timedelta(days=DAYS[terms.rhythm] + max(terms.due_days, 0))),
        check_specs=[
            dg.AssetCheckSpec("contract_holds", asset=accepted_key, blocking=True, description="All accepted rows meet the Pandera contract"),
            dg.AssetCheckSpec("newest_file_accepted", asset=accepted_key, description="The newest files were not refused"),
            dg.AssetCheckSpec("delivery_is_on_time", asset=accepted_key, description="Every period that is due has come"),
        ],
    )
    def accepted(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        outcome = judge_landed(settings, contract)
        _tell(context, outcome.notices)
        refused = [notice.sentence for notice in outcome.notices if notice.status == "refused"]
        checks = [_check_contract(settings, contract, outcome), _check_newest(refused, accepted_key), _check_on_time(settings, contract, outcome)]
        rows = {column: outcome.total(column) for column in ("rows_in", "rows_accepted", "rows_quarantined")}
        report = dg.MetadataValue.path(str(settings.feedback / terms.delivery))
        yield dg.MaterializeResult(metadata={**rows, "files": len(outcome.lines), "report": report}, check_results=checks)

    return landed, accepted


def _check_contract(settings: Settings, contract: type[Contract], outcome: Accepted) -> dg.AssetCheckResult:
    broken = find_broken(settings, contract, outcome)
    metadata: dict[str, int | str] = {"files": len(outcome.lines), "broken": ", ".join(broken)}
    return dg.AssetCheckResult(passed=not broken, asset_key=["accepted", contract.terms().delivery], check_name="contract_holds", metadata=metadata)


def _check_newest(refused: list[str], key: dg.AssetKey) -> dg.AssetCheckResult:
    metadata: dict[str, int | str] = {"refused": len(refused), "sentences": "\n".join(refused)}
    return dg.AssetCheckResult(passed=not refused, asset_key=key, check_name="newest_file_accepted", severity=dg.AssetCheckSeverity.WARN, metadata=metadata)


def _check_on_time(settings: Settings, contract: type[Contract], outcome: Accepted) -> dg.AssetCheckResult:
    terms = contract.terms()
    newest = max((period for line in outcome.lines for period in json.loads(line["periods"])), default=None)
    status, due = standing(contract, newest, settings.today)
    return dg.AssetCheckResult(
        passed=status == "op tijd",
        asset_key=["accepted", terms.delivery],
        check_name="delivery_is_on_time",
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"status": status, "due": due.isoformat(), "newest_period": newest or "", "partner": terms.partner},
    )


@dg.asset(
    key=["pulled", "sources"],
    group_name="intake",
    kinds={"sftp", "s3", "odata"},
    owners=["team:riec-data"],
    description="What was fetched from the sources of partners and the open-data services. Calls nobody where no sources are set.",
    check_specs=[dg.AssetCheckSpec("every_source_answers", asset=["pulled", "sources"])],
)
def pulled_sources(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Fetches new files into the inbox; a source that fails is a warning, and the run goes on with what is there."""
    notices = pull_everything(settings) if settings.sources else []
    _tell(context, notices)
    counts = {status: sum(notice.status == status for notice in notices) for status in ("received", "waiting", "refused", "failed")}
    check = dg.AssetCheckResult(passed=not counts["failed"], severity=dg.AssetCheckSeverity.WARN, metadata={"failed": counts["failed"]})
    return dg.MaterializeResult(metadata=counts, check_results=[check])


@dg.asset(
    key=["landed", "unknown_files"],
    deps=[dg.AssetKey(["pulled", "sources"])],
    group_name="intake",
    kinds={"file"},
    owners=["team:riec-data"],
    description="Files in the inbox that belong to no delivery: refused, left where they are.",
    check_specs=[dg.AssetCheckSpec("every_file_belongs_to_a_delivery", asset=["landed", "unknown_files"])],
)
def unknown_files(context: dg.AssetExecutionContext, settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Refuses files whose name fits no delivery, so that they are seen and not silently left."""
    notices = receive_inbox(settings, None)
    _tell(context, notices)
    return dg.MaterializeResult(
        metadata={"refused": len(notices)},
        check_results=[dg.AssetCheckResult(passed=not notices, severity=dg.AssetCheckSeverity.WARN, metadata={"refused": len(notices)})],
    )


@dg.asset(
    key=["register", "delivery_calendar"],
    deps=[dg.AssetKey(["accepted", contract.terms().delivery]) for contract in all_contracts()],
    group_name="intake",
    kinds={"parquet"},
    owners=["team:riec-data"],
    description="Which periods every delivery brought, which it owes, and from when their figures are final.",
)
def written_calendar(settings: dg.ResourceParam[Settings]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Writes the calendar when it changed; the models read it."""
    rows = write_calendar(settings)
    return dg.MaterializeResult(metadata={"periods": rows.height, "not_delivered": int((~rows["is_delivered"]).sum())})
