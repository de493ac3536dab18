import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '@/api/Loaded'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { LoadMore } from '@/components/LoadMore'
import { formatMomentWithin } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import styles from './health.module.css'
import { texts } from './i18n'
import { healthQuery, type SetAsideJob, setAsideQuery, tryAgain } from './queries'

/** Those that are no kind of error, in words. */
const REASONS = { worker_died: 'workerDied', unknown: 'unknownError' } as const

/** Jobs that were given up, each with the way back. */
export function SetAside() {
  const t = useText(texts)
  const language = useLanguage()
  const jobs = useInfiniteQuery(setAsideQuery)
  const [done, setDone] = useState('')
  const retry = useRetry((job) => setDone(t('retried', { name: job.name })))
  return (
    <>
      <h3 className={styles.sub}>{t('setAsideJobs')}</h3>
      <p className={styles.scope}>{t('setAsideLead')}</p>
      <FormError>{retry.error && messageOf(retry.error)}</FormError>
      <p role="status">{done}</p>
      <Loaded query={jobs}>
        {(found) =>
          found.length > 0 && (
            <table className={admin.table} aria-label={t('setAsideJobs')}>
              <thead>
                <tr>
                  <th scope="col">{t('job')}</th>
                  <th scope="col">{t('since')}</th>
                  <th scope="col">{t('reason')}</th>
                  <th scope="col" className={admin.acts}>
                    {t('act')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {found.map((job) => (
                  <tr key={job.id} className={styles.inLine}>
                    <td>
                      <b>{job.name}</b>
                    </td>
                    <td>
                      <time dateTime={job.set_aside_at}>{formatMomentWithin(job.set_aside_at, language)}</time>
                    </td>
                    <td>{job.reason in REASONS ? t(REASONS[job.reason as keyof typeof REASONS]) : job.reason}</td>
                    <td className={admin.acts}>
                      <Button
                        look="secondary"
                        size="small"
                        busy={retry.isPending && retry.variables?.id === job.id}
                        onClick={() => retry.mutate(job)}
                        aria-label={t('retryOne', {
                          name: job.name,
                          at: formatMomentWithin(job.set_aside_at, language),
                        })}
                      >
                        {t('retry')}
                      </Button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      <LoadMore
        more={jobs.hasNextPage}
        busy={jobs.isFetchingNextPage}
        error={jobs.data && jobs.error && messageOf(jobs.error)}
        onMore={() => void jobs.fetchNextPage()}
      />
    </>
  )
}

function useRetry(onDone: (job: SetAsideJob) => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ id }: SetAsideJob) => tryAgain(id),
    onSuccess: (_, job) => onDone(job),
    onSettled: () =>
      Promise.all([queryClient.invalidateQueries(setAsideQuery), queryClient.invalidateQueries(healthQuery)]),
  })
}
