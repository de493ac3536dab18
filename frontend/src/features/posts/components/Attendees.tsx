import { useState } from 'react'
import { Pills } from '@/components/Tabs'
import { useText } from '@/lib/i18n'
import { texts } from '../events.texts'
import { attendeesQuery, type EventPost, type Shown } from '../queries'
import { PeopleDialog } from './PeopleDialog'

const SHOWN = { yes: 'whichYes', maybe: 'whichMaybe', waiting: 'whichWaiting', no: 'whichNo' } as const
const COUNTS = { yes: 'going', maybe: 'maybe', waiting: 'waiting', no: 'away' } as const

/** Who comes, may come, waits or does not come, as far as the reader may find them. */
export function Attendees({ post, onClose }: { post: EventPost; onClose: () => void }) {
  const t = useText(texts)
  const given = (Object.keys(SHOWN) as Shown[]).filter((answer) => post.event[COUNTS[answer]] > 0)
  const [answer, setAnswer] = useState<Shown>(given[0] ?? 'yes')
  return (
    <PeopleDialog open onClose={onClose} title={t('whoComes')} query={attendeesQuery(post.id, answer)}>
      <Pills
        label={t('which')}
        options={given.map((value) => ({ value, label: `${t(SHOWN[value])} ${post.event[COUNTS[value]]}` }))}
        value={answer}
        onChange={setAnswer}
      />
    </PeopleDialog>
  )
}
