import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '@/components/buttons/Button'
import { Icon } from '@/components/Icon'
import { ConfirmDialog } from '@/components/overlays/ConfirmDialog'
import { formatDate } from '@/lib/dates'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { Row, Rows } from '../Rows'
import common from '../settings.module.css'
import { texts } from './i18n'
import { useRenewRecoveryCodes, useTurnTotpOff } from './mutations'
import type { Credentials } from './queries'
import styles from './security.module.css'

const FEW = 3

interface TotpOnProps {
  credentials: Credentials
  since: string
  onCodes: (recoveryCodes: readonly string[]) => void
  onOff: () => void
}

export function TotpOn({ credentials, since, onCodes, onOff }: TotpOnProps) {
  const t = useText(texts)
  const language = useLanguage()
  const [asked, setAsked] = useState<'renew' | 'off'>()
  const renewing = useRenewRecoveryCodes()
  const turningOff = useTurnTotpOff()
  const { recovery_codes_left: left, abilities } = credentials
  const close = () => setAsked(undefined)
  return (
    <>
      <Rows label={t('totp')}>
        <Row
          icon={IconShieldCheck}
          name={t('totpOn', { date: formatDate(since, language) })}
          facts={
            left < FEW ? (
              <span className={styles.warn}>
                <Icon as={IconAlertTriangle} size={18} />
                {left === 0 ? t('noneLeft') : t('recoveryLeft', { count: left })}
              </span>
            ) : (
              t('recoveryLeft', { count: left })
            )
          }
        />
      </Rows>
      <div className={common.end}>
        {abilities.includes('renew_recovery_codes') && (
          <Button look="secondary" onClick={() => setAsked('renew')}>
            {t('renew')}
          </Button>
        )}
        {abilities.includes('turn_totp_off') && (
          <Button look="danger" onClick={() => setAsked('off')}>
            {t('turnOff')}
          </Button>
        )}
      </div>
      <ConfirmDialog
        open={asked === 'renew'}
        onClose={close}
        title={t('renewTitle')}
        confirm={t('renewGo')}
        onConfirm={async () => onCodes(await renewing.mutateAsync())}
      >
        {t('renewText')}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'off'}
        onClose={close}
        title={t('turnOffTitle')}
        confirm={t('turnOff')}
        danger
        onConfirm={async () => {
          await turningOff.mutateAsync()
          onOff()
        }}
      >
        {t('turnOffText')}
      </ConfirmDialog>
    </>
  )
}
