import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { LanguageSwitch } from '@/components/LanguageSwitch'
import { Logo } from '@/components/Logo'
import { CONTENT, SkipLink } from '@/components/SkipLink'
import { OfflineBanner } from '@/components/states/OfflineBanner'
import { organisationQuery } from '@/entities/organisation/queries'
import { useText } from '@/lib/i18n'
import styles from './PublicLayout.module.css'
import { paths } from './paths'
import { LegalLinks } from './shell/LegalLinks'
import { useFocusOnNavigation } from './shell/useFocusOnNavigation'
import { texts } from './texts'

/** What visitors may read without signing in: a bar with the way in, the page, the legal links. */
export function PublicLayout({ children = <Outlet /> }: { children?: ReactNode }) {
  const t = useText(texts)
  const { data: organisation } = useQuery(organisationQuery)
  useFocusOnNavigation()
  return (
    <div className={styles.layout}>
      <SkipLink />
      <header className={styles.top}>
        <Link to={paths.home} className={styles.brand} aria-label={t('homeLink')}>
          <Logo source={organisation?.logo_url} />
          <span aria-hidden="true">
            <b>Parvis</b>
            {organisation && <small>{organisation.name}</small>}
          </span>
        </Link>
        <LanguageSwitch />
        <ButtonLink to={paths.signIn} look="secondary">
          {t('signIn')}
        </ButtonLink>
      </header>
      <OfflineBanner />
      <main id={CONTENT} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      <footer className={styles.footer}>
        <LegalLinks />
      </footer>
    </div>
  )
}
