import { IconAlertTriangle, IconClock } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { VisuallyHidden } from '@/components/VisuallyHidden'
import { toWriting } from '@/entities/mention/mentions'
import type { SessionMember } from '@/entities/session/queries'
import { formatTime } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { texts } from '../i18n'
import type { Pending } from '../sending'
import styles from './log.module.css'

interface PendingRowProps {
  pending: Pending
  continues: boolean
  member: SessionMember
  avatar: number
  onRetry: (clientId: string) => void
  onTakeBack: (pending: Pending) => void
}

/** One's message on its way: a clock until the server has it, and what to do when it does not take it. */
export function PendingRow({ pending, continues, member, avatar, onRetry, onTakeBack }: PendingRowProps) {
  const t = useText(texts)
  const language = useLanguage()
  const { id, name, public: shown, avatar: photo } = member
  const { draft, attached, at, failure, clientId } = pending
  return (
    <div className={`${styles.message} ${styles.pending}`} data-continues={continues || undefined}>
      {continues ? <span /> : <PersonAvatar id={id} name={name} public={shown} photo={photo?.small} size={avatar} />}
      <div>
        {!continues && (
          <p className={styles.by}>
            <b>{t('you')}</b>
            <time dateTime={at}>{formatTime(at, language)}</time>
          </p>
        )}
        <div className={`${styles.text} ${styles.plain}`}>{toWriting(draft.text ?? '').text}</div>
        {attached.length > 0 && <small>{t('attachedFiles', { count: attached.length })}</small>}
        {failure === undefined ? (
          <small className={styles.marks}>
            <Icon as={IconClock} size={15} />
            <VisuallyHidden>{t('waiting')}</VisuallyHidden>
          </small>
        ) : (
          <div className={styles.failure} role="alert">
            <Icon as={IconAlertTriangle} size={18} />
            <p>
              {t('failed')} {t('failedWhy', { reason: failure })}
            </p>
            <Button look="secondary" size="small" onClick={() => onRetry(clientId)}>
              {t('retry')}
            </Button>
            <Button look="quiet" size="small" onClick={() => onTakeBack(pending)}>
              {t('giveUp')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
