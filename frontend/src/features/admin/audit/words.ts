import type { Translate } from '@/lib/i18n'
import { type Kind, kinds } from '../kinds'
import type { kindNames, roleNames } from '../words.texts'
import { actNames, type faultNames, fieldNames, pageNames } from './acts.texts'
import type { AuditEntry } from './queries'

interface Words {
  act: Translate<typeof actNames.fr>
  field: Translate<typeof fieldNames.fr>
  page: Translate<typeof pageNames.fr>
  kind: Translate<typeof kindNames.fr>
  role: Translate<typeof roleNames.fr>
}

const isKey = <Texts extends object>(key: unknown, texts: Texts): key is keyof Texts & string =>
  typeof key === 'string' && Object.hasOwn(texts, key)

/** « Rôle donné »; an act that this version does not know is still said in words. */
export const actOf = ({ action }: AuditEntry, { act }: Words): string =>
  act(isKey(action, actNames.fr) ? action : 'other')

/** What the act was about, when its name does not say: « Modération », « nom, logo ». Nothing that has no words. */
export function detailOf({ subject_kind, subject_id, detail }: AuditEntry, words: Words): string {
  const parts: string[] = []
  if (isRole(detail.role)) parts.push(words.role(detail.role))
  for (const kind of [detail.kind, detail.affiliation]) if (isKind(kind)) parts.push(words.kind(kind))
  if (Array.isArray(detail.fields)) {
    parts.push(...detail.fields.filter((field) => isKey(field, fieldNames.fr)).map((field) => words.field(field)))
  }
  if (subject_kind === 'page' && isKey(subject_id, pageNames.fr)) parts.push(words.page(subject_id))
  return parts.join(', ')
}

export function faultOf(reason: string | null, fault: Translate<typeof faultNames.fr>): string {
  if (reason === null) return fault('other')
  if (reason.includes('head') || reason.includes('end')) return fault('end')
  if (reason.includes('missing') || reason.includes('before the first')) return fault('missing')
  if (reason.includes('chained')) return fault('chain')
  return fault(reason === 'altered' ? 'altered' : 'other')
}

const isKind = (value: unknown): value is Kind => kinds.some((kind) => kind === value)
const isRole = (value: unknown): value is 'administrator' | 'people_administrator' | 'moderator' | 'communicator' =>
  ['administrator', 'people_administrator', 'moderator', 'communicator'].some((role) => role === value)
