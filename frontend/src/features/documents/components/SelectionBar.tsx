import { IconCopy, IconDownload, IconFolderSymlink, IconTrash, IconX } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import { allMay } from '../types'
import { type Acting, addressOf, contentOf, download } from '../useActing'
import type { Selection } from '../useSelection'
import styles from './documents.module.css'

/** Of what is chosen, in one zip. */
const MOST_TOGETHER = 100

interface SelectionBarProps {
  folderId: string
  selection: Selection
  acting: Acting
}

/** What may be done with all that is chosen. Its place is there before, so that readers hear how many. */
export function SelectionBar({ folderId, selection, acting }: SelectionBarProps) {
  const t = useText(texts)
  const { chosen, clear } = selection
  const things = chosen.map(documentAsThing)
  const [first, second] = chosen
  const fetchAll = () => {
    if (first && !second) return download(contentOf(first))
    download(
      `${addressOf({ type: 'folder', id: folderId })}?${new URLSearchParams(things.map(({ id }) => ['document', id]))}`,
    )
  }
  return (
    <div role="status" className={styles.selectionPlace}>
      {chosen.length > 0 && (
        <div className={styles.selection}>
          <IconButton icon={IconX} label={t('chooseNone')} onClick={clear} />
          <b>{t('chosen', { count: chosen.length })}</b>
          {chosen.length <= MOST_TOGETHER && (
            <Button look="soft" size="small" icon={IconDownload} onClick={fetchAll}>
              {t('download')}
            </Button>
          )}
          {allMay(things, 'move') && (
            <Button look="soft" size="small" icon={IconFolderSymlink} onClick={() => acting.ask('move', things)}>
              {t('move')}
            </Button>
          )}
          {allMay(things, 'copy') && (
            <Button look="soft" size="small" icon={IconCopy} onClick={() => acting.ask('copy', things)}>
              {t('copy')}
            </Button>
          )}
          {allMay(things, 'trash') && (
            <Button look="danger" size="small" icon={IconTrash} onClick={() => acting.trash(things)}>
              {t('trash')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
