"""What pages hold of members."""

from collections.abc import Sequence

from parvis.kernel.personal_data import Holding, Part, Untied

from .models import PageAuthor, PageClient, PagePublication, WrittenPage

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
        ],
    ),
)
