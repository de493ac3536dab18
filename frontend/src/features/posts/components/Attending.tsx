import { IconCalendarCheck } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Checkbox } from '@/components/forms/Checkbox'
import { FormError } from '@/components/forms/FormError'
import { SelectField } from '@/components/forms/SelectField'
import { useText } from '@/lib/i18n'
import { texts } from '../events.texts'
import { useAttend, useRemind } from '../mutations'
import type { Answer, EventPost } from '../queries'
import styles from './event.module.css'

const BEFORE = [10, 60, 1440, 10080] as const
const ANSWERS = ['yes', 'maybe', 'no'] as const

/** Whether one comes: one answer of three, changed or taken back at any time before. */
export function Attending({ post }: { post: EventPost }) {
  const t = useText(texts)
  const attend = useAttend(post.id)
  const { event } = post
  const { mine } = event
  if (event.cancelled) return <p className={styles.note}>{t('cancelledText')}</p>
  if (event.over) return null
  if (!post.abilities.includes('attend')) return <p className={styles.note}>{t('joinFirst')}</p>
  const comes = mine?.answer === 'yes'
  return (
    <div className={styles.attending}>
      <FormError>{attend.error && messageOf(attend.error)}</FormError>
      <div className={styles.answers} role="group" aria-label={t('yourAnswer')}>
        {ANSWERS.map((answer) => (
          <Button
            key={answer}
            look={lookOf(answer, mine?.answer)}
            {...(answer === 'yes' && { icon: IconCalendarCheck })}
            aria-pressed={mine?.answer === answer}
            busy={attend.isPending}
            onClick={() => attend.mutate(mine?.answer === answer ? undefined : answer)}
          >
            {t(answer === 'yes' ? yesOf(event, comes) : answer)}
          </Button>
        ))}
      </div>
      {mine?.waiting && (
        <p className={styles.note} role="status">
          {t('youWait')}
        </p>
      )}
      {mine && mine.answer !== 'no' && <Reminder post={post} mine={mine} />}
    </div>
  )
}

/** One primary act: to sign up, or what was answered. */
function lookOf(answer: Answer, mine: Answer | undefined) {
  if (mine === undefined) return answer === 'yes' ? 'primary' : 'secondary'
  return answer === mine ? 'primary' : 'secondary'
}

function yesOf({ seats, seats_left: left }: EventPost['event'], comes: boolean) {
  if (seats === null) return 'yesPlain'
  return left === 0 && !comes ? 'yesWaiting' : 'yes'
}

/** When one is told that it is near. */
function Reminder({ post, mine }: { post: EventPost; mine: NonNullable<EventPost['event']['mine']> }) {
  const t = useText(texts)
  const remind = useRemind(post.id)
  const chosen = mine.minutes_before
  return (
    <div className={styles.reminder}>
      <FormError>{remind.error && messageOf(remind.error)}</FormError>
      <SelectField
        label={t('reminder')}
        options={[
          { value: 'never', label: t('never') },
          ...BEFORE.map((minutes) => ({ value: String(minutes), label: t(`minutes${minutes}`) })),
        ]}
        value={chosen === null ? 'never' : String(chosen)}
        onChange={(value) =>
          remind.mutate({ before: BEFORE.find((minutes) => String(minutes) === value), byMail: mine.by_mail })
        }
      />
      {chosen !== null && (
        <Checkbox
          label={t('byMail')}
          checked={mine.by_mail}
          onChange={({ target }) => remind.mutate({ before: chosen, byMail: target.checked })}
        />
      )}
    </div>
  )
}
