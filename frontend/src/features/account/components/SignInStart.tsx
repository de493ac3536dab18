import { IconFingerprint, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Or } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { knowsPasskeys } from '@/entities/credential/webauthn'
import { useText } from '@/lib/i18n'
import type { SignInAnswer } from '../doors'
import { texts } from '../signIn.texts'
import { usePasskeySignIn } from '../usePasskeySignIn'
import styles from './account.module.css'
import { EmailLinkForm } from './EmailLinkForm'
import { OtherWays } from './OtherWays'

interface SignInStartProps {
  email: string
  onAsked: (email: string) => void
  onAnswer: (answer: SignInAnswer) => Promise<void>
  resetAddress: string
  joinAddress: string | null
}

/** A passkey first, a link by mail next, a password for who asks for it. */
export function SignInStart({ email, onAsked, onAnswer, resetAddress, joinAddress }: SignInStartProps) {
  const t = useText(texts)
  const passkey = usePasskeySignIn(onAnswer)
  return (
    <>
      <EntranceTitle window={t('window')} lead={t('lead')}>
        {t('title')}
      </EntranceTitle>
      {knowsPasskeys() && (
        <>
          <FormError>{passkey.error && messageOf(passkey.error)}</FormError>
          <Button size="large" wide icon={IconFingerprint} busy={passkey.busy} onClick={passkey.ask}>
            {t('passkey')}
          </Button>
          <Or>{t('or')}</Or>
        </>
      )}
      <EmailLinkForm email={email} onAsked={onAsked} />
      <OtherWays onAnswer={onAnswer} resetAddress={resetAddress} />
      {joinAddress && (
        <p className={styles.aside}>{t.rich('join', { link: <Link to={joinAddress}>{t('joinLink')}</Link> })}</p>
      )}
      <p className={styles.trust}>
        <Icon as={IconLock} />
        <span>{t('trust')}</span>
      </p>
    </>
  )
}
