import {
  IconCopy,
  IconDownload,
  IconEdit,
  IconFileText,
  IconFolderSymlink,
  IconHistory,
  IconLink,
  IconLock,
  IconLockOpen,
  IconShare3,
  IconTrash,
} from '@tabler/icons-react'
import type { MenuItem } from '@/components/overlays/Menu'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import { isImportable } from './importing'
import type { Document, Thing } from './types'
import { type Acting, contentOf, download } from './useActing'

/** What may be done with one thing, as the lines of its menu. `downloads`: not of a page that is open, which is exported. */
export function useActItems(acting: Acting, { downloads = true } = {}) {
  const t = useText(texts)
  return (thing: Thing, document?: Document): MenuItem[] => {
    const may = new Set<string>(thing.abilities)
    const ask = (act: Parameters<Acting['ask']>[0]) => () => acting.ask(act, [thing])
    const lines: (MenuItem | false)[] = [
      downloads && {
        label: t(thing.type === 'folder' ? 'downloadZip' : document?.kind === 'page' ? 'downloadWord' : 'download'),
        icon: IconDownload,
        onSelect: () => (document ? download(contentOf(document)) : acting.download(thing)),
      },
      may.has('share') && { label: t('share'), icon: IconShare3, onSelect: ask('share') },
      may.has('share') && { label: t('shareLinks'), icon: IconLink, onSelect: ask('links') },
      may.has('add_version') &&
        document !== undefined && {
          label: t('newVersion'),
          icon: IconHistory,
          onSelect: () => acting.newVersion(document),
        },
      acting.opensPages &&
        document?.kind === 'file' &&
        isImportable(document) && { label: t('openAsPage'), icon: IconFileText, onSelect: ask('page') },
      may.has('rename') && { label: t('rename'), icon: IconEdit, onSelect: ask('rename') },
      may.has('move') && { label: t('move'), icon: IconFolderSymlink, onSelect: ask('move') },
      may.has('copy') && { label: t('copy'), icon: IconCopy, onSelect: ask('copy') },
      may.has('lock') && { label: t('lock'), icon: IconLock, onSelect: () => acting.lock(thing.id, true) },
      may.has('unlock') && { label: t('unlock'), icon: IconLockOpen, onSelect: () => acting.lock(thing.id, false) },
      may.has('trash') && {
        label: t('trash'),
        icon: IconTrash,
        danger: true,
        apart: true,
        onSelect: () => acting.trash([thing]),
      },
    ]
    return lines.filter((line) => line !== false)
  }
}
