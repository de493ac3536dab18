import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { authorsQuery } from '../authors'
import { texts } from '../files.texts'
import type { PageAuthors } from '../types'
import styles from './authors.module.css'

const COLOURS = 8

interface AuthorsDialogProps {
  pageId: string
  onClose: () => void
}

/** Who wrote which words of the page: told by letters beside them, and by colours. */
export function AuthorsDialog({ pageId, onClose }: AuthorsDialogProps) {
  const t = useText(texts)
  const authors = useQuery(authorsQuery(pageId))
  return (
    <Dialog open onClose={onClose} title={t('whoWrote')} width={760}>
      <Loaded query={authors} lines={6}>
        {(found) => (found.authors.length === 0 ? <p>{t('nobodyWrote')}</p> : <Authored found={found} />)}
      </Loaded>
    </Dialog>
  )
}

function Authored({ found: { authors, blocks } }: { found: PageAuthors }) {
  const t = useText(texts)
  const all = authors.reduce((sum, { letters }) => sum + letters, 0) || 1
  const nameOf = (at: number) => authors[at]?.person?.name ?? t('somebodyElse')
  return (
    <>
      <ul className={styles.legend} aria-label={t('authors')}>
        {authors.map(({ person, letters }, at) => (
          <li key={person?.id ?? 'others'} data-colour={at % COLOURS}>
            <b>{initialsOf(nameOf(at))}</b>
            {nameOf(at)}
            <small>{t('share', { part: Math.round((100 * letters) / all) })}</small>
          </li>
        ))}
      </ul>
      <div className={styles.text}>
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are told by their place alone.
          <p key={index} data-heading={block.type === 'heading' || undefined}>
            {block.runs.map(({ text, author }, at) =>
              author === null || text.trim() === '' ? (
                text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same.
                <span key={at} data-colour={author % COLOURS} title={nameOf(author)}>
                  <sup>{initialsOf(nameOf(author))}</sup>
                  {text}
                </span>
              ),
            )}
          </p>
        ))}
      </div>
    </>
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
