import { IconChevronRight } from '@tabler/icons-react'
import { Link, Navigate } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { PageTitle } from '@/components/PageTitle'
import { useText } from '@/lib/i18n'
import { paths } from '../../paths'
import { places } from './places'
import styles from './settings.module.css'
import { texts } from './texts'

/** On small screens, the list of pages; where they stand beside each other anyway, the first of them. */
export function Page() {
  const t = useText(texts)
  if (window.matchMedia('(min-width: 700px)').matches) return <Navigate to={paths.settingsAccount} replace />
  return (
    <div className={styles.index}>
      <PageTitle>{t('settings')}</PageTitle>
      <nav aria-label={t('pages')}>
        <ul className={styles.list}>
          {places.map(({ key, icon, to }) => (
            <li key={to}>
              <Link to={to}>
                <span className={styles.sign}>
                  <Icon as={icon} size={22} />
                </span>
                <span>
                  <b>{t(key)}</b>
                  <small>{t(`${key}Lead`)}</small>
                </span>
                <span className={styles.chevron}>
                  <Icon as={IconChevronRight} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
    </div>
  )
}
