import { useRef, useState } from 'react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import styles from '../settings.module.css'
import { texts } from './i18n'
import { usePrepareTotp } from './mutations'
import type { Credentials } from './queries'
import { RecoveryCodes } from './RecoveryCodes'
import { TotpEnrolment } from './TotpEnrolment'
import { TotpOn } from './TotpOn'

/** The second step: off, being turned on, its codes just made, or on. */
export function Totp({ credentials }: { credentials: Credentials }) {
  const t = useText(texts)
  const preparing = usePrepareTotp()
  const [codes, setCodes] = useState<readonly string[]>()
  const [result, setResult] = useState<string>()
  const place = useRef<HTMLDivElement>(null)

  const end = (words?: string) => {
    preparing.reset()
    setCodes(undefined)
    setResult(words)
    place.current?.focus()
  }
  const show = (fresh: readonly string[]) => {
    preparing.reset()
    setCodes(fresh)
  }
  const prepare = () => {
    setResult(undefined)
    preparing.mutate()
  }

  return (
    <Slab title={t('totp')}>
      <p className={styles.lead}>{t('totpLead')}</p>
      <FormError>{preparing.error && messageOf(preparing.error)}</FormError>
      {codes ? (
        <RecoveryCodes codes={codes} onKept={() => end(t('recoveryKept'))} />
      ) : preparing.data ? (
        <TotpEnrolment enrolment={preparing.data} onCancel={() => end()} onConfirmed={show} />
      ) : credentials.totp_confirmed_at ? (
        <TotpOn
          credentials={credentials}
          since={credentials.totp_confirmed_at}
          onCodes={show}
          onOff={() => end(t('turnedOff'))}
        />
      ) : (
        <div className={styles.end}>
          <Button look="secondary" busy={preparing.isPending} onClick={prepare}>
            {t('turnOn')}
          </Button>
        </div>
      )}
      <Result ref={place}>{result}</Result>
    </Slab>
  )
}
