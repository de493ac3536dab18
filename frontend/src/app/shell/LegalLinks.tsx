import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { pagesQuery } from '@/entities/page/queries'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { paths } from '../paths'
import { texts } from '../texts'
import styles from './shell.module.css'

/** On every screen, signed in or not. The law wants the degree of accessibility said in the link itself, as the page declares it. */
export function LegalLinks() {
  const t = useText(texts)
  const language = useLanguage()
  const { data: pages } = useQuery(pagesQuery)
  const declared = pages?.find((page) => page.slug === 'accessibility' && page.language === language)?.label
  return (
    <nav className={styles.legal} aria-label={t('legalNavigation')}>
      <Link to={paths.legal}>{t('legal')}</Link>
      <Link to={paths.privacy}>{t('privacy')}</Link>
      <Link to={paths.accessibility}>{declared ?? t('accessibility')}</Link>
    </nav>
  )
}
