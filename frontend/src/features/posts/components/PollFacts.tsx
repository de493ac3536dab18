import { formatMoment } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../asked.texts'
import type { PollPost } from '../queries'
import styles from './posts.module.css'

/** The rules of a poll, and how many have voted. */
export function PollFacts({ poll }: Pick<PollPost, 'poll'>) {
  const t = useText(texts)
  const language = useLanguage()
  const hidden = poll.options.some(({ votes }) => votes === null)
  return (
    <ul className={styles.facts}>
      <li>{t('voters', { count: poll.voters })}</li>
      {poll.closed && <li>{t('closed')}</li>}
      {!poll.closed && poll.closes_at && <li>{t('closesAt', { at: formatMoment(poll.closes_at, language) })}</li>}
      <li>{t(poll.anonymous ? 'anonymous' : 'named')}</li>
      {hidden && <li>{t(poll.results === 'closed' ? 'afterClose' : 'afterVote')}</li>}
    </ul>
  )
}
