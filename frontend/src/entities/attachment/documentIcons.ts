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

const colours: Record<string, string> = {
  document: 'var(--link)',
  sheet: 'var(--per)',
  slides: 'var(--ent)',
  pdf: 'var(--danger)',
  image: 'var(--etu)',
  video: 'var(--alu)',
  audio: 'var(--alu)',
  archive: 'var(--warn)',
}

/** The token that colours it. */
export const colourOf = (group: string | null) => colours[group ?? ''] ?? 'var(--ink-2)'
