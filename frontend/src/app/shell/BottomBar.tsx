import { IconMenu2 } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { Menu } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import type { Place } from '../navigation'
import { texts } from '../texts'
import styles from './bars.module.css'
import { Unread } from './Unread'

const MOST = 5

/** On small screens, under the thumb: five places at most, the others behind « Plus ». */
export function BottomBar({ places }: { places: readonly Place[] }) {
  const t = useText(texts)
  const ordered = [...places.filter(({ first }) => first), ...places.filter(({ first }) => !first)]
  const shown = ordered.length > MOST ? ordered.slice(0, MOST - 1) : ordered
  const rest = ordered.slice(shown.length)
  return (
    <nav className={styles.bottom} aria-label={t('quickNavigation')}>
      <ul style={{ '--places': shown.length + (rest.length > 0 ? 1 : 0) }}>
        {shown.map(({ label, short, icon, to, exact, counted }) => (
          <li key={to}>
            <Link to={to} activeOptions={{ exact: exact ?? false }}>
              <span className={styles.pill}>
                <Icon as={icon} size={23} />
                {counted && <Unread of={counted} />}
              </span>
              <span>{t(short ?? label)}</span>
            </Link>
          </li>
        ))}
        {rest.length > 0 && (
          <li>
            <Menu position="top-start" items={rest.map(({ label, icon, to }) => ({ label: t(label), icon, to }))}>
              <button type="button">
                <span className={styles.pill}>
                  <Icon as={IconMenu2} size={23} />
                </span>
                <span>{t('more')}</span>
              </button>
            </Menu>
          </li>
        )}
      </ul>
    </nav>
  )
}
