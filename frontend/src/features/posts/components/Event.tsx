import { IconClock, IconLink, IconMapPin, IconUsers, type Icon as TablerIcon } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { DateBlock } from '@/entities/gathering/DateBlock'
import { Standing } from '@/entities/gathering/Standing'
import { formatWhen, formatWhenHere } from '@/entities/gathering/when'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../events.texts'
import type { EventPost } from '../queries'
import { Attending } from './Attending'
import styles from './event.module.css'

const Attendees = lazy(async () => ({ default: (await import('./Attendees')).Attendees }))

/** When and where it takes place, who comes, and one's own answer. */
export function Event({ post }: { post: EventPost }) {
  const t = useText(texts)
  const { event } = post
  const [asked, setAsked] = useState(false)
  return (
    <section className={styles.event} aria-label={t('event')}>
      <div className={styles.facts}>
        <DateBlock day={event.first_day} />
        <div>
          <When event={event} />
          <Where event={event} />
          <Fact icon={IconUsers}>
            <HowMany event={event} />
            <Standing event={event} />
          </Fact>
        </div>
      </div>
      <Attending post={post} />
      {!event.cancelled && !event.over && (
        <a className={styles.file} href={`/api/v1/posts/${post.id}/event.ics`} download>
          {t('calendarFile')}
        </a>
      )}
      {event.going + event.maybe + event.waiting > 0 && (
        <Button look="quiet" size="small" onClick={() => setAsked(true)}>
          {t('seeWho')}
        </Button>
      )}
      {asked && (
        <Suspense>
          <Attendees post={post} onClose={() => setAsked(false)} />
        </Suspense>
      )}
    </section>
  )
}

type Shown = Pick<EventPost, 'event'>

/** However long, it stays beside its icon. */
function Fact({ icon, children }: { icon: TablerIcon; children: ReactNode }) {
  return (
    <p>
      <Icon as={icon} size={17} />
      <span>{children}</span>
    </p>
  )
}

function When({ event }: Shown) {
  const language = useLanguage()
  const here = formatWhenHere(event, language)
  return (
    <Fact icon={IconClock}>
      <time dateTime={event.starts_at} data-cancelled={event.cancelled || undefined}>
        {formatWhen(event, language)}
      </time>
      {here && <small>{here}</small>}
    </Fact>
  )
}

function Where({ event }: Shown) {
  const t = useText(texts)
  return (
    <>
      {event.place && <Fact icon={IconMapPin}>{event.place}</Fact>}
      {event.link && (
        <Fact icon={IconLink}>
          <a href={event.link} rel="noopener noreferrer nofollow" target="_blank">
            {t('link')}
          </a>
        </Fact>
      )}
    </>
  )
}

function HowMany({ event }: Shown) {
  const t = useText(texts)
  const words = [
    t('going', { count: event.going }),
    event.maybe > 0 && t('maybeCount', { count: event.maybe }),
    event.seats_left !== null && event.seats_left > 0 && t('seatsLeft', { count: event.seats_left }),
    event.waiting > 0 && t('waitingCount', { count: event.waiting }),
  ]
  return <span>{words.filter(Boolean).join(', ')}</span>
}
