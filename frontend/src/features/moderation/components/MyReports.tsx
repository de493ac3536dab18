import { useInfiniteQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { Slab } from '@/components/Slab'
import { EmptyState } from '@/components/states/EmptyState'
import { texts as reasons } from '@/entities/report/texts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type MyReport, myReportsQuery } from '../queries'
import styles from './moderation.module.css'
import { ReadOf } from './ReadOf'
import { useSaid } from './words'

const OUTCOME = {
  kept: 'outcomeKept',
  hidden: 'outcomeHidden',
  removed: 'outcomeRemoved',
  acted: 'outcomeActed',
} as const

/** What one reported, and what became of it. */
export function MyReports() {
  const t = useText(texts)
  const list = useInfiniteQuery(myReportsQuery)
  return (
    <Slab title={t('myReports')}>
      <Loaded query={list}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t('noReportTitle')}>{t('noReportText')}</EmptyState>
          ) : (
            <ul className={styles.rows}>
              {found.map((one) => (
                <Row key={one.case_id} of={one} />
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

function Row({ of }: { of: MyReport }) {
  const t = useText(texts)
  const tr = useText(reasons)
  const said = useSaid()
  return (
    <li>
      <b>{said(of)}</b>
      <small>
        <Moment at={of.at} />
      </small>
      <p className={styles.words}>
        {t('reportOn', { reason: tr(of.reason) })}
        {of.words && ` ${t('quoted', { words: of.words })}`}
      </p>
      <p className={styles.words} data-told={of.outcome !== null || undefined}>
        {of.outcome ? t('examined', { outcome: t(OUTCOME[of.outcome]) }) : t('waiting')}
      </p>
    </li>
  )
}
