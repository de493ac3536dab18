import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { LoadMore } from '@/components/LoadMore'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { Pills } from '@/components/Tabs'
import { useReadAll } from '@/entities/notification/mutations'
import { waitingQuery } from '@/entities/notification/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Notification, toldQuery } from '../queries'
import { NotificationRow } from './NotificationRow'
import styles from './notifications.module.css'

export type Which = 'all' | 'unread'

interface NotificationsProps {
  which: Which
  onWhich: (which: Which) => void
  addressOf: (notification: Notification) => string
}

/** What the reader is told, the last first, one row for each post or community. */
export function Notifications({ which, onWhich, addressOf }: NotificationsProps) {
  const t = useText(texts)
  const list = useInfiniteQuery(toldQuery(which === 'unread'))
  return (
    <Slab>
      <div className={styles.head}>
        <Pills<Which>
          label={t('which')}
          options={[
            { value: 'all', label: t('all') },
            { value: 'unread', label: t('unreadOnes') },
          ]}
          value={which}
          onChange={onWhich}
        />
        <ReadAll position={list.data?.position} />
      </div>
      <Loaded query={list} lines={6}>
        {({ items }) =>
          items.length === 0 ? (
            <None which={which} />
          ) : (
            <ul className={styles.rows}>
              {items.map((one) => (
                <NotificationRow key={one.id} notification={one} to={addressOf(one)} />
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

function ReadAll({ position }: { position: number | undefined }) {
  const t = useText(texts)
  const unread = useQuery(waitingQuery).data?.unread ?? 0
  const readAll = useReadAll()
  return (
    <div>
      <Button
        look="quiet"
        size="small"
        disabled={unread === 0 || position === undefined}
        busy={readAll.isPending}
        onClick={() => position !== undefined && readAll.mutate(position)}
      >
        {t('readAll')}
      </Button>
      <FormError>{readAll.error && messageOf(readAll.error)}</FormError>
    </div>
  )
}

function None({ which }: { which: Which }) {
  const t = useText(texts)
  return which === 'unread' ? (
    <EmptyState title={t('noneUnreadTitle')}>{t('noneUnreadText')}</EmptyState>
  ) : (
    <EmptyState title={t('emptyTitle')}>{t('emptyText')}</EmptyState>
  )
}
