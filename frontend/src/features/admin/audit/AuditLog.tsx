import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { AuditTable } from './AuditTable'
import { texts } from './i18n'
import { auditQuery } from './queries'

interface AuditLogProps {
  /** The id of a member: only what was done to that one. */
  about?: string | undefined
  personAddress: (id: string) => string
  /** A link to the whole log. */
  toAll: (words: string) => ReactNode
}

export function AuditLog({ about, personAddress, toAll }: AuditLogProps) {
  const t = useText(texts)
  const entries = useInfiniteQuery(auditQuery(about))
  return (
    <Slab>
      {about && (
        <div className={admin.tools}>
          <p>{t('onlyAbout')}</p>
          {toAll(t('showAll'))}
        </div>
      )}
      <Loaded query={entries} lines={8}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
          ) : (
            <AuditTable entries={found} personAddress={personAddress} />
          )
        }
      </Loaded>
      <LoadMore
        more={entries.hasNextPage}
        busy={entries.isFetchingNextPage}
        error={entries.data && entries.error && messageOf(entries.error)}
        onMore={() => void entries.fetchNextPage()}
      />
    </Slab>
  )
}
