import { IconBan, IconCheck, IconClock, IconDoorExit } from '@tabler/icons-react'
import { Chip } from '@/components/Chip'
import { useText } from '@/lib/i18n'
import { stateNames } from '../words.texts'
import type { State } from './queries'

const looks = {
  active: { look: 'success', icon: IconCheck },
  pending: { look: 'line', icon: IconClock },
  suspended: { look: 'danger', icon: IconBan },
  leaving: { look: 'line', icon: IconDoorExit },
} as const

export function StateChip({ state }: { state: State }) {
  const t = useText(stateNames)
  return <Chip {...looks[state]}>{t(state)}</Chip>
}
