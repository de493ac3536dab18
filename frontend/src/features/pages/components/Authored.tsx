import { useText } from '@/lib/i18n'
import { texts } from '../files.texts'
import type { PageAuthors } from '../types'
import styles from './authors.module.css'

const COLOURS = 8

interface AuthorsProps {
  authors: PageAuthors['authors']
  /** How much of the text is of each. */
  shares?: boolean
}

/** Who wrote, each with the letters and the colour by which his words are told. */
export function Authors({ authors, shares = false }: AuthorsProps) {
  const t = useText(texts)
  const all = authors.reduce((sum, { letters }) => sum + letters, 0) || 1
  if (authors.length === 0) return null
  return (
    <ul className={styles.legend} aria-label={t('authors')}>
      {authors.map(({ person, letters }, at) => {
        const name = person?.name ?? t('somebodyElse')
        return (
          <li key={person?.id ?? 'others'} data-colour={at % COLOURS}>
            <b>{initialsOf(name)}</b>
            {name}
            {shares && <small>{t('share', { part: Math.round((100 * letters) / all) })}</small>}
          </li>
        )
      })}
    </ul>
  )
}

/** Words of one of them. */
export function By({ authors, author, text }: AuthorsProps & { author: number; text: string }) {
  const t = useText(texts)
  const name = authors[author]?.person?.name ?? t('somebodyElse')
  return (
    <span className={styles.by} data-colour={author % COLOURS} title={name}>
      <sup>{initialsOf(name)}</sup>
      {text}
    </span>
  )
}

/** Two letters by which somebody is told beside his words. */
const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => word[0]?.toUpperCase())
    .slice(0, 2)
    .join('')
