import { lazy, Suspense, useState } from 'react'
import type { MenuItem } from '@/components/overlays/Menu'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useTitle } from '@/lib/title'
import type { Addresses, PageDocument } from '../types'
import { usePageActs } from '../usePageActs'
import { Bar } from './Bar'
import styles from './page.module.css'

const Writing = lazy(() => import('./Writing').then((part) => ({ default: part.Writing })))

export interface PageProps {
  document: PageDocument
  to: Addresses
  /** The thread that the address names. */
  thread?: string | undefined
  /** What may be done with it as with any document. */
  items: MenuItem[]
  onRename?: (() => void) | undefined
  onShare?: (() => void) | undefined
  /** It may not be read any more, and its text was copied or not. */
  onLeave: () => void
}

/** A page that is written together. Its frame is there at once; what writes comes after. */
export function PageView({ items, ...page }: PageProps) {
  useTitle(page.document.name)
  const [opened, setOpened] = useState(0)
  const acts = usePageActs(page.document)
  const props = { ...page, items: [...acts.items, ...items] }
  return (
    <div className={styles.page} data-screen>
      <Suspense
        fallback={
          <>
            <Bar {...props} />
            <div className={styles.paper}>
              <div className={styles.text}>
                <h1>{props.document.name}</h1>
                <LoadingSlab lines={6} />
              </div>
            </div>
          </>
        }
      >
        <Writing key={opened} {...props} onReopen={() => setOpened(opened + 1)} />
      </Suspense>
      {acts.dialogs}
    </div>
  )
}
