import { useMutation } from '@tanstack/react-query'
import { type ComponentProps, type ReactNode, useEffect, useRef } from 'react'
import { answer, api } from '@/api/client'
import { formErrors, messageOf } from '@/api/problem'
import type { components } from '@/api/schema.gen'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { FormError } from '@/components/forms/FormError'
import { PasswordField } from '@/components/forms/PasswordField'
import { TextField } from '@/components/forms/TextField'
import { presentPasskey } from '@/entities/credential/webauthn'
import { leaveFor } from '@/entities/university/errand'
import { useProviders } from '@/entities/university/queries'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import styles from './ProofDialog.module.css'
import { proofGiven } from './proof'
import { texts } from './texts'

type Schemas = components['schemas']
type Proof = Schemas['PasskeyProof'] | Schemas['PasswordProof'] | Schemas['CodeProof']

const prove = (proof: Proof) => answer(api.POST('/api/v1/session/proof', { body: proof }))
const prepare = (kind: Schemas['ProofWanted']['kind']) =>
  answer(api.POST('/api/v1/session/proof/options', { body: { kind } }))

export function PasskeyProof() {
  const t = useText(texts)
  const proving = useMutation({
    mutationFn: async () => {
      const options = await prepare('passkey')
      if (options.kind !== 'passkey') throw new Error('The server prepared another proof.')
      await prove({ kind: 'passkey', credential: await presentPasskey(options.public_key) })
    },
    onSuccess: proofGiven,
  })
  return (
    <ProofForm error={proving.error} busy={proving.isPending} go={t('passkeyGo')} onSubmit={() => proving.mutate()}>
      <p>{t('passkeyLead')}</p>
    </ProofForm>
  )
}

export function PasswordProof() {
  const t = useText(texts)
  const proving = useMutation({
    mutationFn: (password: string) => prove({ kind: 'password', password }),
    onSuccess: proofGiven,
  })
  return (
    <ProofForm
      error={proving.error}
      field="password"
      busy={proving.isPending}
      onSubmit={(password) => proving.mutate(password)}
    >
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
        error={formErrors(proving.error, ['password']).fields.password}
      />
    </ProofForm>
  )
}

export function TotpProof() {
  const t = useText(texts)
  return <CodeForm kind="totp" label={t('totpField')} hint={t('totpHint')} />
}

export function EmailCodeProof() {
  const t = useText(texts)
  const sending = useMutation({ mutationFn: () => prepare('email_code') })
  const sentTo = sending.data?.kind === 'email_code' ? sending.data.sent_to : undefined
  if (sentTo === undefined) {
    return (
      <ProofForm error={sending.error} busy={sending.isPending} go={t('emailGo')} onSubmit={() => sending.mutate()}>
        <p>{t('emailLead')}</p>
      </ProofForm>
    )
  }
  return (
    <>
      <p role="status" className={styles.sent}>
        {t('emailSent', { address: sentTo })}
      </p>
      <CodeForm key={sending.submittedAt} kind="email_code" label={t('emailField')} />
      <Button look="quiet" wide busy={sending.isPending} onClick={() => sending.mutate()}>
        {t('emailAgain')}
      </Button>
    </>
  )
}

/** It leads away: the act is to be begun again by who comes back, and then needs no proof. */
export function UniversityProof() {
  const t = useText(texts)
  const language = useLanguage()
  const providers = useProviders()
  const leaving = useMutation({
    mutationFn: async (provider: string) =>
      (await answer(api.POST('/api/v1/session/proof/university', { body: { provider } }))).authorization_url,
    onSuccess: (url) => leaveFor(url, { wish: 'prove', next: here() }),
  })
  return (
    <div className={styles.form}>
      <p>{t('universityLead')}</p>
      <FormError>{leaving.error && messageOf(leaving.error)}</FormError>
      {providers.map(({ key, name }) => (
        <Button key={key} wide busy={leaving.isPending || leaving.isSuccess} onClick={() => leaving.mutate(key)}>
          {t('universityGo', { provider: name[language] ?? key })}
        </Button>
      ))}
    </div>
  )
}

const here = () => window.location.pathname + window.location.search

function CodeForm({ kind, ...field }: { kind: Schemas['CodeProof']['kind'] } & ComponentProps<typeof TextField>) {
  const proving = useMutation({
    mutationFn: (code: string) => prove({ kind, code }),
    onSuccess: proofGiven,
  })
  return (
    <ProofForm error={proving.error} field="code" busy={proving.isPending} onSubmit={(code) => proving.mutate(code)}>
      <TextField
        {...field}
        name="code"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        error={formErrors(proving.error, ['code']).fields.code}
      />
    </ProofForm>
  )
}

interface ProofFormProps {
  children: ReactNode
  error: Error | null
  /** The name of its one field, if it has one. */
  field?: 'password' | 'code'
  busy: boolean
  /** The button's words. */
  go?: string
  onSubmit: (value: string) => void
}

/** Each way to prove is a form with one thing to do, which has the focus when the form appears. */
function ProofForm({ children, error, field, busy, go, onSubmit }: ProofFormProps) {
  const t = useText(texts)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector<HTMLElement>('input, [type="submit"]')?.focus()
  }, [])
  return (
    <Form
      error={formErrors(error, field ? [field] : []).form}
      failure={error}
      onSubmit={(values) => {
        if (!busy) onSubmit(field ? values(field) : '')
      }}
    >
      <div ref={place} className={styles.form}>
        {children}
        <Button type="submit" busy={busy} wide>
          {go ?? t('confirm')}
        </Button>
      </div>
    </Form>
  )
}
