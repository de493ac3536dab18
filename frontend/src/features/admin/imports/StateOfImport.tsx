import { IconBan, IconCheck, IconClock, IconFileX, IconLoader } from '@tabler/icons-react'
import { Chip } from '@/components/Chip'
import { useText } from '@/lib/i18n'
import { texts } from './i18n'
import type { Import } from './queries'

const looks = {
  reading: { look: 'line', icon: IconLoader },
  ready: { look: 'soft', icon: IconClock },
  applying: { look: 'line', icon: IconLoader },
  done: { look: 'success', icon: IconCheck },
  failed: { look: 'danger', icon: IconFileX },
  cancelled: { look: 'plain', icon: IconBan },
} as const

export function StateOfImport({ state }: { state: Import['state'] }) {
  const t = useText(texts)
  return <Chip {...looks[state]}>{t(state)}</Chip>
}
