import { IconChevronRight } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formErrors } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { Form } from '@/components/forms/Form'
import { PasswordField } from '@/components/forms/PasswordField'
import { TextField } from '@/components/forms/TextField'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { type SignInAnswer, signInWithPassword } from '../doors'
import { texts } from '../signIn.texts'
import styles from './account.module.css'

interface OtherWaysProps {
  onAnswer: (answer: SignInAnswer) => Promise<void>
  resetAddress: string
}

/** The password, for who asks for it. */
export function OtherWays({ onAnswer, resetAddress }: OtherWaysProps) {
  const t = useText(texts)
  const signIn = useMutation({ mutationFn: signInWithPassword, onSuccess: onAnswer })
  const errors = formErrors(signIn.error, ['email', 'password'])
  return (
    <details className={styles.more}>
      <summary>
        <Icon as={IconChevronRight} size={17} />
        {t('otherWays')}
      </summary>
      <div className={styles.inside}>
        <Form
          error={errors.form}
          failure={signIn.error}
          onSubmit={(values) => signIn.mutate({ email: values('email').trim(), password: values('password') })}
        >
          <TextField
            name="email"
            type="email"
            label={t('email')}
            error={errors.fields.email}
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
          <PasswordField
            name="password"
            label={t('password')}
            error={errors.fields.password}
            autoComplete="current-password"
          />
          <div className={styles.links}>
            <Button type="submit" look="secondary" busy={signIn.isPending}>
              {t('withPassword')}
            </Button>
            <Link to={resetAddress}>{t('forgotten')}</Link>
          </div>
        </Form>
      </div>
    </details>
  )
}
