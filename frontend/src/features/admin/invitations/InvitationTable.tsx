import { IconBan, IconCheck, IconClock, IconLink, IconMail } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Icon } from '@/components/Icon'
import { Affiliation } from '@/components/people/Affiliation'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import admin from '../admin.module.css'
import { shapeOf } from '../kinds'
import { kindNames } from '../words.texts'
import { texts } from './i18n'
import styles from './invitations.module.css'
import type { Invitation } from './queries'
import { stateOf } from './stateOf'

const looks = {
  isOpen: { look: 'line', icon: IconClock },
  isUsed: { look: 'success', icon: IconCheck },
  isExpired: { look: 'plain', icon: IconClock },
  isRevoked: { look: 'danger', icon: IconBan },
} as const

interface InvitationTableProps {
  invitations: readonly Invitation[]
  onRevoke: (invitation: Invitation) => void
}

export function InvitationTable({ invitations, onRevoke }: InvitationTableProps) {
  const t = useText(texts)
  return (
    <table className={admin.table} aria-label={t('invitations')}>
      <thead>
        <tr>
          <th scope="col">{t('to')}</th>
          <th scope="col">{t('uses')}</th>
          <th scope="col">{t('until')}</th>
          <th scope="col">{t('state')}</th>
          <th scope="col" className={admin.acts}>
            {t('act')}
          </th>
        </tr>
      </thead>
      <tbody>
        {invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} onRevoke={() => onRevoke(invitation)} />
        ))}
      </tbody>
    </table>
  )
}

function InvitationRow({ invitation, onRevoke }: { invitation: Invitation; onRevoke: () => void }) {
  const t = useText(texts)
  const tk = useText(kindNames)
  const language = useLanguage()
  const { email, affiliation, note, uses, max_uses, expires_at } = invitation
  const state = stateOf(invitation)
  const who = email ?? t('whoHasLink')
  return (
    <tr>
      <td>
        <span className={styles.who}>
          <span className={styles.sign}>
            <Icon as={email ? IconMail : IconLink} />
          </span>
          <span>
            <b>{who}</b>
            <Affiliation public={affiliation && shapeOf(affiliation)}>
              {affiliation ? tk(affiliation) : t('asGuest')}
            </Affiliation>
            {note && <small>{note}</small>}
          </span>
        </span>
      </td>
      <td>
        <span className={styles.label}>{t('uses')}</span>
        {t('usesOf', { uses, max: max_uses })}
      </td>
      <td>
        <span className={styles.label}>{t('until')}</span>
        <time dateTime={expires_at}>{formatDate(expires_at, language)}</time>
      </td>
      <td>
        <Chip {...looks[state]}>{t(state)}</Chip>
      </td>
      <td className={admin.acts}>
        {state === 'isOpen' && (
          <Button look="secondary" size="small" onClick={onRevoke} aria-label={t('revokeOne', { who })}>
            {t('revoke')}
          </Button>
        )}
      </td>
    </tr>
  )
}
