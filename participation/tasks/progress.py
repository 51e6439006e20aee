"""Reports from the work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from database import db
from participation.actions import Action
from participation.errors import ConflictError
from participation.permissions import Actor, acts_for_its_executor, require
from participation.tasks import queries
from participation.tasks.models import ProgressPost, Task
from participation.tasks.records import ProgressReported
from participation.tasks.states import AT_WORK, Progress
from participation.tasks.steps import checked_text, record


def report_progress(
    *,
    actor: Actor,
    task: Task,
    progress: Progress,
    text: str,
    language: str,
    key: str,
    now: datetime,
) -> ProgressPost:
    """Tell everybody how the work goes; a delay says why. The same form sent twice reports once.

    :raises ConflictError: nobody is at work on the task.
    :raises InvalidInputError: no text, or too long.
    """
    subject = queries.subject_of(task)
    require(actor, Action.REPORT_PROGRESS, subject)
    text = checked_text(text, "text", missing="progress_text_missing")
    if task.state not in AT_WORK:
        raise ConflictError("task_not_at_work")
    sender = task.executor_id if acts_for_its_executor(actor, subject) else None
    post_id = db.session.scalar(
        insert(ProgressPost)
        .values(
            task_id=task.id,
            progress=progress,
            text=text,
            language=language,
            key=key,
            organisation_id=sender,
            posted_by=actor.person_id,
            at=now,
        )
        .on_conflict_do_nothing(index_elements=["task_id", "key"])
        .returning(ProgressPost.id)
    )
    if post_id is not None:
        record(actor, task, ProgressReported(task_id=task.id, progress=progress.value), now)
    made = select(ProgressPost).where(ProgressPost.task_id == task.id, ProgressPost.key == key)
    return db.session.scalars(made).one()
