import { IconChevronLeft } from '@tabler/icons-react'
import { Link, Outlet } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import { places } from './places'
import styles from './settings.module.css'
import { texts } from './texts'

/** Beside each page of the settings, the others; on small screens, the way back to their list. */
export function SettingsLayout() {
  const t = useText(texts)
  return (
    <div className={styles.layout}>
      <nav className={styles.nav} aria-label={t('pages')}>
        <ul>
          {places.map(({ key, icon, to }) => (
            <li key={to}>
              <Link to={to}>
                <Icon as={icon} />
                <span>{t(key)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.content}>
        <Link to={paths.settings} className={styles.back}>
          <Icon as={IconChevronLeft} />
          {t('settings')}
        </Link>
        <Outlet />
      </div>
    </div>
  )
}
