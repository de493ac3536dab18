import styles from './Prose.module.css'

interface ProseProps {
  /** HTML that the server rendered and sanitised; never anything else. */
  html: string
  /** The language it is written in, when it may not be the reader's. */
  lang?: string | undefined
}

/** A text with headings, lists and tables, at a measure that reads well. */
export function Prose({ html, lang }: ProseProps) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the server's sanitiser is the one place that makes HTML.
  return <div className={styles.prose} lang={lang} dangerouslySetInnerHTML={{ __html: html }} />
}
