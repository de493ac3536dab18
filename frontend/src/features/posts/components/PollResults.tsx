import { IconCircleCheck } from '@tabler/icons-react'
import { type CSSProperties, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { texts } from '../asked.texts'
import { type PollPost, votersQuery } from '../queries'
import { PeopleDialog } from './PeopleDialog'
import styles from './posts.module.css'

type Option = PollPost['poll']['options'][number]

/** What was counted, as far as the reader is told; one's own choice is lit. */
export function PollResults({ post }: { post: PollPost }) {
  const { poll } = post
  return (
    <ul className={styles.options}>
      {poll.options.map((option) => (
        <Counted key={option.id} post={post} option={option} share={share(option, poll.voters)} />
      ))}
    </ul>
  )
}

function Counted({ post, option, share }: { post: PollPost; option: Option; share: number | null }) {
  const t = useText(texts)
  const [asked, setAsked] = useState(false)
  const { id, label, mine, votes } = option
  return (
    <li data-mine={mine || undefined} style={{ '--share': `${share ?? 0}%` } as CSSProperties}>
      <span>{label}</span>
      {mine && (
        <span className={styles.choice}>
          <Icon as={IconCircleCheck} size={15} />
          {t('yourChoice')}
        </span>
      )}
      {share !== null && <b>{t('percent', { share })}</b>}
      {!post.poll.anonymous && votes !== null && votes > 0 && (
        <>
          <Button look="quiet" size="small" onClick={() => setAsked(true)}>
            {t('whoChoseCount', { count: votes })}
          </Button>
          <PeopleDialog
            open={asked}
            onClose={() => setAsked(false)}
            title={t('whoChose', { label })}
            query={votersQuery(post.id, id)}
          />
        </>
      )}
    </li>
  )
}

/** In whole per cent of those who voted. */
const share = ({ votes }: Option, voters: number) =>
  votes === null ? null : Math.round((100 * votes) / Math.max(voters, 1))
