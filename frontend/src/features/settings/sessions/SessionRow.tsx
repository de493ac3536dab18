import { IconDeviceLaptop, IconDeviceMobile } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { Chip } from '@/components/Chip'
import { Moment } from '@/components/Moment'
import { useText } from '@/lib/i18n'
import { Row } from '../Rows'
import { deviceName, isHandheld } from './devices'
import { texts } from './i18n'
import type { OpenSession } from './queries'
import styles from './sessions.module.css'

export function SessionRow({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const t = useText(texts)
  const device = deviceName(session, t)
  return (
    <Row
      icon={isHandheld(session) ? IconDeviceMobile : IconDeviceLaptop}
      name={device}
      chips={session.is_current && <Chip look="light">{t('thisDevice')}</Chip>}
      facts={
        <ul className={styles.facts}>
          {!session.is_current && <li>{t.rich('seen', { moment: <Moment at={session.seen_at} /> })}</li>}
          <li>{t.rich('opened', { moment: <Moment at={session.created_at} /> })}</li>
          <li>{t('network', { network: session.network })}</li>
        </ul>
      }
      actions={
        !session.is_current &&
        session.abilities.includes('revoke') && (
          <Button look="secondary" size="small" aria-label={t('endOne', { device })} onClick={onEnd}>
            {t('end')}
          </Button>
        )
      }
    />
  )
}
