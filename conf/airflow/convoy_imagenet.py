"""Goes from pictures to predictions: prepare >> train >> evaluate (the gate) >> score."""

from __future__ import annotations

from convoy_operator import CHECKOUT, DEFAULT_ARGS, ROOT, ConvoyOperator

try:
    from airflow.sdk import DAG, Param
except ImportError:  # Airflow 2
    from airflow import DAG
    from airflow.models.param import Param

PARAMS = {
    "source": Param(
        "folder", type="string", description="What pictures holds: folder or mnist."
    ),
    "pictures": Param(
        f"{ROOT}/pictures", type="string", description="The pictures to train on."
    ),
    "incoming": Param(f"{ROOT}/incoming", type="string", description="The files to score."),
    "root": Param(
        ROOT,
        type="string",
        description="Gets the folders dataset, run and scores and the file evaluation.json.",
    ),
    "recipe": Param(
        str(CHECKOUT / "conf/alexnet-imagenette.yaml"),
        type="string",
        description="The recipe, a file that the driver can read.",
    ),
    "workers": Param(
        None,
        type=["null", "integer"],
        minimum=1,
        description="The number of workers, instead of the recipe's.",
    ),
    "overrides": Param(
        [],
        type="array",
        items={"type": "string"},
        description="More changes of the recipe, such as training.epochs=3.",
    ),
    "min_top1": Param(
        None,
        type=["null", "number"],
        minimum=0,
        maximum=1,
        description="The gate: with a lower top-1 accuracy the run fails and nothing is scored;"
        " without a value there is no gate.",
    ),
    "format": Param(
        "parquet",
        enum=["parquet", "csv", "jsonl"],
        description="The format of the scores.",
    ),
}

with DAG(
    dag_id="convoy_imagenet",
    description=__doc__,
    schedule=None,
    catchup=False,
    max_active_runs=1,
    default_args=DEFAULT_ARGS,
    params=PARAMS,
    tags=["convoy"],
) as dag:
    prepare = ConvoyOperator(
        task_id="prepare",
        arguments=[
            "prepare",
            "--source={{ params.source }}",
            "--in={{ params.pictures }}",
            "--out={{ params.root }}/dataset",
        ],
    )
    train = ConvoyOperator(
        task_id="train",
        arguments=[
            "train",
            "--recipe={{ params.recipe }}",
            "--data={{ params.root }}/dataset",
            "--out={{ params.root }}/run",
            "{% if params.workers %}--set=training.workers={{ params.workers }}{% endif %}",
            "{% for override in params.overrides %}--set={{ override }}\n{% endfor %}",
            # A retry continues after the newest checkpoint. A finished run stays as it is.
            "--resume",
        ],
    )
    evaluate = ConvoyOperator(
        task_id="evaluate",
        arguments=[
            "evaluate",
            "--model={{ params.root }}/run",
            "--data={{ params.root }}/dataset",
            "{% if params.min_top1 is not none %}--min-top1={{ params.min_top1 }}{% endif %}",
            "--out={{ params.root }}/evaluation.json",
        ],
    )
    score = ConvoyOperator(
        task_id="score",
        arguments=[
            "score",
            "--model={{ params.root }}/run",
            "--in={{ params.incoming }}",
            "--out={{ params.root }}/scores",
            "--format={{ params.format }}",
        ],
    )
    prepare >> train >> evaluate >> score
