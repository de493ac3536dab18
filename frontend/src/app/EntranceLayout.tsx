import { IconMail } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { LanguageSwitch } from '@/components/LanguageSwitch'
import { Logo } from '@/components/Logo'
import { PublicsLegend } from '@/components/people/PublicsLegend'
import { CONTENT, SkipLink } from '@/components/SkipLink'
import { EntranceScene } from '@/components/scene/EntranceScene'
import { OfflineBanner } from '@/components/states/OfflineBanner'
import { organisationQuery } from '@/entities/organisation/queries'
import { useText } from '@/lib/i18n'
import styles from './EntranceLayout.module.css'
import { paths } from './paths'
import { LegalLinks } from './shell/LegalLinks'
import { useFocusOnNavigation } from './shell/useFocusOnNavigation'
import { texts } from './texts'

/** Two panes: the square on the left, what the person came to do on the right. For every page before the shell. */
export function EntranceLayout() {
  const t = useText(texts)
  const { data: organisation } = useQuery(organisationQuery)
  useFocusOnNavigation()
  return (
    <div className={styles.entrance}>
      <SkipLink />
      <aside className={styles.art} aria-label="Parvis">
        <div className={styles.cap}>
          <Logo size={40} source={organisation?.logo_url} />
          <b>Parvis</b>
        </div>
        <EntranceScene className={styles.scene} />
        <div className={styles.say}>
          <p>{t('slogan')}</p>
          <PublicsLegend />
        </div>
      </aside>
      <div className={styles.pane}>
        <OfflineBanner />
        <header className={styles.top}>
          <p>{organisation?.name}</p>
          <LanguageSwitch />
        </header>
        <main id={CONTENT} tabIndex={-1} className={styles.main}>
          <Outlet />
        </main>
        <footer>
          {organisation?.mail_tray && (
            <p className={styles.tray}>
              <Icon as={IconMail} />
              <Link to={paths.mailTray}>{t('mailTrayLink')}</Link>
            </p>
          )}
          <LegalLinks />
        </footer>
      </div>
    </div>
  )
}
