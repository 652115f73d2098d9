"""What the state machines of hypothesis stand on: each of their sequences begins with the same rows."""

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test


class RolledBack(RuleBasedStateMachine):
    """A machine that rolls back what each sequence did."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)


def run(machine: type[RolledBack], *, steps: int) -> None:
    """Run a tenth as many sequences as the profile has examples of anything else, since each takes a second or two.

    200 of them: ``HYPOTHESIS_PROFILE=thorough pytest -k sequence``.
    """
    assert settings.default
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=settings.default.max_examples // 10,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            # Shrinking a failure takes minutes here; the steps that it prints are few enough to read.
            phases=[Phase.explicit, Phase.reuse, Phase.generate],
        ),
    )
