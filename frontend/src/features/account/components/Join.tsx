import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle } from '@/components/EntranceTitle'
import { Form } from '@/components/forms/Form'
import { SelectField } from '@/components/forms/SelectField'
import { TextField } from '@/components/forms/TextField'
import { languageNames } from '@/components/LanguageSwitch'
import { useFocusOnStep } from '@/components/useFocusOnStep'
import type { Organisation } from '@/entities/organisation/queries'
import { useText } from '@/lib/i18n'
import { languages, setLanguage, useLanguage } from '@/lib/language'
import { register } from '../doors'
import { texts } from '../join.texts'
import styles from './account.module.css'
import { DoorClosed } from './DoorStates'
import { MailSent } from './MailSent'

interface JoinProps {
  organisation: Organisation
  signInAddress: string
}

/** Who may join by an address alone is said before, and never whether an address is known. */
export function Join({ organisation, signInAddress }: JoinProps) {
  const t = useText(texts)
  const join = useMutation({ mutationFn: register })
  useFocusOnStep(join.isSuccess)
  if (organisation.registration !== 'domains') {
    return (
      <DoorClosed title={t('closedTitle')} way={{ to: signInAddress, label: t('toSignIn') }}>
        {t('closedText')}
      </DoorClosed>
    )
  }
  if (join.isSuccess) {
    return (
      <MailSent title={t('joinedTitle')} onOtherAddress={() => join.reset()}>
        {t.rich('joinedText', { email: <b className={styles.strong}>{join.variables.email}</b> })}
      </MailSent>
    )
  }
  return (
    <>
      <EntranceTitle lead={t('joinLead')}>{t('joinTitle')}</EntranceTitle>
      <JoinForm
        domains={organisation.registration_domains}
        busy={join.isPending}
        failure={join.error}
        onJoin={(form) => join.mutate(form)}
      />
      <p className={styles.aside}>{t.rich('haveAccount', { link: <Link to={signInAddress}>{t('signIn')}</Link> })}</p>
    </>
  )
}

interface JoinFormProps {
  domains: readonly string[]
  busy: boolean
  failure: unknown
  onJoin: (form: { name: string; email: string }) => void
}

function JoinForm({ domains, busy, failure, onJoin }: JoinFormProps) {
  const t = useText(texts)
  const language = useLanguage()
  const errors = formErrors(failure, ['name', 'email'])
  const named = new Intl.ListFormat(language, { type: 'disjunction' }).format(domains.map((domain) => `@${domain}`))
  return (
    <Form
      error={errors.form}
      failure={failure}
      onSubmit={(values) => onJoin({ name: values('name').trim(), email: values('email').trim() })}
    >
      <TextField
        name="name"
        label={t('name')}
        hint={t('nameHint')}
        error={errors.fields.name}
        autoComplete="name"
        maxLength={200}
      />
      <TextField
        name="email"
        type="email"
        label={t('joinEmail')}
        hint={t('domains', { count: domains.length, domains: named })}
        error={errors.fields.email}
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <SelectField
        label={t('language')}
        options={languages.map((value) => ({ value, label: languageNames[value] }))}
        value={language}
        onChange={setLanguage}
      />
      <p className={styles.aside}>{t('noDomain')}</p>
      <Button className={styles.submit} type="submit" size="large" wide busy={busy}>
        {t('joinNow')}
      </Button>
    </Form>
  )
}
