import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Chip } from '@/components/Chip'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { Prose } from '@/components/Prose'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type MyDecision, myDecisionsQuery } from '../queries'
import styles from './moderation.module.css'
import { ReadOf } from './ReadOf'
import { useSaid } from './words'

/** What moderators decided on what one said, or on oneself, and why. */
export function MyDecisions() {
  const t = useText(texts)
  const list = useInfiniteQuery(myDecisionsQuery)
  return (
    <Slab title={t('myDecisions')}>
      <Loaded query={list}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('noDecisionTitle')}>{t('noDecisionText')}</EmptyState>
          ) : (
            <ul className={styles.rows}>
              {found.map((one) => (
                <Row key={one.id} of={one} />
              ))}
            </ul>
          )
        }
      </Loaded>
      <ReadOf said={list.data ?? []} />
      <LoadMore
        more={list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.data && list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </Slab>
  )
}

function Row({ of }: { of: MyDecision }) {
  const t = useText(texts)
  const said = useSaid()
  return (
    <li>
      <b>{said(of)}</b>
      <small>
        <Moment at={of.at} />
      </small>
      <p className={styles.facts}>
        {of.on_content === 'hide' && <Chip look="soft">{t(of.restored_at ? 'shownAgain' : 'hiddenDone')}</Chip>}
        {of.on_content === 'remove' && <Chip look="soft">{t('removed')}</Chip>}
        {of.on_author === 'warn' && <Chip look="danger">{t('warning')}</Chip>}
        {of.on_author === 'exclude' && <Chip look="danger">{t('excludedYou')}</Chip>}
      </p>
      <p className={styles.words}>{of.reason ? t('whyIs', { reason: of.reason }) : t('noReason')}</p>
      <div className={styles.said}>
        {of.title && <h3>{of.title}</h3>}
        <Prose html={of.html} lang={of.language} />
      </div>
    </li>
  )
}
