import { IconClock } from '@tabler/icons-react'
import { Chip } from '@/components/Chip'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './people.module.css'
import type { Person } from './queries'

/** Where mail reaches this person; only the person changes these. */
export function PersonAddresses({ addresses }: { addresses: Person['addresses'] }) {
  const t = useText(texts)
  return (
    <Slab title={t('addresses')}>
      <ul className={styles.rows}>
        {addresses.map(({ email, kind, is_primary, verified }) => (
          <li key={email}>
            <span className={styles.title}>
              {email}
              <Chip>{t(kind)}</Chip>
              {is_primary && <Chip look="soft">{t('primary')}</Chip>}
              {!verified && (
                <Chip look="line" icon={IconClock}>
                  {t('unconfirmed')}
                </Chip>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Slab>
  )
}
