import { useEffect, useRef } from 'react'
import styles from './Prose.module.css'

interface ProseProps {
  /** HTML that the server rendered and sanitised; never anything else. */
  html: string
  /** The language it is written in, when it may not be the reader's. */
  lang?: string | undefined
}

/** A text with headings, lists and tables, at a measure that reads well. */
export function Prose({ html, lang }: ProseProps) {
  const text = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has other tables.
  useEffect(() => reachTables(text.current), [html])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's sanitiser is the one place that makes HTML.
  return <div ref={text} className={styles.prose} lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
}

/** A table too wide for its place scrolls sideways, so the keyboard must be able to stand on it. */
function reachTables(text: HTMLElement | null) {
  const reach = () => {
    for (const table of text?.querySelectorAll('table') ?? []) {
      table.removeAttribute('tabindex')
      if (table.scrollWidth > table.clientWidth) table.tabIndex = 0
    }
  }
  reach()
  window.addEventListener('resize', reach)
  return () => window.removeEventListener('resize', reach)
}
