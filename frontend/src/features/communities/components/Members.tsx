import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { TextField } from '@/components/forms/TextField'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import type { Role } from '@/entities/community/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Community, membersQuery, presenceQuery } from '../queries'
import styles from './community.module.css'
import { MemberRow } from './MemberRow'

const filters = ['anyRole', 'owner', 'moderator', 'member'] as const
type Filter = (typeof filters)[number]

/** Who is in a community: looked for by name and role, and acted on by those who may. */
export function Members({ community, addressOf }: { community: Community; addressOf: (id: string) => string }) {
  const t = useText(texts)
  const [words, setWords] = useState('')
  const [filter, setFilter] = useState<Filter>('anyRole')
  const role: Role | undefined = filter === 'anyRole' ? undefined : filter
  const list = useInfiniteQuery(membersQuery(community.id, role, useDeferredValue(words.trim())))
  const there = useQuery({ ...presenceQuery(community.id), enabled: community.role !== null }).data?.member_ids
  return (
    <Slab title={t('members')}>
      <div className={styles.lookFor}>
        <TextField
          type="search"
          label={t('searchMembers')}
          value={words}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
        <Pills<Filter>
          label={t('roles')}
          options={filters.map((value) => ({ value, label: t(value) }))}
          value={filter}
          onChange={setFilter}
        />
      </div>
      <Loaded query={list} lines={6}>
        {(members) =>
          members.length === 0 ? (
            <EmptyState title={t('noMember')} heading="h3">
              {t('noMemberText')}
            </EmptyState>
          ) : (
            <ul className={styles.rows}>
              {members.map((member) => (
                <MemberRow
                  key={member.person.id}
                  communityId={community.id}
                  member={member}
                  online={there?.includes(member.person.id) ?? false}
                  to={addressOf(member.person.id)}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </Slab>
  )
}
