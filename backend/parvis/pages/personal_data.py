"""What pages hold of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part, Untied

from .models import PageAuthor, PageClient, PageMention, PagePublication, PageTask, PageThread, WrittenPage

PARTS: Sequence[Part] = (
    Part(
        "written_pages",
        {"fr": "Les pages que vous avez écrites avec d’autres", "en": "The pages that you wrote with others"},
        [
            Holding(
                WrittenPage.written_by,
                [WrittenPage.document_id, WrittenPage.written_at],
                Untied(),
                name="pages_written_last",
            ),
            Holding(PageAuthor.member_id, [PageAuthor.document_id, PageAuthor.number]),
            Holding(
                PagePublication.published_by,
                [PagePublication.document_id, PagePublication.post_id, PagePublication.published_at],
                Untied(),
            ),
            Holding(PageClient.member_id, [PageClient.document_id, PageClient.client_id], Untied()),
            Holding(PageTask.assignee_id, [PageTask.document_id, PageTask.text, PageTask.is_done, PageTask.by_day]),
            Holding(PageMention.member_id, [PageMention.document_id, PageMention.times]),
            Holding(
                PageThread.resolved_by, [PageThread.document_id, PageThread.thread_id, PageThread.resolved_at], Untied()
            ),
        ],
    ),
)
