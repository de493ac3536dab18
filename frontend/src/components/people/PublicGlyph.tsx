import type { ReactElement } from 'react'
import styles from './people.module.css'
import type { Public } from './publics'

const shapes: Record<Public, ReactElement> = {
  student: <circle cx="6" cy="6" r="5.5" />,
  alum: <path d="M.8 11.5V6a5.2 5.2 0 0 1 10.4 0v5.5z" />,
  staff: <rect x=".9" y=".9" width="10.2" height="10.2" rx="1.6" />,
  partner: <path d="M6 .2 11.8 6 6 11.8.2 6z" />,
}

/** The shape that says a public. Never alone: a word or a number stands beside it. */
export function PublicGlyph({ public: kind }: { public: Public }) {
  return (
    <svg className={styles.glyph} data-public={kind} viewBox="0 0 12 12" aria-hidden="true" focusable="false">
      {shapes[kind]}
    </svg>
  )
}
