import { IconCheck, IconSpeakerphone } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { AudienceChip } from '@/components/people/AudienceChip'
import { formatNumber, useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../announced.texts'
import { useAcknowledge, useReadOnce } from '../announcements'
import type { AnnouncementPost } from '../queries'
import styles from './announced.module.css'

/** That the organisation says it, and to whom. */
export function AnnouncementHead({ post: { announcement } }: { post: AnnouncementPost }) {
  const t = useText(texts)
  return (
    <div className={styles.official}>
      <Icon as={IconSpeakerphone} />
      <span>{t(announcement.to)}</span>
      {announcement.publics.length > 0 && (
        <ul aria-label={t('recipients')}>
          {announcement.publics.map((kind) => (
            <li key={kind}>
              <AudienceChip public={kind} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** What to know at a glance, and that one has read it. */
export function AnnouncementBody({ post, alone }: { post: AnnouncementPost; alone: boolean }) {
  const t = useText(texts)
  const { announcement } = post
  useReadOnce(post, alone)
  return (
    <>
      {announcement.facts.length > 0 && (
        <dl className={styles.facts}>
          {announcement.facts.map(({ label, value }) => (
            <div key={`${label} ${value}`}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {announcement.asks && announcement.mine && !announcement.acknowledged_at && <p>{t('asks')}</p>}
      <Acknowledging post={post} />
    </>
  )
}

function Acknowledging({ post }: { post: AnnouncementPost }) {
  const t = useText(texts)
  const language = useLanguage()
  const { abilities, asks, told, read, mine } = post.announcement
  const saying = useAcknowledge(post)
  const may = asks ? abilities.includes('acknowledge') : abilities.includes('read')
  const number = (value: number) => formatNumber(value, language)
  if (!mine && told === null) return null
  return (
    <div className={styles.ack}>
      {may ? (
        <Button icon={IconCheck} busy={saying.isPending} onClick={() => saying.mutate()}>
          {t('haveRead')}
        </Button>
      ) : (
        mine && (
          <span className={styles.done}>
            <Icon as={IconCheck} size={18} />
            {t('isRead')}
          </span>
        )
      )}
      {told !== null && read !== null && <small>{t('readings', { read: number(read), told: number(told) })}</small>}
      <FormError>{saying.error && messageOf(saying.error)}</FormError>
    </div>
  )
}
