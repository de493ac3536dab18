import type { ReactNode } from 'react'
import { useText } from '@/lib/i18n'
import { texts } from '../i18n'
import type { Line, Notification } from '../queries'

const ALSO = {
  cancelled: 'alsoCancelled',
  moved: 'alsoMoved',
  seat: 'alsoSeat',
  reminder: 'alsoReminder',
  mention: 'alsoMention',
  call: 'alsoCall',
  accepted: 'alsoAccepted',
  reply: 'alsoReply',
  comment: 'alsoComment',
  answered: 'answeredApart',
  examined: 'alsoExamined',
  contact_asked: 'contact_asked',
  contact_accepted: 'contact_accepted',
  mentoring_asked: 'mentoring_asked',
  mentoring_accepted: 'mentoring_accepted',
  mentoring_declined: 'mentoring_declined',
  document_added: 'alsoDocumentAdded',
  version_added: 'alsoVersionAdded',
} as const

/** Who did what, of what: « Inès Benali et 2 autres ont répondu à votre question « … » ». */
export function Sentence({ line, of }: { line: Line; of: Notification }) {
  const t = useText(texts)
  const who = <b>{useNames(line)}</b>
  const subject = <b>{of.kind === 'post' ? t('quoted', { words: of.subject }) : of.subject}</b>
  if (of.kind === 'organisation_cases') return t('reportedToOrganisation')
  if (of.kind === 'decisions' && of.subject === '')
    return t(line.reason === 'decided' ? 'decidedOnSquare' : 'examinedOnSquare')
  if (of.kind === 'conversation' && of.subject === '')
    return t.rich(line.reason === 'mention' ? 'namedApart' : 'answeredApart', { count: line.count, who })
  const key = line.reason === 'comment' && of.post_kind === 'question' ? 'answer' : line.reason
  return t.rich(key, { count: line.count, who, subject })
}

/** What else happened of the same, without saying again of what. */
export function Also({ line }: { line: Line }): ReactNode {
  const t = useText(texts)
  const names = useNames(line)
  if (!(line.reason in ALSO)) return null
  return t.rich(ALSO[line.reason as keyof typeof ALSO], { count: line.count, who: names })
}

function useNames({ people, count }: Line): string {
  const t = useText(texts)
  const [first, second] = people
  const name = first?.name ?? t('somebody')
  if (count === 1) return name
  if (count === 2 && second) return t('two', { first: name, second: second.name })
  return t('andOthers', { name, count: count - 1 })
}
