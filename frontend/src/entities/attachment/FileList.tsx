import {
  IconFile,
  IconFileText,
  IconFileZip,
  IconMusic,
  IconPhoto,
  IconPresentation,
  IconTable,
  IconVideo,
} from '@tabler/icons-react'
import { Icon, type IconType } from '@/components/Icon'
import { useText } from '@/lib/i18n'
import { useLanguage } from '@/lib/language'
import { formatSize } from '@/lib/size'
import styles from './attachment.module.css'
import { texts } from './texts'
import type { OfferedFile } from './types'

type Kind = 'file' | 'text' | 'document' | 'sheet' | 'slides' | 'archive' | 'picture' | 'sound' | 'video'

const icons: Record<Kind, IconType> = {
  file: IconFile,
  text: IconFileText,
  document: IconFileText,
  sheet: IconTable,
  slides: IconPresentation,
  archive: IconFileZip,
  picture: IconPhoto,
  sound: IconMusic,
  video: IconVideo,
}

/** Part of a media type -> what it is called. The first that is found. */
const KINDS: readonly [string, Kind][] = [
  ['spreadsheet', 'sheet'],
  ['presentation', 'slides'],
  ['wordprocessing', 'document'],
  ['opendocument.text', 'document'],
  ['epub', 'document'],
  ['pdf', 'document'],
  ['zip', 'archive'],
  ['compressed', 'archive'],
  ['rar', 'archive'],
  ['image/', 'picture'],
  ['audio/', 'sound'],
  ['video/', 'video'],
  ['text/', 'text'],
]

/** The files that a post offers, to be downloaded. */
export function FileList({ files }: { files: OfferedFile[] }) {
  const t = useText(texts)
  if (files.length === 0) return null
  return (
    <ul className={styles.files} aria-label={t('files')}>
      {files.map((file) => (
        <li key={file.id}>
          <Offered file={file} />
        </li>
      ))}
    </ul>
  )
}

function Offered({ file }: { file: OfferedFile }) {
  const t = useText(texts)
  const language = useLanguage()
  const kind = KINDS.find(([part]) => file.media_type.includes(part))?.[1] ?? 'file'
  const about = [nameOfKind(file.name) ?? t(kind), formatSize(file.size, language)]
  return (
    <a href={file.url} download={file.name}>
      <Icon as={icons[kind]} size={22} />
      <span>
        <b>{file.name}</b> <small>{about.join(', ')}</small>
      </span>
    </a>
  )
}

/** « PDF » of « plan.pdf ». */
function nameOfKind(name: string): string | undefined {
  const end = name.match(/\.([A-Za-z0-9]{1,5})$/)?.[1]
  return end?.toUpperCase()
}
