import { Pills } from '@/components/Tabs'
import { type Audience, audiences } from '@/entities/person/audiences'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import styles from './profile.module.css'

interface SeenAsProps {
  audience: Audience | undefined
  onChange: (audience: Audience | undefined) => void
}

/** Above one's own profile: look at it as somebody else. */
export function SeenAs({ audience, onChange }: SeenAsProps) {
  const t = useText(texts)
  const names = {
    me: t('asYou'),
    organisation: t('asOrganisation'),
    publics: t('asPublics'),
    communities: t('asCommunities'),
    contacts: t('asContacts'),
  }
  return (
    <div className={styles.bar}>
      <p aria-hidden="true">{t('seenAs')}</p>
      <Pills
        label={t('seenAs')}
        options={(['me', ...audiences] as const).map((value) => ({ value, label: names[value] }))}
        value={audience ?? 'me'}
        onChange={(value) => onChange(value === 'me' ? undefined : value)}
      />
      <p role="status">{audience && t('seenAsOthers')}</p>
    </div>
  )
}
