import type { ReactNode } from 'react'
import { useTitle } from '@/lib/title'
import styles from './PageTitle.module.css'

interface PageTitleProps {
  children: string
  /** One sentence under the title. */
  lead?: ReactNode
  /** On the right: the page's main action. */
  action?: ReactNode
}

/** The one `h1` of a page, and the window's name. */
export function PageTitle({ children, lead, action }: PageTitleProps) {
  useTitle(children)
  return (
    <div className={styles.title}>
      <div>
        <h1>{children}</h1>
        {lead && <p>{lead}</p>}
      </div>
      {action}
    </div>
  )
}
