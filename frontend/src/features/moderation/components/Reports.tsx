import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { LoadMore } from '@/components/LoadMore'
import { Moment } from '@/components/Moment'
import { texts as reasons } from '@/entities/report/texts'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { type Case, type CaseReport, reportsQuery } from '../queries'
import { CasePerson } from './CasePerson'
import styles from './moderation.module.css'

/** Who reported it and why: the first few, and all on demand. */
export function Reports({ of, to }: { of: Case; to: (id: string) => string }) {
  const t = useText(texts)
  const [all, setAll] = useState(false)
  const list = useInfiniteQuery({ ...reportsQuery(of.id), enabled: all })
  return (
    <section aria-label={t('who')}>
      <Rows reports={list.data ?? of.first_reports} to={to} />
      {of.reports > of.first_reports.length && !list.data && (
        <Button look="quiet" size="small" busy={list.isFetching} onClick={() => setAll(true)}>
          {t('all')}
        </Button>
      )}
      <LoadMore
        more={all && list.hasNextPage}
        busy={list.isFetchingNextPage}
        error={list.error && messageOf(list.error)}
        onMore={() => void list.fetchNextPage()}
      />
    </section>
  )
}

function Rows({ reports, to }: { reports: readonly CaseReport[]; to: (id: string) => string }) {
  const t = useText(reasons)
  return (
    <ul className={styles.rows}>
      {reports.map((report) => (
        <li key={report.reporter.id}>
          <CasePerson of={report.reporter} to={to} />
          <span>{t(report.reason)}</span>
          <small>
            <Moment at={report.at} />
          </small>
          {report.words && <p className={styles.words}>{report.words}</p>}
        </li>
      ))}
    </ul>
  )
}
