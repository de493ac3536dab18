import { type Translate, useText } from '@/lib/i18n'
import { texts } from '../join.texts'
import { type Strength, strengthOf } from '../strength'
import styles from './account.module.css'

/** How long the password is, in three bars and in words. */
export function PasswordStrength({ password }: { password: string }) {
  const t = useText(texts)
  const strength = strengthOf(password)
  return (
    <div className={styles.strength}>
      <p className={styles.bars} aria-hidden="true">
        {[1, 2, 3].map((bar) => (
          <i key={bar} data-on={bar <= strength.bars || undefined} />
        ))}
      </p>
      <p aria-live="polite">{password === '' ? '\u00a0' : wordsFor(strength, t)}</p>
    </div>
  )
}

function wordsFor({ level, missing }: Strength, t: Translate<typeof texts.fr>): string {
  switch (level) {
    case 'short':
      return t('strengthShort', { count: missing })
    case 'long':
      return t('strengthLong')
    case 'enough':
      return t('strengthEnough')
    case 'good':
      return t('strengthGood')
    case 'strong':
      return t('strengthStrong')
  }
}
