import { isProblem, messageOf } from '@/api/problem'
import { ButtonLink } from '@/components/buttons/ButtonLink'
import { EntranceTitle } from '@/components/EntranceTitle'
import { useText } from '@/lib/i18n'
import { texts } from '../door.texts'

interface Way {
  to: string
  label: string
}

/** The page that a link opens when it can do nothing: why, and where to go. */
export function DoorClosed({ title, children, way }: { title: string; children: string; way?: Way | undefined }) {
  return (
    <>
      <EntranceTitle lead={children}>{title}</EntranceTitle>
      {way && (
        <ButtonLink to={way.to} size="large" wide>
          {way.label}
        </ButtonLink>
      )}
    </>
  )
}

/** A link copied in part, or a page loaded again: its secret is no longer in the address. */
export function LinkMissing({ askAgainAt }: { askAgainAt: string }) {
  const t = useText(texts)
  return (
    <DoorClosed title={t('missingTitle')} way={{ to: askAgainAt, label: t('askAgain') }}>
      {t('missingText')}
    </DoorClosed>
  )
}

const ENDS = ['gone', 'address_taken', 'account_closed', 'identity_taken', 'already_identified']

/** What ends the way for good: a spent link, an address or identity that is somebody's already, a closed account. */
export const endsTheWay = (error: unknown) => ENDS.some((code) => isProblem(error, code))

interface WayEndedProps {
  error: unknown
  signInAddress: string
  askAgainAt: string
  /** When another link cannot simply be asked for. */
  goneText?: string
}

export function WayEnded({ error, signInAddress, askAgainAt, goneText }: WayEndedProps) {
  const t = useText(texts)
  if (isProblem(error, 'address_taken')) {
    return (
      <DoorClosed title={t('takenTitle')} way={{ to: signInAddress, label: t('toSignIn') }}>
        {t('takenText')}
      </DoorClosed>
    )
  }
  if (isProblem(error) && error.code !== 'gone') return <DoorClosed title={error.title}>{messageOf(error)}</DoorClosed>
  return (
    <DoorClosed
      title={t('goneTitle')}
      way={goneText ? { to: signInAddress, label: t('toSignIn') } : { to: askAgainAt, label: t('askAgain') }}
    >
      {goneText ?? t('goneText')}
    </DoorClosed>
  )
}
