import { IconFingerprint, IconMail, IconSparkles, IconUser } from '@tabler/icons-react'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { Icon, type IconType } from '@/components/Icon'
import { Slab } from '@/components/Slab'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { knownSteps, type StepCode } from '../steps'
import styles from './NextSteps.module.css'

const icons: Record<StepCode, IconType> = {
  personal_address: IconMail,
  passkey: IconFingerprint,
  profile: IconUser,
  interests: IconSparkles,
}

interface NextStepsProps {
  /** Codes the server says are left to do. */
  left: readonly string[]
  /** Where each is done. */
  addresses: Record<StepCode, string>
}

/** What makes an account complete, one line each; the first one is the main action. Nothing once it is. */
export function NextSteps({ left, addresses }: NextStepsProps) {
  const t = useText(texts)
  const steps = knownSteps(left)
  if (steps.length === 0) return null
  return (
    <Slab title={t('start')}>
      <p className={styles.lead}>{t('startLead')}</p>
      <ol className={styles.steps}>
        {steps.map((code, index) => (
          <li key={code}>
            <span className={styles.sign}>
              <Icon as={icons[code]} size={24} />
            </span>
            <div>
              <h3 id={`step-${code}`}>{t(code)}</h3>
              <p>{t(`${code}Why`)}</p>
            </div>
            <ButtonLink
              to={addresses[code]}
              look={index === 0 ? 'primary' : 'secondary'}
              aria-describedby={`step-${code}`}
            >
              {t(`${code}Go`)}
            </ButtonLink>
          </li>
        ))}
      </ol>
    </Slab>
  )
}
