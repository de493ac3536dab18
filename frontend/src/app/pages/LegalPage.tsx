import { useLocation } from '@tanstack/react-router'
import { slugs } from '@/entities/page/queries'
import { LegalPage } from '@/features/legal/LegalPage'
import { paths } from '../paths'
import styles from './pages.module.css'

export function Page() {
  const { pathname } = useLocation()
  const slug = slugs.find((one) => pathname.startsWith(paths[one])) ?? 'legal'
  return (
    <div className={styles.text}>
      <LegalPage slug={slug} />
    </div>
  )
}
