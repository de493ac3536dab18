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
  page_named: 'alsoPageNamed',
  task_given: 'alsoTaskGiven',
  task_due: 'alsoTaskDue',
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
  if (of.kind === 'page' && line.people.length === 0 && (line.reason === 'page_named' || line.reason === 'task_given'))
    return t.rich(`${line.reason}Apart`, { subject })
  const key = keyOf(line, of)
  return t.rich(key, { count: line.count, who, subject })
}

function keyOf({ reason }: Line, { kind, post_kind }: Notification) {
  if (reason !== 'comment') return reason
  return kind === 'page' ? 'pageComment' : post_kind === 'question' ? 'answer' : reason
}

/** What else happened of the same, without saying again of what. */
export function Also({ line }: { line: Line }): ReactNode {
  const t = useText(texts)
  const names = useNames(line)
  if (!(line.reason in ALSO)) return null
  if (line.people.length === 0 && (line.reason === 'page_named' || line.reason === 'task_given'))
    return t(`${ALSO[line.reason]}Apart`)
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
