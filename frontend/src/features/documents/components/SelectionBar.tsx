import { IconDownload, IconFolderSymlink, IconTrash, IconX } from '@tabler/icons-react'
import { Button } from '@/components/buttons/Button'
import { IconButton } from '@/components/buttons/IconButton'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import { documentAsThing } from '../mutations'
import { allMay } from '../types'
import type { Acting } from '../useActing'
import type { Selection } from '../useSelection'
import styles from './documents.module.css'

/** What may be done with all that is chosen. Its place is there before, so that readers hear how many. */
export function SelectionBar({ selection, acting }: { selection: Selection; acting: Acting }) {
  const t = useText(texts)
  const { chosen, clear } = selection
  const things = chosen.map(documentAsThing)
  return (
    <div role="status" className={styles.selectionPlace}>
      {chosen.length > 0 && (
        <div className={styles.selection}>
          <IconButton icon={IconX} label={t('chooseNone')} onClick={clear} />
          <b>{t('chosen', { count: chosen.length })}</b>
          <Button look="soft" size="small" icon={IconDownload} onClick={() => things.forEach(acting.download)}>
            {t('download')}
          </Button>
          {allMay(things, 'move') && (
            <Button look="soft" size="small" icon={IconFolderSymlink} onClick={() => acting.ask('move', things)}>
              {t('move')}
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
