"""Scores, once a day, each file of a folder that has no row yet."""

from __future__ import annotations

from datetime import datetime, timezone

from convoy_operator import DEFAULT_ARGS, ROOT, ConvoyOperator

try:
    from airflow.sdk import DAG, Param
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.models.param import Param

with DAG(
    dag_id="convoy_score_daily",
    description=__doc__,
    schedule="@daily",
    start_date=datetime(2026, 1, 1, tzinfo=timezone.utc),
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    params={
        "model": Param(
            f"{ROOT}/run", type="string", description="A model, or the folder of a run."
        ),
        "incoming": Param(
            f"{ROOT}/incoming", type="string", description="The files to score."
        ),
        "scores": Param(
            f"{ROOT}/scores", type="string", description="The folder of the rows."
        ),
        "format": Param(
            "parquet",
            enum=["parquet", "csv", "jsonl"],
            description="The format of the rows.",
        ),
    },
    tags=["convoy"],
) as dag:
    ConvoyOperator(
        task_id="score",
        arguments=[
            "score",
            "--model={{ params.model }}",
            "--in={{ params.incoming }}",
            "--out={{ params.scores }}",
            "--format={{ params.format }}",
            "--resume",
        ],
    )
