import { IconAlertTriangle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Chip } from '@/components/Chip'
import { Icon, type IconType } from '@/components/Icon'
import { pagesQuery } from '@/entities/page/queries'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import styles from './overview.module.css'

export interface Part {
  key:
    | 'people'
    | 'structure'
    | 'invitations'
    | 'reports'
    | 'announcements'
    | 'audiences'
    | 'organisation'
    | 'pages'
    | 'audit'
    | 'health'
  label: string
  icon: IconType
  to: string
}

/** The parts that this member may use, and what waits there. */
export function Overview({ parts }: { parts: readonly Part[] }) {
  const t = useText(texts)
  return (
    <nav aria-label={t('parts')}>
      <ul className={styles.parts}>
        {parts.map((part) => (
          <li key={part.key}>
            <span className={styles.sign}>
              <Icon as={part.icon} size={24} />
            </span>
            <div>
              <Link to={part.to}>{part.label}</Link>
              <p>{t(part.key)}</p>
              {part.key === 'pages' && <MissingInPages />}
            </div>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function MissingInPages() {
  const t = useText(texts)
  const { data: pages = [] } = useQuery(pagesQuery)
  const missing = pages.reduce((count, { placeholders }) => count + placeholders.length, 0)
  if (missing === 0) return null
  return (
    <Chip look="soft" icon={IconAlertTriangle}>
      {t('missing', { count: missing })}
    </Chip>
  )
}
