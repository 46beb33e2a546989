"""Runs a command of Convoy through spark-submit; its exit code decides about retries."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.providers.apache.spark.hooks.spark_submit import SparkSubmitHook
from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

try:
    from airflow.sdk.exceptions import AirflowException, AirflowFailException
except ImportError:  # Airflow 2
    from airflow.exceptions import AirflowException, AirflowFailException

# These files lie in conf/airflow of a checkout, perhaps behind a link. Copies need CONVOY_JAR.
CHECKOUT = Path(__file__).resolve().parents[2]
JAR = os.environ.get("CONVOY_JAR", str(CHECKOUT / "jobs/target/convoy.jar"))

# The folder of everything, unless a run's params say otherwise.
ROOT = os.environ.get("CONVOY_ROOT", "/data/convoy")

DEFAULT_ARGS: dict[str, Any] = {
    "retries": int(os.environ.get("CONVOY_RETRIES", "3")),
    "retry_delay": timedelta(
        seconds=float(os.environ.get("CONVOY_RETRY_DELAY_SECONDS", "60"))
    ),
    "pool": os.environ.get("CONVOY_POOL", "default_pool"),
}

# The same command would end with the same code again.
NEVER_RETRIED = {
    2: "usage or recipe",
    3: "missing or bad data",
    4: "a quality gate was missed",
    5: "training diverged",
}

# Airflow kills a task five seconds after it has asked it to end.
GRACE_SECONDS = 3


class ConvoyOperator(SparkSubmitOperator):
    """Runs ``convoy COMMAND ...`` on the cluster of the connection ``spark_default``.

    :param arguments: the command line, templated. An argument that renders to nothing is
        left out. One that renders to several lines becomes several arguments.
    """

    def __init__(self, *, arguments: Sequence[str], **kwargs: Any) -> None:
        kwargs.setdefault("name", "convoy " + arguments[0])
        super().__init__(
            application=JAR,
            java_class="convoy.jobs.Main",
            application_args=list(arguments),
            # A second attempt by YARN would repeat errors that no retry can mend.
            conf={"spark.yarn.maxAppAttempts": "1"},
            # The same as in scripts/convoy: file names are UTF-8, and a driver that
            # trains itself (master local) keeps big buffers.
            env_vars={
                "LC_ALL": "C.UTF-8",
                "MALLOC_MMAP_MAX_": "0",
                "MALLOC_TRIM_THRESHOLD_": "100000000000",
                "MALLOC_TOP_PAD_": "268435456",
                "MALLOC_ARENA_MAX": "1",
                "GOMP_SPINCOUNT": "10000",
                "OPENCV_LOG_LEVEL": "SILENT",
            },
            **kwargs,
        )

    def execute(self, context: Any) -> None:
        if "://" not in self.application and not Path(self.application).is_file():
            raise AirflowFailException(
                f"no jar at {self.application}: build it (mvn -q -DskipTests package),"
                " or set CONVOY_JAR to where it lies"
            )
        self.application_args = [
            line
            for argument in self.application_args
            for line in argument.splitlines()
            if line
        ]
        try:
            super().execute(context)
        except AirflowException:
            driver = self._hook._submit_sp if self._hook else None
            code = driver.returncode if driver else None
            if code in NEVER_RETRIED:
                raise AirflowFailException(
                    f"exit code {code} ({NEVER_RETRIED[code]}): not retried"
                ) from None
            if code:
                raise AirflowException(f"exit code {code}: may be retried") from None
            raise

    def on_kill(self) -> None:
        """Ends the driver. SIGTERM comes first, as train then keeps its last round."""
        driver = self._hook._submit_sp if self._hook else None
        if driver and driver.poll() is None:
            driver.terminate()
            with suppress(subprocess.TimeoutExpired):
                driver.wait(GRACE_SECONDS)
        super().on_kill()

    def _get_hook(self) -> SparkSubmitHook:
        hook = super()._get_hook()
        if hook._should_track_driver_status:
            raise AirflowFailException(
                "deploy mode cluster of a standalone cluster gives no exit code, so nothing can"
                " say what is worth a retry: set deploy-mode client in the connection's extra"
            )
        client = hook._connection["deploy_mode"] != "cluster"
        if client and Path(self.application).is_file() and not has_own_log():
            jar = Path(self.application).resolve().as_uri()  # Without spaces.
            hook._conf["spark.driver.defaultJavaOptions"] = (
                f"-Dlog4j2.configurationFile=jar:{jar}!/log4j2.xml"
            )
        return hook


def has_own_log() -> bool:
    """Whether the cluster configures the log. If not, Convoy's quiet log is used."""
    folder = os.environ.get("SPARK_CONF_DIR")
    return bool(folder) and any(Path(folder).glob("log4j2.*"))
