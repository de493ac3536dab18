import type { components } from '@/api/schema.gen'
import { makeId } from './make'

type Schemas = components['schemas']

export const makeCopy = (more: Partial<Schemas['ExportOut']> = {}): Schemas['ExportOut'] => {
  const id = makeId()
  const ready = more.state === undefined || more.state === 'ready'
  return {
    id,
    state: 'ready',
    asked_at: '2025-03-01T08:00:00Z',
    ready_at: ready ? '2025-03-01T08:05:00Z' : null,
    expires_at: ready ? '2025-03-08T08:05:00Z' : null,
    size: ready ? 12_000 : null,
    url: ready ? `/api/v1/me/exports/${id}/file` : null,
    abilities: ready ? ['download', 'delete'] : ['delete'],
    ...more,
  }
}

const part = (key: string, title: string, count: number, kept: Partial<Schemas['DeletionPartOut']> = {}) => ({
  key,
  title,
  count,
  kept: false,
  kept_under: null,
  kept_why: null,
  ...kept,
})

export const makeOutlook = (more: Partial<Schemas['DeletionOutlookOut']> = {}): Schemas['DeletionOutlookOut'] => ({
  days: 14,
  confirmation: 'Inès Benali',
  parts: [
    part('files', 'Vos fichiers', 2),
    part('contacts', 'Vos contacts', 0),
    part('audit', 'Vos actes', 3, { kept: true, kept_under: 'un numéro de compte', kept_why: 'Le journal prouve.' }),
  ],
  abilities: ['delete'],
  ...more,
})
