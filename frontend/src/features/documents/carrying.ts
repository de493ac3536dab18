import type { DragEvent } from 'react'
import type { Reference } from './types'

/** What is carried from a list to a folder, by pointer. */
const KIND = 'application/x-parvis-documents'
let carried: readonly Reference[] | null = null

export function carry(event: DragEvent, things: readonly Reference[]) {
  carried = things
  event.dataTransfer.setData(KIND, String(things.length))
  event.dataTransfer.effectAllowed = 'move'
}

/** What is over here; null when it is none of ours, such as files from the desktop. */
export const carriedIn = (event: DragEvent): readonly Reference[] | null =>
  event.dataTransfer.types.includes(KIND) ? carried : null
export const bringsFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
