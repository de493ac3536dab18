import { useEffect, useRef } from 'react'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { CopyButton } from '@/components/CopyButton'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { useText } from '@/lib/i18n'
import common from '../settings.module.css'
import { texts } from './i18n'
import { useConfirmTotp } from './mutations'
import { inFours, qrAddress } from './qr'
import type { Enrolment } from './queries'
import styles from './security.module.css'

interface TotpEnrolmentProps {
  enrolment: Enrolment
  onCancel: () => void
  onConfirmed: (recoveryCodes: readonly string[]) => void
}

/** Two steps: give the secret to an application, then a first code to the server. */
export function TotpEnrolment({ enrolment, onCancel, onConfirmed }: TotpEnrolmentProps) {
  const t = useText(texts)
  const field = useRef<HTMLInputElement>(null)
  const confirming = useConfirmTotp()
  const errors = formErrors(confirming.error, ['code'])
  useEffect(() => field.current?.focus({ preventScroll: true }), [])
  const confirm = (code: string) => confirming.mutate(code, { onSuccess: onConfirmed })
  return (
    <ol className={styles.steps}>
      <li>
        <div>
          <p>{t('scan')}</p>
          <div className={styles.scan}>
            <img src={qrAddress(enrolment.qr_svg)} alt={t('qr')} width={204} height={204} />
            <div className={styles.byHand}>
              <p>{t('secret')}</p>
              <code className={styles.secret}>{inFours(enrolment.secret)}</code>
              <div className={common.end}>
                <CopyButton text={enrolment.secret}>{t('copySecret')}</CopyButton>
                <a href={enrolment.uri}>{t('onThisDevice')}</a>
              </div>
            </div>
          </div>
        </div>
      </li>
      <li>
        <Form
          error={errors.form}
          failure={confirming.error}
          onSubmit={(values) => confirming.isPending || confirm(values('code'))}
        >
          <div className={common.form}>
            <TextField
              ref={field}
              label={t('code')}
              hint={t('typeCode')}
              name="code"
              inputMode="numeric"
              autoComplete="one-time-code"
              maxLength={16}
              error={errors.fields.code}
            />
            <div className={common.end}>
              <Button type="submit" busy={confirming.isPending}>
                {t('turnOnGo')}
              </Button>
              <Button look="secondary" onClick={onCancel}>
                {t('cancel')}
              </Button>
            </div>
          </div>
        </Form>
      </li>
    </ol>
  )
}
