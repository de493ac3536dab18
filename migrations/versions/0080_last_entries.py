"""PostgreSQL gives the last entries that have some words in one question, by an index that knows how late each came.

Revision: 0080
Revises: 0079
"""

from alembic import context, op

revision = "0080"
down_revision = "0079"
branch_labels = None
depends_on = None

# Of an entry the index of tokens tells in which block of ids it stands too (65,536 of them each), so that the last that
# have a word are found without the rows of all that have it: of a common word these are very many, and wide. The last
# two blocks say how far back as many stand as are wanted; where that is further than 64 blocks, all are given.
#
# Left to itself PostgreSQL compares the tokens of hundreds of thousands of texts, which it takes for cheap; in a
# function it may be told otherwise without a transaction.
LAST_ENTRIES = """
CREATE FUNCTION last_entries(wanted_tokens tsquery, wanted integer, OUT ids bigint[], OUT are_all boolean)
LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
    last bigint := pg_sequence_last_value(pg_get_serial_sequence('entries', 'id'));
    last_block integer := last >> 16;
    first_block integer := last_block - 1;
    further bigint;
BEGIN
    IF wanted IS NOT NULL AND first_block > 0 THEN
        ids := ARRAY(
            SELECT entry_id FROM entry_tokens
            WHERE tokens @@ wanted_tokens AND ARRAY[(entry_id >> 16)::integer] && ARRAY[first_block, last_block]
        );
        are_all := false;
        IF cardinality(ids) >= wanted THEN
            RETURN;
        END IF;
        further := (wanted - cardinality(ids)) * (last - (first_block::bigint << 16) + 1) / nullif(cardinality(ids), 0);
        further := (further >> 16) + 1;
        IF further <= 64 AND further < first_block THEN
            ids := ids || ARRAY(
                SELECT entry_id FROM entry_tokens
                WHERE tokens @@ wanted_tokens
                AND ARRAY[(entry_id >> 16)::integer] && ARRAY(
                    SELECT generate_series(first_block - further::integer, first_block - 1)
                )
            );
            RETURN;
        END IF;
    END IF;
    are_all := true;
    ids := ARRAY(SELECT entry_id FROM entry_tokens WHERE tokens @@ wanted_tokens);
END
$$
"""
INDEX, INDEX_BEFORE = "tokens, (ARRAY[(entry_id >> 16)::integer])", "tokens"


def upgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        _index(INDEX)
        op.execute(LAST_ENTRIES)


def downgrade() -> None:
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION last_entries")
        _index(INDEX_BEFORE)


def _index(columns: str) -> None:
    """Makes it beside the old one, while others write; among a million entries that takes minutes. Cut off, it begins
    anew. A restore migrates within its own transaction, where that is not possible, and nobody else is there."""
    if "connection" in context.config.attributes:
        op.execute("DROP INDEX ix_entry_tokens_tokens")
        op.execute(f"CREATE INDEX ix_entry_tokens_tokens ON entry_tokens USING gin ({columns})")
        return
    with op.get_context().autocommit_block():
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_entry_tokens_next")
        op.execute(f"CREATE INDEX CONCURRENTLY ix_entry_tokens_next ON entry_tokens USING gin ({columns})")
        op.execute("DROP INDEX CONCURRENTLY IF EXISTS ix_entry_tokens_tokens")
        op.execute("ALTER INDEX ix_entry_tokens_next RENAME TO ix_entry_tokens_tokens")
