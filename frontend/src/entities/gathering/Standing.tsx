import { IconCalendarCheck, IconCalendarOff, IconHourglass } from '@tabler/icons-react'
import { Chip } from '@/components/Chip'
import { useText } from '@/lib/i18n'
import { texts } from './texts'
import type { Gathering } from './when'

type Stood = Pick<Gathering, 'cancelled' | 'over' | 'seats_left' | 'mine'>

/** What matters of an event to who reads it: that it is off, that he comes or waits, that it is full. */
export function Standing({ event }: { event: Stood }) {
  const t = useText(texts)
  const { cancelled, over, mine, seats_left: left } = event
  if (cancelled)
    return (
      <Chip look="danger" icon={IconCalendarOff}>
        {t('cancelled')}
      </Chip>
    )
  if (mine?.waiting)
    return (
      <Chip look="soft" icon={IconHourglass}>
        {t('waiting')}
      </Chip>
    )
  if (mine?.answer === 'yes')
    return (
      <Chip look="success" icon={IconCalendarCheck}>
        {t('yes')}
      </Chip>
    )
  if (mine?.answer === 'maybe') return <Chip look="line">{t('maybe')}</Chip>
  if (over) return <Chip look="line">{t('over')}</Chip>
  return left === 0 ? <Chip look="line">{t('full')}</Chip> : null
}
