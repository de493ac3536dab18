"""Conversations, and what is said in them.

Revision: 0043
Revises: 0042
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from parvis.kernel.db import Id, Json, UtcDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "chat_preferences",
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("shows_reading", sa.Boolean(), nullable=False),
        sa.Column("enter_sends", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=False),
        _refers("chat_preferences", "member_id", "members"),
        sa.PrimaryKeyConstraint("member_id", name="pk_chat_preferences"),
    )
    op.create_table(
        "conversations",
        sa.Column("id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("circle_id", Id(), nullable=True),
        sa.Column("community_id", Id(), nullable=True),
        sa.Column("access", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("picture_id", Id(), nullable=True),
        sa.Column("history", sa.String(), nullable=False),
        sa.Column("has_newcomers", sa.Boolean(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("direct_key", sa.String(), nullable=True),
        sa.Column("created_by", Id(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("archived_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("history IN ('all', 'since_joined')", name="ck_conversations_history"),
        sa.CheckConstraint("kind IN ('channel', 'direct', 'group')", name="ck_conversations_kind"),
        _refers("conversations", "circle_id", "circles"),
        _refers("conversations", "community_id", "communities"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["members.id"], name="fk_conversations_created_by_members", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["files.id"], name="fk_conversations_picture_id_files", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
        sa.UniqueConstraint("direct_key", name="uq_conversations_direct_key"),
    )
    op.create_index("ix_conversations_circle_id", "conversations", ["circle_id"])
    op.create_index("ix_conversations_community_id", "conversations", ["community_id", "id"])
    op.create_index("ix_conversations_created_by", "conversations", ["created_by"])
    op.create_index("ix_conversations_picture_id", "conversations", ["picture_id"])
    op.create_table(
        "conversation_places",
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=True),
        sa.Column("runs", sa.Boolean(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("from_sequence", sa.Integer(), nullable=False),
        sa.Column("from_xid", sa.BigInteger(), nullable=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("read_number", sa.Integer(), nullable=False),
        sa.Column("read_at_number", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("muted_until", UtcDateTime(), nullable=True),
        sa.Column("hidden_number", sa.Integer(), nullable=True),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("draft_root_id", Id(), nullable=True),
        _refers("conversation_places", "conversation_id", "conversations"),
        _refers("conversation_places", "member_id", "members"),
        sa.PrimaryKeyConstraint("conversation_id", "member_id", name="pk_conversation_places"),
    )
    op.create_index("ix_conversation_places_member_id", "conversation_places", ["member_id", "conversation_id"])
    op.create_table(
        "messages",
        sa.Column("id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("root_id", Id(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author_id", Id(), nullable=True),
        sa.Column("client_id", Id(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(length=16), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("quote_id", Id(), nullable=True),
        sa.Column("forwarded", Json, nullable=True),
        sa.Column("about", Json, nullable=True),
        sa.Column("attached", sa.Integer(), nullable=False),
        sa.Column("reactions", Json, nullable=False),
        sa.Column("replies", sa.Integer(), nullable=False),
        sa.Column("repliers", Json, nullable=True),
        sa.Column("last_reply_at", UtcDateTime(), nullable=True),
        sa.Column("pinned_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("edited_at", UtcDateTime(), nullable=True),
        sa.Column("deleted_at", UtcDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"], ["members.id"], name="fk_messages_author_id_members", ondelete="SET NULL"
        ),
        _refers("messages", "conversation_id", "conversations"),
        sa.ForeignKeyConstraint(
            ["quote_id"], ["messages.id"], name="fk_messages_quote_id_messages", ondelete="SET NULL"
        ),
        _refers("messages", "root_id", "messages"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_author_id", "messages", ["author_id", "conversation_id", "number"])
    op.create_index(
        "ix_messages_created_at", "messages", ["conversation_id", "created_at", "number"], **_where("root_id IS NULL")
    )
    op.create_index(
        "ix_messages_pinned_at", "messages", ["conversation_id", "pinned_at", "id"], **_where("pinned_at IS NOT NULL")
    )
    op.create_index("ix_messages_quote_id", "messages", ["quote_id"], **_where("quote_id IS NOT NULL"))
    op.create_index(
        "uq_messages_author_id_client_id",
        "messages",
        ["author_id", "client_id"],
        unique=True,
        **_where("client_id IS NOT NULL"),
    )
    op.create_index(
        "uq_messages_conversation_id_number",
        "messages",
        ["conversation_id", "number"],
        unique=True,
        **_where("root_id IS NULL"),
    )
    op.create_index(
        "uq_messages_root_id_number", "messages", ["root_id", "number"], unique=True, **_where("root_id IS NOT NULL")
    )
    op.create_table(
        "message_attachments",
        sa.Column("file_id", Id(), nullable=False),
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("picture_id", Id(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(), nullable=False),
        _refers("message_attachments", "file_id", "files"),
        _refers("message_attachments", "message_id", "messages"),
        _refers("message_attachments", "picture_id", "pictures"),
        sa.PrimaryKeyConstraint("file_id", name="pk_message_attachments"),
    )
    op.create_index("ix_message_attachments_message_id", "message_attachments", ["message_id", "position"])
    op.create_index("ix_message_attachments_picture_id", "message_attachments", ["picture_id"])
    op.create_table(
        "message_mentions",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("conversation_id", Id(), nullable=False),
        sa.Column("root_id", Id(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        _refers("message_mentions", "conversation_id", "conversations"),
        _refers("message_mentions", "member_id", "members"),
        _refers("message_mentions", "message_id", "messages"),
        sa.PrimaryKeyConstraint("message_id", "member_id", name="pk_message_mentions"),
    )
    op.create_index("ix_message_mentions_member_id", "message_mentions", ["member_id", "conversation_id", "number"])
    op.create_table(
        "message_reactions",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _refers("message_reactions", "member_id", "members"),
        _refers("message_reactions", "message_id", "messages"),
        sa.PrimaryKeyConstraint("message_id", "member_id", "kind", name="pk_message_reactions"),
    )
    op.create_index("ix_message_reactions_member_id", "message_reactions", ["member_id", "message_id"])
    op.create_table(
        "message_revisions",
        sa.Column("message_id", Id(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("until", UtcDateTime(), nullable=False),
        _refers("message_revisions", "message_id", "messages"),
        sa.PrimaryKeyConstraint("message_id", "version", name="pk_message_revisions"),
    )
    op.create_table(
        "message_thread_places",
        sa.Column("root_id", Id(), nullable=False),
        sa.Column("member_id", Id(), nullable=False),
        sa.Column("read_number", sa.Integer(), nullable=False),
        sa.Column("follows", sa.Boolean(), nullable=False),
        _refers("message_thread_places", "member_id", "members"),
        _refers("message_thread_places", "root_id", "messages"),
        sa.PrimaryKeyConstraint("root_id", "member_id", name="pk_message_thread_places"),
    )
    op.create_index("ix_message_thread_places_member_id", "message_thread_places", ["member_id"])


def downgrade() -> None:
    op.drop_table("message_thread_places")
    op.drop_table("message_revisions")
    op.drop_table("message_reactions")
    op.drop_table("message_mentions")
    op.drop_table("message_attachments")
    op.drop_table("messages")
    op.drop_table("conversation_places")
    op.drop_table("conversations")
    op.drop_table("chat_preferences")


def _refers(table: str, column: str, to: str, *, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}", ondelete=ondelete)


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}
