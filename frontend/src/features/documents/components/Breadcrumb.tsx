import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { Icon } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import type { Addresses } from '../addresses'
import { texts } from '../i18n'
import type { Step } from '../types'
import styles from './documents.module.css'

interface BreadcrumbProps {
  path: readonly Step[]
  /** Where one is. */
  here: string
  to: Addresses
}

/** The way here from the top, as far as one may see it. */
export function Breadcrumb({ path, here, to }: BreadcrumbProps) {
  const t = useText(texts)
  return (
    <nav aria-label={t('breadcrumb')}>
      <ol className={styles.crumbs}>
        <li>
          <Link to={to.home}>{t('documents')}</Link>
          <Icon as={IconChevronRight} size={15} />
        </li>
        {path.map(({ id, name }) => (
          <li key={id}>
            <Link to={to.folder(id)}>{name}</Link>
            <Icon as={IconChevronRight} size={15} />
          </li>
        ))}
        <li>
          <span aria-current="page">{here}</span>
        </li>
      </ol>
    </nav>
  )
}
