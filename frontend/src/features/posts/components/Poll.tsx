import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { useText } from '@/lib/i18n'
import { texts } from '../asked.texts'
import type { PollPost } from '../queries'
import { PollFacts } from './PollFacts'
import { PollResults } from './PollResults'
import styles from './posts.module.css'
import { Voting } from './Voting'

/** What a post asks to choose from: to vote in, then what was counted. */
export function Poll({ post }: { post: PollPost }) {
  const t = useText(texts)
  const [changing, setChanging] = useState(false)
  const { poll } = post
  const voted = poll.options.some(({ mine }) => mine)
  const open = post.abilities.includes('vote') && !poll.closed
  return (
    <section className={styles.poll} aria-label={t('poll')}>
      {open && (changing || !voted) ? (
        <Voting post={post} onDone={() => setChanging(false)} />
      ) : (
        <PollResults post={post} />
      )}
      <PollFacts poll={poll} />
      {open && voted && !changing && (
        <Button look="quiet" size="small" onClick={() => setChanging(true)}>
          {t('change')}
        </Button>
      )}
    </section>
  )
}
