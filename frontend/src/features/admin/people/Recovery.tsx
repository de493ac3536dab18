import { useState } from 'react'
import { formErrors } from '@/api/problem'
import { useOnce } from '@/api/useOnce'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { TextField } from '@/components/forms/TextField'
import { Slab } from '@/components/Slab'
import { Result } from '@/components/states/Result'
import { useText } from '@/lib/i18n'
import admin from '../admin.module.css'
import { texts } from './i18n'
import { useRecovery } from './mutations'
import type { Person } from './queries'

/** A way back in for who has lost every other, once the administrator has checked who it is. */
export function Recovery({ person }: { person: Person }) {
  const t = useText(texts)
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState<string>()
  const once = useOnce()
  const offering = useRecovery(person.id)
  const errors = formErrors(offering.error, ['email'])
  const offer = () => {
    const wanted = { email: email.trim() }
    offering.mutate(
      { ...wanted, once: once(wanted) },
      {
        onSuccess: () => {
          setSent(wanted.email)
          setEmail('')
        },
      },
    )
  }
  return (
    <Slab title={t('recovery')}>
      <p className={admin.lead}>{t('recoveryLead')}</p>
      <Form error={errors.form} failure={offering.error} onSubmit={() => offering.isPending || offer()}>
        <div className={admin.form}>
          <TextField
            label={t('recoveryEmail')}
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
            error={errors.fields.email}
          />
        </div>
        <div className={admin.end}>
          <Button type="submit" look="secondary" busy={offering.isPending}>
            {t('recoveryGo')}
          </Button>
          <Result>{sent && t('recoverySent', { email: sent })}</Result>
        </div>
      </Form>
    </Slab>
  )
}
