import {
  IconCode,
  IconFile,
  IconFileText,
  IconFileTypePdf,
  IconFileZip,
  IconMovie,
  IconMusic,
  IconPhoto,
  IconPresentation,
  IconTable,
} from '@tabler/icons-react'
import type { IconType } from '@/components/Icon'

const icons: Record<string, IconType> = {
  document: IconFileText,
  sheet: IconTable,
  slides: IconPresentation,
  pdf: IconFileTypePdf,
  image: IconPhoto,
  video: IconMovie,
  audio: IconMusic,
  archive: IconFileZip,
  code: IconCode,
  text: IconFileText,
}

/** The drawing of a kind of document. */
export const iconOf = (group: string | null): IconType => icons[group ?? ''] ?? IconFile
