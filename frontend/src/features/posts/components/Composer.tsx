import { lazy, Suspense, useState } from 'react'
import { PersonAvatar } from '@/components/people/PersonAvatar'
import { LoadingSlab } from '@/components/states/LoadingSlab'
import { useMember } from '@/entities/session/queries'
import { useText } from '@/lib/i18n'
import { texts } from '../composer.texts'
import { hasWriting, type Place } from '../writing'
import styles from './composer.module.css'

const WritingForm = lazy(async () => ({ default: (await import('./WritingForm')).WritingForm }))

/** Where one writes to a community: a line, which opens. */
export function Composer({ place, mayUpload }: { place: Place; mayUpload: boolean }) {
  const t = useText(texts)
  const member = useMember()
  const [open, setOpen] = useState(false)
  if (open) {
    return (
      <Suspense fallback={<LoadingSlab lines={4} />}>
        <WritingForm place={place} mayUpload={mayUpload} onDone={() => setOpen(false)} />
      </Suspense>
    )
  }
  return (
    <div className={styles.line}>
      <PersonAvatar id={member.id} name={member.name} public={member.public} size={38} photo={member.avatar?.small} />
      <button type="button" onClick={() => setOpen(true)}>
        {t(hasWriting(member.id, place.id) ? 'goOn' : 'write')}
      </button>
    </div>
  )
}
