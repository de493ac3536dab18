import { Link } from '@tanstack/react-router'
import { useText } from '@/lib/i18n'
import { paths } from '../paths'
import { texts } from '../texts'
import styles from './shell.module.css'

/** On every screen, signed in or not. */
export function LegalLinks() {
  const t = useText(texts)
  return (
    <nav className={styles.legal} aria-label={t('legalNavigation')}>
      <Link to={paths.legal as string}>{t('legal')}</Link>
      <Link to={paths.privacy as string}>{t('privacy')}</Link>
      <Link to={paths.accessibility as string}>{t('accessibility')}</Link>
    </nav>
  )
}
