import { IconShieldCheck } from '@tabler/icons-react'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { FormError } from '@/components/forms/FormError'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { faultNames } from './acts.texts'
import { texts } from './i18n'
import { useVerification } from './queries'
import { faultOf } from './words'

/** Reads the whole chain again, and says whether it holds. */
export function Verify() {
  const t = useText(texts)
  const tf = useText(faultNames)
  const verifying = useVerification()
  const verdict = verifying.data
  const fault = verifying.error
    ? messageOf(verifying.error)
    : verdict &&
      !verdict.intact &&
      `${t('broken', { position: verdict.broken_at ?? 0, reason: faultOf(verdict.reason, tf) })} ${t('brokenText')}`
  return (
    <Slab title={t('verification')}>
      <p className={admin.lead}>{t('verificationLead')}</p>
      <FormError>{fault}</FormError>
      <div className={admin.end}>
        <Button look="secondary" icon={IconShieldCheck} busy={verifying.isPending} onClick={() => verifying.mutate()}>
          {t('verify')}
        </Button>
        <Result>{verdict?.intact && t('intact', { count: verdict.entries })}</Result>
      </div>
    </Slab>
  )
}
