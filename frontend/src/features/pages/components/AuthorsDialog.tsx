import { useQuery } from '@tanstack/react-query'
import { Loaded } from '@/api/Loaded'
import { Dialog } from '@/components/overlays/Dialog'
import { useText } from '@/lib/i18n'
import { authorsQuery } from '../authors'
import { texts } from '../files.texts'
import type { PageAuthors } from '../types'
import { Authors, By } from './Authored'
import styles from './authors.module.css'

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
  return (
    <>
      <Authors authors={authors} shares />
      <div className={styles.text}>
        {blocks.map((block, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks are told by their place alone.
          <p key={index} data-heading={block.type === 'heading' || undefined}>
            {block.runs.map(({ text, author }, at) =>
              author === null || text.trim() === '' ? (
                text
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same.
                <By key={at} authors={authors} author={author} text={text} />
              ),
            )}
          </p>
        ))}
      </div>
    </>
  )
}
