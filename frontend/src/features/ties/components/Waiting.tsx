import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { mentorshipsCountQuery, requestsCountQuery } from '../queries'
import { texts } from '../waiting.texts'
import styles from './ties.module.css'

interface WaitingProps {
  /** The words, as links to where each is answered. */
  links: Record<'requests' | 'mentoring', (words: string) => ReactNode>
}

/** Who waits for an answer of the reader: nothing when nobody does. */
export function Waiting({ links }: WaitingProps) {
  const t = useText(texts)
  const requests = useQuery(requestsCountQuery).data?.received ?? 0
  const mentorships = useQuery(mentorshipsCountQuery).data?.asked ?? 0
  if (requests + mentorships === 0) return null
  return (
    <Slab title={t('waiting')}>
      <ul className={styles.waiting}>
        {requests > 0 && <li>{links.requests(t('requestsWaiting', { count: requests }))}</li>}
        {mentorships > 0 && <li>{links.mentoring(t('mentoringWaiting', { count: mentorships }))}</li>}
      </ul>
    </Slab>
  )
}
