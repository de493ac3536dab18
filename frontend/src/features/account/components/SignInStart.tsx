import { IconFingerprint, IconLock } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { messageOf } from '@/api/problem'
import { Button } from '@/components/buttons/Button'
import { EntranceTitle, Or } from '@/components/EntranceTitle'
import { FormError } from '@/components/forms/FormError'
import { Icon } from '@/components/Icon'
import { knowsPasskeys } from '@/entities/credential/webauthn'
import { useProviders } from '@/entities/university/queries'
import { useText } from '@/lib/i18n'
import type { SignInAnswer } from '../doors'
import { texts } from '../signIn.texts'
import { usePasskeySignIn } from '../usePasskeySignIn'
import styles from './account.module.css'
import { EmailLinkForm } from './EmailLinkForm'
import { OtherWays } from './OtherWays'
import { UniversityButtons } from './UniversityButtons'

interface SignInStartProps {
  email: string
  onAsked: (email: string) => void
  onAnswer: (answer: SignInAnswer) => Promise<void>
  /** The page that is wanted after. */
  next: string
  resetAddress: string
  joinAddress: string | null
}

/** The university first, where its word is taken; a passkey, a link by mail, a password for who asks for it. */
export function SignInStart({ email, onAsked, onAnswer, next, resetAddress, joinAddress }: SignInStartProps) {
  const t = useText(texts)
  const passkey = usePasskeySignIn(onAnswer)
  const byUniversity = useProviders().length > 0
  return (
    <>
      <EntranceTitle window={t('window')} lead={t('lead')}>
        {t('title')}
      </EntranceTitle>
      <div className={styles.stack}>
        <UniversityButtons next={next} />
        {knowsPasskeys() && (
          <>
            <FormError>{passkey.error && messageOf(passkey.error)}</FormError>
            <Button
              size="large"
              wide
              look={byUniversity ? 'secondary' : 'primary'}
              icon={IconFingerprint}
              busy={passkey.busy}
              onClick={passkey.ask}
            >
              {t('passkey')}
            </Button>
          </>
        )}
      </div>
      {(byUniversity || knowsPasskeys()) && <Or>{t(byUniversity ? 'orGraduated' : 'or')}</Or>}
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
