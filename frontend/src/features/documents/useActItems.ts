import { IconDownload, IconEdit, IconFolderSymlink } from '@tabler/icons-react'
import type { MenuItem } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import type { Thing } from './types'
import type { Acting } from './useActing'

/** What may be done with one thing, as the lines of its menu. */
export function useActItems(acting: Acting) {
  const t = useText(texts)
  return (thing: Thing): MenuItem[] => {
    const may = new Set<string>(thing.abilities)
    const ask = (act: Parameters<Acting['ask']>[0]) => () => acting.ask(act, [thing])
    const lines: (MenuItem | false)[] = [
      thing.type === 'document' && { label: t('download'), icon: IconDownload, onSelect: () => acting.download(thing) },
      may.has('rename') && { label: t('rename'), icon: IconEdit, onSelect: ask('rename') },
      may.has('move') && { label: t('move'), icon: IconFolderSymlink, onSelect: ask('move') },
    ]
    return lines.filter((line) => line !== false)
  }
}
