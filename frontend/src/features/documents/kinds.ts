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
import type { Group } from './view'

/** The drawing of each kind, and the token that colours it. */
export const kinds: Record<Group, { icon: IconType; colour: string }> = {
  document: { icon: IconFileText, colour: 'var(--link)' },
  sheet: { icon: IconTable, colour: 'var(--per)' },
  slides: { icon: IconPresentation, colour: 'var(--ent)' },
  pdf: { icon: IconFileTypePdf, colour: 'var(--danger)' },
  image: { icon: IconPhoto, colour: 'var(--etu)' },
  video: { icon: IconMovie, colour: 'var(--alu)' },
  audio: { icon: IconMusic, colour: 'var(--alu)' },
  archive: { icon: IconFileZip, colour: 'var(--warn)' },
  code: { icon: IconCode, colour: 'var(--ink-2)' },
  text: { icon: IconFileText, colour: 'var(--ink-2)' },
  other: { icon: IconFile, colour: 'var(--ink-2)' },
}
